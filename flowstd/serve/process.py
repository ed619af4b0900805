"""A process that reads the folder: what hangs or dies in it is named, and another takes its place."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from flowstd.base.errors import FlowstdError
from flowstd.base.process import Limits, bounded, die_with
from flowstd.base.text import Text

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

HURRIED = 1.0                      # seconds that work may still take once it is known to be out of date
WANTED = ("export",)               # work that is wanted even then
START = 60.0                       # seconds until a new process is ready
_SLICE = 0.1                       # seconds between two looks at the clock
_BEGUN, _DONE, _STARVED, _BROKE = "begun", "done", "starved", "broke"


class Lost(FlowstdError):
    """The process hung or died at :attr:`begun`; the next question finds a new one."""

    def __init__(self, begun: str, what: Text, fix: Text, *, hurried: bool = False) -> None:
        super().__init__(what, fix=fix)
        self.begun = begun
        self.hurried = hurried     # it was ended because it was out of date, not for what it did


class Process:
    """Asks a :class:`flowstd.serve.reader.Reader` in a process of its own, one question after another."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self._turn = asyncio.Lock()
        self._state = Lock()       # of what follows, between the loop and the thread that waits
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False
        self._fresh = False        # it has not said yet that it is ready
        self._since = 0.0
        self._hurried = False

    async def ask(self, word: str, *values: Any) -> Any:
        """What the reader answers. Raises Lost."""
        async with self._turn:
            return await asyncio.to_thread(self._ask, word, values)

    @property
    def busy(self) -> bool:
        """Whether a question waits for its answer."""
        return self._turn.locked()

    def hurry(self) -> None:
        """What is being done is out of date: it may end soon by itself, or is ended."""
        self._hurried = True

    def close(self) -> None:
        """End the process, whatever it does."""
        with self._state:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def _ask(self, word: str, values: tuple[Any, ...]) -> Any:
        begun = ""
        try:
            pipe = self._open()
            if self._fresh and pipe.poll(START):
                pipe.recv()
                self._fresh = False
            self._since, self._hurried = time.monotonic(), False
            pipe.send((word, values))
            while True:
                while not pipe.poll(_SLICE):
                    self._watch_the_clock(word, begun)
                kind, value = pipe.recv()
                if kind == _DONE:
                    return value
                if kind == _STARVED:
                    raise self._lost(begun, *_starves(self.limits))
                if kind == _BROKE:
                    raise self._lost(begun, *_broke(value))
                begun, self._since = value, time.monotonic()
        except (EOFError, OSError):
            raise self._lost(begun, *self._how_it_ended()) from None

    def _watch_the_clock(self, word: str, begun: str) -> None:
        passed = time.monotonic() - self._since
        if passed > self.limits.seconds:
            raise self._lost(begun, *_hangs(self.limits))
        if self._hurried and passed > HURRIED and word not in WANTED:
            raise self._lost(begun, *_hangs(self.limits), hurried=True)

    def _open(self) -> Connection:
        with self._state:
            if self._closed:
                raise EOFError
            if self._pipe is None:
                context = get_context("spawn")
                self._pipe, theirs = context.Pipe()
                self._process = context.Process(
                    target=_serve, args=(theirs, str(self.folder), self.limits, os.getpid()), daemon=True)
                self._process.start()
                theirs.close()
                self._fresh = True
            return self._pipe

    def _lost(self, begun: str, what: Text, fix: Text, *, hurried: bool = False) -> Lost:
        with self._state:
            if self._process is not None and self._pipe is not None:
                self._process.kill()
                self._process.join(2)
                self._pipe.close()
            self._process = self._pipe = None
        return Lost(begun, what, fix, hurried=hurried)

    def _how_it_ended(self) -> tuple[Text, Text]:
        code = 0
        if self._process is not None:
            self._process.join(1)
            code = self._process.exitcode or 0
        name = signal.Signals(-code).name if code < 0 else str(code)
        return (Text(f"读它的进程被终止（{name}）", f"the process that read it was ended ({name})"),
                Text("模块里不要用 os._exit；内存不足时把流程拆小", "a module must not use os._exit; divide a flow that starves"))


def _serve(pipe: Connection, folder: str, limits: Limits, parent: int) -> None:
    """The process's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)       # Ctrl-C is the server's affair
    if hasattr(os, "fork"):
        die_with(parent)
        bounded(limits.megabytes)
    from .reader import Reader

    reader = Reader(Path(folder), lambda name: pipe.send((_BEGUN, name)))
    reader.warm()
    pipe.send((_BEGUN, ""))
    while True:
        try:
            word, values = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        try:
            answer = (_DONE, getattr(reader, word)(*values))
        except MemoryError:
            answer = (_STARVED, None)
        except Exception as error:
            answer = (_BROKE, f"{type(error).__name__}: {error}")
        sys.stdout.flush()
        _answer(pipe, answer)


def _answer(pipe: Connection, answer: tuple[str, Any]) -> None:
    try:
        pipe.send(answer)
    except OSError:
        os._exit(1)                    # a module has closed the pipe
    except Exception:                  # a kind of text that an author's module has invented
        pipe.send((_BROKE, "a value cannot be sent"))


def _hangs(limits: Limits) -> tuple[Text, Text]:
    return (Text(f"超过 {limits.seconds:g} 秒的时限", f"it took longer than {limits.seconds:g} seconds, the limit"),
            Text("找一找不会结束的循环，或把流程拆小", "look for a loop that never ends, or divide the flow"))


def _broke(error: str) -> tuple[Text, Text]:
    return (Text(f"flowstd 自身出错：{error}", f"flowstd itself broke: {error}"),
            Text("用 flowstd draw --traceback 画它，把结果报告给 flowstd",
                 "draw it with flowstd draw --traceback, and report what that prints"))


def _starves(limits: Limits) -> tuple[Text, Text]:
    return (Text(f"超过 {limits.megabytes} MB 的内存上限", f"it needed more than {limits.megabytes} MB, the limit"),
            Text("把流程拆小", "divide the flow"))
