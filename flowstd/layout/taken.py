"""What of the grid is taken: by boxes, and by the lines laid so far. Kept while links are routed."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .grid import Grid
from .ways import Span, Way

Shifts = tuple[bool, bool]                    # whether a line leaves, and enters, beside the middle of a side
MIDDLE: Shifts = (False, False)

_Stubs = dict[int, list[int]]                 # trunks, by the column (or row) in which they are met
_NO_STUBS: tuple[_Stubs, _Stubs] = ({}, {})


class Street:
    """A row or a column: it holds boxes, and beside them at most one line; lines that go on together count as one.

    Sets of its units and points are bits of a number.
    """

    __slots__ = ("boxes", "lines", "taken", "turns")

    def __init__(self) -> None:
        self.boxes = 0
        self.lines: list[tuple[int, int]] = []          # the units of each line that runs here, and its trunk
        self.taken = 0                                  # the units that are somebody's
        self.turns = 0                                  # the points where a line turns in a cell

    def enter(self, units: int, trunk: int) -> None:
        """One more line of *trunk* runs there."""
        self.lines.append((units, trunk))
        self.taken |= units

    def strike_out(self, units: int, trunk: int) -> None:
        """One line fewer runs there."""
        self.lines.remove((units, trunk))
        self.taken = 0
        for others, _ in self.lines:
            self.taken |= others

    def is_only(self, units: int, *trunks: int) -> bool:
        """Whether none but lines of *trunks* run there."""
        return not (self.taken & units
                    and [1 for others, owner in self.lines if others & units and owner not in trunks])


class Taken:
    """The books of the router: who stands and runs where."""

    def __init__(self, grid: Grid) -> None:
        lines, rows = grid.lines, grid.rows
        self.is_column, self.is_row = grid.is_column, [y % 2 == 1 for y in range(rows)]
        self.rows = [Street() if y % 2 else None for y in range(rows)]            # None: a channel
        self.columns = [Street() if is_column else None for is_column in grid.is_column]     # None: a gutter
        for x, y in zip(grid.x, grid.y, strict=True):
            row, column = self.rows[y], self.columns[x]
            assert row is not None and column is not None
            row.boxes |= 1 << x
            column.boxes |= 1 << y
        self.corners: dict[tuple[int, int], list[int]] = {}       # where a line turns in a cell: its trunk, how often
        # how many lines pass straight over each crossing point of the grid, by line across and by row
        self.level_over = [[0] * rows for _ in range(lines)]
        self.upright_over = [[0] * lines for _ in range(rows)]
        # ends of lines that meet a channel (or gutter): those from its early or low side, and the others
        self.stubs: dict[int, tuple[_Stubs, _Stubs]] = {}
        self.spans: dict[int, list[tuple[int, Span]]] = {}        # trunks that run within a channel or gutter

    # ---- asking

    def is_empty(self, way: Way) -> bool:
        """Whether a straight *way* meets nobody at all."""
        for _, upright, line, low, high, points, units in way.hurdles:
            street = self.columns[line] if upright else self.rows[line]
            if street is None or (street.boxes | street.turns) & points or street.taken & units:
                return False
            if any((self.level_over if upright else self.upright_over)[line][low + 1:high]):
                return False
        return True

    def lets_through(self, way: Way) -> bool:
        """Whether no box and no other link's line is in the way."""
        columns, rows, trunks = self.columns, self.rows, way.trunks
        for segment, upright, line, low, high, points, units in way.hurdles:
            street = columns[line] if upright else rows[line]
            if street is None:                         # a gutter
                continue
            if street.boxes & points:
                return False
            if street.taken & units and not street.is_only(units, trunks[segment]):
                return False
            if street.turns & points and not self._may_join(trunks[segment], upright, line, low, high):
                return False
        return True

    def _may_join(self, trunk: int, upright: bool, line: int, low: int, high: int) -> bool:
        """Whether all lines that turn within a run in a row or column go on with it."""
        inner = [(line, y) for y in range(low + 1, high)] if upright else [(x, line) for x in range(low + 1, high)]
        return all(self.corners[at][0] == trunk for at in inner if at in self.corners)

    def shifts(self, way: Way) -> Shifts | None:
        """Which ends must dock off the middle so that all corners of a way are free; None where that does not help."""
        trunks, shifts = way.trunks, MIDDLE
        met: tuple[int, bool, Sequence[int]] | None = None     # segment, from the early or low side, ends that it faces
        for i, (x, y, line, at, first, segment) in enumerate(way.corners, 1):
            row, column = self.rows[y], self.columns[x]
            if row is not None and column is not None:
                if not self._corner_free(x, y, row, column, trunks[i - 1], trunks[i]):
                    return None
                met = None
            elif row is column:                            # channel and gutter
                met = None
            else:
                trunk, opposite = trunks[segment], self.stubs.get(line, _NO_STUBS)[1 if first else 0]
                facing = [other for other in opposite[at] if other != trunk] if at in opposite else ()
                if facing:
                    beyond = met[2] if met is not None and met[0] == segment and met[1] != first else ()
                    if self._ring(line, first, facing, {trunk, *beyond}):
                        moved = _shifted(shifts, way, i)       # it would need an order of tracks that others forbid
                        if moved is None:
                            return None
                        shifts, facing = moved, ()
                met = segment, first, facing
        return shifts

    def _corner_free(self, x: int, y: int, row: Street, column: Street, before: int, after: int) -> bool:
        """Whether a line may turn in this cell."""
        if row.boxes >> x & 1 or (row.turns >> x & 1 and self.corners[x, y][0] != after):
            return False
        return row.is_only(3 << x - 1, before, after) and column.is_only(3 << y - 1, before, after)

    def _ring(self, line: int, first: bool, facing: Sequence[int], goals: set[int]) -> bool:
        """Whether "must lie before" leads from *facing* to one of *goals* in a channel or gutter.

        A line end from the early or low side must lie before every end that
        faces it in its column or row; with *first* false the same backwards.
        """
        if any(node in goals for node in facing):
            return True
        early, late = self.stubs[line]
        mine, others = (early, late) if first else (late, early)
        seen = set(facing)
        waiting = list(facing)
        while waiting:
            node = waiting.pop()
            for at, trunks in mine.items():
                if node in trunks:
                    for other in others.get(at, ()):
                        if other in goals:
                            return True
                        if other not in seen:
                            seen.add(other)
                            waiting.append(other)
        return False

    def crossings(self, way: Way, most: int = sys.maxsize) -> int:
        """How many lines *way* would cross; counted to *most* at least."""
        found = 0
        for _, upright, line, low, high in way.long:
            found += sum((self.level_over if upright else self.upright_over)[line][low + 1:high])
        for segment, line, low, high, low_early, high_early in way.spans:
            beside = self.spans.get(line)
            if beside:
                trunk, holds = way.trunks[segment], self.is_column if line >= 0 else self.is_row
                for other, (_, _, from_, to, from_early, to_early) in beside:
                    if other != trunk and from_ < high and low < to:
                        found += must_cross(low, high, low_early, high_early, from_, to, from_early, to_early, holds)
                        if found >= most:
                            return found
        return found

    # ---- booking

    def book(self, way: Way, shifts: Shifts, change: int) -> None:
        """Enter a way in the books (1) or strike it out (-1)."""
        columns, rows, trunks = self.columns, self.rows, way.trunks
        for _, upright, line, low, high in way.long:
            for over in (self.upright_over if upright else self.level_over)[low + 1:high]:
                over[line] += change
        for segment, upright, line, _, _, _, units in way.hurdles:
            street = columns[line] if upright else rows[line]
            if street is None:
                continue
            if change > 0:
                street.enter(units, trunks[segment])
            else:
                street.strike_out(units, trunks[segment])
        for span in way.spans:
            if change > 0:
                self.spans.setdefault(span[1], []).append((trunks[span[0]], span))
            else:
                self.spans[span[1]].remove((trunks[span[0]], span))
        last = len(way.corners)
        for i, (x, y, line, at, first, segment) in enumerate(way.corners, 1):
            row, column = rows[y], columns[x]
            if row is not None and column is not None:
                self._turn(x, y, row, column, trunks[i], change)
            elif row is not column and not ((i == 1 and shifts[0]) or (i == last and shifts[1])):
                # not the stub of a dock that stands off the middle
                if line not in self.stubs:
                    self.stubs[line] = {}, {}
                ends = self.stubs[line][0 if first else 1].setdefault(at, [])
                if change > 0:
                    ends.append(trunks[segment])
                else:
                    ends.remove(trunks[segment])

    def _turn(self, x: int, y: int, row: Street, column: Street, trunk: int, change: int) -> None:
        """One more line turns in that cell, or one fewer."""
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


