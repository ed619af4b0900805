"""Reading and writing whole files: a file is old or new, never half of each."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from .errors import BadEnvironment, BadSource
from .text import Text
from .where import Where


def write_whole(path: Path | str, text: str | bytes) -> None:
    """Write *text* to *path*: into a temporary file beside it, then renamed over it.

    A reader, and a kill at any moment, see the old file or the new one. On any
    failure the temporary file is removed. The folder must exist.

    Raises: BadEnvironment: the disk is full, or the folder may not be written; the message names both.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    temporary = f"{path}.{os.getpid()}.part"
    if len(os.path.basename(temporary).encode()) > LONGEST_NAME:
        temporary = os.path.join(os.path.dirname(path), f".{os.getpid()}.part")
    try:
        write_new(temporary, data)
        os.replace(temporary, path)
    except BaseException as error:
        _remove(temporary)
        if isinstance(error, OSError):
            raise environment(error, path) from None
        raise


LONGEST_NAME = 255        # bytes, not characters: what every common file system takes


def read_source(path: Path, *, shown: str = "") -> str:
    """The text of an author's file: UTF-8, with or without a byte order mark, any line ends.

    Raises: BadSource: it is missing, no ordinary file, not UTF-8 (the probable encoding is named) or holds a NUL.
    """
    where = Where(shown or str(path))
    try:
        data = whole(path)
    except OSError as error:
        raise unreadable(error, where) from None
    return decoded(data, where)


def whole(path: Path) -> bytes:
    """What stands in the file *path*. Raises OSError, also for a pipe or a device, which may never end."""
    with opened(path) as file:
        return file.read()


def opened(path: Path) -> BinaryIO:
    """The file *path*, to read from. Raises OSError as :func:`whole`."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "no ordinary file")
    return path.open("rb")


def unreadable(error: OSError, where: Where) -> BadSource:
    """Why a file cannot be read, and what to do."""
    if error.errno == errno.ENOENT:
        return BadSource(Text("找不到这个文件", "there is no such file"), where=where,
                         fix=Text("检查路径和文件名", "check the path and the name"))
    if error.errno in (errno.EINVAL, errno.EISDIR, errno.ELOOP):
        return BadSource(Text("这不是普通文件", "this is no ordinary file"), where=where,
                         fix=Text("换成文件本身；不是事项就改名或移走",
                                  "put the file itself here; if it is no item, rename it or move it away"))
    return BadSource(Text(f"读不了这个文件：{reason(error).zh}", f"cannot read the file: {reason(error).en}"), where=where,
                     fix=Text("检查文件的权限", "check the permissions of the file"))


def decoded(data: bytes, where: Where) -> str:
    """*data* as text. Raises BadSource naming the probable encoding and how to mend it.

    >>> decoded("事项".encode("utf-8-sig"), Where())
    '事项'
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if odd := _odd_line(data):
            guess = _guess(odd)
            zh, en = ("", "") if guess == _ANY else (f"，很可能是 {guess}", f" but probably {guess}")
            raise BadSource(
                Text(f"这一行不是 UTF-8 编码{zh}；其余各行是 UTF-8",
                     f"this line is not UTF-8{en}; the others are"),
                where=Where(where.file, line),
                fix=Text("在编辑器里把这一行重写一遍，存为 UTF-8；不要转换整个文件",
                         "write this line anew in an editor and save as UTF-8; do not convert the whole file")
            ) from None
        guess = _guess(data)
        raise BadSource(
            Text(f"文件不是 UTF-8 编码，很可能是 {guess}", f"the file is not UTF-8; it is probably {guess}"),
            where=Where(where.file, line),
            fix=Text("另存为“UTF-8”（Excel：另存为“CSV UTF-8（逗号分隔）”）",
                     f'save it as UTF-8 (Excel: "CSV UTF-8"), or run: iconv -f {guess} -t UTF-8')) from None
    if "\0" in text:
        guess = marked(data) if data.count(b"\0") * 4 > len(data) else ""
        raise BadSource(Text(f"文件里有空字符（NUL）{f'，很可能是 {guess} 编码' if guess else ''}",
                             f"the file holds NUL characters{f'; it is probably {guess}' if guess else ''}"),
                        where=Where(where.file, text.count("\n", 0, text.index("\0")) + 1),
                        fix=Text("另存为“UTF-8”", "save it as UTF-8"))
    return text


