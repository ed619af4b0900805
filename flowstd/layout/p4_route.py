"""Phase 4: the way of every link, in lines of a grid rather than px.

Rows and columns hold boxes and at most one line; gutters and channels hold any
number of lines side by side, so a way round everything always exists.
Every link takes its cheapest way: few bends, few crossings, short.
"""

from __future__ import annotations

from typing import NamedTuple

from .grid import EARLY, HIGH, LATE, LOW, Grid, Path, make_grid, stub_at
from .p2_ranks import Ranks
from .p3_order import Columns
from .shape import Shape
from .story import Story
from .ways import BEND, UNIT, Way, near_ways, ways_round

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
_NO_ENDS: tuple[list[int], list[int]] = ([], [])
_NO_WAY = Way.of((0, 0), (0, 2))               # of a link that has not been laid
_MIDDLE = (False, False)                      # neither end docks off the middle
_Ends = tuple[tuple[int, bool], ...]          # links at one side of a box, and whether each enters


class Routes(NamedTuple):
    """The way of every link and where two of them must stand beside the middle of a side."""

    grid: Grid
    ways: list[Way]
    shifted: set[tuple[int, bool]]        # (link, at its target): docks off the middle
    aside_high: list[bool]                # the side on which a node's papers stand

    @property
    def paths(self) -> list[Path]:
        """The ways without what else is known of them."""
        return [way.path for way in self.ways]


def route(shape: Shape, story: Story, ranks: Ranks, columns: Columns, *, narrow: bool = False) -> Routes:
    """A way for every link; never through a box, never two different links on one line."""
    grid = make_grid(shape, ranks, columns)
    aside_high = _aside_sides(shape, ranks, grid)
    router = _Router(shape, story, ranks, grid, aside_high, narrow=narrow)
    order = router.order()
    for number in order:
        router.lay(number)
    for number in order:
        router.lay_again(number)
    return Routes(grid, router.laid, router.shifted, aside_high)


def _aside_sides(shape: Shape, ranks: Ranks, grid: Grid) -> list[bool]:
    """Papers stand where fewer links want to pass; high where that is equal."""
    wanted = [[0, 0] for _ in shape.nodes]
    for number, edge in enumerate(shape.edges):
        weight = 10 if ranks.level[number] else 1
        a, b = grid.x[edge.source], grid.x[edge.target]
        if a != b:
            wanted[edge.source][a < b] += weight
            wanted[edge.target][b < a] += weight
    return [high <= low for low, high in wanted]


class _Street:
    """A row or a column: it holds boxes, and beside them at most one line; lines that go on together count as one.

    Sets of its units and points are bits of a number.
    """

    __slots__ = ("boxes", "owner", "taken", "turns", "uses")

    def __init__(self) -> None:
        self.boxes = 0
        self.owner: list[int] = []            # whose each unit is: the trunk that runs on it; empty until one does
        self.uses: list[int] = []             # by how many lines
        self.taken = 0                        # the units that are somebody's
        self.turns = 0                        # the points where a line turns in a cell

    def enter(self, a: int, b: int, trunk: int) -> None:
        """One more line of *trunk* runs from *a* to *b*."""
        uses = self.uses
        if b > len(uses):
            self.owner += [-1] * (b - len(uses))
            uses += [0] * (b - len(uses))
        for unit in range(a, b):
            uses[unit] += 1
        self.owner[a:b] = [trunk] * (b - a)
        self.taken |= (1 << b) - (1 << a)

    def strike_out(self, a: int, b: int) -> None:
        """One line fewer runs there."""
        for unit in range(a, b):
            self.uses[unit] -= 1
            if not self.uses[unit]:
                self.owner[unit] = -1
                self.taken &= ~(1 << unit)


