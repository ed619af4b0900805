"""The same tasks on Dask: workers on any machine that sees the output folder, and lost ones replaced by Dask itself."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import uuid4

from flowstd.base.errors import BadEnvironment
from flowstd.base.extras import need
from flowstd.base.late import late
from flowstd.base.process import Limits
from flowstd.base.text import Text

from .bundles import Setup, made
from .make import Made, Maker, Task

_AHEAD = 16                           # bundles that are given out beyond the one awaited
_BUNDLE = 8                           # units that travel together
_CONNECT = 10                         # seconds


def run(maker: Maker, tasks: Iterator[Task | Made], scheduler: str, limits: Limits) -> Iterator[Made]:
    """Make every task on the workers of *scheduler*, ``tcp://host:8786``; results come in order.

    Raises: MissingExtra: dask is not installed. BadEnvironment: the scheduler cannot be reached, its workers are lost,
    or the disk refuses.
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
        setup = Setup(uuid4().hex, os.getcwd(), maker, limits)
        shared = client.scatter(setup, broadcast=True, hash=False)
        yield from _ordered(client, shared, tasks)


def _ordered(client: Any, shared: Any, tasks: Iterator[Task | Made]) -> Iterator[Made]:
    waiting: deque[tuple[Any, list[Task | Made]]] = deque()
    while True:
        bundle = list(islice(tasks, _BUNDLE))
        if bundle:
            waiting.append((client.submit(made, shared, bundle, pure=False, retries=2), bundle))
        if not waiting:
            return
        if not bundle or len(waiting) > _AHEAD:
            yield from _result(*waiting.popleft())


def _result(future: Any, bundle: list[Task | Made]) -> list[Made]:
    """What was made of *bundle*. Raises BadEnvironment: no worker lives long enough to make it."""
    try:
        done: list[Made] = future.result()
    except (late("distributed:KilledWorker"), late("distributed:CancelledError")):
        names = [task.unit.label for task in bundle if isinstance(task, Task)]
        raise BadEnvironment(
            Text(f"Dask 的工作进程都停了，没有做完：{'、'.join(names)}",
                 f"the Dask workers are gone and have not made: {', '.join(names)}"),
            fix=Text("看看工作进程的日志", "look at the logs of the workers")) from None
    return done

