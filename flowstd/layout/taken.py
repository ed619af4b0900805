"""What of the grid is taken: by boxes, and by the lines laid so far. Kept while links are routed."""

from __future__ import annotations

from .grid import Grid, Path, stub_at
from .ways import Way

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
        self.level_over = [0] * (lines * rows)
        self.upright_over = [0] * (rows * lines)
        self.trunks: dict[Path, int] = {}
        # ends of lines that meet a channel (or gutter) in one column (or row): trunk, by the side they come from
        self.stubs: dict[int, dict[int, tuple[list[int], list[int]]]] = {}

    # ---- asking

    def is_empty(self, path: Path) -> bool:
        """Whether a straight *path* meets nobody at all."""
        (x1, y1), (x2, y2) = path
        street, a, b = (self.columns[x1], y1, y2) if x1 == x2 else (self.rows[y1], x1, x2)
        if a > b:
            a, b = b, a
        inner = (1 << b) - (2 << a)
        return street is not None and not ((street.boxes | street.turns) & inner or street.taken & (inner | 1 << a)
                                           or self.crossings(path))

    def lets_through(self, way: Way) -> bool:
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

    def shifts(self, way: Way) -> Shifts | None:
        """Which ends must dock off the middle so that all corners of a way are free; None where that does not help."""
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
                return None
            shifts[0 if at_first else 1] = True
        return shifts[0], shifts[1]

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

    def crossings(self, path: Path) -> int:
        """How many lines *path* would cross."""
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

    # ---- booking

    def _trunks(self, way: Way) -> list[int]:
        """A number for every segment: equal where two lines on one grid line go on together to their end."""
        if not way.trunks:
            trunks, ahead = self.trunks, way.ahead
            way.trunks = [trunks.setdefault(ahead[i:], len(trunks)) for i in range(1, len(way.path))]
        return way.trunks

    def book(self, way: Way, shifts: Shifts, change: int) -> None:
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
            self._book_stubs(way, shifts, change)

    def _book_stubs(self, way: Way, shifts: Shifts, change: int) -> None:
        """The same for where its line ends meet channels and gutters."""
        path, trunks = way.path, way.trunks
        last = len(path) - 2
        for i in range(1, last + 1):
            x, y = path[i]
            if (self.rows[y] is None) == (self.columns[x] is None):
                continue
            if (i == 1 and shifts[0]) or (i == last and shifts[1]):
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
