"""Where a line may leave a shape, a pool or another line, and in which direction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from flowstd.layout.model import Point, Rect

from .geometry import Points

BESIDE = 20                # px of way that the middle of a side is worth
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))         # right, down, left, up


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
                 for out, (dx, dy) in enumerate(STEPS) for side in (off, -off))


def _ends_at(rect: Rect, quarters: int) -> tuple[End, ...]:
    """One end on each side, so many quarters along it."""
    x, y = rect.x + rect.w * quarters // 4, rect.y + rect.h * quarters // 4
    places = (Point(rect.right, y), Point(x, rect.bottom), Point(rect.x, y), Point(x, rect.y))
    return tuple(End(at, out, rect, 0 if quarters == 2 else BESIDE) for out, at in enumerate(places))


def ends_along(rect: Rect, xs: Iterable[int]) -> tuple[End, ...]:
    """Where lines may leave a pool: above and below, at or near these places."""
    fit = sorted({min(max(x + off, rect.x + 40), rect.right - 20) for x in xs for off in (0, -24, 24, -48, 48)})
    return tuple(End(Point(x, y), out, rect) for x in fit for y, out in ((rect.y, 3), (rect.bottom, 1)))


def ends_down(rect: Rect, ys: Iterable[int]) -> tuple[End, ...]:
    """Where lines may leave a pool with its head on top: to its sides, at or near these places."""
    fit = sorted({min(max(y + off, rect.y + 40), rect.bottom - 20) for y in ys for off in (0, -24, 24, -48, 48)})
    return tuple(End(Point(x, y), out, rect) for y in fit for x, out in ((rect.x, 2), (rect.right, 0)))


def ends_on(points: Points) -> tuple[End, ...]:
    """Where the tie of a remark may meet a line: in the middle of each stretch, from both sides."""
    found = []
    for a, b in pairwise(points):
        at = Point((a.x + b.x) // 2, (a.y + b.y) // 2)
        found += [End(at, out, Rect(at.x, at.y, 0, 0)) for out in ((1, 3) if a.y == b.y else (0, 2))]
    return tuple(found)
