"""The output folder: files appear in it whole, and only in it."""

from __future__ import annotations

import errno
import os
import re
import stat
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from flowstd.base.digest import digest, file_digest
from flowstd.base.errors import BadEnvironment
from flowstd.base.files import environment, write_new
from flowstd.base.text import Text

_PART = re.compile(r"\.(\d+)\.part$")        # a temporary file of base.files, with the number of its process
_FEW = 32
OURS = ".flowstd-"                           # how the name of a temporary file of a build begins


class Put(NamedTuple):
    """Where data was put: the temporary file, or none where the file held it, and size and time of what holds it."""

    part: str
    size: int
    time: int


class OutputFolder:
    """The one folder that a build writes into; to *look* at it changes nothing.

    Raises: BadEnvironment: at once, before any work, when the folder cannot be used.
    """

    def __init__(self, path: Path, *, look: bool = False) -> None:
        self.path = path
        self._home = os.path.join(path, "")
        self._divided: set[str] = set()          # folders in it that are known to be there
        self._unsettled: list[str] = []          # files that a power cut might still take, the first of them
        if path.is_symlink():
            raise _refused(path, "是指向别处的符号链接", "is a symbolic link to another place",
                           "写出它指向的文件夹", f"name the folder itself: {os.path.realpath(path)}")
        if path.exists() and not path.is_dir():
            raise _refused(path, "是一个文件，不是文件夹", "is a file, not a folder", "换一个输出文件夹（-o）",
                           "choose another folder with -o")
        if not path.parent.is_dir():
            raise _refused(path, "的上一级文件夹不存在", "has no parent folder", f"先建立 {path.parent}",
                           f"make {path.parent} first")
        if not look:
            try:
                path.mkdir(exist_ok=True)
                self._probe()
            except OSError as error:
                raise environment(error, path) from None

    def write(self, name: str, data: bytes) -> Put:
        """Put *data* into the file *name*, whole or not at all; a file that holds it already is left alone.

        Raises: BadEnvironment: it cannot be written.
        """
        put = self.part(name, data)
        if put.part:
            self.adopt(put.part, name)
        return put

    def part(self, name: str, data: bytes) -> Put:
        """Put *data* beside the file *name*, for :meth:`adopt`; a file that holds it already is left alone.

        Raises: BadEnvironment: it cannot be written; nothing is left.
        """
        place = self.place(name)
        held = _holds(place, data)
        if held is not None:
            return Put("", held.st_size, held.st_mtime_ns)
        made = f"{OURS}{_node()}-{os.getpid()}-{next(_NUMBERS)}.part"
        try:
            found = write_new(self._home + made, data)
        except BaseException as error:
            self.discard(made)
            if isinstance(error, OSError):
                raise environment(error, place) from None
            raise
        return Put(made, found.st_size, found.st_mtime_ns)

    def adopt(self, part: str, name: str) -> None:
        """Give the temporary file *part* its name. Raises BadEnvironment."""
        place = self.place(name)
        try:
            self._divide(name)
            os.replace(self._home + part, place)
            if len(self._unsettled) <= _FEW:
                self._unsettled.append(name)
        except OSError as error:
            raise environment(error, place) from None

    def discard(self, part: str) -> None:
        """Remove the file *part*."""
        try:
            os.unlink(self._home + part)
        except OSError:
            pass

    def remove(self, name: str) -> None:
        """Remove the file *name*, and the folder it stood in when that was the last."""
        self.discard(name)
        within = os.path.dirname(name)
        if within:
            try:
                os.rmdir(self._home + within)
            except OSError:
                return                    # others are in it
            self._divided.discard(within)

    def seen(self, name: str) -> tuple[int, int] | None:
        """Size and time of the file *name*; None when it is not there, or not a file."""
        try:
            found = os.lstat(self._home + name)
        except (OSError, ValueError):
            return None
        return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None

    def holds(self, name: str, size: int, time: int, mark: str) -> bool:
        """Whether the file *name* is as we left it: by its size and time, or else by what it holds."""
        found = self.seen(name)
        if found == (size, time):
            return True
        return found is not None and found[0] == size and self.mark(name) == mark

    def mark(self, name: str) -> str:
        """The digest of what the file *name* holds; empty when it cannot be read."""
        try:
            return file_digest(Path(self.place(name)).read_bytes())
        except OSError:
            return ""

    def place(self, name: str) -> str:
        """The path of *name* inside the folder. Raises BadEnvironment for a name that would lead out of it."""
        if not is_inside(name):
            raise _refused(Path(name), "会离开输出文件夹", "would leave the output folder", "换一个事项编码",
                           "use another item code")
        return self._home + name

    def begin_to_settle(self) -> None:
        """Let the disk begin with what :meth:`settle` will wait for."""
        if len(self._unsettled) > _FEW:
            from threading import Thread

            Thread(target=os.sync, daemon=True).start()

    def settle(self) -> None:
        """Wait until what was written is safe from a power cut: file by file where they are few, else all at once.

        Once a build, not once a chart: a hundred times cheaper. Raises BadEnvironment.
        """
        names, self._unsettled = self._unsettled, []
        if len(names) > _FEW:
            os.sync()
            return
        for name in names:
            _settle(self.place(name), os.O_RDWR)
        for folder in sorted({os.path.dirname(name) for name in names}):       # where they got their names
            _settle(os.path.join(self.path, folder), os.O_RDONLY)

    def _divide(self, name: str) -> None:
        """Make the folder that the file *name* stands in; one that leads elsewhere is refused."""
        within = os.path.dirname(name)
        if not within or within in self._divided:
            return
        path = self._home + within
        try:
            os.mkdir(path)
        except FileExistsError:
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                raise _refused(Path(path), "不是文件夹", "is no folder", "移走它", "move it away") from None
        self._divided.add(within)

    def _probe(self) -> None:
        probe = self.path / f"{OURS}{_node()}-{os.getpid()}-probe.part"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)            # the build that holds the folder may just have swept it away

    def sweep(self) -> None:
        """Remove the temporary files of builds and workers that were killed.

        To be called by the one who holds the folder: every other build has ended.
        """
        for name in sorted(os.listdir(self.path)):
            found = _PART.search(name)
            if name.endswith(".part") and (name.startswith(OURS) or (found and not _alive(int(found[1])))):
                self.discard(name)


