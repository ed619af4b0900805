"""What this process says of the authors' modules it runs, where another one attends to it.

A module may end its process, hang or take all memory. The command that runs it then begins anew without it, and says
so: see ``flowstd.cli.attend``. Where nobody attends, as in a program that uses flowstd, modules simply run.
"""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from mmap import mmap
from pathlib import Path
from typing import NamedTuple

from flowstd.base.errors import FlowstdError
from flowstd.base.process import Limits, allowed
from flowstd.base.text import Text
from flowstd.base.where import Where


class BrokenOff(FlowstdError):
    """A module that ended or hung the process that ran it."""

    code = "INT002"


class Note(NamedTuple):
    """What both processes know: the module that is run, until when it may take, and the exit code of the command.

    The one that attends notes apart that it was asked to stop, and has passed that on.
    """

    memory: mmap

    @classmethod
    def new(cls) -> Note:
        """One that says nothing."""
        note = cls(mmap(-1, _SIZE + 1))
        note.say()
        return note

    def say(self, path: str = "", until: float = 0, code: int = -1) -> None:
        """What holds from now on."""
        name = os.fsencode(path)[-_LONGEST:]
        self.memory[:_SIZE] = _FORM.pack(until, code, len(name), name)

    def said(self) -> tuple[str, float, int]:
        """The module, the end of its time, and the exit code, -1 while there is none."""
        until, code, length, name = _FORM.unpack(self.memory[:_SIZE])
        return os.fsdecode(name[:length]), until, code

    def postpone(self, seconds: float) -> None:
        """Give the module so much more time: both processes were stopped meanwhile."""
        path, until, code = self.said()
        if until:
            self.say(path, until + seconds, code)

    def ask(self) -> None:
        """The person asks to stop."""
        self.memory[_SIZE] = 1

    @property
    def asked(self) -> bool:
        """Whether the person has asked to stop."""
        return bool(self.memory[_SIZE])


_LONGEST = 4096
_FORM = struct.Struct(f"dii{_LONGEST}s")
_SIZE = _FORM.size


class _Attended(NamedTuple):
    note: Note
    lost: Mapping[str, str]           # modules that have cost a process, and how it ended; empty: it was late


_attended: _Attended | None = None


def attended_by(note: Note, lost: Mapping[str, str]) -> None:
    """From now on another process attends to this one."""
    global _attended
    _attended = _Attended(note, lost)


def nobody_asked() -> bool:
    """Whether a KeyboardInterrupt can be a module's only: whoever attends to this process was not asked to stop."""
    return _attended is not None and not _attended.note.asked


@contextmanager
def told(path: Path, limits: Limits) -> Iterator[None]:
    """The module at *path* is read and run meanwhile, within *limits*. Raises BrokenOff: it did not end."""
    if _attended is None:
        yield
        return
    name = str(path)
    if name in _attended.lost:
        raise _broken_off(name, _attended.lost[name], limits)
    _attended.note.say(name, time.monotonic() + limits.seconds)
    try:
        with allowed(limits.megabytes), _streams_apart():
            yield
    finally:
        _attended.note.say()


@contextmanager
def _streams_apart() -> Iterator[None]:
    """What a module and its children write is no part of a report."""
    try:
        out = os.dup(1)
        os.dup2(2, 1)
    except OSError:                   # one of them is closed
        yield
        return
    try:
        yield
    finally:
        try:
            os.dup2(out, 1)
            os.close(out)
        except OSError:               # the module has closed what is not its own: nothing more can be told from here
            os._exit(1)


def _broken_off(name: str, how: str, limits: Limits) -> BrokenOff:
    if how:
        what = Text(f"读它的进程被终止（{how}）", f"the process that read it was ended ({how})")
        fix = Text("模块里不要用 os._exit；内存不足时把流程拆小", "a module must not use os._exit; divide a flow that starves")
    else:
        what = Text(f"读它超过 {limits.seconds:g} 秒的时限",
                    f"to read it took longer than {limits.seconds:g} seconds, the limit")
        fix = Text("找一找不会结束的循环，或在 flowstd.toml 的 [build] 里放宽 seconds",
                   "look for a loop that never ends, or allow more seconds under [build] in flowstd.toml")
    return BrokenOff(what, where=Where(name), fix=fix)
