"""Words at level lines, set on one line where there is room.

The engine keeps room for words broken as narrow as may be: it asks for them before it knows how far a line will run.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .frame import placed
from .frames import frames
from .model import Label, Rect, Wire

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition

AHEAD = 14                       # px of a line left free behind its word: room for an arrow head
APART = 4                        # px between what is added to a word and anything else


class _Added(NamedTuple):
    """What a word takes besides its old place, with the room around it."""

    left: int
    top: int
    right: int
    bottom: int


def unbroken(wires: list[Wire], boxes: Sequence[Rect], borders: Sequence[int], rules: Edition) -> tuple[Wire, ...]:
    """*wires*, every word of several lines on one where that only takes free room along its own level line.

    *boxes* are what words may not meet, *borders* the upright lines between lanes.
    """
    for number, wire in enumerate(wires):
        label = wire.label
        if label is None or len(label.lines) < 2 or wire.points[0][1] != wire.points[1][1]:
            continue
        place = _place(wire, label.rect, rules)
        if place and _is_free(_added(label.rect, place), number, wires, boxes, borders):
            lines = placed(frames(rules).line(wire.text).lines, place.x, place.y)
            wires[number] = wire._replace(label=Label(place, lines))
    return tuple(wires)


def _place(wire: Wire, old: Rect, rules: Edition) -> Rect | None:
    """Where the word would stand on one line; None where its own line is too short, or it is too long."""
    (x, y), (end, _) = wire.points[:2]
    frame = frames(rules).line(wire.text)
    width, height = frame.width, frame.height
    if len(frame.lines) > 1 or old.y < y < old.bottom:
        return None
    left = old.x if end > x else old.right - width
    if left + width > end - AHEAD if end > x else left < end + AHEAD:
        return None
    return Rect(left, old.y if old.y >= y else old.bottom - height, width, height)


def _added(old: Rect, new: Rect) -> _Added:
    left, right = (old.right, new.right) if new.x == old.x else (new.x, old.x)
    return _Added(left - APART, new.y - APART, right + APART, new.bottom + APART)


def _is_free(added: _Added, number: int, wires: list[Wire], boxes: Sequence[Rect], borders: Sequence[int]) -> bool:
    """Whether nothing stands or runs there but the line of that *number*, on its first stretch."""
    left, top, right, bottom = added
    for x, y, wide, high in boxes:
        if y < bottom and top < y + high and x < right and left < x + wide:
            return False
    for other, wire in enumerate(wires):
        if other != number and wire.label:
            x, y, wide, high = wire.label.rect
            if y < bottom and top < y + high and x < right and left < x + wide:
                return False
        for (ax, ay), (bx, by) in pairwise(wire.points[1:] if other == number else wire.points):
            if (ay > top or by > top) and (ay < bottom or by < bottom) and (ax > left or bx > left) \
                    and (ax < right or bx < right):
                return False
    return not any(left < border < right for border in borders)
