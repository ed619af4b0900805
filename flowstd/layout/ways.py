"""The ways that a link could plausibly take through a grid, before anything lies on it.

What may run between two places of a grid is the same in every chart, so ways
are made once and then shared: nobody changes them.
"""

from __future__ import annotations

from itertools import count, pairwise
from operator import attrgetter

from .grid import EARLY, HIGH, LATE, LOW, Grid, Path

_NOWHERE = (-1, -1)
_MANY = 40_000                 # ways, after which the store begins anew: some 60 MB
BEND, UNIT = 10, 1             # what a bend costs, and a step to the next line of the grid, in tenths of a bend


# Plain tuples, by the thousand: the garbage collector passes over those that hold numbers only.
# One segment: its number, whether it is upright, the line of the grid it lies on, from, to.
Run = tuple[int, bool, int, int, int]
# A run that may lie in a row or column, where boxes and other lines may be in its way; the points within it, and the
# units of the line that it takes, as bits of a number.
Hurdle = tuple[int, bool, int, int, int, int, int]
# A run along a rank or a channel: its segment, the row or channel, and the lines of the grid that it passes there:
# those of the boxes it comes from and goes to are not among them.
Level = tuple[int, int, tuple[int, ...]]
# A point where a way turns; the channel or gutter it lies in, the column or row that this is met in, whether from its
# early or low side, and the segment that lies in the channel or gutter.
Corner = tuple[int, int, int, int, bool, int]


# A run within a channel or gutter, from corner to corner: its segment, the channel or gutter, from, to, and whether
# each end comes from the early or low side.
Span = tuple[int, int, int, int, bool, bool]


class Way:
    """One way that a link could take, with what is asked of it again and again.

    Most ways cost too much at first sight. The others are looked at, once, before anything but what they cost and
    where they end is asked of them. (No ``__getattr__`` does that by itself: it would make every question slower.)
    """

    __slots__ = ("_apart", "_numbers", "corners", "enters", "enters_short", "hurdles", "least", "leaves",
                 "leaves_short", "level", "long", "looked_at", "path", "runs", "spans", "trunks")

    runs: tuple[Run, ...]
    long: tuple[Run, ...]                      # those that pass points
    level: tuple[Level, ...]
    hurdles: tuple[Hurdle, ...]
    corners: tuple[Corner, ...]
    spans: tuple[Span, ...]
    trunks: tuple[int, ...]    # a number for every segment: equal where lines on one line go on together to their end

    def __init__(self, path: Path, numbers: Numbers, *, apart: bool) -> None:
        self.path, self._numbers, self._apart = path, numbers, apart
        self.looked_at = False
        length = sum([abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(path)])
        self.least = BEND * (len(path) - 2) + UNIT * length          # the least it can cost
        # the sides of its boxes, and whether it turns at the next line there
        self.leaves, self.leaves_short = _stub(path[0], path[1])
        self.enters, self.enters_short = _stub(path[-1], path[-2])

    def look(self) -> None:
        """Work out what is asked of a way that may be taken."""
        path = self.path
        ends, last = (path[0], path[-1]), len(path) - 2
        self.trunks = self._numbers.of(path, apart=self._apart)
        self.runs = tuple([(segment, *_line(a, b)) for segment, (a, b) in enumerate(pairwise(path))])
        self.hurdles = tuple([
            (segment, upright, line, low, high, (1 << high) - (2 << low), (1 << high) - (1 << low))
            for segment, upright, line, low, high in self.runs
            if (upright or line % 2) and (high - low > 1 or 0 < segment < last)])
        self.corners = tuple([(*path[i], *stub_at(path, i)) for i in range(1, len(path) - 1)])
        self.spans = tuple([_span(a, b) for a, b in pairwise(self.corners) if a[5] == b[5]])
        self.long = tuple([run for run in self.runs if run[4] - run[3] > 1])
        self.level = tuple([(segment, line, tuple([x for x in range(low, high + 1) if (x, line) not in ends]))
                            for segment, upright, line, low, high in self.runs if not upright])
        self.looked_at = True


