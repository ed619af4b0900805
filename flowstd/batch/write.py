"""The output folder: files appear in it whole, and only in it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from flowstd.base.errors import BadEnvironment
from flowstd.base.files import environment, write_whole
from flowstd.base.text import Text

_PART = re.compile(r"\.(\d+)\.part$")        # a temporary file of base.files, with the number of its process


class OutputFolder:
    """The one folder that a build writes into.

    Raises: BadEnvironment: at once, before any work, when the folder cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.is_symlink():
            raise _refused(path, "是指向别处的符号链接", "is a symbolic link to another place",
                           "写出它指向的文件夹", f"name the folder itself: {os.path.realpath(path)}")
        if path.exists() and not path.is_dir():
            raise _refused(path, "是一个文件，不是文件夹", "is a file, not a folder", "换一个输出文件夹（-o）",
                           "choose another folder with -o")
        if not path.parent.is_dir():
            raise _refused(path, "的上一级文件夹不存在", "has no parent folder", f"先建立 {path.parent}",
                           f"make {path.parent} first")
        try:
            path.mkdir(exist_ok=True)
            self._probe()
            self._sweep()
        except OSError as error:
            raise environment(error, path) from None

    def write(self, name: str, data: bytes) -> None:
        """Put *data* into the file *name*, whole or not at all; a file that holds it already is left alone.

        Raises: BadEnvironment: it cannot be written.
        """
        path = self.place(name)
        if not _holds(path, data):
            write_whole(path, data)

    def place(self, name: str) -> Path:
        """The path of *name* inside the folder. Raises BadEnvironment for a name that would lead out of it."""
        if name != os.path.basename(name) or name in ("", ".", "..") or "\\" in name or "\0" in name:
            raise _refused(Path(name), "会离开输出文件夹", "would leave the output folder", "换一个事项编码", "use another item code")
        return self.path / name

    def _probe(self) -> None:
        probe = self.path / f".{os.getpid()}.part"
        probe.write_bytes(b"")
        probe.unlink()

    def _sweep(self) -> None:
        """Remove the temporary files of builds that were killed."""
        for name in sorted(os.listdir(self.path)):
            found = _PART.search(name)
            if found and not _alive(int(found[1])):
                (self.path / name).unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    try:
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _alive(process: int) -> bool:
    if os.name != "posix":
        return True                   # there a signal number 0 would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return process != os.getpid()


def _refused(path: Path, zh: str, en: str, fix_zh: str, fix_en: str) -> BadEnvironment:
    return BadEnvironment(Text(f"{path} {zh}", f"{path} {en}"), fix=Text(fix_zh, fix_en))
