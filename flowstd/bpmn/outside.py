"""Names of events and gateways stand beside their shapes, in the room kept for them.

The room is above a gateway and below an event, so wide that the name still fits
after a line that meets the shape there (the line's own name stands before it).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flowstd.layout.model import Point, Rect
from flowstd.layout.shape import Shape

from .breaking import OUTSIDE, broken, height
from .elements import Elements, Part

EVENT = 36
GATEWAY = 50
GAP = 4                    # px between a name and its shape or a line
DOCK = 14                  # px a line may stand beside the middle of the shape
HALVES = (52, 66, 80, 100, 140, 200, 300, 600)     # widths tried for a name beside a line
MOST_LINES = 4


class Name(NamedTuple):
    """The room for one name."""

    text: str
    above: bool
    half: int                        # width after a line
    depth: int                       # height of the room, gap included
    reach: int

    @property
    def low(self) -> int:
        return self.depth if self.above else 0

    @property
    def high(self) -> int:
        return 0 if self.above else self.depth


def name_of(part: Part) -> Name | None:
    """The room that the name of *part* needs outside its shape; None where it needs none."""
    event = part.tag.endswith("Event")
    if not part.name or not (event or part.tag.endswith("Gateway")):
        return None
    for half in HALVES:
        lines, width = broken(part.name, half, OUTSIDE)
        if lines <= MOST_LINES:
            break
    if lines == 1:
        half = width + 2
    depth = height(lines, OUTSIDE) + 2 * GAP
    return Name(part.name, not event, half, depth, 2 * (half + GAP))


def place_names(names: list[Name | None], elements: Elements, shape: Shape, parts: tuple[Rect, ...],
                ways: tuple[tuple[Point, ...], ...]) -> Iterator[Rect | None]:
    """The bounds of every name: in the middle if no line meets the shape there, else beside the lines."""
    for number, (name, rect) in enumerate(zip(names, parts, strict=True)):
        yield _beside(name, rect, _docks(number, name.above, rect, elements, ways)) if name else None


def _docks(number: int, above: bool, rect: Rect, elements: Elements, ways: tuple[tuple[Point, ...], ...]) -> list[int]:
    """Where lines meet the shape on the side of its name."""
    found = []
    middle = rect.y + rect.h // 2
    for way, points in zip(elements.ways, ways, strict=True):
        for part, at, before in ((way.source, points[0], points[1]), (way.target, points[-1], points[-2])):
            if part == number and at.x == before.x and (before.y < middle) == above:
                found.append(at.x)
    return found


def _beside(name: Name, rect: Rect, docks: list[int]) -> Rect:
    middle = rect.x + rect.w // 2
    room = name.half if docks else 2 * name.half
    lines, width = broken(name.text, room, OUTSIDE)
    if lines == 1:
        room = width + 2
    left = max(docks) + GAP if docks else middle - room // 2
    tall = height(lines, OUTSIDE)
    return Rect(left, rect.y - GAP - tall if name.above else rect.bottom + GAP, room, tall)