class Numbers:
    """The numbers by which trunks are known: one for every way on from a point to the end."""

    def __init__(self) -> None:
        self._known: dict[Path, int] = {}
        self._next = count()

    def of(self, path: Path, *, apart: bool) -> tuple[int, ...]:
        """A number for every segment of *path*; those *apart* never go on with others."""
        ahead = (*path, _NOWHERE) if apart else path
        return tuple([self._known.setdefault(ahead[i:], next(self._next)) for i in range(1, len(path))])


class Ways:
    """All ways asked for so far.

    >>> way = Ways().way((1, 1), (1, 2), (5, 2), (5, 5))
    >>> way.leaves_short, way.enters_short, way.least
    (True, False, 28)
    """

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], tuple[Way, ...]] = {}
        self._numbers = Numbers()
        self._made = 0

    def is_full(self) -> bool:
        """Whether it is time for another store."""
        return self._made > _MANY

    def near(self, sx: int, sy: int, tx: int, ty: int, labelled: bool, apart: bool) -> tuple[Way, ...]:
        """Ways from box to box with two bends at most that use no gutter, or those round a box that returns to itself.

        The shortest first. Ways of links that are kept *apart* never go on with those of others.
        """
        key = (sx, sy, tx, ty, labelled, apart)
        found = self._found.get(key)
        if found is None:
            found = self._sorted(_near((sx, sy), (tx, ty), labelled), apart)
            found[0].look()                            # straight, if any is: then nobody asks for more at first
            self._found[key] = found                   # last: another thread may take it at once
        return found

    def round(self, sx: int, sy: int, tx: int, ty: int, labelled: bool, apart: bool, grid: Grid) -> tuple[Way, ...]:
        """Ways through gutters, shortest first. Among them is one round everything that is always free."""
        returns = ty < sy and not labelled
        low, high = (sx - 1, tx + 1) if sx < tx else (tx - 1, sx + 1)
        key = (sx, sy, tx, ty, returns, apart, *_near_columns(low, high, grid))
        found = self._found.get(key)
        if found is None:
            beside = _gutters(tx - 1, tx + 1, grid) if returns else []
            gutters = _gutters(low, high, grid)
            found = self._found[key] = self._sorted(_round((sx, sy), (tx, ty), beside, gutters), apart)
        return found

    def way(self, *path: tuple[int, int], apart: bool = False) -> Way:
        """The way along *path*, looked at."""
        way = Way(path, self._numbers, apart=apart)
        way.look()
        return way

    def _sorted(self, paths: list[Path], apart: bool) -> tuple[Way, ...]:
        self._made += len(paths)
        return tuple(sorted([Way(path, self._numbers, apart=apart) for path in paths], key=attrgetter("least")))


def known_ways() -> Ways:
    """The store that all charts share; whoever has begun with one keeps to it."""
    global _KNOWN
    if _KNOWN.is_full():
        _KNOWN = Ways()
    return _KNOWN


_KNOWN = Ways()


def _near(start: tuple[int, int], goal: tuple[int, int], labelled: bool) -> list[Path]:
    (sx, sy), (tx, ty) = start, goal
    if start == goal:
        return _loops(sx, sy)
    if sy == ty or (ty > sy and sx == tx):
        return [(start, goal)]
    if ty > sy:
        return [(start, (tx, sy), goal), (start, (sx, ty), goal),
                *[(start, (sx, channel), (tx, channel), goal) for channel in _channels(sy + 1, ty - 1)]]
    if sx == tx:
        return [(start, (sx + 1, sy), (sx + 1, ty), goal) if labelled else (start, goal)]
    if labelled:                                   # a label has no room above a box
        return [(start, (tx, sy), goal)]
    return [(start, (tx, sy), goal), (start, (sx, ty), goal), (start, (sx, ty - 1), (tx, ty - 1), goal)]


