"""How often lines cross: what the engine tries to avoid, and what charts are judged by."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

Points = Sequence[tuple[int, int]]

_MEETING = 2                  # px from an end of a line within which two lines meet rather than cross


def crossings(lines: Iterable[Points]) -> int:
    """The number of places where two right-angled *lines* cross, with their points in px.

    >>> crossings([((0, 10), (40, 10)), ((20, 0), (20, 30)), ((0, 30), (20, 30))])
    1
    """
    level: list[tuple[int, int, int, Points]] = []
    upright: list[tuple[int, int, int, Points]] = []
    for points in lines:
        for (ax, ay), (bx, by) in pairwise(points):
            if ay == by:
                level.append((ay, ax, bx, points) if ax < bx else (ay, bx, ax, points))
            else:
                upright.append((ax, ay, by, points) if ay < by else (ax, by, ay, points))
    level.sort(key=lambda run: run[:3])
    rows = [run[0] for run in level]
    found = 0
    for x, low, high, points in upright:
        for y, left, right, other in level[bisect_right(rows, low):bisect_left(rows, high)]:
            if left < x < right and not _meet(x, y, (points[0], points[-1], other[0], other[-1])):
                found += 1
    return found


def _meet(x: int, y: int, ends: Points) -> bool:
    return any((ex - x) ** 2 + (ey - y) ** 2 <= _MEETING ** 2 for ex, ey in ends)
