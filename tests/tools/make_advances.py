"""Write flowstd/layout/advances.py from the font it is named after: ``python tests/tools/make_advances.py FONT``."""

from __future__ import annotations

import sys
from pathlib import Path

FACE = "Noto Sans CJK SC"
LAST = 0x2E80            # from here on Chinese begins: one em each
TARGET = Path(__file__).resolve().parents[2] / "flowstd" / "layout" / "advances.py"
HEAD = '''"""Advance widths of {face}, in thousandths of an em: characters below U+2E80 that are not one em wide.

Made by tests/tools/make_advances.py from version {version} of the font; do not edit.
The font is under the SIL Open Font Licence 1.1; advance widths are measurements, no outline is copied.
"""

ADVANCES = {{
{rows}
}}
'''


def advances(font: str) -> tuple[dict[int, str], str]:
    """Characters by their advance, and the version of the font."""
    from fontTools.ttLib import TTCollection

    face = next(f for f in TTCollection(font).fonts if f["name"].getDebugName(4) == FACE)
    widths, em = face["hmtx"], face["head"].unitsPerEm
    found: dict[int, str] = {}
    for code, glyph in sorted(face.getBestCmap().items()):
        advance = round(widths[glyph][0] * 1000 / em)
        if 0x20 <= code < LAST and not 0x7F <= code < 0xA0 and not 0x1100 <= code < 0x1200 and advance != 1000:
            found[advance] = found.get(advance, "") + chr(code)
    return dict(sorted(found.items())), face["name"].getDebugName(5).split(";")[0].split()[-1]


def module(font: str) -> str:
    """The text of the data module."""
    table, version = advances(font)
    rows = []
    for advance, letters in table.items():
        written = "".join(c if c.isalnum() else f"\\u{ord(c):04x}" for c in letters)
        parts = [written[i:i + 90] for i in range(0, len(written), 90)] if "\\" not in written else _cut(written)
        if len(parts) == 1:
            rows.append(f'    {advance}: "{parts[0]}",')
        else:
            rows.append(f"    {advance}: (\n" + "\n".join(f'        "{part}"' for part in parts) + "\n    ),")
    return HEAD.format(face=FACE, version=version, rows="\n".join(rows))


def _cut(written: str) -> list[str]:
    """Pieces of at most 90 letters that do not split an escape."""
    pieces, piece, at = [], "", 0
    while at < len(written):
        step = 6 if written[at] == "\\" else 1
        if len(piece) + step > 90:
            pieces.append(piece)
            piece = ""
        piece += written[at:at + step]
        at += step
    return [*pieces, piece]


if __name__ == "__main__":
    TARGET.write_text(module(sys.argv[1]), encoding="utf-8", newline="\n")
