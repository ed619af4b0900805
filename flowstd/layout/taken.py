"""What of the grid is taken: by boxes, and by the lines laid so far. Kept while links are routed."""

from __future__ import annotations

from .grid import Grid
from .ways import Corner, Way

Shifts = tuple[bool, bool]                    # whether a line leaves, and enters, beside the middle of a side
MIDDLE: Shifts = (False, False)

_NO_ENDS: tuple[list[int], list[int]] = ([], [])


class Street:
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


class Taken:
    """The books of the router: who stands and runs where."""

    def __init__(self, grid: Grid) -> None:
        lines, rows = grid.lines, grid.rows
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
        # ends of lines that meet a channel (or gutter) in one column (or row): trunk, by the side they come from
        self.stubs: dict[int, dict[int, tuple[list[int], list[int]]]] = {}

    # ---- asking

    def is_empty(self, way: Way) -> bool:
        """Whether a straight *way* meets nobody at all."""
        for _, upright, line, _, _, points, units in way.hurdles:
            street = self.columns[line] if upright else self.rows[line]
            if street is None or (street.boxes | street.turns) & points or street.taken & units:
                return False
        return not self.crossings(way)

    def lets_through(self, way: Way) -> bool:
        """Whether no box and no other link's line is in the way."""
        columns, rows, trunks = self.columns, self.rows, way.trunks
        for segment, upright, line, low, high, points, units in way.hurdles:
            street = columns[line] if upright else rows[line]
            if street is None:                         # a gutter
                continue
            if street.boxes & points:
                return False
            if (street.taken & units or street.turns & points) and not self._may_join(
                    trunks[segment], street.owner[low:high],
                    [(line, y) for y in range(low + 1, high)] if upright
                    else [(x, line) for x in range(low + 1, high)]):
                return False
        return True

    def _may_join(self, trunk: int, owners: list[int], inner: list[tuple[int, int]]) -> bool:
        """Whether all lines that a segment would meet on its row or column go on with it."""
        corners = self.corners
        return set(owners) <= {-1, trunk} and all(corners[at][0] == trunk for at in inner if at in corners)

    def shifts(self, way: Way) -> Shifts | None:
        """Which ends must dock off the middle so that all corners of a way are free; None where that does not help."""
        path, trunks = way.path, way.trunks
        shifts = [False, False]
        last = len(path) - 2
        met: tuple[int, bool, list[int]] | None = None     # what the other end of the same segment has met
        for i, corner in enumerate(way.corners, 1):
            verdict, met = self._corner(corner, trunks[i - 1], trunks[i], trunks, met)
            if verdict == 0:
                continue
            before = path[i - 1][0] == path[i][0]          # the line before the corner runs along
            at_first = i == 1 and before == (path[i][1] % 2 == 0) and way.leaves_short
            at_last = i == last and before != (path[i][1] % 2 == 0) and way.enters_short
            if verdict == 2 or not (at_first or at_last):
                return None
            shifts[0 if at_first else 1] = True
        return shifts[0], shifts[1]

    def _corner(self, corner: Corner, before: int, after: int, trunks: tuple[int, ...],
                met: tuple[int, bool, list[int]] | None) -> tuple[int, tuple[int, bool, list[int]] | None]:
        """0: the corner is free; 1: it would need an order of tracks that others forbid; 2: something is there.

        *met* is (segment, from the early or low side, ends faced) of the corner before.
        """
        x, y, line, at, first, segment = corner
        row, column = self.rows[y], self.columns[x]
        if row is not None and column is not None:
            return (0 if self._corner_free(x, y, row, column, before, after) else 2), None
        if row is column:                          # channel and gutter
            return 0, None
        trunk = trunks[segment]
        pair = self.stubs.get(line, {}).get(at, _NO_ENDS)
        facing = [other for other in pair[1 if first else 0] if other != trunk]
        goals = {trunk}
        if met is not None and met[0] == segment and met[1] != first:
            goals.update(met[2])
        ring = bool(facing) and self._ring(line, first, facing, goals)
        return int(ring), (segment, first, [] if ring else facing)

    def _corner_free(self, x: int, y: int, row: Street, column: Street, before: int, after: int) -> bool:
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

    def crossings(self, way: Way) -> int:
        """How many lines *way* would cross."""
        found = 0
        for _, upright, line, low, high in way.long:
            found += sum((self.level_over if upright else self.upright_over)[line][low + 1:high])
        return found

    # ---- booking

    def book(self, way: Way, shifts: Shifts, change: int) -> None:
        """Enter a way in the books (1) or strike it out (-1)."""
        columns, rows, trunks = self.columns, self.rows, way.trunks
        for _, upright, line, low, high in way.long:
            for over in (self.upright_over if upright else self.level_over)[low + 1:high]:
                over[line] += change
        for segment, upright, line, low, high, _, _ in way.hurdles:
            street = columns[line] if upright else rows[line]
            if street is None:
                continue
            if change > 0:
                street.enter(low, high, trunks[segment])
            else:
                street.strike_out(low, high)
        last = len(way.corners)
        for i, (x, y, line, at, first, segment) in enumerate(way.corners, 1):
            row, column = rows[y], columns[x]
            if row is not None and column is not None:
                self._turn(x, y, row, column, trunks[i], change)
            elif row is not column and not ((i == 1 and shifts[0]) or (i == last and shifts[1])):
                # not the stub of a dock that stands off the middle
                ends = self.stubs.setdefault(line, {}).setdefault(at, ([], []))[0 if first else 1]
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
