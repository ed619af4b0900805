"""How often lines cross: what the engine tries to avoid, and what charts are judged by."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

Points = Sequence[tuple[int, int]]
# a level or upright stretch of a line: at one coordinate, from and to in the other, its line, its number in the line
Stretch = tuple[int, int, int, int, int]

_MEETING = 2                  # px from an end of a line within which two lines meet rather than cross


def crossings(lines: Sequence[Points]) -> int:
    """The number of places where two right-angled *lines* cross, with their points in px.

    >>> crossings([((0, 10), (40, 10)), ((20, 0), (20, 30)), ((0, 30), (20, 30))])
    1
    """
    level, upright, _ = stretches(lines)
    return crossed(sorted(level), upright, lines)


def crossed(level: list[Stretch], upright: list[Stretch], lines: Sequence[Points]) -> int:
    """The same of the stretches of *lines*, the level ones sorted."""
    rows = [run[0] for run in level]
    found = 0
    for x, low, high, number, _ in upright:
        for y, left, right, other, _ in level[bisect_right(rows, low):bisect_left(rows, high)]:
            if left < x < right:
                one, its = lines[number], lines[other]
                found += not _meet(x, y, (one[0], one[-1], its[0], its[-1]))
    return found


def stretches(lines: Iterable[Points]) -> tuple[list[Stretch], list[Stretch], list[Stretch]]:
    """The level, the upright and the slanted stretches of *lines*."""
    level: list[Stretch] = []
    upright: list[Stretch] = []
    slanted: list[Stretch] = []
    for number, points in enumerate(lines):
        for part in range(len(points) - 1):
            (ax, ay), (bx, by) = points[part], points[part + 1]
            if ay == by:
                level.append((ay, ax, bx, number, part) if ax < bx else (ay, bx, ax, number, part))
            elif ax == bx:
                upright.append((ax, ay, by, number, part) if ay < by else (ax, by, ay, number, part))
            else:
                slanted.append((ax, ay, by, number, part))
    return level, upright, slanted


def _meet(x: int, y: int, ends: Points) -> bool:
    return True in [-_MEETING <= ex - x <= _MEETING and (ex - x) ** 2 + (ey - y) ** 2 <= _MEETING ** 2
                    for ex, ey in ends]