def _round(start: tuple[int, int], goal: tuple[int, int], beside: list[int], gutters: list[int]) -> list[Path]:
    (sx, sy), (tx, ty) = start, goal
    paths: list[Path] = []
    if start == goal:
        return paths
    above, under, over, level = (sx, sy - 1), (sx, sy + 1), (tx, ty - 1), (sx, ty - 1)
    for gutter in beside:
        paths += [(start, above, (gutter, sy - 1), (gutter, ty), goal),
                  (start, above, (gutter, sy - 1), (gutter, ty - 1), over, goal)]
    for gutter in gutters:
        first, last, low, high = (gutter, sy), (gutter, ty), (gutter, sy + 1), (gutter, ty - 1)
        if sy != ty:
            paths.append((start, first, last, goal))
        paths.append((start, first, high, over, goal))
        paths.append((start, under, low, last, goal))
        if ty - 1 > sy + 1:
            paths.append((start, level, high, last, goal))
        if ty - 1 != sy + 1:
            paths.append((start, under, low, high, over, goal))
    return paths


def _loops(x: int, y: int) -> list[Path]:
    """A step that returns to itself: out at a side or below, round, and in above."""
    paths: list[Path] = []
    for gutter in (x + 1, x - 1):
        paths.append(((x, y), (gutter, y), (gutter, y - 1), (x, y - 1), (x, y)))
        paths.append(((x, y), (x, y + 1), (gutter, y + 1), (gutter, y - 1), (x, y - 1), (x, y)))
    return paths


def _line(start: tuple[int, int], end: tuple[int, int]) -> tuple[bool, int, int, int]:
    (x1, y1), (x2, y2) = start, end
    if x1 == x2:
        return (True, x1, y1, y2) if y1 < y2 else (True, x1, y2, y1)
    return (False, y1, x1, x2) if x1 < x2 else (False, y1, x2, x1)


def stub_at(path: Path, i: int) -> tuple[int, int, bool, int]:
    """Where a line end meets the channel or gutter in which corner *i* lies.

    The channel or gutter, the column or row it is met in, whether the end comes
    from the early or low side, and the segment that lies in the channel or
    gutter. Channels and gutters are told apart by sign: channel y is y, gutter x is -x-1.
    """
    x, y = path[i]
    for (px, py), segment in ((path[i - 1], i), (path[i + 1], i - 1)):
        if y % 2 == 0 and px == x:                 # the part along the flow, met in a column
            return y, x, py < y, segment
        if y % 2 == 1 and py == y:                 # the part across the flow, met in a row
            return -x - 1, y, px < x, segment
    raise AssertionError("a corner joins a line along and a line across")


def _span(a: Corner, b: Corner) -> Span:
    if a[3] > b[3]:
        a, b = b, a
    return a[5], a[2], a[3], b[3], a[4], b[4]


def _stub(box: tuple[int, int], toward: tuple[int, int]) -> tuple[int, bool]:
    """The side of a box on which a line towards *toward* leaves it, and whether it turns at the very next line."""
    (bx, by), (x, y) = box, toward
    if x == bx:
        return (EARLY, by - y == 1) if y < by else (LATE, y - by == 1)
    return (LOW, bx - x == 1) if x < bx else (HIGH, x - bx == 1)


def _channels(first: int, last: int) -> list[int]:
    """Channels from *first* to *last*: all of a few, the outer ones of many."""
    found = list(range(first, last + 1, 2))
    return found if len(found) <= 6 else found[:3] + found[-3:]


def _near_columns(low: int, high: int, grid: Grid) -> list[bool]:
    """Which of the lines from *low* to *high*, and of the next ones outside, are columns."""
    return grid.is_column[max(0, low - 2):high + 3]


def _gutters(low: int, high: int, grid: Grid) -> list[int]:
    """Gutters from line *low* to *high* and the next one outside each."""
    found = [x for x, is_column in enumerate(_near_columns(low, high, grid), max(0, low - 2)) if not is_column]
    return found if len(found) <= 10 else found[:5] + found[-5:]
