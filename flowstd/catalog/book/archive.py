"""The parts of an office file, opened only after its directory was looked at, and counted as they are unpacked.

Whatever is wrong with the file itself is told as what it is: a password, an old
format under a new name, a web page, a bomb. Nothing in it is ever run or followed.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from flowstd.base.errors import BadSource
from flowstd.base.files import opened, unreadable
from flowstd.base.text import Text
from flowstd.base.where import Where

MIB = 1 << 20
MOST_FILE = 50 * MIB            # on disk
MOST_UNPACKED = 50 * MIB        # of all parts that are read
MOST_PARTS = 2_000              # of the file; a workbook has about ten and one for each sheet
MOST_RATIO = 100                # unpacked : packed, of a part beyond the size at which that matters
RATIO_MATTERS = 8 * MIB
CHUNK = 1 << 16

_END = b"PK\x05\x06"            # end of the directory of a zip file: 22 bytes and a comment
_END_64 = b"PK\x06\x07"
_MOST_COMMENT = 1 << 16


class Archive:
    """The parts of one office file.

    Raises: BadSource: at once, when it is no such file, or when its directory says that it is a bomb.
    """

    def __init__(self, path: Path, file: str) -> None:
        self.file = file
        self.unpacked = 0
        try:
            self._stream = opened(path)
        except OSError as error:
            raise unreadable(error, Where(file)) from None
        try:
            self._look(path.stat().st_size)
            self._zip = zipfile.ZipFile(self._stream)
            self._parts = self._listed()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            self._stream.close()
            raise self.damaged(error) from None
        except BadSource:
            self._stream.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()
        self._stream.close()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return list(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of the part *name*, counted. Raises BadSource when the file unpacks to too much, or is damaged."""
        try:
            with self._zip.open(self._parts[name]) as stream:
                while chunk := stream.read(CHUNK):
                    self.unpacked += len(chunk)
                    if self.unpacked > MOST_UNPACKED:
                        raise self._bomb()
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise self.damaged(error) from None

    def bad(self, zh: str, en: str, fix_zh: str, fix_en: str) -> BadSource:
        """What is wrong with the whole file."""
        return BadSource(Text(zh, en), where=Where(self.file), fix=Text(fix_zh, fix_en) if fix_zh else None)

    def damaged(self, error: Exception) -> BadSource:
        """The file breaks off, or was changed by chance."""
        return self.bad(f"工作簿已损坏：{error}", f"the workbook is damaged: {error}",
                        "用 Excel 或 WPS 打开，修复后另存为 .xlsx",
                        "open it in Excel or WPS, let it repair the file and save it as .xlsx")

    # ---- before anything is unpacked

    def _look(self, size: int) -> None:
        head = self._stream.read(4096)
        if size == 0:
            raise self.bad("文件是空的（0 字节）", "the file is empty (0 bytes)", "重新保存或重新传送一份", "save it or send it again")
        if not head.startswith(b"PK"):
            raise self._other_kind(head)
        if size > MOST_FILE:
            raise self.bad(f"工作簿有 {size // MIB} MB，最多 {MOST_FILE // MIB} MB",
                           f"the workbook has {size // MIB} MB, at most {MOST_FILE // MIB} MB are read",
                           "删去图片和无用的行，或按部门分成几个文件", "remove pictures and unused rows, or divide it by department")
        self._stream.seek(max(0, size - 22 - _MOST_COMMENT))
        tail = self._stream.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 22:
            raise zipfile.BadZipFile(Text("文件不完整", "it is not complete").say())
        parts, length = int.from_bytes(tail[at + 10:at + 12], "little"), int.from_bytes(tail[at + 12:at + 16], "little")
        if tail[max(0, at - 20):at].startswith(_END_64) or parts > MOST_PARTS or length > MOST_PARTS * 512:
            raise self.bad(f"压缩包里有 {parts} 个部件，不是正常的工作簿", f"the archive has {parts} parts: no ordinary workbook",
                           "在 Excel 或 WPS 里另存一份", "save it anew in Excel or WPS")
        self._stream.seek(0)

    def _listed(self) -> dict[str, zipfile.ZipInfo]:
        parts: dict[str, zipfile.ZipInfo] = {}
        whole = 0
        for part in self._zip.infolist():
            if part.flag_bits & 1:
                raise self._locked()
            if part.filename in parts or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise zipfile.BadZipFile(Text(f"部件 {part.filename[:80]!r} 的写法不对",
                                              f"part {part.filename[:80]!r} is odd").say())
            if part.file_size > RATIO_MATTERS and part.file_size > MOST_RATIO * max(1, part.compress_size):
                raise self._bomb()
            if part.filename.endswith((".xml", ".rels", ".bin")):     # pictures are never unpacked
                whole += part.file_size
            parts[part.filename] = part
        if whole > MOST_UNPACKED:
            raise self._bomb()
        return parts

    def _bomb(self) -> BadSource:
        return self.bad(f"工作簿解开后超过 {MOST_UNPACKED // MIB} MB（或压缩比超过 {MOST_RATIO}:1），不予读取",
                        f"the workbook unpacks to more than {MOST_UNPACKED // MIB} MB (or {MOST_RATIO}:1)",
                        "删去空白但带格式的行和列，或按部门分成几个文件",
                        "delete blank rows and columns that only carry formats, or divide it by department")

    def _locked(self) -> BadSource:
        return self.bad("工作簿有打开密码", "the workbook is protected by a password",
                        "在 Excel 里“文件－信息－保护工作簿－用密码进行加密”中清空密码，再保存",
                        "remove the password in Excel (File, Info, Protect Workbook) and save it")

    def _other_kind(self, head: bytes) -> BadSource:
        """What a file that is no zip archive really is."""
        if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            if _holds(self._stream, "EncryptedPackage".encode("utf-16-le")):
                return self._locked()
            return self._is("旧格式的 .xls 文件", "an old .xls file")
        text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
        if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
            return self._is("XML 表格（2003）", "an XML spreadsheet of 2003")
        if text.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<?xml")):
            return self._is("网页（HTML）", "a web page (HTML)")
        if b"\0" not in head:
            return self._is("文本（如 CSV）", "plain text, such as CSV")
        return self._is("别的格式", "of another kind")

    def _is(self, zh: str, en: str) -> BadSource:
        return self.bad(f"名称是 .xlsx，内容其实是{zh}", f"it is named .xlsx, but is {en}",
                        "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”",
                        "open it in Excel or WPS and save it as an Excel workbook (.xlsx)")


def _holds(stream: BinaryIO, sought: bytes) -> bool:
    """Whether *stream* holds *sought*, a piece at a time."""
    stream.seek(0)
    rest = b""
    while chunk := stream.read(MIB):
        if sought in rest + chunk:
            return True
        rest = chunk[-len(sought):]
    return False
