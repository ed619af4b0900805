"""Names of events and gateways stand beside their shapes, in the room kept for them.

The room is above a gateway and below an event, so wide that the name still fits
after a line that meets the shape there (the line's own name stands before it).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from flowstd.layout.model import Corners, Rect

from .aside import Aside
from .breaking import OUTSIDE, broken, height
from .elements import Elements
from .geometry import meet

EVENT = 36
GATEWAY = 50
GAP = 4                    # px between a name and its shape or a line
RAISED = 14                # px further off, where names of flows stand at the corners
HALVES = (52, 66, 80, 100, 140, 200, 300, 600)     # widths tried for a name beside a line
MOST_LINES = 4


Room = tuple[int, int, int]          # on the low and on the high side of a shape, and along the flow
NO_ROOM: Room = (0, 0, 0)


class Name(NamedTuple):
    """A name beside its shape, above or below it."""

    above: bool
    alone: tuple[int, int]           # width and height where no line meets the shape on its side
    beside: tuple[int, int]          # the same after a line
    room: Room

    def turned(self) -> Name:
        """The room of the same name beside its shape."""
        low, high, reach = self.room
        return self._replace(room=_room(self.above, reach, low + high))


@lru_cache(maxsize=20_000)
def name_of(tag: str, name: str, raised: bool) -> Name | None:
    """The room that the *name* of such a part needs outside its shape; None where it needs none."""
    if not name or not has_name_outside(tag):
        return None
    for half in HALVES:
        lines, width = broken(name, half, OUTSIDE)
        if lines <= MOST_LINES:
            break
    if lines == 1:
        half = width + 2
    depth = height(lines, OUTSIDE) + 2 * GAP + (RAISED if raised else 0)
    above = tag.endswith("Gateway")
    return Name(above, size_of_name(name, 2 * half), size_of_name(name, half), _room(above, depth, 2 * (half + GAP)))


def _room(above: bool, depth: int, reach: int) -> Room:
    return (depth, 0, reach) if above else (0, depth, reach)


def has_name_outside(tag: str) -> bool:
    """Whether the name of such an element stands beside its shape, and not in it."""
    return tag.endswith(("Gateway", "Event")) or tag.startswith("data")


@lru_cache(maxsize=20_000)
def size_of_name(name: str, room: int) -> tuple[int, int]:
    """Width and height of a name outside its shape, in px."""
    lines, width = broken(name, room, OUTSIDE)
    return (width + 2 if lines == 1 else room), height(lines, OUTSIDE)


class Taken(NamedTuple):
    """What names must keep clear of."""

    ways: list[Corners]
    way_labels: list[Rect | None]
    asides: dict[int, Aside]
    aside_high: tuple[bool, ...]


def place_names(
    names: list[Name | None], elements: Elements, parts: list[Rect], taken: Taken
) -> tuple[Rect | None, ...]:
    """The bounds of every name: in the middle if no line meets the shape there, else beside the lines."""
    labels: dict[int, list[Rect]] = {}
    docks: dict[int, list[int]] = {}                    # where lines and ties meet a shape on the side of its name
    for way, points, label in zip(elements.ways, taken.ways, taken.way_labels, strict=True):
        source, target = way.source, way.target
        if label is not None:
            labels.setdefault(source, []).append(label)
        name = names[source]
        if name is not None and _meets(name, parts[source], points[0], points[1]):
            docks.setdefault(source, []).append(points[0][0])
        name = names[target]
        if name is not None and _meets(name, parts[target], points[-1], points[-2]):
            docks.setdefault(target, []).append(points[-1][0])
    for part, aside in taken.asides.items():
        name = names[part]
        if name is not None and taken.aside_high[part] != name.above:
            docks.setdefault(part, []).extend(aside.docks(parts[part]).values())
    return tuple([name and _bounds(name, parts[number], docks.get(number), labels.get(number))
                  for number, name in enumerate(names)])


def _meets(name: Name, rect: Rect, end: tuple[int, int], before: tuple[int, int]) -> bool:
    """Whether a line that ends at *end* meets a shape on the side of its name."""
    return end[0] == before[0] and (before[1] < rect.y + rect.h // 2) == name.above


def _bounds(name: Name, rect: Rect, docks: list[int] | None, labels: list[Rect] | None) -> Rect:
    """The best place for a name that meets no label of a flow; the best of all if each meets one."""
    places = _candidates(name, rect, docks)
    best = next(places)
    if labels and any(meet(best, one, 0) for one in labels):
        return next((at for at in places if not any(meet(at, one, 0) for one in labels)), best)
    return best


def _candidates(name: Name, rect: Rect, docks: list[int] | None) -> Iterator[Rect]:
    """Places for a name, best first."""
    wide, tall = name.beside if docks else name.alone
    x, y, w, h = rect
    lefts = [max(docks) + GAP, min(docks) - GAP - wide] if docks else [x + w // 2 - wide // 2]
    for gap in (GAP, GAP + RAISED // 2, GAP + RAISED):
        for left in lefts:
            yield Rect(left, y - gap - tall if name.above else y + h + gap, wide, tall)
