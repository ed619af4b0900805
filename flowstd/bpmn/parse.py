"""Bytes → XML tree, safely: nothing is fetched, expanded, unpacked or run, and what is too much is refused.

Files come from anywhere. A document type declaration is refused whatever it
says; compressed data is not unpacked; the encoding is ours to choose from a
list, so that no codec does more than decode.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import TYPE_CHECKING

from flowstd.base.errors import BadSource
from flowstd.base.files import unreadable
from flowstd.base.parsers import in_chinese
from flowstd.base.text import Text
from flowstd.base.where import Where

from .element import line_of

if TYPE_CHECKING:
    from lxml import etree

LARGEST = 10_000_000          # bytes; the largest file of the interchange suite has 240,000
MOST = 100_000                # tags; it has 6,000
MOST_SIGNS = 300_000          # equals signs, of which each attribute has one; it has 12,000
WIDEST = 1_000                # attributes of one element
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,39})["']""").match
_POSITION = re.compile(r"(, use XML_PARSE_HUGE option)?, line \d+, column \d+$").sub
_DECLARATION = re.compile(r"(\s*)<\?xml\s[^>]*\?>").match          # some files have an empty line before it
_COMPRESSED = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in (
        "ascii",
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "koi8-r",
        *(f"iso8859-{number}" for number in (*range(1, 12), 13, 14, 15, 16)),
        *(f"cp{number}" for number in range(1250, 1259)),
    )
)


def bytes_of(path: Path) -> bytes:
    """What is in the file. Raises BadSource: it is missing, no file, or larger than any model."""
    where = Where(str(path))
    try:
        if path.is_dir():
            raise BadSource(Text("这是一个文件夹", "this is a folder"), where=where,
                            fix=Text("写其中一个文件", "name one of its files"))
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(error, where) from None
    _check_size(data, where)
    return data


def tree_of(data: bytes, file: str = "") -> etree._Element:
    """The root element of an XML file.

    Raises: BadSource: too large, compressed, with a document type, too deep, not XML; the line is told.
    """
    from lxml import etree

    where = Where(file or "BPMN")
    _check_size(data, where)
    text = text_of(data, file)
    _check_prolog(text, where)
    for sign, most, zh, en in (("<", MOST, "标记", "tags"), ("=", MOST_SIGNS, "属性", "attributes")):
        if text.count(sign) > most:
            raise BadSource(Text(f"文件有超过 {most} 个{zh}，没有这么大的流程图",
                                 f"the file has more than {most} {en}; no model is that large"), where=where)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        strip_cdata=False,
    )  # libxml2 stops at a depth of 256
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = _POSITION("", error.msg or "")
        raise BadSource(Text(f"不是合法的 XML：{in_chinese(message)}", f"not XML: {message}"),
                        where=Where(where.file, max(0, line), max(0, column)),
                        fix=Text("在画图的工具里重新导出", "export it anew from the tool that drew it")) from None
    _check_widths(root, where)
    return root


def text_of(data: bytes, file: str = "") -> str:
    """The file as text without its declaration. Raises BadSource: compressed, or not in the encoding it declares.

    >>> text_of('<?xml version="1.0" encoding="GBK"?>\\n<事/>'.encode("gbk"))
    '\\n<事/>'
    """
    where = Where(file or "BPMN")
    for head, name in _COMPRESSED:
        if data.startswith(head):
            raise BadSource(Text(f"这是 {name} 压缩文件，不是 BPMN", f"this is {name} data, not BPMN"), where=where,
                            fix=Text("先解压缩", "unpack it first"))
    encoding, data = _encoding(data, where)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadSource(Text(f"文件不是它声明的 {encoding} 编码", f"the file is not in {encoding}, which it declares"),
                        where=Where(where.file, data.count(b"\n", 0, error.start) + 1)) from None
    declaration = _DECLARATION(text)
    return declaration.group(1) + text[declaration.end():] if declaration else text


def encoding_of(data: bytes) -> str:
    """The Python name of the encoding that a file declares. Raises BadSource: it is none of the common ones."""
    return _encoding(data, Where("BPMN"))[0]


def _encoding(data: bytes, where: Where) -> tuple[str, bytes]:
    """The encoding by mark or declaration, and the data without its mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, data[len(mark):]
    if data[:4] in (b"<\0?\0", b"<\0!\0") or data[1:2] == b"\0":
        return "utf-16-le", data
    if data[:1] == b"\0":
        return "utf-16-be", data
    declared = _DECLARED(data)
    if not declared:
        return "utf-8", data
    name = declared.group(1).decode("ascii")
    try:
        found = codecs.lookup(name).name
    except LookupError:
        found = ""
    if found not in _ENCODINGS:
        raise BadSource(Text(f"不支持的编码“{name}”", f'unknown encoding "{name}"'), where=Where(where.file, 1),
                        fix=Text("另存为 UTF-8", "save the file as UTF-8"))
    return "utf-8" if found.startswith(("utf-16", "utf-32")) else found, data


def _check_size(data: bytes, where: Where) -> None:
    if len(data) > LARGEST:
        raise BadSource(Text(f"文件超过 {LARGEST // 1_000_000} MB，没有这么大的流程图",
                             f"the file has more than {LARGEST // 1_000_000} MB; no model is that large"), where=where,
                        fix=Text("去掉图片等附加内容，或拆成几个流程", "take out pictures and the like, or split the process"))
    if not data.strip():
        raise BadSource(Text("文件是空的", "the file is empty"), where=where,
                        fix=Text("重新导出一份", "export it again"))


def _check_widths(root: etree._Element, where: Where) -> None:
    """Refuse an element with more attributes than any has: to ask for one of them would take long."""
    for element in root.iter():
        if len(element.attrib) > WIDEST:
            raise BadSource(Text(f"一个元素有 {len(element.attrib)} 个属性，超过 {WIDEST} 个",
                                 f"an element has {len(element.attrib)} attributes, more than {WIDEST}"),
                            where=Where(where.file, line_of(element)))


def _check_prolog(text: str, where: Where) -> None:
    """Refuse a document type; only comments, instructions and spaces may stand before the first element."""
    at = _first_mark(text, 0)
    while text.startswith(("<!--", "<?"), at):
        end = text.find("-->" if text.startswith("<!--", at) else "?>", at)
        if end < 0:
            return                                   # the parser will say that it does not end
        at = _first_mark(text, end + 2)
    if text.startswith("<!", at):
        raise BadSource(Text("文件带有 DOCTYPE 声明，可能引用或展开外部内容，已拒绝",
                             "the file has a DOCTYPE, which can make a reader fetch or expand more than it was given"),
                        where=Where(where.file, text.count("\n", 0, at) + 1),
                        fix=Text("删去 <!DOCTYPE …>", "remove <!DOCTYPE …>"))


def _first_mark(text: str, at: int) -> int:
    """Where the next ``<`` is."""
    found = text.find("<", at)
    return found if found >= 0 else len(text)
