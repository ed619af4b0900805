"""Phase 4: the way of every link, in lines of a grid rather than px.

Rows and columns hold boxes and at most one line; gutters and channels hold any
number of lines side by side, so a way round everything always exists.
Every link takes its cheapest way: few bends, few crossings, short.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from .grid import EARLY, HIGH, LATE, LOW, Grid, Path, is_port_stub, make_grid, stub_at
from .p2_ranks import Ranks
from .p3_order import Columns
from .shape import Shape
from .ways import BEND, UNIT, Way, by_length, near_ways, ways_round

CROSSING = 3.0
OFF_MIDDLE = 2.0                              # docking beside the middle of a side
AGAINST_STORY = 0.7                           # the story leaves sideways, or something else leaves straight on
SIDE_ENTRY = 0.3
FROM_BELOW = 0.6                              # a return that enters at the late side
WIDE_LABEL = 4.0                              # a label beside a box where the sheet is narrow
SHARED_SIDE = {"bar": 0.3, "box": 2.0, "diamond": 2.0, "round": 2.0}
IN_AND_OUT = 3.0                              # an arrow and a tail on one side

_NO_ENDS: tuple[list[int], list[int]] = ([], [])
_NO_WAY = Way(((0, 0), (0, 0)), 0.0)          # of a link that has not been laid
_Ends = list[tuple[int, bool]]                # links at one side of a box, and whether each enters


class Routes(NamedTuple):
    """The way of every link and where two of them must stand beside the middle of a side."""

    grid: Grid
    paths: list[Path]
    shifted: set[tuple[int, bool]]        # (link, at its target): docks off the middle
    aside_high: list[bool]                # the side on which a node's papers stand


def route(shape: Shape, back: list[bool], ranks: Ranks, columns: Columns, *, narrow: bool = False) -> Routes:
    """A way for every link; never through a box, never two different links on one line."""
    grid = make_grid(shape, ranks, columns)
    aside_high = _aside_sides(shape, ranks, grid)
    router = _Router(shape, back, ranks, grid, aside_high, narrow=narrow)
    order = sorted(range(len(shape.edges)), key=router.urgency)
    for number in order:
        router.lay(number)
    for number in order:
        router.lay_again(number)
    return Routes(grid, [way.path for way in router.laid], router.shifted, aside_high)


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


class _Best(NamedTuple):
    """The cheapest way found so far, and whether its ends dock off the middle."""

    cost: float
    way: Way
    shifts: tuple[bool, bool]


class _Router:
    """Ways laid so far, and what they leave free."""

    def __init__(self, shape: Shape, back: list[bool], ranks: Ranks, grid: Grid, aside_high: list[bool], *,
                 narrow: bool) -> None:
        self.wide_label = WIDE_LABEL if narrow else 0.0
        self.shared_side = {**SHARED_SIDE, "diamond": 0.6} if narrow else SHARED_SIDE
        self.shape, self.back, self.ranks, self.grid, self.aside_high = shape, back, ranks, grid, aside_high
        lines, rows = grid.lines, grid.rows
        self.box = [[-1] * lines for _ in range(rows)]
        for node in range(len(shape.nodes)):
            self.box[grid.y[node]][grid.x[node]] = node
        # owner (trunk) of each unit of a row and of a column; gutters and channels have no owner
        self.row_owner: list[list[int]] = [[-1] * lines if y % 2 else [] for y in range(rows)]
        self.column_owner: list[list[int]] = [[-1] * rows if grid.is_column[x] else [] for x in range(lines)]
        self.row_uses = [[0] * lines if y % 2 else [] for y in range(rows)]
        self.column_uses = [[0] * rows if grid.is_column[x] else [] for x in range(lines)]
        self.corners: dict[tuple[int, int], int] = {}
        self.corner_uses: dict[tuple[int, int], int] = {}
        # how many lines pass straight over each crossing point of the grid, by line across and by row
        self.level_over = [[0] * rows for _ in range(lines)]
        self.upright_over = [[0] * lines for _ in range(rows)]
        self.ports: list[tuple[_Ends, _Ends, _Ends, _Ends]] = [([], [], [], []) for _ in shape.nodes]     # by side
        self.trunks: dict[Path, int] = {}
        # ends of lines that meet a channel (or gutter) in one column (or row): trunk, by the side they come from
        self.stubs: dict[int, dict[int, tuple[list[int], list[int]]]] = {}
        self.laid = [_NO_WAY] * len(shape.edges)
        self.shifted: set[tuple[int, bool]] = set()
        self.near_ways: list[list[Way]] = [[] for _ in shape.edges]
        self.ways_round: list[list[Way]] = [[] for _ in shape.edges]

    # ---- order

    def urgency(self, number: int) -> tuple[int, int, int]:
        """Level lines first, then the story, then by distance; returns last."""
        edge = self.shape.edges[number]
        grid, ranks = self.grid, self.ranks
        far = abs(grid.x[edge.source] - grid.x[edge.target]) + abs(grid.y[edge.source] - grid.y[edge.target])
        if ranks.level[number]:
            group = 0
        elif self.back[number]:
            group = 3
        elif ranks.onward[edge.source] == number:
            group = 1
        else:
            group = 2
        nodes = self.shape.nodes
        if nodes[edge.source].outline == "bar" or nodes[edge.target].outline == "bar":
            far = -far                      # the outermost branch takes the end of the bar
        return group, far, number

    # ---- one link

    def lay(self, number: int) -> None:
        way, shifts = self._cheapest(number)
        self._mark(number, way, shifts)
        self.laid[number] = way

    def lay_again(self, number: int) -> None:
        """Take the link up and lay it anew, now that the others lie; not where it lies at its best."""
        way = self.laid[number]
        if way is not self.near_ways[number][0]:
            self._unmark(number, way)
            self.lay(number)

    def _cheapest(self, number: int) -> tuple[Way, tuple[bool, bool]]:
        """The way that costs least; ways round are looked at only where they could be it."""
        best = _Best(1e9, _NO_WAY, (False, False))
        if not self.near_ways[number]:
            self.near_ways[number] = by_length(near_ways(self.shape.edges[number], self.grid))
        best = self._best_of(number, self.near_ways[number], best)
        edge, grid = self.shape.edges[number], self.grid
        apart = abs(grid.x[edge.source] - grid.x[edge.target]) + abs(grid.y[edge.source] - grid.y[edge.target])
        if best.cost > 2 * BEND + UNIT * apart:
            if not self.ways_round[number]:
                self.ways_round[number] = by_length(ways_round(edge, grid))
            best = self._best_of(number, self.ways_round[number], best)
        assert best.way is not _NO_WAY, "a way round everything is always free"
        return best.way, best.shifts

    def _best_of(self, number: int, ways: list[Way], best: _Best) -> _Best:
        for way in ways:
            if way.least >= best.cost:
                break
            base = self._base_cost(number, way)
            if base < best.cost:
                found = self._judge(number, way, base, best.cost)
                if found is not None and found[0] < best.cost:
                    best = _Best(found[0], way, found[1])
        return best

    def _base_cost(self, number: int, way: Way) -> float:
        """What the way costs by itself: bends, length, and the sides it leaves and enters by."""
        edge, ranks = self.shape.edges[number], self.ranks
        cost, leaves, enters = way.least, way.leaves, way.enters
        onward = ranks.onward[edge.source]
        if onward == number:
            if leaves != LATE and not ranks.level[number]:
                cost += AGAINST_STORY
        elif leaves == LATE and onward >= 0 and self.shape.nodes[edge.source].outline == "diamond":
            cost += AGAINST_STORY
        if leaves != LATE and edge.label_across and not ranks.level[number]:
            cost += self.wide_label
        if enters == LATE:
            cost += FROM_BELOW
        elif enters != EARLY and not ranks.level[number]:
            cost += SIDE_ENTRY
        return cost

    def _trunks(self, way: Way) -> list[int]:
        """A number for every segment: equal where two lines on one grid line go on together to their end."""
        if not way.trunks:
            trunks, path = self.trunks, way.path
            way.trunks = [trunks.setdefault(path[i:], len(trunks)) for i in range(1, len(path))]
        return way.trunks

    # ---- judging a way

    def _judge(self, number: int, way: Way, base: float, limit: float) -> tuple[float, tuple[bool, bool]] | None:
        """The full cost of a way and whether its ends dock off the middle; None where it is not free."""
        edge, path = self.shape.edges[number], way.path
        leaving = self._port_cost(number, edge.source, way.leaves, entering=False, short=way.leaves_short)
        if leaving is None:
            return None
        entering = self._port_cost(number, edge.target, way.enters, entering=True, short=way.enters_short)
        if entering is None:
            return None
        cost = base + leaving + entering
        if cost >= limit:
            return None
        trunks = self._trunks(way)
        if not self._free(path, trunks):
            return None
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
                return None
            shifts[0 if at_first else 1] = True
            cost += OFF_MIDDLE
        cost += CROSSING * self._crossings(path)
        return cost, (shifts[0], shifts[1])

    def _port_cost(self, number: int, node: int, side: int, *, entering: bool, short: bool) -> float | None:
        shape_of = self.shape.nodes[node]
        if shape_of.aside and side == (HIGH if self.aside_high[node] else LOW):
            return None
        nets = self.ports[node][side]
        if not nets:
            return 0.0
        if not (entering or short) and any(not (enters or self.laid[link].leaves_short) for link, enters in nets):
            return None                             # both would keep to the middle
        others = [(link, other_enters) for link, other_enters in nets if not (entering and other_enters)]
        if not others:
            return 0.0 if shape_of.outline != "bar" else 0.5
        if side != LATE:
            if shape_of.outline == "bar" and side != EARLY:
                return None
            labelled = any(self.shape.edges[link].label_across for link, enters in others if not enters)
            if labelled or (not entering and self.shape.edges[number].label_across):
                return None
        if any(enters != entering for _, enters in others):
            return IN_AND_OUT
        return self.shared_side[shape_of.outline] * len(others)

    def _free(self, path: Path, trunks: list[int]) -> bool:
        """Whether no box and no other link's line is in the way."""
        is_column, box, corners = self.grid.is_column, self.box, self.corners
        last = len(path) - 2
        for i, trunk in enumerate(trunks):
            (x1, y1), (x2, y2) = path[i], path[i + 1]
            if x1 == x2:
                if not is_column[x1]:
                    continue
                lo, hi = (y1, y2) if y1 < y2 else (y2, y1)
                if hi - lo == 1 and i in (0, last):
                    continue
                owner = self.column_owner[x1]
                for y in range(lo, hi):
                    if owner[y] >= 0 and owner[y] != trunk:
                        return False
                    if y > lo and y % 2 and (box[y][x1] >= 0 or corners.get((x1, y), trunk) != trunk):
                        return False
            elif y1 % 2:
                lo, hi = (x1, x2) if x1 < x2 else (x2, x1)
                if hi - lo == 1 and i in (0, last):
                    continue
                row, owner = box[y1], self.row_owner[y1]
                for x in range(lo, hi):
                    if owner[x] >= 0 and owner[x] != trunk:
                        return False
                    if x > lo and (row[x] >= 0 or corners.get((x, y1), trunk) != trunk):
                        return False
        return True

    def _corner(self, path: Path, i: int, trunks: list[int],
                met: tuple[int, bool, list[int]] | None) -> tuple[int, tuple[int, bool, list[int]] | None]:
        """0: the corner is free; 1: it would need an order of tracks that others forbid; 2: something is there.

        *met* is (segment, from the early or low side, ends faced) of the corner before.
        """
        x, y = path[i]
        in_row, in_column = y % 2 == 1, self.grid.is_column[x]
        if in_row and in_column:
            return (0 if self._corner_free(x, y, trunks[i - 1], trunks[i]) else 2), None
        if in_row == in_column:                    # channel and gutter
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

    def _corner_free(self, x: int, y: int, before: int, after: int) -> bool:
        """Whether a line may turn in this cell."""
        if self.box[y][x] >= 0 or self.corners.get((x, y), after) != after:
            return False
        row, column = self.row_owner[y], self.column_owner[x]
        return all(owner in (-1, before, after) for owner in (row[x - 1], row[x], column[y - 1], column[y]))

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
        for i in range(len(path) - 1):
            (x1, y1), (x2, y2) = path[i], path[i + 1]
            if x1 == x2:
                found += sum(self.level_over[x1][min(y1, y2) + 1:max(y1, y2)])
            else:
                found += sum(self.upright_over[y1][min(x1, x2) + 1:max(x1, x2)])
        return found

    # ---- keeping the books

    def _mark(self, number: int, way: Way, shifts: tuple[bool, bool]) -> None:
        edge = self.shape.edges[number]
        self.ports[edge.source][way.leaves].append((number, False))
        self.ports[edge.target][way.enters].append((number, True))
        for at_target in (False, True):
            if shifts[at_target]:
                self.shifted.add((number, at_target))
        self._book(number, way, 1)

    def _unmark(self, number: int, way: Way) -> None:
        edge = self.shape.edges[number]
        self.ports[edge.source][way.leaves].remove((number, False))
        self.ports[edge.target][way.enters].remove((number, True))
        self.laid[number] = _NO_WAY
        self._book(number, way, -1)
        self.shifted.discard((number, False))
        self.shifted.discard((number, True))

    def _book(self, number: int, way: Way, change: int) -> None:
        """Enter a way in the books (1) or strike it out (-1)."""
        is_column, path = self.grid.is_column, way.path
        trunks = self._trunks(way)
        self._pass_over(path, change)
        self._own(path, trunks, change)
        for i in range(1, len(path) - 1):
            x, y = path[i]
            if (y % 2 == 1) == is_column[x] or self._is_shifted_stub(number, way, i):
                continue
            line, at, first, segment = stub_at(path, i)
            ends = self.stubs.setdefault(line, {}).setdefault(at, ([], []))[0 if first else 1]
            if change > 0:
                ends.append(trunks[segment])
            else:
                ends.remove(trunks[segment])

    def _pass_over(self, path: Path, change: int) -> None:
        for (x1, y1), (x2, y2) in pairwise(path):
            if x1 == x2:
                for y in range(min(y1, y2) + 1, max(y1, y2)):
                    self.upright_over[y][x1] += change
            else:
                for x in range(min(x1, x2) + 1, max(x1, x2)):
                    self.level_over[x][y1] += change

    def _own(self, path: Path, trunks: list[int], change: int) -> None:
        """Take (1) or give up (-1) the units of rows and columns that *path* runs on, and its corners there."""
        is_column, last = self.grid.is_column, len(path) - 2
        for i, trunk in enumerate(trunks):
            (x1, y1), (x2, y2) = path[i], path[i + 1]
            if x1 == x2:
                lo, hi = (y1, y2) if y1 < y2 else (y2, y1)
                owners, uses = self.column_owner[x1], self.column_uses[x1]
            else:
                lo, hi = (x1, x2) if x1 < x2 else (x2, x1)
                owners, uses = self.row_owner[y1], self.row_uses[y1]
            if owners and not (hi - lo == 1 and i in (0, last)):
                for unit in range(lo, hi):
                    uses[unit] += change
                    owners[unit] = trunk if uses[unit] else -1
            if i and y1 % 2 and is_column[x1]:
                at = (x1, y1)
                self.corner_uses[at] = self.corner_uses.get(at, 0) + change
                if self.corner_uses[at]:
                    self.corners[at] = trunk
                else:
                    del self.corners[at]

    def _is_shifted_stub(self, number: int, way: Way, i: int) -> bool:
        """Whether corner *i* ends the stub of a dock that stands off the middle."""
        if i == 1 and (number, False) in self.shifted:
            return way.leaves_short and is_port_stub(way.path, i, 0)
        at_last = i == len(way.path) - 2 and (number, True) in self.shifted
        return at_last and way.enters_short and is_port_stub(way.path, i, -1)
