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
from contextlib import ExitStack, suppress
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import BadEnvironment
from flowstd.base.process import Limits, die_with
from flowstd.base.text import Text

from .make import Made, Maker, Task

if TYPE_CHECKING:
    from .workers import Workers

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
    for last in (False, True):
        bench = _own.bench = getattr(_own, "bench", None) or _Bench()
        try:
            answer = bench.ask(setup, bundle)
            break
        except (OSError, EOFError):           # it was idle too long, or something ended it
            bench.close()
            _own.bench = None
            if last:
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

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen([sys.executable, "-c", _START, str(os.getpid())], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path})
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self._build = ""

    def ask(self, setup: Setup, bundle: list[Task | Made]) -> Any:
        """What it makes of *bundle*. Raises OSError, EOFError: it is no more."""
        if self._build != setup.build:
            self._build = setup.build
            _send(self._to, setup)
        _send(self._to, bundle)
        return _received(self._from)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


def serve() -> None:
    """The life of the process: what builds have in common comes, and bundles; units go; until nothing comes."""
    coming, going = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)          # a module may read, and print
    os.dup2(2, 1)
    die_with(int(sys.argv[1]))
    with ExitStack() as open_:
        while select.select([coming], [], [], _IDLE)[0]:
            try:
                message = _received(coming)
            except EOFError:
                return
            if isinstance(message, Setup):
                open_.close()
                workers = open_.enter_context(_workers(message))
            else:
                _send(going, _answer(workers, message))


def _workers(setup: Setup) -> Workers:
    from .workers import Workers

    with suppress(OSError):                   # it is not on this machine: names may be whole
        os.chdir(setup.folder)
    return Workers(lambda: setup.maker, 1, setup.limits)


def _answer(workers: Workers, bundle: list[Task | Made]) -> list[Made] | BadEnvironment:
    try:
        return list(workers.run(iter(bundle)))
    except BadEnvironment as error:
        return error


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
