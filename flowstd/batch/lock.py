"""One build at a time in one folder: the second waits, and says for whom."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flowstd.base.errors import BadEnvironment
from flowstd.base.files import environment
from flowstd.base.text import Text

from .write import OutputFolder

NAME = ".flowstd-lock"
_POSIX = os.name == "posix"           # elsewhere no process can be limited, forked, or kept out of a folder
_PATIENCE = 1.0                       # seconds of silence before the wait is announced


@contextmanager
def held(folder: OutputFolder, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold *folder* for this process; *tell* hears who holds it when that takes more than a second.

    The system lets go when a process dies, however it dies. Raises BadEnvironment.
    """
    if not _POSIX:
        raise BadEnvironment(Text("flowstd build 只能在 Linux 或 macOS 上运行", "flowstd build runs on Linux and macOS only"),
                             fix=Text("在 Windows 上用它的 Linux（WSL）", "on Windows, run it in its Linux (WSL)"))
    path = os.path.join(folder.path, NAME)
    try:
        file = _taken(path, tell)
    except OSError as error:
        raise environment(error, path) from None
    _HELD.add(file)
    try:
        yield
    finally:
        _HELD.discard(file)
        try:
            os.unlink(path)
        except OSError:
            pass
        os.close(file)


def let_go() -> None:
    """In a child of the one who holds folders: it keeps none of them when its parent is gone."""
    while _HELD:
        os.close(_HELD.pop())


_HELD: set[int] = set()               # files that are locked by this process


def _taken(path: str, tell: Callable[[str], None]) -> int:
    began, told = time.monotonic(), False
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            if os.fstat(file).st_nlink > 1:         # another name of somebody's file, which is to stay as it is
                os.unlink(path)
            elif _locked(file) and _is(file, path):
                os.ftruncate(file, 0)
                os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
                return file
            if not told and time.monotonic() - began > _PATIENCE:
                told = True
                tell(os.pread(file, 32, 0).decode("ascii", "replace").strip() or "?")
        except BaseException:
            os.close(file)
            raise
        os.close(file)
        time.sleep(0.05)


def _is(file: int, path: str) -> bool:
    """Whether *path* still names the open *file*: its holder may just have removed it."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except FileNotFoundError:
        return False


def _locked(file: int) -> bool:
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
