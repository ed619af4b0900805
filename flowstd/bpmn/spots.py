"""Free places on a diagram that exists: for a shape near where it should be, for an event on a border."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from heapq import heappop, heappush
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from flowstd.layout.model import Point, Rect

from .element import local
from .geometry import Geometry, around, moved, round_all
from .near import Near
from .outside import EVENT

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

STEP, FINE = 10, 4         # px between two places that are tried, and where the lines that run through are a maze
ROOMY, TIGHT, SNUG = 24, 8, 2      # px kept free round what is put, where there is room, little, and hardly any
LEAVE = 18                 # px below an event on a border in which a line can leave it
REACH = 20_000               # px from the wished place within which others are tried at home
MOST = 30_000              # places that are tried at home
FURTHEST = 30              # rings of places that are tried elsewhere


class Want(NamedTuple):
    """What a place is looked for."""

    size: tuple[int, int]
    room: tuple[int, int]            # with its name
    wish: Point
    home: Rect | None
    inside: tuple[Rect, ...] = ()    # what stands in an open sub-process, from its corner


class Ground:
    """What is taken on a diagram, and the borders on it."""

    def __init__(self, made: Geometry, ids: dict[str, Element]) -> None:
        self._frames: Near[Rect] = Near()
        self._events: Near[Rect] = Near()
        self._taken: Near[Rect] = Near()             # by shapes and names
        self._lines: Near[Rect] = Near()
        self._bottom = 0                             # of all of them
        self._full: dict[tuple[Rect | None, int], tuple[int, int]] = {}      # home and room to keep → what did not fit
        self.take(made, ids)

    def take(self, made: Geometry, ids: dict[str, Element]) -> None:
        """All of *made* is taken."""
        for key, rect in made.shapes.items():
            frame = key in made.opened or local(ids[key]) in ("participant", "lane", "group")
            (self._frames if frame else self._taken).add(rect, rect)
            if local(ids[key]) == "boundaryEvent":
                self._events.add(rect, rect)
            self._bottom = max(self._bottom, rect.bottom)
        for name in made.names.values():
            self._taken.add(name, name)
        for rect in (around(a, b) for line in made.lines.values() for a, b in pairwise(line)):
            self._lines.add(rect, rect)

    def free(self, want: Want) -> tuple[Rect, bool]:
        """The free place that is nearest to the wished one, and whether it is at home; if there is none, below all."""
        found = self._at_home(want, want.home) if want.home is not None else None
        if found is not None:
            return found, True
        found = self._first(want, None, want.room, ROOMY, _anywhere(want.wish))
        return found or Rect(want.wish.x, self._bottom + ROOMY, *want.size), want.home is None

    def _at_home(self, want: Want, home: Rect) -> Rect | None:
        for cell, off in (want.room, ROOMY), (want.size, TIGHT), (want.size, SNUG):
            found = self._first(want, home, cell, off, _in(want, home, cell, off, STEP))
            if found is not None:
                return found
        rects = (Rect(*at, *want.size) for at in (_in(want, home, want.size, SNUG, FINE) if want.inside else ()))
        return next((rect for rect in rects if self._is_crossed_well(rect, want.inside)), None)

    def _first(self, want: Want, home: Rect | None, cell: tuple[int, int], off: int,
               places: Iterator[Point]) -> Rect | None:
        """The first of *places* that is free with its cell and so much round it; none where less did not fit before."""
        least = self._full.get((home, off))
        if least is not None and cell[0] >= least[0] and cell[1] >= least[1]:
            return None
        wide, tall = want.size
        across, along = (cell[0] - wide) // 2 + off, (cell[1] - tall) // 2 + off
        for x, y in places:
            whole = Rect(x - across, y - along, wide + 2 * across, tall + 2 * along)
            if self._keeps_clear(whole) and not any(_meet(whole, line) for line in self._lines.at(whole)):
                return Rect(x, y, wide, tall)
        self._full[home, off] = cell
        return None

    def _keeps_clear(self, rect: Rect) -> bool:
        """Whether no shape, name or border is in a place."""
        return not any(_meet(rect, other) for other in self._taken.at(rect)) \
            and not any(_meet(rect, frame) and not _within(rect, frame) for frame in self._frames.at(rect))

    def _is_crossed_well(self, rect: Rect, inside: tuple[Rect, ...]) -> bool:
        """Whether lines alone run through an open sub-process, and through nothing in it."""
        return self._keeps_clear(rect) and not any(
            _meet(part, line) for one in inside for part in [round_all((moved(one, rect.x, rect.y),), FINE)]
            for line in self._lines.at(part))

    def border(self, host: Rect) -> Rect:
        """The first free place for an event on the border of its step: below, from right to left, then above.

        Best is one with room for a line that leaves it, good one on nothing else.
        """
        places = [(Rect(x - EVENT // 2, y - EVENT // 2, EVENT, EVENT), Rect(x - EVENT // 2, top, EVENT, EVENT + LEAVE))
                  for y, top in ((host.bottom, host.bottom - EVENT // 2), (host.y, host.y - EVENT // 2 - LEAVE))
                  for x in range(host.right - EVENT // 2 - 4, host.x + EVENT // 2, -10)]
        for kept, crossed in ((1, False), (0, False), (0, True)):
            for place in places:
                if not self._is_upon(place[kept], host, crossed):
                    return place[0]
        rects = [rect for rect, _ in places]
        apart = (rect for rect in rects if not any(_meet(rect, one) for one in self._events.at(rect)))
        return next(apart, Rect(host.right - EVENT, host.bottom - EVENT // 2, EVENT, EVENT))

    def _is_upon(self, rect: Rect, host: Rect, crossed: bool) -> bool:
        """Whether a place on the border of *host* is taken, by a line too unless it may be *crossed*."""
        return any(_meet(rect, one) for one in self._taken.at(rect) if one != host) \
            or (not crossed and any(_meet(rect, line) for line in self._lines.at(rect)))


def _in(want: Want, home: Rect, cell: tuple[int, int], off: int, step: int) -> Iterator[Point]:
    """Places at home for a shape with its cell and so much free round it, the nearest to the wished one first."""
    left, top = home.x + off + (cell[0] - want.size[0]) // 2, home.y + off + (cell[1] - want.size[1]) // 2
    xs = _steps(want.wish.x, left, home.w - cell[0] - 2 * off, step)
    ys = _steps(want.wish.y, top, home.h - cell[1] - 2 * off, step)
    return islice(_nearest(xs, ys, want.wish), MOST)


def _nearest(xs: list[int], ys: list[int], wish: Point) -> Iterator[Point]:
    """Each x with each y, both the nearest first; not all at once, for the first will often do."""
    waiting = [(abs(xs[0] - wish.x) + abs(ys[0] - wish.y), 0, 0)] if xs and ys else []
    while waiting:
        _, i, j = heappop(waiting)
        yield Point(xs[i], ys[j])
        if i + 1 < len(xs):
            heappush(waiting, (abs(xs[i + 1] - wish.x) + abs(ys[j] - wish.y), i + 1, j))
        if not i and j + 1 < len(ys):
            heappush(waiting, (abs(xs[0] - wish.x) + abs(ys[j + 1] - wish.y), 0, j + 1))


def _steps(wish: int, low: int, room: int, step: int) -> list[int]:
    """Places along one side, the nearest first: both ends, and between them in steps from the wished one."""
    if room < 0:
        return []
    near, far = max(low, wish - REACH), min(low + room, wish + REACH)
    places = {low, *range(near + (wish - near) % step, far, step), low + room}
    return sorted(places, key=lambda at: (abs(at - wish), at))


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
