"""The XML of an office part as a stream of events: no entities, no depth, no token beyond bounds, no tree in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.parsers import expat

from flowstd.base.errors import BadSource
from flowstd.base.parsers import in_chinese
from flowstd.base.text import Text, short
from flowstd.base.where import Where

DEEPEST = 64
ENCODINGS = ("UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII")      # those that expat knows by itself; office writes UTF-8
LONGEST_TOKEN = 1 << 20         # bytes of one tag with its attributes

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Words = Callable[[str], None]


def events(chunks: Iterable[bytes], part: str, file: str, start: Start, end: End, words: Words | None = None) -> None:
    """Call *start*, *end* and *words* for the elements and texts in *chunks*.

    Names of elements come without their namespace; an attribute that has one is called ``namespace name``.

    Raises: BadSource: not XML, a document type is declared, or a bound is passed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0
    names: dict[str, str] = {}

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _odd(file, part, f"嵌套超过 {DEEPEST} 层", f"is nested deeper than {DEEPEST}")
        start(names.get(name) or local(name, names), attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names.get(name) or local(name, names))

    def declared(version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.upper() not in ENCODINGS:
            raise _odd(file, part, f"用了不认识的编码 {short(encoding)}", f"is in an unknown encoding, {short(encoding)}")

    def doctype(*declared: Any) -> None:
        raise _odd(file, part, "含有 DOCTYPE 声明", "declares a DOCTYPE")

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = doctype
    if words is not None:
        parser.CharacterDataHandler = words
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise _odd(file, part, "有一个标记超过 1 MB", "has a tag of more than 1 MB")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise _odd(file, part, f"不是合法的 XML：第 {error.lineno} 行第 {error.offset + 1} 列{in_chinese(what)}",
                   f"is not XML: line {error.lineno}, column {error.offset + 1}: {what}") from None


def local(name: str, known: dict[str, str]) -> str:
    """*name* without its namespace; *known* remembers it."""
    found = name.rpartition(" ")[2]
    if len(known) < 1_000:
        known[name] = found
    return found


def _odd(file: str, part: str, zh: str, en: str) -> BadSource:
    return BadSource(Text(f"工作簿的 {short(part, 80)} {zh}", f"{short(part, 80)} of the workbook {en}"), where=Where(file),
                     fix=Text("在 Excel 或 WPS 里打开，另存一份", "open it in Excel or WPS and save it anew"))
