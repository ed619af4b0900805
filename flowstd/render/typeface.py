"""The one font that PNG and PDF are set in, so that they look alike on every machine; and what it lacks."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from flowstd.base.errors import BadEnvironment
from flowstd.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowstd.layout.model import Drawing
    from flowstd.layout.page import Sheet

FAMILY = "Flowstd Sans SC"
FILE = Path(__file__).with_name("fonts") / "flowstd-sans-sc.ttf"
BOLD = 0.035                     # of the size of type: bold is drawn with a line of that width around it


def unprintable(sheet: Sheet) -> str:
    """The characters of *sheet* that the font lacks, each once, in the order in which they first appear."""
    return lacking(texts(sheet))


def lacking(texts: Iterable[str]) -> str:
    """The characters of *texts* that the font lacks; those that are never seen do not count.

    >>> lacking(["受理（㐂）", "𠮷"])
    '㐂𠮷'
    """
    found = dict.fromkeys(letter for text in texts for letter in text)
    return "".join(letter for letter in found if ord(letter) not in characters() and category(letter) != "Cf")


def texts(sheet: Sheet) -> Iterator[str]:
    """Every line of type on the pages of *sheet*."""
    for page in sheet.pages:
        yield from (line.text for line in page.prints)
        yield from _texts_of(sheet.on(page).drawing)


def _texts_of(drawing: Drawing) -> Iterator[str]:
    lines = [band.lines for band in drawing.bands] + [aside.lines for aside in drawing.asides]
    for symbol in drawing.symbols:
        lines += [symbol.lines, *(paper.lines for paper in symbol.papers)]
    lines += [wire.label.lines for wire in drawing.wires if wire.label]
    yield from (line.text for part in lines for line in part)


def font_file() -> Path:
    """The file of the font. Raises BadEnvironment: it is not there, or is no font; a chart would have no words."""
    characters()
    return FILE


@cache
def characters() -> frozenset[int]:
    """The code points that the font has, from its character map. Raises BadEnvironment, as :func:`font_file`.

    >>> ord("政") in characters(), ord("㐂") in characters()
    (True, False)
    """
    try:
        return _mapped(FILE.read_bytes())
    except (OSError, struct.error, LookupError, StopIteration) as error:
        zh, en = (error.strerror,) * 2 if isinstance(error, OSError) else ("已损坏", "it is damaged")
        raise BadEnvironment(
            Text(f"flowstd 自带的字体读不了：{FILE}（{zh}）", f"the font of flowstd cannot be read: {FILE} ({en})"),
            fix=Text("重新安装：pip install --force-reinstall flowstd；SVG 不用它",
                     "install anew: pip install --force-reinstall flowstd; SVG does not need it")) from None


def _mapped(data: bytes) -> frozenset[int]:
    at = _tables(data)[b"cmap"]
    formats = [at + struct.unpack_from(">I", data, at + 8 + 8 * number)[0]
               for number in range(struct.unpack_from(">H", data, at + 2)[0])]
    found = next(place for place in formats if struct.unpack_from(">H", data, place)[0] == 4)
    twice = struct.unpack_from(">H", data, found + 6)[0]                 # two bytes for each run of code points
    ends = struct.unpack_from(f">{twice // 2}H", data, found + 14)
    starts = struct.unpack_from(f">{twice // 2}H", data, found + 16 + twice)
    return frozenset(code for start, end in zip(starts, ends, strict=True) for code in range(start, end + 1)) - {0xFFFF}


def _tables(data: bytes) -> dict[bytes, int]:
    """Where each table begins. Raises LookupError: one of them goes beyond the end, the file was cut."""
    found: dict[bytes, int] = {}
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        name, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if offset + length > len(data):
            raise LookupError(name)
        found[name] = offset
    return found
