"""Where a drawing is cut into pages: along the flow into slabs, and each slab across the lanes where it is best for it.

A slab that is too broad for the paper is cut where it takes the fewest pages
and parts the fewest lines; what is empty in it takes no page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from .cuts import Axis, Cut, best, cuts, lane_cuts
from .pieces import Slabs, corner, depths, least_edge

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition

    from .model import Drawing

PAGE = 24.0                      # what a further page costs
LINE = 4.0                       # and a line that is cut
LANE = 12.0                      # and a lane that is cut
BESIDE = 24.0                    # and a page that is to be read beside another
EMPTY = 6.0                      # and the room that is left on a page
LANE_PART = 60                   # px, the narrowest part of a lane that is cut

START, END = 1, 2
Rooms = tuple[int, int, int, int]    # in a slab in the middle, with START, with END, with both, px of the drawing


class Plan(NamedTuple):
    """How a drawing is cut."""

    bounds: tuple[int, ...]      # the numbers of those between its slabs, and of the edges of the drawing
    slabs: Slabs
    pages: int
    loss: float                  # what it costs that lanes are on pages of their own, and pages but the last not full


class Line(NamedTuple):
    """Where a drawing may be cut in one axis, and the room that connectors then take on either page."""

    bounds: tuple[Cut, ...]      # the edges of the drawing among them
    starts: tuple[int, ...]      # from where to where a part reaches that begins or ends there, with the room for
    ends: tuple[int, ...]        # connectors, and for heads of lanes on every page

    @classmethod
    def of(cls, drawing: Drawing, axis: Axis, rules: Edition) -> Line:
        """The cuts of *drawing*; those whose connectors have no room are left out."""
        along = (axis == "y") == (drawing.direction == "down")
        first = drawing.bands[0].head
        head = (first.bottom if axis == "y" else first.right) if along else 0
        places = cuts(drawing, axis) if along else lane_cuts(drawing, LANE_PART)
        rooms = depths([cut.lines for cut in places], axis, drawing, rules)
        found = [(cut, depth) for cut, depth in zip(places, rooms, strict=True) if depth is not None]
        ends = Cut(head, ()), Cut(drawing.height if axis == "y" else drawing.width, ())
        bounds = [(ends[0], 0), *found, (ends[1], 0)]
        return cls(tuple([bound for bound, _ in bounds]), tuple([bound.at - depth for bound, depth in bounds]),
                   tuple([head + bound.at + depth for bound, depth in bounds]))


class Places:
    """All places at which a drawing may be cut, and what stands between them."""

    def __init__(self, drawing: Drawing, rules: Edition) -> None:
        down = drawing.direction == "down"
        self.along = Line.of(drawing, "y" if down else "x", rules)
        self.across = Line.of(drawing, "x" if down else "y", rules)
        rects = [(band.rect.x, band.rect.right) if down else (band.rect.y, band.rect.bottom) for band in drawing.bands]
        self.lanes = [LANE * any(low < bound.at < high for low, high in rects) for bound in self.across.bounds]
        self.edges = [bound.at for bound in self.along.bounds]
        self.met = [[bisect_left(bound.lines, edge) for bound in self.across.bounds] for edge in self.edges]
        self.used = _Used(drawing, self.edges, [bound.at for bound in self.across.bounds])
        self.connector = least_edge("x" if down else "y", drawing, rules)
        self.slabs: dict[int, _Slabs] = {}               # by the room that they have across

    def least(self, along: Rooms) -> int:
        """How many pages a plan has or more: one for every slab, and each begins with the heads of the lanes."""
        head, room = self.edges[0], max(along)
        return max(1, -(-(self.edges[-1] - head) // (room - head))) if room > head else 1

    def plan(self, along: Rooms, across: Rooms, barred: Collection[int] = (),
             unfit: Collection[tuple[int, int]] = ()) -> Plan | None:
        """The best way to cut into parts that have room; none where there is no way.

        No cut is made at a bound that is *barred*, and no slab that is *unfit*.
        """
        bounds, starts, ends = self.along
        last = len(bounds) - 1
        if min(*along, *across) <= 0:
            return None
        slabs = [self._slabs(room) for room in across]
        lines = [LINE * len(bound.lines) for bound in bounds]

        def price(low: int, high: int, most: float) -> float | None:
            kind = _kind(low, high, last)
            filled, room = ends[high] - starts[low], along[kind]
            if filled > room or high in barred or (low, high) in unfit:
                return None
            slab, left = slabs[kind], 1 - filled / room
            more = lines[high] + EMPTY * left * (high < last) + _hollow(left)
            if slab.least(low, high) + more >= most:
                return None
            part = slab.price(low, high)
            return None if part is None else part + more

        def hollow(low: int, high: int) -> float:
            return _hollow(1 - (ends[high] - starts[low]) / along[_kind(low, high, last)])

        found = best(bounds, max(along), price, PAGE)
        if found is None:
            return None
        made = list(pairwise(found))
        parts = [slabs[_kind(low, high, last)].parts(low, high) for low, high in made]
        loss = sum([part.apart for part in parts]) + sum([hollow(low, high) for low, high in made[:-1]])
        return Plan(found, Slabs(tuple([bounds[number].at for number in found[1:-1]]),
                                 tuple([part.cuts for part in parts])), sum([part.pages for part in parts]), loss)

    def _slabs(self, room: int) -> _Slabs:
        """How slabs are cut whose parts have so much room; worked out once."""
        found = self.slabs.get(room)
        if found is None:
            found = self.slabs[room] = _Slabs(self, room)
        return found


def _kind(low: int, high: int, last: int) -> int:
    """Which of the rooms a slab from one bound to another has."""
    return (0 if low else START) + (END if high == last else 0)


def _hollow(left: float) -> float:
    """What a page costs of which more than half is *left* empty: up to another page."""
    return PAGE * (2 * left - 1) if left > 0.5 else 0.0


class _Parts(NamedTuple):
    """How a slab is cut: where, into how many pages, and what that costs beside the pages."""

    cuts: tuple[int, ...]
    pages: int
    apart: float


class _Slabs:
    """How slabs are cut across where each of their parts has *room*."""

    def __init__(self, places: Places, room: int) -> None:
        bounds, starts, ends = places.across
        self.places, self.room, self.sides = places, room, [bound.at for bound in bounds]
        # the first bound from which a part may reach to each
        self.first = [next((low for low in range(high) if end - starts[low] <= room), high)
                      for high, end in enumerate(ends)]
        self.prices: dict[tuple[int, int], float | None] = {}
        self.leasts: dict[int, float] = {}               # by the columns in use

    def least(self, low: int, high: int) -> float:
        """What the slab between two bounds costs or more: a page for every room that the columns in use fill."""
        used = self.places.used.between(low, high)
        if used not in self.leasts:
            sides, columns = self.sides, [column for column in range(used.bit_length()) if used >> column & 1]
            filled = sum([sides[column + 1] - sides[column] for column in columns])
            reach = sides[columns[-1] + 1] - sides[columns[0]] if columns else 0
            pages = max(-(-filled // self.room), 1 + (reach > self.room))
            self.leasts[used] = (PAGE + BESIDE) * pages - BESIDE
        return self.leasts[used]

    def price(self, low: int, high: int) -> float | None:
        """What the slab between two bounds costs at least; None where it cannot be cut into parts that have room."""
        if not self.first[-1]:
            return PAGE                                  # whole, for what no two pages cost
        if (low, high) not in self.prices:
            price = self._costs(low, high)[-1]
            self.prices[low, high] = None if price == inf else price - BESIDE
        return self.prices[low, high]

    def parts(self, low: int, high: int) -> _Parts:
        """The best way to cut that slab."""
        costs, used = self._costs(low, high), self.places.used.between(low, high)
        cuts: list[int] = []
        pages, end = 0, len(costs) - 1
        while end:
            empty = (used & (1 << end) - 1).bit_length()
            _, start = min([(costs[start] + (PAGE + BESIDE) * (start < empty), start)
                            for start in range(min(self.first[end], empty), end)])
            pages += start < empty
            cuts += [start] if start else []
            end = start
        return _Parts(tuple([self.sides[cut] for cut in reversed(cuts)]), pages, costs[-1] - BESIDE - PAGE * pages)

    def _costs(self, low: int, high: int) -> list[float]:
        """What a slab costs up to each bound across, no page being the first; where nothing stands, there is none."""
        places, first = self.places, self.first
        used, lanes = places.used.between(low, high), places.lanes
        most = (places.edges[high] - places.edges[low]) // places.connector
        costs = [0.0]
        for end in range(1, len(first)):
            lines = places.met[high][end] - places.met[low][end]
            cost = inf
            if lines <= most:
                empty = (used & (1 << end) - 1).bit_length()     # the first bound after which nothing stands
                if empty < end:
                    cost = min(costs[empty:end])
                if first[end] < empty:
                    cost = min(cost, min(costs[first[end]:empty]) + PAGE + BESIDE)
            costs.append(cost + LINE * lines + lanes[end])
        return costs


class _Used:
    """In which columns between cuts across something stands, for slabs between bounds along: a bit for each column."""

    def __init__(self, drawing: Drawing, along: Sequence[int], across: Sequence[int]) -> None:
        rows = [0] * (len(along) - 1)
        for symbol in drawing.symbols:
            onward, aside = corner(symbol, drawing.direction == "down")
            rows[bisect_right(along, onward) - 1] |= 1 << bisect_right(across, aside) - 1
        self.spans = [rows]                              # of 1, 2, 4, … rows from each row on
        while len(self.spans[-1]) > 1 << len(self.spans) - 1:
            reach = 1 << len(self.spans) - 1
            last = self.spans[-1]
            self.spans.append([one | other for one, other in zip(last, last[reach:], strict=False)])

    def between(self, low: int, high: int) -> int:
        """The columns that are in use in the slab between two bounds."""
        size = (high - low).bit_length() - 1
        return self.spans[size][low] | self.spans[size][high - (1 << size)]
