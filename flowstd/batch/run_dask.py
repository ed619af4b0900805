"""The same tasks on Dask: workers on any machine that sees the output folder, and lost ones replaced by Dask itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flowstd.base.errors import BadEnvironment
from flowstd.base.extras import need
from flowstd.base.late import late
from flowstd.base.text import Text

from .make import Made, Maker, Task

_AHEAD = 16                           # bundles that are given out beyond the one awaited
_BUNDLE = 8                           # units that travel together
_CONNECT = 10                         # seconds


def run(maker: Maker, tasks: Iterator[Task | Made], scheduler: str) -> Iterator[Made]:
    """Make every task on the workers of *scheduler*, ``tcp://host:8786``; results come in order.

    Raises: MissingExtra: dask is not installed. BadEnvironment: the scheduler cannot be reached, or the disk refuses.
    """
    need("dask")

    try:
        client = late("distributed:Client")(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise BadEnvironment(
            Text(f"连不上 Dask 调度器 {scheduler}：{error}", f"cannot reach the Dask scheduler {scheduler}: {error}"),
            fix=Text("检查地址，先启动 dask scheduler 和 dask worker",
                     "check the address; start dask scheduler and dask worker first")) from None
    with client:
        shared = client.scatter(maker, broadcast=True, hash=False)
        yield from _ordered(client, shared, tasks)


def _ordered(client: Any, shared: Any, tasks: Iterator[Task | Made]) -> Iterator[Made]:
    waiting: deque[Any] = deque()
    while True:
        bundle = list(islice(tasks, _BUNDLE))
        if bundle:
            waiting.append(client.submit(_make, shared, bundle, pure=False, retries=2))
        if not waiting:
            return
        if not bundle or len(waiting) > _AHEAD:
            yield from waiting.popleft().result()


def _make(maker: Maker, bundle: list[Task | Made]) -> list[Made]:
    return [task if isinstance(task, Made) else maker.make(task) for task in bundle]
