"""What a process may take, and when it ends: asked of the system, where the system can."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import NamedTuple


class Limits(NamedTuple):
    """What one chart may take."""

    seconds: float = 10.0
    megabytes: int = 1024             # of the process that makes it


def bounded(megabytes: int) -> None:
    """Give this process no more memory than so much, where the system can: macOS refuses."""
    import resource

    most = megabytes << 20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or most < hard:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


@contextmanager
def allowed(megabytes: int) -> Iterator[None]:
    """Meanwhile, give this process no more than so much beside what it has, where the system can."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    try:
        with open("/proc/self/statm", "rb") as file:
            most = int(file.read().split()[0]) * resource.getpagesize() + (megabytes << 20)
        if resource.RLIM_INFINITY in before or most < before[0]:
            resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    except (ValueError, OSError):
        pass
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, before)


def die_with(parent: int) -> None:
    """Ask Linux to end this process with its parent; elsewhere it ends at its next message."""
    ask = prctl()
    if ask is not None:
        ask(_DIE, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


@cache
def prctl() -> Callable[[int, int], int] | None:
    """How a process tells Linux what it wants; None elsewhere, and where Python cannot call it."""
    if sys.platform != "linux":
        return None
    try:
        import ctypes

        return ctypes.CDLL(None).prctl
    except (OSError, AttributeError, ImportError):
        return None


def end_all(leader: int) -> None:
    """End the process *leader*, which leads a group, and all that it has left running."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def adopt() -> bool:
    """Ask Linux to hand over to this process what its children leave running, in whatever session; whether it will.

    Not where it has children already: what those leave is not ours to end.
    """
    ask = prctl()
    return ask is not None and not _children() and ask(_ADOPT, 1) == 0


def end_adopted() -> None:
    """End what was handed over to this process, and what that leaves in its turn."""
    untouchable: set[int] = set()
    while adopted := _children() - untouchable:
        for child in adopted:
            try:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            except OSError:            # another person's, by now
                untouchable.add(child)


def _children() -> set[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", "rb") as file:
            return set(map(int, file.read().split()))
    except OSError:
        return set()                   # elsewhere than in Linux


_DIE, _ADOPT = 1, 36                  # PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER


def ending(code: int) -> str:
    """How a process ended, by its exit code, in a word: ``SIGKILL`` or ``3``."""
    try:
        return signal.Signals(-code).name if code < 0 else str(code)
    except ValueError:
        return str(code)