class _Router:
    """Ways laid so far, and what they leave free."""

    def __init__(self, shape: Shape, story: Story, ranks: Ranks, grid: Grid, aside_high: list[bool], *,
                 narrow: bool) -> None:
        self.wide_label = WIDE_LABEL if narrow else 0
        self.shared_side = {**SHARED_SIDE, "diamond": SHARED_TIP} if narrow else SHARED_SIDE
        self.shape, self.story, self.level, self.grid, self.aside_high = shape, story, ranks.level, grid, aside_high
        lines, rows = grid.lines, grid.rows
        self.rows = [_Street() if y % 2 else None for y in range(rows)]            # None: a channel
        self.columns = [_Street() if is_column else None for is_column in grid.is_column]     # None: a gutter
        for x, y in zip(grid.x, grid.y, strict=True):
            row, column = self.rows[y], self.columns[x]
            assert row is not None and column is not None
            row.boxes |= 1 << x
            column.boxes |= 1 << y
        self.corners: dict[tuple[int, int], list[int]] = {}       # where a line turns in a cell: its trunk, how often
        # how many lines pass straight over each crossing point of the grid, by line across and by row
        self.level_over = [0] * (lines * rows)
        self.upright_over = [0] * (rows * lines)
        self.met: list[_Ends | None] = [()] * (4 * len(shape.nodes))       # by node and side; None: papers stand there
        for node, papers_high in enumerate(aside_high):
            if shape.nodes[node].aside:
                self.met[4 * node + (HIGH if papers_high else LOW)] = None
        self.bars = [node.outline == "bar" for node in shape.nodes]
        self.labelled = [edge.label_across > 0 for edge in shape.edges]
        self.by_side = [(self._leaving(number), self._entering(number)) for number in range(len(shape.edges))]
        self.trunks: dict[Path, int] = {}
        # ends of lines that meet a channel (or gutter) in one column (or row): trunk, by the side they come from
        self.stubs: dict[int, dict[int, tuple[list[int], list[int]]]] = {}
        self.laid = [_NO_WAY] * len(shape.edges)
        self.crossed = [0] * len(shape.edges)                 # how many lines each crossed when it was laid
        self.moved = False                                    # whether any was laid anew elsewhere
        self.shifted: set[tuple[int, bool]] = set()
        self.near_ways: list[list[Way] | None] = [None] * len(shape.edges)
        self.ways_round: list[list[Way] | None] = [None] * len(shape.edges)

    # ---- order

    def order(self) -> list[int]:
        """Level lines first, then the story, then by distance; returns last."""
        story, level, x, y, bars = self.story, self.level, self.grid.x, self.grid.y, self.bars
        urgency = []
        for number, (a, b) in enumerate(zip(story.source, story.target, strict=True)):
            group = 0 if level[number] else 3 if story.back[number] else 1 if story.onward[a] == number else 2
            far = abs(x[a] - x[b]) + abs(y[a] - y[b])
            urgency.append((group, -far if bars[a] or bars[b] else far, number))    # the outermost takes the end of a bar
        return [number for _, _, number in sorted(urgency)]

    # ---- one link

    def lay(self, number: int) -> None:
        near = self.near_ways[number]
        if near is None:
            near = self.near_ways[number] = near_ways(self.shape.edges[number], self.grid)
        if self._is_unhindered(number, near[0]):
            way, shifts = near[0], _MIDDLE
        else:
            way, shifts = self._cheapest(number, near)
            self.crossed[number] = self._crossings(way.path)
        self._mark(number, way, shifts)
        self.laid[number] = way

    def lay_again(self, number: int) -> None:
        """Take the link up and lay it anew, now that the others lie; not where that would find the same."""
        way, near = self.laid[number], self.near_ways[number]
        if (near and way is near[0]) or (not self.moved and self._stands_as_laid(number, way)):
            return
        self._unmark(number, way)
        self.lay(number)
        self.moved = self.moved or self.laid[number] is not way

    def _stands_as_laid(self, number: int, way: Way) -> bool:
        """Whether a way costs what it did when it was laid. All others can only cost more, unless a link has moved."""
        last = all((self.met[at] or ())[-1:] == (end,) for at, end in self._ends(number, way))
        return last and self._crossings(way.path) == self.crossed[number]

    def _is_unhindered(self, number: int, way: Way) -> bool:
        """Whether a straight way meets nobody, neither on it nor at its ends: then no other can cost less."""
        path = way.path
        if len(path) > 2 or self.met[4 * self.story.source[number] + way.leaves] != () \
                or self.met[4 * self.story.target[number] + way.enters] != ():
            return False
        (x1, y1), (x2, y2) = path
        street, a, b = (self.columns[x1], y1, y2) if x1 == x2 else (self.rows[y1], x1, x2)
        if a > b:
            a, b = b, a
        inner = (1 << b) - (2 << a)
        return street is not None and not ((street.boxes | street.turns) & inner or street.taken & (inner | 1 << a)
                                           or self._crossings(path))

    def _cheapest(self, number: int, near: list[Way]) -> tuple[Way, tuple[bool, bool]]:
        """The way that costs least, and whether its ends dock off the middle.

        Ways round are looked at only where they could be it.
        """
        cost, way, shifts = self._best_of(number, near, _NOT_FREE, _NO_WAY, _MIDDLE)
        if cost > 2 * BEND and cost > 2 * BEND + UNIT * self._apart(number):
            far = self.ways_round[number]
            if far is None:
                far = self.ways_round[number] = ways_round(self.shape.edges[number], self.grid)
            cost, way, shifts = self._best_of(number, far, cost, way, shifts)
        assert way is not _NO_WAY, "a way round everything is always free"
        return way, shifts

    def _apart(self, number: int) -> int:
        """How many lines of the grid its ends lie apart."""
        a, b, x, y = self.story.source[number], self.story.target[number], self.grid.x, self.grid.y
        return abs(x[a] - x[b]) + abs(y[a] - y[b])

    def _best_of(self, number: int, ways: list[Way], limit: int, best: Way,
                 shifts: tuple[bool, bool]) -> tuple[int, Way, tuple[bool, bool]]:
        """The cheapest of *ways*, or *best* where none costs less than *limit*."""
        leaving, entering = self.by_side[number]
        source, target = self.story.source[number], self.story.target[number]
        met, from_first, to_first = self.met, 4 * source, 4 * target
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
                cost += self._to_leave(number, source, way, tails)
            if heads:
                cost += self._to_enter(target, way.enters, heads)
            if cost >= limit or not self._free(way):
                continue
            moved = _MIDDLE
            if len(way.path) > 2:
                more, moved = self._corners(way)
                cost += more
            if cost < limit:
                cost += CROSSING * self._crossings(way.path)
                if cost < limit:
                    limit, best, shifts = cost, way, moved
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

    def _entering(self, number: int) -> tuple[int, int, int, int]:
        """The same of its target."""
        return _ENTERING_LEVEL if self.level[number] else _ENTERING

    def _trunks(self, way: Way) -> list[int]:
        """A number for every segment: equal where two lines on one grid line go on together to their end."""
        if not way.trunks:
            trunks, path = self.trunks, way.path
            way.trunks = [trunks.setdefault(path[i:], len(trunks)) for i in range(1, len(path))]
        return way.trunks

    # ---- judging a way

    def _to_leave(self, number: int, node: int, way: Way, met: _Ends) -> int:
        """What it costs to leave a box by a side that other lines have *met*."""
        side = way.leaves
        if not way.leaves_short and any(not (enters or self.laid[link].leaves_short) for link, enters in met):
            return _NOT_FREE                        # both would keep to the middle
        if side != LATE and ((side != EARLY and self.bars[node]) or self.labelled[number] or self._label_at(met)):
            return _NOT_FREE
        if any(enters for _, enters in met):
            return IN_AND_OUT
        return self.shared_side[self.shape.nodes[node].outline] * len(met)

    def _to_enter(self, node: int, side: int, met: _Ends) -> int:
        """What it costs to enter a box by a side that other lines have *met*; what enters there already is joined."""
        if all(enters for _, enters in met):
            return INTO_BAR if self.bars[node] else 0
        if side != LATE and ((side != EARLY and self.bars[node]) or self._label_at(met)):
            return _NOT_FREE
        return IN_AND_OUT

    def _label_at(self, met: _Ends) -> bool:
        return any(self.labelled[link] for link, enters in met if not enters)

    def _free(self, way: Way) -> bool:
        """Whether no box and no other link's line is in the way."""
        columns, rows, path = self.columns, self.rows, way.path
        last = len(path) - 2
        x1, y1 = path[0]
        for i in range(last + 1):
            x2, y2 = path[i + 1]
            street, a, b = (columns[x1], y1, y2) if x1 == x2 else (rows[y1], x1, x2)
            x1, y1 = x2, y2
            if street is None:
                continue
            if a > b:
                a, b = b, a
            if b - a == 1 and (i == 0 or i == last):
                continue
            inner = (1 << b) - (2 << a)
            if street.boxes & inner:
                return False
            if (street.taken & (inner | 1 << a) or street.turns & inner) \
                    and not self._may_join(way, i, street.owner[a:b]):
                return False
        return True

    def _may_join(self, way: Way, i: int, owners: list[int]) -> bool:
        """Whether all lines that segment *i* would meet on its row or column go on with it."""
        trunk = self._trunks(way)[i]
        if any(owner not in (-1, trunk) for owner in owners):
            return False
        (x1, y1), (x2, y2) = way.path[i], way.path[i + 1]
        inner = [(x1, y) for y in range(min(y1, y2) + 1, max(y1, y2))] if x1 == x2 \
            else [(x, y1) for x in range(min(x1, x2) + 1, max(x1, x2))]
        return all(self.corners[at][0] == trunk for at in inner if at in self.corners)

    def _corners(self, way: Way) -> tuple[int, tuple[bool, bool]]:
        """What the corners of a way cost, and whether its ends dock off the middle."""
        path, trunks = way.path, self._trunks(way)
        shifts = [False, False]
        last = len(path) - 2
        met: tuple[int, bool, list[int]] | None = None     # what the other end of the same segment has met
        for i in range(1, last + 1):
            verdict, met = self._corner(path, i, trunks, met)
            if verdict == 0:
                continue
            before = path[i - 1][0] == path[i][0]          # the line before the corner runs along
            at_first = i == 1 and before == (path[i][1] % 2 == 0) and way.leaves_short
            at_last = i == last and before != (path[i][1] % 2 == 0) and way.enters_short
            if verdict == 2 or not (at_first or at_last):
                return _NOT_FREE, _MIDDLE
            shifts[0 if at_first else 1] = True
        return OFF_MIDDLE * sum(shifts), (shifts[0], shifts[1])

    def _corner(self, path: Path, i: int, trunks: list[int],
                met: tuple[int, bool, list[int]] | None) -> tuple[int, tuple[int, bool, list[int]] | None]:
        """0: the corner is free; 1: it would need an order of tracks that others forbid; 2: something is there.

        *met* is (segment, from the early or low side, ends faced) of the corner before.
        """
        x, y = path[i]
        row, column = self.rows[y], self.columns[x]
        if row is not None and column is not None:
            return (0 if self._corner_free(x, y, row, column, trunks[i - 1], trunks[i]) else 2), None
        if row is column:                          # channel and gutter
            return 0, None
        line, at, first, segment = stub_at(path, i)
        trunk = trunks[segment]
        pair = self.stubs.get(line, {}).get(at, _NO_ENDS)
        facing = [other for other in pair[1 if first else 0] if other != trunk]
        goals = {trunk}
        if met is not None and met[0] == segment and met[1] != first:
            goals.update(met[2])
        ring = bool(facing) and self._ring(line, first, facing, goals)
        return int(ring), (segment, first, [] if ring else facing)

    def _corner_free(self, x: int, y: int, row: _Street, column: _Street, before: int, after: int) -> bool:
        """Whether a line may turn in this cell."""
        if row.boxes >> x & 1 or (row.turns >> x & 1 and self.corners[x, y][0] != after):
            return False
        owners = (*row.owner[x - 1:x + 1], *column.owner[y - 1:y + 1])
        return all(owner in (-1, before, after) for owner in owners)

    def _ring(self, line: int, first: bool, facing: list[int], goals: set[int]) -> bool:
        """Whether "must lie before" leads from *facing* to one of *goals* in a channel or gutter.

        A line end from the early or low side must lie before every end that
        faces it in its column or row; with *first* false the same backwards.
        """
        if any(node in goals for node in facing):
            return True
        ends = self.stubs[line].values()
        mine, others = (0, 1) if first else (1, 0)
        seen = set(facing)
        waiting = list(facing)
        while waiting:
            node = waiting.pop()
            for both in ends:
                if node in both[mine]:
                    for other in both[others]:
                        if other in goals:
                            return True
                        if other not in seen:
                            seen.add(other)
                            waiting.append(other)
        return False

    def _crossings(self, path: Path) -> int:
        found = 0
        x1, y1 = path[0]
        for x2, y2 in path[1:]:
            if x1 == x2:
                first = x1 * len(self.rows)
                found += sum(self.level_over[first + y1 + 1:first + y2] if y1 < y2
                             else self.level_over[first + y2 + 1:first + y1])
            else:
                first = y1 * len(self.columns)
                found += sum(self.upright_over[first + x1 + 1:first + x2] if x1 < x2
                             else self.upright_over[first + x2 + 1:first + x1])
            x1, y1 = x2, y2
        return found

    # ---- keeping the books

    def _mark(self, number: int, way: Way, shifts: tuple[bool, bool]) -> None:
        for at, end in self._ends(number, way):
            self.met[at] = (*(self.met[at] or ()), end)
        if shifts is not _MIDDLE:
            self.shifted.update([(number, at_target) for at_target in (False, True) if shifts[at_target]])
        self._book(number, way, 1)

    def _unmark(self, number: int, way: Way) -> None:
        for at, end in self._ends(number, way):
            self.met[at] = tuple([other for other in self.met[at] or () if other != end])
        self.laid[number] = _NO_WAY
        self._book(number, way, -1)
        self.shifted.discard((number, False))
        self.shifted.discard((number, True))

    def _ends(self, number: int, way: Way) -> tuple[tuple[int, tuple[int, bool]], tuple[int, tuple[int, bool]]]:
        """Where the ends of a way stand among those met at the sides of boxes."""
        return ((4 * self.story.source[number] + way.leaves, (number, False)),
                (4 * self.story.target[number] + way.enters, (number, True)))

    def _book(self, number: int, way: Way, change: int) -> None:
        """Enter a way in the books (1) or strike it out (-1)."""
        path, trunks = way.path, self._trunks(way)
        lines, rows = len(self.columns), len(self.rows)
        last = len(path) - 2
        x1, y1 = path[0]
        for i, trunk in enumerate(trunks):
            x2, y2 = path[i + 1]
            if i:
                self._turn(x1, y1, trunk, change)
            if x1 == x2:
                street, a, b = (self.columns[x1], y1, y2) if y1 < y2 else (self.columns[x1], y2, y1)
                for y in range(a + 1, b):
                    self.upright_over[y * lines + x1] += change
            else:
                street, a, b = (self.rows[y1], x1, x2) if x1 < x2 else (self.rows[y1], x2, x1)
                for x in range(a + 1, b):
                    self.level_over[x * rows + y1] += change
            if street is not None and not (b - a == 1 and (i == 0 or i == last)):
                if change > 0:
                    street.enter(a, b, trunk)
                else:
                    street.strike_out(a, b)
            x1, y1 = x2, y2
        if last:
            self._book_stubs(number, way, change)

    def _book_stubs(self, number: int, way: Way, change: int) -> None:
        """The same for where its line ends meet channels and gutters."""
        path, trunks = way.path, way.trunks
        last = len(path) - 2
        for i in range(1, last + 1):
            x, y = path[i]
            if (self.rows[y] is None) == (self.columns[x] is None):
                continue
            if (i == 1 and (number, False) in self.shifted) or (i == last and (number, True) in self.shifted):
                continue                                # the stub of a dock that stands off the middle
            line, at, first, segment = stub_at(path, i)
            ends = self.stubs.setdefault(line, {}).setdefault(at, ([], []))[0 if first else 1]
            if change > 0:
                ends.append(trunks[segment])
            else:
                ends.remove(trunks[segment])

    def _turn(self, x: int, y: int, trunk: int, change: int) -> None:
        """One more line turns at that point, or one fewer; only cells, in a row and in a column, can be taken."""
        row, column = self.rows[y], self.columns[x]
        if row is None or column is None:
            return
        corner = self.corners.setdefault((x, y), [trunk, 0])
        corner[0] = trunk
        corner[1] += change
        if corner[1]:
            row.turns |= 1 << x
            column.turns |= 1 << y
        else:
            del self.corners[x, y]
            row.turns &= ~(1 << x)
            column.turns &= ~(1 << y)


_ENTERING = (0, FROM_BELOW, SIDE_ENTRY, SIDE_ENTRY)          # by side
_ENTERING_LEVEL = (0, FROM_BELOW, 0, 0)
