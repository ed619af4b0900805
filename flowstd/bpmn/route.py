"""One more line in a finished picture: at right angles, round shapes and names, upon no other line.

The engine draws the lines it knows when it places things. This draws the others:
those that end inside an open sub-process or at an event on a border, those
between things of different pools, and those that a file lacks.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from flowstd.layout.model import Point, Rect

from .ends import End
from .geometry import Points, around, meet, round_all
from .near import Near
from .search import CLEAR, NEAR, Stretch, Window

WINDOW = 300               # px round both ends in which a way is looked for first


class Field:
    """What a line has to keep clear of."""

    def __init__(self) -> None:
        self._solids: Near[Rect] = Near()
        self._names: Near[Rect] = Near()
        self._lines: Near[Stretch] = Near()

    def solid(self, rect: Rect) -> None:
        """Nothing passes through a shape."""
        self._solids.add(rect, rect)

    def name(self, rect: Rect) -> None:
        """Nothing passes through a name."""
        self._names.add(rect, rect)

    def frame(self, rect: Rect) -> None:
        """A border that is crossed, but not run along."""
        corners = (Point(rect.x, rect.y), Point(rect.right, rect.y), Point(rect.right, rect.bottom),
                   Point(rect.x, rect.bottom), Point(rect.x, rect.y))
        self._add(corners, counts=False)

    def line(self, points: Points) -> None:
        """A line that may be crossed."""
        self._add(points, counts=True)

    def _add(self, points: Points, *, counts: bool) -> None:
        for a, b in pairwise(points):
            self._lines.add(around(a, b), (a, b, counts))

    def is_free(self, rect: Rect) -> bool:
        """Whether nothing is in a place."""
        return not any(meet(rect, other, 1) for kind in (self._solids, self._names) for other in kind.at(rect, 1)) \
            and not any(meet(rect, around(a, b), 1) for a, b, _ in self._lines.at(rect, 1))

    def way(self, starts: Iterable[End], goals: Iterable[End]) -> Points | None:
        """The best way from one of *starts* to one of *goals*; None if there is none."""
        starts, goals = tuple(starts), tuple(goals)
        for far in (CLEAR, NEAR + 1):
            first = [end for end in starts if self._leaves(end, far)]
            last = [end for end in goals if self._leaves(end, far)]
            for room in (WINDOW, 100 * WINDOW):
                found = self._window(first, last, far, room).way(first, last, far) if first and last else None
                if found is not None:
                    return found
        return None

    def _window(self, starts: list[End], goals: list[End], far: int, room: int) -> Window:
        """What stands within *room* px of all these ends."""
        frame = round_all((Rect(*end.tip(far), 0, 0) for end in (*starts, *goals)), room)
        seen = CLEAR + NEAR
        return Window(frame, list(self._solids.at(frame, seen)), list(self._names.at(frame, seen)),
                      list(self._lines.at(frame, seen)))

    def _leaves(self, end: End, far: int) -> bool:
        """Whether the first px of a line are free."""
        tip = end.tip(far)
        piece = around(end.at, tip)
        return not any(meet(piece, rect, NEAR) for rect in self._solids.at(piece, NEAR) if rect != end.own) \
            and not any(meet(piece, rect, 1) for rect in self._names.at(piece, 1)) \
            and not any(_upon(end.at, tip, a, b) for a, b, _ in self._lines.at(piece, NEAR))


def _upon(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two stretches run in the same line, or nearly."""
    if a.x == b.x and c.x == d.x and abs(a.x - c.x) < NEAR:
        return min(a.y, b.y) < max(c.y, d.y) and min(c.y, d.y) < max(a.y, b.y)
    if a.y == b.y and c.y == d.y and abs(a.y - c.y) < NEAR:
        return min(a.x, b.x) < max(c.x, d.x) and min(c.x, d.x) < max(a.x, b.x)
    return False
