"""Sheet → PNG: our SVG as a picture, set in our own font; equal sheets give equal bytes."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from flowstd.base.errors import BadUse
from flowstd.base.extras import need
from flowstd.base.text import Text
from flowstd.standard.edition import load

from ..svg.from_sheet import to_svg
from ..typeface import BOLD, FAMILY, font_file

if TYPE_CHECKING:
    from flowstd.layout.page import Sheet

SCALE = 2                        # pixels to a px: 192 to the inch, A4 in 1588 × 2246
# pixels; the program that draws them takes four bytes each, and ends us if it gets none
LARGEST = 100_000_000
_PER_METRE = 96 / 0.0254         # px
_BEFORE_DATA = 33                # bytes: the signature and the header, which come first


def to_png(sheet: Sheet, theme: str = "official", page: int = 1, *, scale: float = SCALE) -> bytes:
    """Page *page* of *sheet* as a PNG picture, *scale* pixels to a px (96 to the inch).

    Raises: MissingExtra: resvg-py is not installed. BadUse: there is no such page, *scale* is no number, or the picture
    would be larger than 100 million pixels. BadEnvironment: the font of flowstd cannot be read.
    """
    need("png")
    import resvg_py

    paper = sheet.page(page)
    _check_scale(scale)
    _check_size(paper.width * scale, paper.height * scale)
    drawn = resvg_py.svg_to_bytes(
        svg_string=to_svg(sheet, theme, page), width=round(paper.width * scale), height=round(paper.height * scale),
        skip_system_fonts=True, font_files=[str(font_file())], font_family=FAMILY, sans_serif_family=FAMILY,
        style_sheet=_bold(load(sheet.edition).theme(theme).ink))
    return _with_resolution(bytes(drawn), round(_PER_METRE * scale))


def _check_scale(scale: object) -> None:
    if not isinstance(scale, (int, float)):
        raise BadUse(Text(f"scale 是一个数，不是 {scale!r}", f"scale is a number, not {scale!r}"),
                     fix=Text("例如 scale=2", "such as scale=2"))


def _check_size(width: float, height: float) -> None:
    """Raise BadUse before the program that draws is asked for more than memory may hold."""
    if not (width >= 1 and height >= 1 and width * height <= LARGEST):
        size = f"{width:.0f} × {height:.0f}"
        raise BadUse(Text(f"PNG 图片不能是 {size} 像素：最多 {LARGEST // 1_000_000} 百万像素",
                          f"no PNG of {size} pixels: {LARGEST // 1_000_000} million at most"),
                     fix=Text("用较小的 scale，或用 SVG、PDF", "take a smaller scale, or SVG or PDF"))


def _bold(ink: str) -> str:
    """The font has one weight: bold is the same outlines with a line around them."""
    return f'[font-weight="bold"]{{stroke:{ink};stroke-width:{BOLD}em}}'


def _with_resolution(png: bytes, per_metre: int) -> bytes:
    """The picture with its pixels to the metre, so that office programs show it in its size on paper."""
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:_BEFORE_DATA] + chunk + png[_BEFORE_DATA:]
