"""Write flowstd/render/fonts/flowstd-sans-sc.ttf from the font it is part of: ``python tests/tools/make_font.py FONT``.

Kept are the characters of GB 2312-80, punctuation, enclosed numbers and units;
outlines become TrueType, which PDF writers read; layout features are dropped,
so that text is as wide as flowstd/layout/advances.py says. Equal fonts give
equal bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

FACE = "Noto Sans CJK SC"
FAMILY = "Flowstd Sans SC"            # a modified font must not look like the original in a list of fonts
TARGET = Path(__file__).resolve().parents[2] / "flowstd" / "render" / "fonts" / "flowstd-sans-sc.ttf"
EPOCH = 3_692_217_600                 # 2021-01-01, seconds since 1904: a font has a date, a build has none
ERROR = 0.001                         # of an em: what an outline may move when curves change their kind
RANGES = (
    (0x20, 0x7E), (0xA0, 0xFF),                   # Latin
    (0x2010, 0x205E), (0x20A0, 0x20BF),           # punctuation, currencies
    (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x2199), (0x2200, 0x22FF),
    (0x2460, 0x24FF), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2610, 0x2612), (0x2713, 0x2717),
    (0x3000, 0x303F), (0x3105, 0x312F), (0x3220, 0x3243), (0x3251, 0x32BF), (0x3380, 0x33DF),
    (0xFE30, 0xFE4F), (0xFF01, 0xFF65), (0xFFE0, 0xFFE6), (0xFFFD, 0xFFFD),
)


def characters() -> set[int]:
    """The code points that the font keeps, as far as the face has them."""
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                wanted.update(map(ord, bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return wanted


def cut(font: str) -> Any:
    """The face of *font* with nothing but those characters."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTCollection

    face = next(f for f in TTCollection(font).fonts if f["name"].getDebugName(4) == FACE)
    options = Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False,
                      drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"],
                      name_IDs=[0, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(face)
    return face


def to_truetype(face: Any) -> None:
    """Turn the cubic outlines of *face* into quadratic ones."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    glyphs, order = face.getGlyphSet(), face.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, ERROR * face["head"].unitsPerEm, reverse_direction=True))
        outlines[name] = pen.glyph()
    face["loca"] = newTable("loca")
    face["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, outlines
    for name in order:
        outlines[name].recalcBounds(glyf)
        face["hmtx"][name] = (face["hmtx"][name][0], getattr(outlines[name], "xMin", 0))
    del face["CFF "]
    face["maxp"] = _limits(len(order))
    face["post"].formatType = 3.0
    face.sfntVersion = "\x00\x01\x00\x00"


def named(face: Any) -> None:
    """Give *face* its own name; copyright and licence stay as they are."""
    version = face["head"].fontRevision
    face["head"].created = face["head"].modified = EPOCH
    names = face["name"]
    names.names = [record for record in names.names if record.platformID == 3 and record.langID == 0x409]
    for number, text in ((1, FAMILY), (2, "Regular"), (3, f"{FAMILY} {version:.3f}"), (4, FAMILY),
                         (5, f"Version {version:.3f}; cut from {FACE}"), (6, FAMILY.replace(" ", ""))):
        names.setName(text, number, 3, 1, 0x409)


def _limits(glyphs: int) -> Any:
    from fontTools.ttLib import newTable

    table = newTable("maxp")
    table.tableVersion, table.numGlyphs = 0x00010000, glyphs
    for name in ("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxTwilightPoints",
                 "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions",
                 "maxComponentElements", "maxComponentDepth"):
        setattr(table, name, 0)
    table.maxZones = 1
    return table


def make(font: str, target: Path = TARGET) -> None:
    """Cut, turn, name and write."""
    face = cut(font)
    to_truetype(face)
    named(face)
    face.recalcTimestamp = False
    face.save(target, reorderTables=True)


if __name__ == "__main__":
    make(sys.argv[1])
