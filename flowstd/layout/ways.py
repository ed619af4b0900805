"""The ways that a link could plausibly take through the grid, before anything lies on it."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter

from .grid import EARLY, HIGH, LATE, LOW, Grid, Path
from .shape import EdgeShape

_NOWHERE = (-1, -1)
BEND, UNIT = 10, 1             # what a bend costs, and a step to the next line of the grid, in tenths of a bend


class Way:
    """One way that a link could take, with what is asked of it again and again."""

    __slots__ = ("ahead", "enters", "enters_short", "least", "leaves", "leaves_short", "path", "trunks")

    def __init__(self, path: Path, length: int, leaves: int, leaves_short: bool, enters: int,
                 enters_short: bool) -> None:
        self.path = path
        self.ahead = path                              # lines with the same way ahead go on as one
        self.least = BEND * (len(path) - 2) + UNIT * length          # the least it can cost
        self.leaves, self.enters = leaves, enters                    # the sides of its boxes
        self.leaves_short, self.enters_short = leaves_short, enters_short     # whether it turns at the next line there
        self.trunks: list[int] = []                    # what the router knows its segments by, once it has looked

    def keep_apart(self) -> None:
        """Let the way ahead never be that of a link that is not kept apart."""
        self.ahead = (*self.path, _NOWHERE)

    @classmethod
    def of(cls, *path: tuple[int, int]) -> Way:
        """The way along *path*.

        >>> way = Way.of((1, 1), (1, 2), (5, 2), (5, 5))
        >>> way.leaves_short, way.enters_short, way.least
        (True, False, 28)
        """
        length = sum([abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(path)])
        return cls(path, length, *_stub(path[0], path[1]), *_stub(path[-1], path[-2]))


def near_ways(edge: EdgeShape, grid: Grid) -> list[Way]:
    """Ways with two bends at most that use no gutter, or those round a box that returns to itself; shortest first."""
    sx, sy, tx, ty = grid.x[edge.source], grid.y[edge.source], grid.x[edge.target], grid.y[edge.target]
    start, goal = (sx, sy), (tx, ty)
    if edge.source == edge.target:
        return _sorted(_loop_ways(sx, sy))
    aside, beyond = (HIGH, LOW) if tx > sx else (LOW, HIGH)
    if sy == ty:
        return [Way((start, goal), abs(tx - sx), aside, False, beyond, False)]
    if ty > sy:
        if sx == tx:
            return [Way((start, goal), ty - sy, LATE, False, EARLY, False)]
        length = abs(tx - sx) + ty - sy
        return [Way((start, (tx, sy), goal), length, aside, False, EARLY, False),
                Way((start, (sx, ty), goal), length, LATE, False, beyond, False),
                *[Way((start, (sx, channel), (tx, channel), goal), length, LATE, channel == sy + 1, EARLY,
                      channel == ty - 1) for channel in _channels(sy + 1, ty - 1)]]
    if sx != tx:
        ways = [Way.of(start, (tx, sy), goal)]
        if not edge.label_across:              # a label has no room above a box
            ways += [Way.of(start, (sx, ty), goal), Way.of(start, (sx, ty - 1), (tx, ty - 1), goal)]
        return _sorted(ways)
    return [Way.of(start, goal) if not edge.label_across else Way.of(start, (sx + 1, sy), (sx + 1, ty), goal)]


def ways_round(edge: EdgeShape, grid: Grid) -> list[Way]:
    """Ways through gutters, shortest first. Among them is one round everything that is always free."""
    sx, sy, tx, ty = grid.x[edge.source], grid.y[edge.source], grid.x[edge.target], grid.y[edge.target]
    start, goal = (sx, sy), (tx, ty)
    ways: list[Way] = []
    if edge.source == edge.target:
        return ways
    if ty < sy and not edge.label_across:
        for gutter in _gutters(tx - 1, tx + 1, grid):
            ways.append(Way.of(start, (sx, sy - 1), (gutter, sy - 1), (gutter, ty), goal))
            ways.append(Way.of(start, (sx, sy - 1), (gutter, sy - 1), (gutter, ty - 1), (tx, ty - 1), goal))
    down, from_above = abs(ty - sy), abs(ty - 1 - sy) + 1        # how far along the flow, at once or to the early side
    from_below = abs(ty - sy - 1) + 1                            # of the target, or from the late side of the source
    under, over, level = (sx, sy + 1), (tx, ty - 1), (sx, ty - 1)
    for gutter in _gutters(min(sx, tx) - 1, max(sx, tx) + 1, grid):
        aside, leaves_short = HIGH if gutter > sx else LOW, abs(gutter - sx) == 1
        beside, enters_short = HIGH if gutter > tx else LOW, abs(gutter - tx) == 1
        across = abs(gutter - sx) + abs(gutter - tx)
        first, last, low, high = (gutter, sy), (gutter, ty), (gutter, sy + 1), (gutter, ty - 1)
        if sy != ty:
            ways.append(Way((start, first, last, goal), across + down, aside, leaves_short, beside, enters_short))
        ways.append(Way((start, first, high, over, goal), across + from_above, aside, leaves_short, EARLY, True))
        ways.append(Way((start, under, low, last, goal), across + from_below, LATE, True, beside, enters_short))
        if ty - 1 > sy + 1:
            ways.append(Way((start, level, high, last, goal), across + from_above, LATE, False, beside, enters_short))
        if ty - 1 != sy + 1:
            ways.append(Way((start, under, low, high, over, goal), across + abs(ty - sy - 2) + 2, LATE, True, EARLY,
                            True))
    return _sorted(ways)


def _loop_ways(x: int, y: int) -> list[Way]:
    """A step that returns to itself: out at a side or below, round, and in above."""
    ways = []
    for gutter in (x + 1, x - 1):
        ways.append(Way.of((x, y), (gutter, y), (gutter, y - 1), (x, y - 1), (x, y)))
        ways.append(Way.of((x, y), (x, y + 1), (gutter, y + 1), (gutter, y - 1), (x, y - 1), (x, y)))
    return ways


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


def _gutters(low: int, high: int, grid: Grid) -> list[int]:
    """Gutters from line *low* to *high* and the next one outside each."""
    found = [x for x in range(max(0, low - 2), min(grid.lines, high + 3)) if not grid.is_column[x]]
    return found if len(found) <= 10 else found[:5] + found[-5:]


def _sorted(ways: list[Way]) -> list[Way]:
    return sorted(ways, key=attrgetter("least"))
