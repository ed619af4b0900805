"""One more line in a finished picture: at right angles, round shapes and names, upon no other line.

The engine draws the lines it knows when it places things. This draws the others:
those that end inside an open sub-process or at an event on a border, those
between things of different pools, and those that a file lacks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from flowstd.layout.model import Point, Rect

from .geometry import Points, around, meet

CLEAR = 12                 # px kept from shapes and other lines where there is room
NEAR = 4                   # px that are too near
WINDOW = 300               # px round both ends in which a way is looked for first
TURN, CROSSING = 60, 90    # px of way that a turn, or a line that is crossed, is worth
HASTE = 2                  # how much straight for the goal; at 1 the way is the best, and takes long to find
BESIDE = 20                # px of way that the middle of a side is worth

_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


class End(NamedTuple):
    """A place where a line may leave a shape."""

    at: Point
    out: int                         # the direction in which it leaves: 0 right, 1 down, 2 left, 3 up
    own: Rect                        # the shape
    price: int = 0                   # px of way that a better place is worth

    def tip(self, far: int) -> Point:
        """Where a line from here may first turn: so far off the bounds of the shape."""
        x, y, own = self.at.x, self.at.y, self.own
        tips = Point(own.right + far, y), Point(x, own.bottom + far), Point(own.x - far, y), Point(x, own.y - far)
        return tips[self.out]


def ends_of(rect: Rect, tag: str) -> tuple[End, ...]:
    """Where lines may leave a shape: in the middle of its sides, and at a price beside that."""
    if tag.endswith("Gateway"):
        return *_ends_at(rect, 2), *_ends_on_diamond(rect)
    if tag.endswith("Event"):
        return *_ends_at(rect, 2), *_ends_on_circle(rect)
    return *_ends_at(rect, 2), *_ends_at(rect, 1), *_ends_at(rect, 3)


def _ends_on_diamond(rect: Rect) -> tuple[End, ...]:
    """The middle of each slope, in both directions that lead away from it."""
    x, y = rect.x + rect.w // 2, rect.y + rect.h // 2
    return tuple(End(Point(x + dx * rect.w // 4, y + dy * rect.h // 4), out, rect, 2 * BESIDE)
                 for dx, right in ((1, 0), (-1, 2)) for dy, down in ((1, 1), (-1, 3)) for out in (right, down))


def _ends_on_circle(rect: Rect) -> tuple[End, ...]:
    """Two ends on each quarter of a circle, half its radius off the middle."""
    radius, off, far = rect.w // 2, rect.w // 4, round(rect.w * 3 ** 0.5 / 4)
    x, y = rect.x + radius, rect.y + radius
    return tuple(End(Point(x + dx * far - dy * side, y + dy * far + dx * side), out, rect, BESIDE)
                 for out, (dx, dy) in enumerate(_STEPS) for side in (off, -off))


def _ends_at(rect: Rect, quarters: int) -> tuple[End, ...]:
    """One end on each side, so many quarters along it."""
    x, y = rect.x + rect.w * quarters // 4, rect.y + rect.h * quarters // 4
    places = (Point(rect.right, y), Point(x, rect.bottom), Point(rect.x, y), Point(x, rect.y))
    return tuple(End(at, out, rect, 0 if quarters == 2 else BESIDE) for out, at in enumerate(places))


def ends_along(rect: Rect, xs: Iterable[int]) -> tuple[End, ...]:
    """Where lines may leave a pool: above and below, at or near these places."""
    fit = sorted({min(max(x + off, rect.x + 40), rect.right - 20) for x in xs for off in (0, -24, 24, -48, 48)})
    return tuple(End(Point(x, y), out, rect) for x in fit for y, out in ((rect.y, 3), (rect.bottom, 1)))


def ends_on(points: Points) -> tuple[End, ...]:
    """Where the tie of a remark may meet a line: in the middle of each stretch, from both sides."""
    found = []
    for a, b in pairwise(points):
        at = Point((a.x + b.x) // 2, (a.y + b.y) // 2)
        found += [End(at, out, Rect(at.x, at.y, 0, 0)) for out in ((1, 3) if a.y == b.y else (0, 2))]
    return tuple(found)


class Field:
    """What a line has to keep clear of."""

    def __init__(self) -> None:
        self._solids: list[Rect] = []
        self._names: list[Rect] = []
        self._lines: list[tuple[Point, Point, bool]] = []        # and whether crossing it counts
        self._tables: dict[tuple[bool, int], tuple[list[tuple[int, int]], list[int]]] = {}

    def solid(self, rect: Rect) -> None:
        """Nothing passes through a shape."""
        self._solids.append(rect)
        self._forget(rect)

    def name(self, rect: Rect) -> None:
        """Nothing passes through a name."""
        self._names.append(rect)
        self._forget(rect)

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
            self._lines.append((a, b, counts))
            self._forget(around(a, b))

    def _forget(self, rect: Rect) -> None:
        """What was in the way at some place is not all that is now."""
        for upright, at in list(self._tables):
            low, high = (rect.x, rect.right) if upright else (rect.y, rect.bottom)
            if low - NEAR < at < high + NEAR:
                del self._tables[upright, at]

    def is_free(self, rect: Rect) -> bool:
        """Whether nothing is in a place."""
        return not any(meet(rect, other, 1) for other in (*self._solids, *self._names)) \
            and not any(meet(rect, around(a, b), 1) for a, b, _ in self._lines)

    # ---- a way

    def way(self, starts: Iterable[End], goals: Iterable[End]) -> Points | None:
        """The best way from one of *starts* to one of *goals*; None if there is none."""
        starts, goals = tuple(starts), tuple(goals)
        for far in (CLEAR, NEAR + 1):
            first = [end for end in starts if self._leaves(end, far)]
            last = [end for end in goals if self._leaves(end, far)]
            for room in (WINDOW, 100 * WINDOW):
                found = self._search(first, last, far, room) if first and last else None
                if found is not None:
                    return found
        return None

    def _leaves(self, end: End, far: int) -> bool:
        """Whether the first px of a line are free."""
        tip = end.tip(far)
        piece = around(end.at, tip)
        return not any(meet(piece, rect, NEAR) for rect in self._solids if rect != end.own) \
            and not any(meet(piece, rect, 1) for rect in self._names) \
            and not any(_upon(end.at, tip, a, b) for a, b, _ in self._lines)

    def _search(self, starts: list[End], goals: list[End], far: int, room: int) -> Points | None:
        """The cheapest way by length, turns and crossings (A*)."""
        tips = [end.tip(far) for end in (*starts, *goals)]
        xs, ys = self._places(tips, room, across=False), self._places(tips, room, across=True)
        column, row = {x: n for n, x in enumerate(xs)}, {y: n for n, y in enumerate(ys)}
        wanted: dict[tuple[int, int], list[End]] = {}
        for end in goals:
            tip = end.tip(far)
            wanted.setdefault((column[tip.x], row[tip.y]), []).append(end)
        box = _box([end.tip(far) for end in goals])
        waiting: list[tuple[int, int, int, int, int]] = []
        before: dict[tuple[int, int, int], tuple[int, int, int] | None] = {}
        spent: dict[tuple[int, int, int], int] = {}
        for end in starts:
            tip = end.tip(far)
            state = column[tip.x], row[tip.y], end.out
            if end.price < spent.get(state, 1 << 60):
                spent[state], before[state] = end.price, None
                heappush(waiting, (end.price + _off(tip, box), end.price, *state))
        while waiting:
            _, cost, i, j, out = heappop(waiting)
            if cost > spent[i, j, out]:
                continue
            if out > 3:                              # a goal: its number is out - 4
                return self._traced(before, (i, j, out), xs, ys, starts, goals, far)
            for end in wanted.get((i, j), ()):
                if end.out != out:
                    last = end.price + TURN * ((out - end.out) % 4 != 2)
                    _reach((i, j, 4 + goals.index(end)), (i, j, out), cost + last, 0, spent, before, waiting)
            for turn, (dx, dy) in enumerate(_STEPS):
                if (turn - out) % 4 == 2 or not (0 <= i + dx < len(xs) and 0 <= j + dy < len(ys)):
                    continue
                crossed = self._crossed(Point(xs[i], ys[j]), Point(xs[i + dx], ys[j + dy]))
                if crossed is None:
                    continue
                length = abs(xs[i + dx] - xs[i]) + abs(ys[j + dy] - ys[j])
                _reach((i + dx, j + dy, turn), (i, j, out), cost + length + TURN * (turn != out) + CROSSING * crossed,
                       _off(Point(xs[i + dx], ys[j + dy]), box), spent, before, waiting)
        return None

    def _traced(self, before: dict[tuple[int, int, int], tuple[int, int, int] | None], state: tuple[int, int, int],
                xs: list[int], ys: list[int], starts: list[End], goals: list[End], far: int) -> Points:
        """The points of a way that was found, from border to border."""
        points = [goals[state[2] - 4].at]
        at: tuple[int, int, int] | None = before[state]
        first = state
        while at is not None:
            points.append(Point(xs[at[0]], ys[at[1]]))
            first, at = at, before[at]
        tip = Point(xs[first[0]], ys[first[1]])
        points.append(next(end.at for end in starts if end.tip(far) == tip and end.out == first[2]))
        return straight(points[::-1])

    def _places(self, tips: list[Point], room: int, *, across: bool) -> list[int]:
        """The x (or, across, the y) at which lines may run."""
        found: set[int] = set()
        for rect in (*self._solids, *self._names):
            low, high = (rect.y, rect.bottom) if across else (rect.x, rect.right)
            found |= {low - CLEAR, high + CLEAR}
        for a, b, _ in self._lines:
            if a[across] == b[across]:
                found |= {a[across] - CLEAR, a[across] + CLEAR}
        low, high = min(tip[across] for tip in tips) - room, max(tip[across] for tip in tips) + room
        return sorted({one for one in found if low <= one <= high} | {tip[across] for tip in tips})

    # ---- what is in the way

    def _crossed(self, a: Point, b: Point) -> int | None:
        """How many lines a short stretch crosses; None if it may not be."""
        upright = a.x == b.x
        at = a.x if upright else a.y
        low, high = sorted((a.y, b.y) if upright else (a.x, b.x))
        if (upright, at) not in self._tables:
            self._tables[upright, at] = self._table(upright, at)
        blocked, crossings = self._tables[upright, at]
        place = bisect_left(blocked, (low, 1 << 30))
        if (place and blocked[place - 1][1] > low) or (place < len(blocked) and blocked[place][0] < high):
            return None
        return bisect_left(crossings, high) - bisect_left(crossings, low)

    def _table(self, upright: bool, at: int) -> tuple[list[tuple[int, int]], list[int]]:
        """What is in the way along one x (or y): stretches where nothing may run, and where lines are crossed."""
        stretches, crossings = [], []
        for rects, off in ((self._solids, NEAR), (self._names, 1)):
            for rect in rects:
                near, far, low, high = (rect.x, rect.right, rect.y, rect.bottom) if upright \
                    else (rect.y, rect.bottom, rect.x, rect.right)
                if near - off < at < far + off:
                    stretches.append((low - off, high + off))
        for a, b, counts in self._lines:
            (a1, a2), (b1, b2) = ((a.x, a.y), (b.x, b.y)) if upright else ((a.y, a.x), (b.y, b.x))
            low, high = sorted((a2, b2))
            if a1 != b1 and a2 != b2:                # slanted, from another tool
                if counts and min(a1, b1) < at < max(a1, b1):
                    crossings.append(round(a2 + (b2 - a2) * (at - a1) / (b1 - a1)))
            elif a1 == b1 and abs(a1 - at) < NEAR:
                stretches.append((low - NEAR, high + NEAR))
            elif a1 != b1 and counts and min(a1, b1) < at < max(a1, b1):
                crossings.append(low)
        return _joined(sorted(stretches)), sorted(crossings)


def straight(points: Iterable[Point]) -> Points:
    """The same line without points that change nothing."""
    out: list[Point] = []
    for point in points:
        if out and out[-1] == point:
            continue
        if len(out) > 1 and (out[-2].x == out[-1].x == point.x or out[-2].y == out[-1].y == point.y):
            out[-1] = point
        else:
            out.append(point)
    return tuple(out)


# ---- small parts

def _reach(state: tuple[int, int, int], came: tuple[int, int, int], cost: int, left: int,
           spent: dict[tuple[int, int, int], int],
           before: dict[tuple[int, int, int], tuple[int, int, int] | None],
           waiting: list[tuple[int, int, int, int, int]]) -> None:
    """Note a state that is reached more cheaply than before."""
    if cost < spent.get(state, 1 << 60):
        spent[state], before[state] = cost, came
        heappush(waiting, (cost + left, cost, *state))


def _off(at: Point, box: Rect) -> int:
    """How far a point is from a box at least, at right angles: more than that, so that straight ways come first."""
    return HASTE * (max(box.x - at.x, 0, at.x - box.right) + max(box.y - at.y, 0, at.y - box.bottom))


def _box(points: list[Point]) -> Rect:
    x, y = min(point.x for point in points), min(point.y for point in points)
    return Rect(x, y, max(point.x for point in points) - x, max(point.y for point in points) - y)


def _upon(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two stretches run in the same line, or nearly."""
    if a.x == b.x and c.x == d.x and abs(a.x - c.x) < NEAR:
        return min(a.y, b.y) < max(c.y, d.y) and min(c.y, d.y) < max(a.y, b.y)
    if a.y == b.y and c.y == d.y and abs(a.y - c.y) < NEAR:
        return min(a.x, b.x) < max(c.x, d.x) and min(c.x, d.x) < max(a.x, b.x)
    return False


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that meet as one."""
    found: list[tuple[int, int]] = []
    for low, high in stretches:
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found

