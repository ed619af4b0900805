"""Free places on a diagram that exists: for a shape near where it should be, for an event on a border."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from flowstd.layout.model import Point, Rect

from .element import local
from .geometry import Geometry, around
from .outside import EVENT

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

STEP = 10                  # px between two places that are tried
ROOMY, TIGHT, SNUG = 24, 8, 2      # px kept free round what is put, where there is room, little, and hardly any
FURTHEST = 60              # rings of places tried


class Ground:
    """What is taken on a diagram, and the borders on it."""

    def __init__(self, made: Geometry, ids: dict[str, Element]) -> None:
        frames = {key for key in made.shapes if local(ids[key]) in ("participant", "lane", "group")} | made.opened
        self.frames = [rect for key, rect in made.shapes.items() if key in frames]
        self.events = [rect for key, rect in made.shapes.items() if local(ids[key]) == "boundaryEvent"]
        self.taken = [rect for key, rect in made.shapes.items() if key not in frames]
        self.taken += made.names.values()
        self.taken += [around(a, b) for line in made.lines.values() for a, b in pairwise(line)]

    def free(self, size: tuple[int, int], room: tuple[int, int], wish: Point, home: Rect | None) -> Rect:
        """The free place that is nearest to the wished one: at home if there is any, else anywhere."""
        wide, tall = size
        places = [] if home is None else [(_in(home, wish, size, cell, off), cell, off)
                                          for cell, off in ((room, ROOMY), (size, TIGHT), (size, SNUG))]
        for found, cell, off in (*places, (_anywhere(wish), room, ROOMY)):
            across, along = (cell[0] - wide) // 2 + off, (cell[1] - tall) // 2 + off
            for x, y in found:
                if self._is_free(Rect(x - across, y - along, wide + 2 * across, tall + 2 * along)):
                    return Rect(x, y, wide, tall)
        return Rect(wish.x, max([rect.bottom for rect in (*self.taken, *self.frames)], default=0) + ROOMY, wide, tall)

    def _is_free(self, cell: Rect) -> bool:
        return not any(_meet(cell, rect) for rect in self.taken) \
            and not any(_meet(cell, frame) and not _within(cell, frame) for frame in self.frames)


def on_border(host: Rect, ground: Ground) -> Rect:
    """The first free place for an event on the border of its step: below, from right to left, then above."""
    rects = [Rect(x - EVENT // 2, y - EVENT // 2, EVENT, EVENT) for y in (host.bottom, host.y)
             for x in range(host.right - EVENT // 2 - 4, host.x + EVENT // 2, -10)]
    others = [rect for rect in ground.taken if rect != host]
    found = [rect for rect in rects if not any(_meet(rect, other) for other in others)]
    found += [rect for rect in rects if not any(_meet(rect, other) for other in ground.events)]
    return (found or [Rect(host.right - EVENT, host.bottom - EVENT // 2, EVENT, EVENT)])[0]


def _in(home: Rect, wish: Point, size: tuple[int, int], cell: tuple[int, int], off: int) -> Iterator[Point]:
    """Places in a home for a shape with its cell and so much free round it, the nearest to the wished one first."""
    left, top = home.x + off + (cell[0] - size[0]) // 2, home.y + off + (cell[1] - size[1]) // 2
    xs = _steps(wish.x, left, home.w - cell[0] - 2 * off)
    ys = _steps(wish.y, top, home.h - cell[1] - 2 * off)
    found = [Point(x, y) for x in xs for y in ys]
    yield from sorted(found, key=lambda at: (abs(at.x - wish.x) + abs(at.y - wish.y), at))


def _steps(wish: int, low: int, room: int) -> list[int]:
    """Places along one side: both ends, and between them in steps from the wished one."""
    return sorted({low, *range(low + (wish - low) % STEP, low + room, STEP), low + room}) if room >= 0 else []


def _anywhere(wish: Point) -> Iterator[Point]:
    """Places round the wished one: to the right first, then below, above, and to the left."""
    for dx, dy in _rings():
        yield Point(wish.x + dx * 2 * STEP, wish.y + dy * 2 * STEP)


@cache
def _rings() -> tuple[tuple[int, int], ...]:
    reach = range(-FURTHEST, FURTHEST + 1)
    return tuple(sorted(((dx, dy) for dx in reach for dy in reach), key=lambda at: (
        max(abs(at[0]), abs(at[1])), at[0] < 0, abs(at[0]) + abs(at[1]), -at[1])))


def _within(a: Rect, b: Rect) -> bool:
    return b.x <= a.x and b.y <= a.y and b.right >= a.right and b.bottom >= a.bottom


def _meet(a: Rect, b: Rect) -> bool:
    """Whether two rectangles share anything; a line, which has no height or width, counts."""
    return a.x < b.right + (not b.w) and b.x < a.right and a.y < b.bottom + (not b.h) and b.y < a.bottom
