"""Phase 4: the way of every link, in lines of a grid rather than px.

Rows and columns hold boxes and at most one line; gutters and channels hold any
number of lines side by side, so a way round everything always exists.
Every link takes its cheapest way: few bends, few crossings, short.
"""

from __future__ import annotations

from typing import NamedTuple

from .grid import EARLY, HIGH, LATE, LOW, Grid, Path, make_grid
from .p2_ranks import Ranks
from .p3_order import Columns
from .shape import Shape
from .story import Story
from .taken import MIDDLE, Shifts, Taken
from .ways import BEND, UNIT, Way, Ways, known_ways

# in tenths of a bend
CROSSING = 30
OFF_MIDDLE = 20                               # docking beside the middle of a side
AGAINST_STORY = 7                             # the story leaves sideways, or something else leaves straight on
SIDE_ENTRY = 3
FROM_BELOW = 6                                # a return that enters at the late side
WIDE_LABEL = 40                               # a label beside a box where the sheet is narrow
SHARED_SIDE = {"bar": 3, "box": 20, "diamond": 20, "round": 20}
SHARED_TIP = 6                                # a side of a diamond, where the sheet is narrow
INTO_BAR = 5                                  # where others enter it already
IN_AND_OUT = 30                               # an arrow and a tail on one side

_NOT_FREE = 1 << 30
_NO_WAY = Ways().way((0, 0), (0, 2))           # of a link that has not been laid
End = tuple[int, bool]                        # a link, and whether it is its end at the target
Ends = tuple[End, ...]                        # those at one side of a box


class Routes(NamedTuple):
    """The way of every link and where two of them must stand beside the middle of a side."""

    grid: Grid
    ways: list[Way]
    shifted: set[End]                     # dock off the middle
    aside_high: list[bool]                # the side on which a node's papers stand
    met: list[Ends | None]                # ends at each side of a node, by 4 × node + side; None: papers stand there
    taken: Taken

    @property
    def paths(self) -> list[Path]:
        """The ways without what else is known of them."""
        return [way.path for way in self.ways]

    @property
    def crossings(self) -> int:
        """How often lines cross in any case: tracks and docks may bring more."""
        return sum([self.taken.crossings(way) for way in self.ways]) // 2


def route(shape: Shape, story: Story, ranks: Ranks, columns: Columns, *, narrow: bool = False) -> Routes:
    """A way for every link; never through a box, never two different links on one line."""
    grid = make_grid(shape, ranks, columns)
    aside_high = _aside_sides(story, ranks, grid)
    router = _Router(shape, story, ranks, grid, aside_high, narrow=narrow)
    order = router.order()
    for number in order:
        router.lay(number)
    for number in order:
        router.lay_again(number)
    shifted = {(number, at_target) for number, shifts in enumerate(router.shifts) if shifts != MIDDLE
               for at_target in (False, True) if shifts[at_target]}
    return Routes(grid, router.laid, shifted, aside_high, router.met, router.taken)


def _aside_sides(story: Story, ranks: Ranks, grid: Grid) -> list[bool]:
    """Papers stand where fewer links want to pass; high where that is equal."""
    x = grid.x
    more_high = [0] * len(x)                      # how much more the high side of each node is wanted
    for a, b, level in zip(story.source, story.target, ranks.level, strict=True):
        if x[a] != x[b]:
            weight = (10 if level else 1) if x[a] < x[b] else (-10 if level else -1)
            more_high[a] += weight
            more_high[b] -= weight
    return [more <= 0 for more in more_high]


