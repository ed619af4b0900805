"""Where a drawing may be cut into pages, and where it is cut best.

A cut is a level or upright line right across the drawing. It passes no symbol,
paper or label, and meets lines of flow only where they run straight through.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from .model import Drawing, Rect

Axis = Literal["x", "y"]
_CLEAR = 6                    # px between two lines between which a cut may pass
_STRIP = 500                  # px of a drawing in which lines are looked up together


class Cut(NamedTuple):
    """A line at *at* px; *lines* are the places where it meets lines of flow, each once, in order."""

    at: int
    lines: tuple[int, ...]


def cuts(drawing: Drawing, axis: Axis) -> tuple[Cut, ...]:
    """The best cut of every gap of *drawing*: at a y between its rows, or at an x between its columns.

    The best meets the fewest lines and lies nearest to the middle of the gap.
    """
    return _cuts(drawing, axis, _Crossed(drawing, axis), _stops(drawing, axis))


def _cuts(drawing: Drawing, axis: Axis, crossed: _Crossed, stops: set[int]) -> tuple[Cut, ...]:
    found, ordered = [], sorted(stops)
    for low, high in _gaps(drawing, axis):
        places = [low, *ordered[bisect_right(ordered, low):bisect_left(ordered, high)], high]
        tried = [crossed.by((one + other) // 2) for one, other in pairwise(places) if other - one >= _CLEAR]
        if tried:
            found.append(min(tried, key=lambda cut: (len(cut.lines), abs(2 * cut.at - low - high))))
    return tuple(found)


def lane_cuts(drawing: Drawing, least: int) -> tuple[Cut, ...]:
    """The cuts across lanes: along their borders, and inside a lane where both parts are *least* px wide, named."""
    axis: Axis = "x" if drawing.direction == "down" else "y"
    crossed, stops = _Crossed(drawing, axis), _stops(drawing, axis)
    spans = [_span(band.rect, axis) for band in drawing.bands]
    parts = [max(least, 2 * drawing.font_px + band.lines[-1].y - band.lines[0].y if axis == "y" and band.lines else 0)
             for band in drawing.bands]
    borders = [low for low, _ in spans[1:]]
    inside = [cut for cut in _cuts(drawing, axis, crossed, stops)
              if any(low + part <= cut.at <= high - part for (low, high), part in zip(spans, parts, strict=True))]
    return tuple(sorted([crossed.by(border) for border in borders if border not in stops] + inside))


def best(bounds: Sequence[Cut], room: int, price: Callable[[int, int, float], float | None],
         least: float = 0) -> tuple[int, ...] | None:
    """The numbers of the bounds at which to cut, first and last included, so that the parts together cost least.

    *price* is what the part from one bound to another costs, more than nothing and *least* or more, or None if it does
    not fit; parts of more than *room* px never do. It is told from which price on nobody wants to know. None: no way
    fits.

    >>> best([Cut(at, ()) for at in (0, 10, 20, 30)], 20, lambda low, high, most: 1)
    (0, 1, 3)
    """
    last = len(bounds) - 1
    places = [bound.at for bound in bounds]
    cost = [0.0] + [inf] * last
    before = [0] * len(bounds)
    first = 0                                              # the earliest bound that is near enough
    for high in range(1, len(bounds)):
        while places[first] < places[high] - room:
            first += 1
        for low in range(first, high):
            most = cost[high] - cost[low]
            part = price(low, high, most) if least < most else None
            if part is not None and part < most:
                cost[high], before[high] = cost[low] + part, low
    if cost[last] == inf:
        return None
    way = [last]
    while way[-1]:
        way.append(before[way[-1]])
    return tuple(reversed(way))



class _Crossed:
    """Which lines of flow a cut meets."""

    def __init__(self, drawing: Drawing, axis: Axis) -> None:
        self.near: dict[int, list[tuple[int, int, int]]] = {}      # stretches, by the strips that they run through
        for run in set(_through(drawing, axis)):
            for strip in range(run[1] // _STRIP, run[2] // _STRIP + 1):
                self.near.setdefault(strip, []).append(run)

    def by(self, place: int) -> Cut:
        near = self.near.get(place // _STRIP, ())
        return Cut(place, tuple(sorted({at for at, low, high in near if low < place < high})))


def _through(drawing: Drawing, axis: Axis) -> Iterator[tuple[int, int, int]]:
    """Stretches of lines that a cut may meet: where they are, from, to."""
    for wire in drawing.wires:
        for (ax, ay), (bx, by) in pairwise(wire.points):
            if axis == "y" and ax == bx:
                yield ax, min(ay, by), max(ay, by)
            elif axis == "x" and ay == by:
                yield ay, min(ax, bx), max(ax, bx)


def _stops(drawing: Drawing, axis: Axis) -> set[int]:
    """Where lines run along a cut, which therefore cannot be there."""
    other: Axis = "x" if axis == "y" else "y"
    return {at for at, _, _ in _through(drawing, other)}


def _gaps(drawing: Drawing, axis: Axis) -> Iterator[tuple[int, int]]:
    """From where to where nothing stands but lines."""
    end = 0
    for low, high in sorted(_taken(drawing, axis)):
        if low - end > 1 and end:
            yield end, low
        end = max(end, high)


def _taken(drawing: Drawing, axis: Axis) -> Iterator[tuple[int, int]]:
    """What a cut must not part: symbols with the papers beside them, questions and the words at their exits."""
    spans = {symbol.id: _span(symbol.rect, axis) for symbol in drawing.symbols}
    yield from spans.values()
    for aside in drawing.asides:
        yield _over(spans[aside.owner], _span(aside.rect, axis))
    for wire in drawing.wires:
        if wire.label:
            yield _over(spans[wire.source], _span(wire.label.rect, axis))


def _span(rect: Rect, axis: Axis) -> tuple[int, int]:
    x, y, wide, high = rect
    return (y, y + high) if axis == "y" else (x, x + wide)


def _over(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(one[0], other[0]), max(one[1], other[1])