def _shifted(shifts: Shifts, way: Way, corner: int) -> Shifts | None:
    """The *shifts* with that of the end whose dock moves a corner; None where neither end's does."""
    path = way.path
    x, y = path[corner]
    upright, in_channel = path[corner - 1][0] == x, y % 2 == 0         # the line before the corner, the corner
    if corner == 1 and way.leaves_short and upright == in_channel:
        return True, shifts[1]
    if corner == len(path) - 2 and way.enters_short and upright != in_channel:
        return shifts[0], True
    return None


def must_cross(low: int, high: int, low_early: bool, high_early: bool, from_: int, to: int, from_early: bool,
               to_early: bool, holds: Sequence[bool]) -> int:
    """How often two lines that run side by side in a channel or gutter cross, whichever lies before the other.

    Where an end of one faces an end of the other, the one that comes from the early or low side lies before:
    where the line of the grid *holds* boxes, for elsewhere each end has a track of its own.

    >>> holds = [False, True, False, True]
    >>> must_cross(1, 3, True, False, 1, 3, True, False, holds), must_cross(1, 3, True, False, 1, 3, False, True, holds)
    (0, 1)
    """
    before = after = 0
    if low < from_ < high:
        before, after = before + from_early, after + (not from_early)
    if low < to < high:
        before, after = before + to_early, after + (not to_early)
    if from_ < low < to:
        before, after = before + (not low_early), after + low_early
    if from_ < high < to:
        before, after = before + (not high_early), after + high_early
    faces_low = low == from_ and low_early != from_early and holds[low]
    faces_high = high == to and high_early != to_early and holds[high]
    if faces_low and faces_high and low_early != high_early:
        return 1                                   # they change places
    if faces_low or faces_high:
        return before if (low_early if faces_low else high_early) else after
    return before if before < after else after