class _Router:
    """Ways laid so far, and what they leave free."""

    def __init__(self, shape: Shape, story: Story, ranks: Ranks, grid: Grid, aside_high: list[bool], *,
                 narrow: bool) -> None:
        self.wide_label = WIDE_LABEL if narrow else 0
        self.shared_side = {**SHARED_SIDE, "diamond": SHARED_TIP} if narrow else SHARED_SIDE
        self.shape, self.story, self.level, self.grid = shape, story, ranks.level, grid
        self.taken = Taken(grid)
        self.met: list[Ends | None] = [()] * (4 * len(shape.nodes))       # by node and side; None: papers stand there
        for node, (box, papers_high) in enumerate(zip(shape.nodes, aside_high, strict=True)):
            if box.aside:
                self.met[4 * node + (HIGH if papers_high else LOW)] = None
        self.leaves_at = [4 * node for node in story.source]               # the first side of the source of each link
        self.enters_at = [4 * node for node in story.target]
        self.bars = story.bars
        self.apart = [edge.apart for edge in shape.edges]
        self.labelled = [edge.label_across > 0 for edge in shape.edges]
        self.laid = [_NO_WAY] * len(shape.edges)
        self.crossed = [0] * len(shape.edges)                 # how many lines each crossed when it was laid
        self.moved = False                                    # whether any was laid anew elsewhere
        self.shifts = [MIDDLE] * len(shape.edges)
        x, y, self.known = grid.x, grid.y, known_ways()
        self.near = [self.known.near(x[a], y[a], x[b], y[b], labelled, apart) for a, b, labelled, apart
                     in zip(story.source, story.target, self.labelled, self.apart, strict=True)]

    # ---- order

    def order(self) -> list[int]:
        """Level lines first, then the story, then by distance; returns last."""
        story, level, x, y, bars = self.story, self.level, self.grid.x, self.grid.y, self.bars
        urgency = []
        for number, (a, b) in enumerate(zip(story.source, story.target, strict=True)):
            tells = story.onward[a] == number and not bars[a]       # all branches of a bar are the story
            group = 0 if level[number] else 3 if story.back[number] else 1 if tells else 2
            far = abs(x[a] - x[b]) + abs(y[a] - y[b])
            if bars[a] or bars[b]:
                far = -far                      # the outermost branch takes the end of the bar
            urgency.append((group, far, number))
        return [number for _, _, number in sorted(urgency)]

    # ---- one link

    def lay(self, number: int) -> None:
        way, shifts = self.near[number][0], MIDDLE
        if len(way.path) > 2 or not self._is_unhindered(number, way):
            way, shifts = self._cheapest(number)
        self._mark(number, way, shifts)

    def lay_again(self, number: int) -> None:
        """Take the link up and lay it anew, now that the others lie; not where that would find the same."""
        way = self.laid[number]
        if way is self.near[number][0] or (not self.moved and self._stands_as_laid(number, way)):
            return
        self._unmark(number, way)
        self.lay(number)
        self.moved = self.moved or self.laid[number] is not way

    def _stands_as_laid(self, number: int, way: Way) -> bool:
        """Whether a way costs what it did when it was laid. All others can only cost more, unless a link has moved."""
        leaves, enters = self._sides(number, way)
        return (self.met[leaves] or ())[-1:] == ((number, False),) \
            and (self.met[enters] or ())[-1:] == ((number, True),) \
            and self.taken.crossings(way, self.crossed[number] + 1) == self.crossed[number]

    def _is_unhindered(self, number: int, way: Way) -> bool:
        """Whether a straight way meets nobody, neither on it nor at its ends: then no other can cost less."""
        return (self.met[self.leaves_at[number] + way.leaves] == () == self.met[self.enters_at[number] + way.enters]
                and self.taken.is_empty(way))

    def _cheapest(self, number: int) -> tuple[Way, Shifts]:
        """The way that costs least, and whether its ends dock off the middle.

        Ways round are looked at only where they could be it.
        """
        cost, way, shifts = self._best_of(number, self.near[number], _NOT_FREE, _NO_WAY, MIDDLE)
        if cost > 2 * BEND and cost > 2 * BEND + UNIT * self._apart(number):
            cost, way, shifts = self._best_of(number, self._round(number), cost, way, shifts)
        assert way is not _NO_WAY, "a way round everything is always free"
        return way, shifts

    def _round(self, number: int) -> tuple[Way, ...]:
        a, b, x, y = self.story.source[number], self.story.target[number], self.grid.x, self.grid.y
        return self.known.round(x[a], y[a], x[b], y[b], self.labelled[number], self.apart[number], self.grid)

    def _apart(self, number: int) -> int:
        """How many lines of the grid its ends lie apart."""
        a, b, x, y = self.story.source[number], self.story.target[number], self.grid.x, self.grid.y
        return abs(x[a] - x[b]) + abs(y[a] - y[b])

    def _best_of(self, number: int, ways: tuple[Way, ...], limit: int, best: Way,
                 shifts: Shifts) -> tuple[int, Way, Shifts]:
        """The cheapest of *ways*, or *best* where none costs less than *limit*."""
        leaving, entering = self._leaving(number), _ENTERING_LEVEL if self.level[number] else _ENTERING
        source, target = self.story.source[number], self.story.target[number]
        met, from_first, to_first = self.met, self.leaves_at[number], self.enters_at[number]
        known: dict[tuple[int, bool] | int, int] = {}      # what it costs to leave, and to enter, where others are
        for way in ways:
            if way.least >= limit:
                break
            cost = way.least + leaving[way.leaves] + entering[way.enters]
            if cost >= limit:
                continue
            tails, heads = met[from_first + way.leaves], met[to_first + way.enters]
            if tails is None or heads is None:
                continue                              # papers stand there
            if tails:
                leaving_so = way.leaves, way.leaves_short
                if leaving_so not in known:
                    known[leaving_so] = self._to_leave(number, source, way, tails)
                cost += known[leaving_so]
            if heads:
                if way.enters not in known:
                    known[way.enters] = self._to_enter(number, target, way.enters, heads)
                cost += known[way.enters]
            if cost >= limit:
                continue
            if not way.looked_at:
                way.look()
            if not self.taken.lets_through(way):
                continue
            moved = self.taken.shifts(way) if way.corners else MIDDLE
            if moved is None:
                continue
            if moved is not MIDDLE:
                cost += OFF_MIDDLE * sum(moved)
            if cost < limit:
                crossed = self.taken.crossings(way, (limit - cost) // CROSSING + 1)
                cost += CROSSING * crossed
                if cost < limit:
                    limit, best, shifts = cost, way, moved
                    self.crossed[number] = crossed
        return limit, best, shifts

    def _leaving(self, number: int) -> tuple[int, int, int, int]:
        """What it costs by itself that a link leaves by each side of its source."""
        source = self.story.source[number]
        onward = self.story.onward[source]
        aside = straight = 0
        if onward == number:
            aside = AGAINST_STORY
        elif onward >= 0 and self.shape.nodes[source].outline == "diamond":
            straight = AGAINST_STORY
        if self.labelled[number]:
            aside += self.wide_label
        return (0, straight, 0, 0) if self.level[number] else (aside, straight, aside, aside)

    # ---- judging a way

    def _to_leave(self, number: int, node: int, way: Way, met: Ends) -> int:
        """What it costs to leave a box by a side that other lines have *met*."""
        side, leaving = way.leaves, [link for link, enters in met if not enters]
        if not way.leaves_short and False in [self.laid[link].leaves_short for link in leaving]:
            return _NOT_FREE                        # both would keep to the middle
        if side != LATE and ((side != EARLY and self.bars[node]) or self.labelled[number]
                             or True in [self.labelled[link] for link in leaving]):
            return _NOT_FREE
        if len(leaving) < len(met):
            return IN_AND_OUT
        return self.shared_side[self.shape.nodes[node].outline] * len(met)

    def _to_enter(self, number: int, node: int, side: int, met: Ends) -> int:
        """What it costs to enter a box by a side that other lines have *met*; what enters there already is joined."""
        beside = [enters for link, enters in met if not enters or self.apart[link] != self.apart[number]]
        if not beside:
            return INTO_BAR if self.bars[node] else 0
        if side != LATE and ((side != EARLY and self.bars[node])
                             or True in [self.labelled[link] for link, enters in met if not enters]):
            return _NOT_FREE
        return IN_AND_OUT if False in beside else self.shared_side[self.shape.nodes[node].outline] * len(beside)

    # ---- keeping the books

    def _mark(self, number: int, way: Way, shifts: Shifts) -> None:
        met, leaves, enters = self.met, self.leaves_at[number] + way.leaves, self.enters_at[number] + way.enters
        met[leaves] = (met[leaves] or ()) + ((number, False),)
        met[enters] = (met[enters] or ()) + ((number, True),)
        self.laid[number], self.shifts[number] = way, shifts
        self.taken.book(way, shifts, 1)

    def _unmark(self, number: int, way: Way) -> None:
        for at in self._sides(number, way):
            self.met[at] = tuple([end for end in self.met[at] or () if end[0] != number])
        self.laid[number] = _NO_WAY
        self.taken.book(way, self.shifts[number], -1)

    def _sides(self, number: int, way: Way) -> tuple[int, int]:
        """Where the ends of a way stand among those met at the sides of boxes."""
        return self.leaves_at[number] + way.leaves, self.enters_at[number] + way.enters



# what it costs by itself to enter a target by each side
_ENTERING = (0, FROM_BELOW, SIDE_ENTRY, SIDE_ENTRY)
_ENTERING_LEVEL = (0, FROM_BELOW, 0, 0)
