"""The cheapest way from one of some ends to one of others, among what stands in a window (A*)."""

from __future__ import annotations

from bisect import bisect_left
from heapq import heappop, heappush

from flowstd.layout.model import Point, Rect

from .ends import STEPS, End
from .geometry import Points, straight

CLEAR = 12                 # px kept from shapes and other lines where there is room
NEAR = 4                   # px that are too near
TURN, CROSSING = 60, 90    # px of way that a turn, or a line that is crossed, is worth
HASTE = 2                  # how much straight for the goal; at 1 the way is the best, and takes long to find

Stretch = tuple[Point, Point, bool]                # from, to, and whether crossing it counts


class Window:
    """What stands where a way is looked for."""

    def __init__(self, frame: Rect, solids: list[Rect], names: list[Rect], lines: list[Stretch]) -> None:
        self._frame, self._solids, self._names, self._lines = frame, solids, names, lines
        self._tables: dict[tuple[bool, int], tuple[list[tuple[int, int]], list[int]]] = {}

    def way(self, starts: list[End], goals: list[End], far: int) -> Points | None:
        """The cheapest way by length, turns and crossings (A*)."""
        tips = [end.tip(far) for end in (*starts, *goals)]
        xs, ys = self._places(tips, across=False), self._places(tips, across=True)
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
            for turn, (dx, dy) in enumerate(STEPS):
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

    def _places(self, tips: list[Point], *, across: bool) -> list[int]:
        """The x (or, across, the y) at which lines may run."""
        found: set[int] = set()
        for rect in (*self._solids, *self._names):
            low, high = (rect.y, rect.bottom) if across else (rect.x, rect.right)
            found |= {low - CLEAR, high + CLEAR}
        for a, b, _ in self._lines:
            if a[across] == b[across]:
                found |= {a[across] - CLEAR, a[across] + CLEAR}
        frame = self._frame
        low, high = (frame.y, frame.bottom) if across else (frame.x, frame.right)
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


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that meet as one."""
    found: list[tuple[int, int]] = []
    for low, high in stretches:
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found
