"""What of each line is its own: where lines to one target go on together, the trunk is drawn once.

A trunk drawn by every line that runs in it would look bolder than the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .model import Corners, Wire


def own_parts(wires: Sequence[Wire]) -> tuple[tuple[Corners, bool], ...]:
    """Of each line the points to draw, and whether it comes to its target itself and has an arrow head.

    >>> first = Wire("1", "a", "c", ((0, 0), (50, 0), (50, 40)), back=False)
    >>> second = Wire("2", "b", "c", ((90, 0), (90, 10), (50, 10), (50, 40)), back=False)
    >>> own_parts((first, second))[1]
    (((90, 0), (90, 10), (50, 10)), False)
    """
    before: dict[tuple[str, tuple[int, int]], list[Corners]] = {}
    drawn = []
    for _, _, target, points, _, _, _ in wires:
        end, shared = (target, points[-1]), 0
        others = before.get(end)
        if others is None:
            before[end] = [points]
        else:
            shared = max([_shared(points, other) for other in others])
            others.append(points)
        drawn.append((_without(points, shared) if shared else points, not shared))
    return tuple(drawn)


def _shared(line: Corners, other: Corners) -> int:
    """How long, in px, two lines run together up to their common end."""
    shared = 0
    for (a, b), (c, d) in zip(pairwise(reversed(line)), pairwise(reversed(other)), strict=False):
        if a != c or _way(a, b) != _way(c, d):
            break
        shared += min(_length(a, b), _length(c, d))
        if b != d:
            break
    return shared


def _without(line: Corners, shared: int) -> Corners:
    """*line* without its last *shared* px."""
    points = list(line)
    while shared and len(points) > 1:
        last, turn = points[-1], points[-2]
        length = _length(last, turn)
        if length > shared:
            (x, y), (dx, dy) = last, _way(last, turn)
            points[-1] = x + dx * shared, y + dy * shared
            break
        points.pop()
        shared -= length
    return tuple(points)


def _way(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    (ax, ay), (bx, by) = a, b
    return (bx > ax) - (bx < ax), (by > ay) - (by < ay)


def _length(a: tuple[int, int], b: tuple[int, int]) -> int:
    (ax, ay), (bx, by) = a, b
    return abs(ax - bx) + abs(ay - by)
