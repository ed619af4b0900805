"""On a machine of a cluster: a process of ours that makes bundles of units, under the limits of a local build.

A Dask worker only passes bundles on. It may not fork, for it has threads; and what a module does to its process must
not reach it: a unit that breaks off is told as in a local build.
"""

from __future__ import annotations

import os
import pickle
import platform
import select
import struct
import subprocess
import sys
import threading
from typing import IO, Any, NamedTuple

from flowstd.base.errors import BadEnvironment
from flowstd.base.process import Limits, die_with
from flowstd.base.text import Text

from .make import Made, Maker, Task

_IDLE = 60                            # seconds without a bundle after which the process ends
_LENGTH = struct.Struct("!Q")
_START = "from flowstd.batch.bundles import serve; serve()"


class Setup(NamedTuple):
    """What all bundles of one build have in common. A plain value."""

    build: str                        # like that of no other build
    folder: str                       # that names of files start from
    maker: Maker
    limits: Limits


def made(setup: Setup, bundle: list[Task | Made]) -> list[Made]:
    """Make *bundle* in the process that this thread has for the build. Raises BadEnvironment, also where it is lost."""
    for fresh in (False, True):
        bench = getattr(_own, "bench", None)
        if fresh or bench is None or bench.build != setup.build:
            if bench is not None:
                bench.close()
            bench = _own.bench = _Bench(setup)
        try:
            answer = bench.ask(bundle)
            break
        except (OSError, EOFError):
            if fresh:
                raise _lost() from None
    if isinstance(answer, BadEnvironment):
        raise answer
    done: list[Made] = answer
    return done


_own = threading.local()


def _lost() -> BadEnvironment:
    here = platform.node()
    return BadEnvironment(Text(f"{here} 上生成流程图的进程被终止", f"the process that makes charts on {here} was ended"),
                          fix=Text("看看那台机器的内存是否不足", "see whether that machine is short of memory"))


class _Bench:
    """The process, as the Dask worker sees it."""

    def __init__(self, setup: Setup) -> None:
        self.build = setup.build
        path = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen([sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         cwd=setup.folder, env={**os.environ, "PYTHONPATH": path})
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        _send(self._to, (os.getpid(), setup))

    def ask(self, bundle: list[Task | Made]) -> Any:
        """What it makes of *bundle*. Raises OSError, EOFError: it is no more."""
        _send(self._to, bundle)
        return _received(self._from)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


def serve() -> None:
    """The life of the process: bundles come, units go, until nothing comes."""
    from .workers import Workers

    coming, going = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)          # a module may read, and print
    os.dup2(2, 1)
    parent, setup = _received(coming)
    die_with(parent)
    with Workers(lambda: setup.maker, 1, setup.limits) as workers:
        while select.select([coming], [], [], _IDLE)[0]:
            try:
                bundle = _received(coming)
            except EOFError:
                return
            try:
                answer: list[Made] | BadEnvironment = list(workers.run(iter(bundle)))
            except BadEnvironment as error:
                answer = error
            _send(going, answer)


def _send(file: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    file.write(_LENGTH.pack(len(data)) + data)
    file.flush()


def _received(file: IO[bytes]) -> Any:
    return pickle.loads(_read(file, *_LENGTH.unpack(_read(file, _LENGTH.size))))


def _read(file: IO[bytes], size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = file.read(size - len(data))
        if not part:
            raise EOFError
        data += part
    return data
