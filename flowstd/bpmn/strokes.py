"""Strokes and words of a picture in BPMN notation: what shapes and lines are drawn with."""

from __future__ import annotations

from functools import cache

from flowstd.layout.measure import Setter, setter
from flowstd.standard.edition import NEWEST, load

from .picture import Box
from .xml import content

INK, PAPER = "#000000", "#ffffff"
INSIDE, OUTSIDE = 12, 11   # px of type


# ---- strokes

def mark(path: str, x: float, y: float, size: float, stroke: str, filled: bool, width: float = 1.1) -> str:
    body, _, upon = path.partition("|")
    scale = size / 16
    fill = stroke if filled else "none"
    lines = f'<path d="{body}" fill="{fill}"/>'
    if upon:
        lines += f'<path d="{upon}" fill="none" stroke="{PAPER if filled else stroke}"/>'
    return f'<g transform="translate({short(x)} {short(y)}) scale({short(scale)})" stroke-width="{short(width)}"' \
           f' stroke-linejoin="round">{lines}</g>'


def rect(box: Box, radius: float, look: str) -> str:
    corner = f' rx="{short(radius)}"' if radius else ""
    more = f" {look}" if look else ""
    return f'<rect x="{short(box.x)}" y="{short(box.y)}" width="{short(box.w)}" height="{short(box.h)}"{corner}{more}/>'


def path(*steps: str | float) -> str:
    """The letters and numbers of an SVG path."""
    return " ".join(step if isinstance(step, str) else short(step) for step in steps)


def short(value: float) -> str:
    """A number as short as it can be said."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# ---- words

@cache
def _setter() -> Setter:
    return setter(load(NEWEST))


def centred(text: str, box: Box, size: int, ink: str) -> str:
    """*text* in the middle of *box*; nearer to its border where that keeps a word whole."""
    rooms = [max(int(box.w) - off, size) for off in (14, 2)]
    tried = [_setter().lines(text, room, size) for room in rooms]
    lines = tried[1] if _whole(tried[1], text) and not _whole(tried[0], text) else tried[0]
    return _lines(lines, box.x + box.w / 2, box.y + (box.h - len(lines) * size * 1.2) / 2, size, ink, "middle")


def _whole(lines: tuple[str, ...], text: str) -> bool:
    """Whether no word is cut."""
    return " ".join(lines).split() == text.split()


def set_text(text: str, x: float, y: float, room: float, size: int, ink: str, *, left: bool = False) -> str:
    """*text* in a column of *room* px, from its top down."""
    lines = _setter().lines(text, max(int(room), size), size)
    return _lines(lines, x if left else x + room / 2, y + 3, size, ink, "start" if left else "middle")


def _lines(lines: tuple[str, ...], x: float, top: float, size: int, ink: str, anchor: str) -> str:
    if not lines:
        return ""
    rows = "".join(f'<tspan x="{short(x)}" y="{short(top + size * (1.2 * number + 0.95))}">{content(line)}</tspan>'
                   for number, line in enumerate(lines))
    return f'<text text-anchor="{anchor}" font-size="{size}" fill="{ink}" stroke="none">{rows}</text>'