def _settle(path: str, how: int) -> None:
    """Wait until what stands at *path* is safe. Raises BadEnvironment."""
    try:
        file = os.open(path, how)
    except OSError:
        return                            # somebody took it away meanwhile
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno != errno.EINVAL:   # a file share that keeps folders safe by itself
            raise environment(error, path) from None
    finally:
        os.close(file)


@cache
def _node() -> str:
    """This machine: a build may have workers on several, with one shared folder."""
    return digest(os.uname().nodename)[:8]


_NUMBERS = count()


def is_inside(name: str) -> bool:
    """Whether *name* is that of a file in the folder, or in a folder in it.

    >>> [is_inside(name) for name in ("a.svg", "甲局/a.svg", "../a.svg", "a/b/c.svg", "/a.svg", "a/", "C:\\\\a")]
    [True, True, False, False, False, False, False]
    """
    return _INSIDE.fullmatch(name) is not None


_NAME = r"(?!\.{1,2}(?:/|\Z))[^/\\\0]+"
_INSIDE = re.compile(f"{_NAME}(?:/{_NAME})?")


def _holds(path: str, data: bytes) -> os.stat_result | None:
    """The file at *path*, if it holds *data*."""
    try:
        found = os.lstat(path)
        same = stat.S_ISREG(found.st_mode) and found.st_size == len(data) and Path(path).read_bytes() == data
        return found if same else None
    except OSError:
        return None


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return process != os.getpid()


def _refused(path: Path, zh: str, en: str, fix_zh: str, fix_en: str) -> BadEnvironment:
    return BadEnvironment(Text(f"{path} {zh}", f"{path} {en}"), fix=Text(fix_zh, fix_en))
