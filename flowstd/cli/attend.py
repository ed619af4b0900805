"""A command that runs authors' modules does its work in a process of its own, and the first one attends to it.

Whatever ends, hangs or starves that process while it runs a module, costs this module: the command begins anew
without it, and tells why. Nothing is printed or written before all modules are read.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from flowstd.base.errors import BadEnvironment
from flowstd.base.files import advice, reason
from flowstd.base.process import adopt, die_with, end_adopted, end_all, ending
from flowstd.base.text import Text
from flowstd.catalog.attended import Note, attended_by

_LOOK = 0.2                           # seconds between two looks at a process that is not heard to end
_FORWARDED = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)]


def attend(work: Callable[[], int]) -> None:
    """Do *work* in a child, and end this process as the child ends, with its exit code; return where none can be."""
    if not hasattr(os, "fork"):
        return
    lost: dict[str, str] = {}
    heard = {number: signal.getsignal(number) for number in _FORWARDED}
    adopts = adopt()
    while True:
        note = Note.new()
        try:
            child = _forked(note, heard)
        except OSError as error:
            if not lost:
                return
            sys.exit(_told(_refused(error)))
        if child is None:
            attended_by(note, lost)
            code = work()
            with suppress(OSError, ValueError, AttributeError):        # it is closed, or was never there
                sys.stderr.flush()
            note.say(code=code)
            os._exit(code)            # whatever modules have left running in it
        status = child.waited()
        if adopts:
            end_adopted()
        path, _, code = note.said()
        if code >= 0:
            os._exit(code)            # nothing is left to be done here
        if child.asked:
            child.end_as_asked()
        if not path:
            sys.exit(_told(_ended(status)))
        lost[path] = "" if child.late else ending(status)


class _Child:
    """The process that does the work, which leads a group of its own."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.number = 0
        self.pipe = -1                # is closed when it ends
        self.asked = 0                # the signal that was sent to us, and forwarded
        self.late = False             # it was ended because its module had had its time

    def forward(self, number: int, frame: object) -> None:
        """It is to hear what we hear: Ctrl-C comes to us only."""
        self.asked = number
        self.note.ask()
        with suppress(ProcessLookupError):
            os.kill(self.number, number)

    def pause(self, number: int, frame: object) -> None:
        """Ctrl-Z: both stop until we are told to go on; no terminal stops what has a session of its own."""
        since = time.monotonic()
        with suppress(ProcessLookupError):
            os.killpg(self.number, signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)
        self.note.postpone(time.monotonic() - since)
        with suppress(ProcessLookupError):
            os.killpg(self.number, signal.SIGCONT)

    def waited(self) -> int:
        """Wait until it ends, at the latest when its module has had its time; how it ended, as an exit code."""
        end = select.poll()
        end.register(self.pipe)
        while True:
            found, status = os.waitpid(self.number, os.WNOHANG)
            if found:
                break
            until = self.note.said()[1]
            left = until - time.monotonic() if until else _LOOK
            if left <= 0:
                self.late = True
                end_all(self.number)
            heard = end.poll(1000 * max(0.001, min(left, _LOOK)))
            if heard:
                time.sleep(0.001)     # its last breath, or a module has closed the pipe
        end_all(self.number)
        os.close(self.pipe)
        return os.waitstatus_to_exitcode(status)

    def end_as_asked(self) -> None:
        """It was ended by a signal to us: that is our end as well."""
        from .main import tell_interrupted

        tell_interrupted()
        signal.signal(self.asked, signal.SIG_DFL)
        os.kill(os.getpid(), self.asked)


def _forked(note: Note, heard: Mapping[int, Any]) -> _Child | None:
    """The child; None in the child itself, where signals are *heard* as ever. Those that come meanwhile wait.

    Raises: OSError: there can be no more processes, or files.
    """
    child, parent = _Child(note), os.getpid()
    child.pipe, theirs = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FORWARDED)
    try:
        child.number = os.fork()
        if child.number == 0:
            os.close(child.pipe)
            os.setsid()
            die_with(parent)
        else:
            os.close(theirs)
            if signal.getsignal(signal.SIGTSTP) is not signal.SIG_IGN:
                signal.signal(signal.SIGTSTP, child.pause)
        for number, handler in heard.items():
            if handler not in (signal.SIG_IGN, None):
                signal.signal(number, child.forward if child.number else handler)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return child if child.number else None


def _ended(status: int) -> BadEnvironment:
    """The process ended while it ran no module."""
    name = ending(status)
    return BadEnvironment(
        Text(f"做这件事的进程被终止（{name}）", f"the process that did the work was ended ({name})"),
        fix=Text("看看内存是否不足；模块不要结束进程", "see whether memory is short; a module must not end its process"))


def _refused(error: OSError) -> BadEnvironment:
    """The system allows no process to begin anew in."""
    why = reason(error)
    return BadEnvironment(Text(f"不能再启动进程：{why.zh}", f"no process can be started: {why.en}"), fix=advice(error))


def _told(error: BadEnvironment) -> int:
    """Say it; the exit code."""
    from flowstd.report.text import told

    from .main import ENVIRONMENT

    print(told(error), file=sys.stderr)
    return ENVIRONMENT