def environment(error: OSError, path: Path | str) -> BadEnvironment:
    """The disk's or the system's refusal, told with the place and what to do."""
    why = reason(error)
    return BadEnvironment(Text(f"写不了 {path}：{why.zh}", f"cannot write {path}: {why.en}"), fix=advice(error))


def reason(error: OSError) -> Text:
    """Why the system refused."""
    said = error.strerror or str(error)
    return Text(_REASONS.get(error.errno or 0, said), said)


def advice(error: OSError) -> Text:
    """What to do about it."""
    return Text(*_ADVICE.get(error.errno or 0, ("检查磁盘和权限后重新运行", "check the disk and its permissions, then run again")))


_REASONS = {
    errno.ENOSPC: "磁盘已满", errno.EDQUOT: "磁盘配额已满", errno.EROFS: "文件系统只读", errno.EACCES: "没有权限",
    errno.EPERM: "不允许", errno.ENAMETOOLONG: "名称太长", errno.ENOENT: "不存在", errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中间不是文件夹", errno.EEXIST: "已存在", errno.EIO: "读写出错", errno.EFBIG: "文件太大",
    errno.EMFILE: "打开的文件太多", errno.ENFILE: "打开的文件太多", errno.ENOMEM: "内存不够", errno.EBADF: "已关闭",
}
_MORE_FILES = ("提高上限后重新运行：ulimit -n 1024", "allow more and run again: ulimit -n 1024")
_ADVICE = {
    errno.EMFILE: _MORE_FILES, errno.ENFILE: _MORE_FILES,
    errno.ENOSPC: ("磁盘已满：腾出空间后重新运行，已完成的文件都是完整的",
                   "the disk is full: free some space and run again; the files already written are whole"),
    errno.EDQUOT: ("磁盘配额已满：腾出空间后重新运行", "the disk quota is used up: free some space and run again"),
    errno.EROFS: ("文件系统只读：换一个输出文件夹（-o）", "the file system is read-only: choose another folder with -o"),
    errno.EACCES: ("没有写权限：换一个输出文件夹（-o）", "permission denied: choose another folder with -o"),
    errno.EPERM: ("没有写权限：换一个输出文件夹（-o）", "permission denied: choose another folder with -o"),
    errno.ENAMETOOLONG: ("名称太长：给事项一个较短的编码", "the name is too long: give the item a shorter code"),
}


def marked(data: bytes) -> str:
    """The encoding that the first bytes of a text tell, or its NUL characters; empty where they tell none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    even, odd = data[::2].count(0), data[1::2].count(0)
    return "UTF-16LE" if odd > 8 * even else "UTF-16BE" if even > 8 * odd else ""


_MARKS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),      # first: that of UTF-16 begins alike
          (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


def _odd_line(data: bytes) -> bytes:
    """The first line that is not UTF-8, in a text of which most lines beyond ASCII are; otherwise nothing."""
    lines = [] if marked(data) else [line for line in data.splitlines() if not line.isascii()]
    odd = [line for line in lines if not _utf8(line)]
    return odd[0] if odd and len(odd) * 2 <= len(lines) else b""


def _utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_ANY = "latin-1"          # takes any bytes


def _guess(data: bytes) -> str:
    if name := marked(data):
        return name
    for name in ("gb18030", "big5"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return {"gb18030": "GBK"}.get(name, name)
    return _ANY


def write_new(path: str, data: bytes) -> os.stat_result:
    """Write *data* into a new file; a symbolic link there is not followed; the file as it then is. Raises OSError."""
    try:
        handle = os.open(path, _NEW, 0o666)
    except FileExistsError:           # left by a killed run that had our process number
        os.unlink(path)
        handle = os.open(path, _NEW, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view):]
        return os.fstat(handle)
    finally:
        os.close(handle)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass
