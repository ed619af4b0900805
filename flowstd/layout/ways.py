"""The ways that a link could plausibly take through the grid, before anything lies on it."""

from __future__ import annotations

from operator import attrgetter

from .grid import Grid, Path, is_short, side_of
from .shape import EdgeShape

BEND, UNIT = 1.0, 0.1          # what a bend costs, and a step to the next line of the grid


class Way:
    """One way that a link could take, with what is asked of it again and again."""

    __slots__ = ("enters", "enters_short", "least", "leaves", "leaves_short", "path", "trunks")

    def __init__(self, path: Path, least: float) -> None:
        self.path, self.least = path, least            # the least it can cost
        self.leaves, self.enters = side_of(path[0], path[1]), side_of(path[-1], path[-2])
        self.leaves_short, self.enters_short = is_short(path, 0), is_short(path, -1)
        self.trunks: list[int] = []                    # what the router knows its segments by, once it has looked


def near_ways(edge: EdgeShape, grid: Grid) -> list[Path]:
    """Ways with two bends at most that use no gutter, and the ways round a box that returns to itself."""
    sx, sy, tx, ty = grid.x[edge.source], grid.y[edge.source], grid.x[edge.target], grid.y[edge.target]
    start, goal = (sx, sy), (tx, ty)
    if edge.source == edge.target:
        return _loop_ways(sx, sy)
    if sy == ty:
        return [(start, goal)]
    if ty > sy:
        if sx == tx:
            return [(start, goal)]
        return [(start, (tx, sy), goal), (start, (sx, ty), goal),
                *[(start, (sx, channel), (tx, channel), goal) for channel in _channels(sy + 1, ty - 1)]]
    if sx != tx:
        ways: list[Path] = [(start, (tx, sy), goal)]
        if not edge.label_across:              # a label has no room above a box
            ways += [(start, (sx, ty), goal), (start, (sx, ty - 1), (tx, ty - 1), goal)]
        return ways
    return [(start, goal)] if not edge.label_across else [(start, (sx + 1, sy), (sx + 1, ty), goal)]


def ways_round(edge: EdgeShape, grid: Grid) -> list[Path]:
    """Ways through gutters. Among them is one round everything that is always free."""
    sx, sy, tx, ty = grid.x[edge.source], grid.y[edge.source], grid.x[edge.target], grid.y[edge.target]
    start, goal = (sx, sy), (tx, ty)
    ways: list[Path] = []
    if edge.source == edge.target:
        return ways
    if ty < sy and not edge.label_across:
        for gutter in _gutters(tx - 1, tx + 1, grid):
            ways.append((start, (sx, sy - 1), (gutter, sy - 1), (gutter, ty), goal))
            ways.append((start, (sx, sy - 1), (gutter, sy - 1), (gutter, ty - 1), (tx, ty - 1), goal))
    for gutter in _gutters(min(sx, tx) - 1, max(sx, tx) + 1, grid):
        if sy != ty:
            ways.append((start, (gutter, sy), (gutter, ty), goal))
        ways.append((start, (gutter, sy), (gutter, ty - 1), (tx, ty - 1), goal))
        ways.append((start, (sx, sy + 1), (gutter, sy + 1), (gutter, ty), goal))
        if ty - 1 > sy + 1:
            ways.append((start, (sx, ty - 1), (gutter, ty - 1), (gutter, ty), goal))
        if ty - 1 != sy + 1:
            ways.append((start, (sx, sy + 1), (gutter, sy + 1), (gutter, ty - 1), (tx, ty - 1), goal))
    return ways


def _loop_ways(x: int, y: int) -> list[Path]:
    """A step that returns to itself: out at a side or below, round, and in above."""
    ways: list[Path] = []
    for gutter in (x + 1, x - 1):
        ways.append(((x, y), (gutter, y), (gutter, y - 1), (x, y - 1), (x, y)))
        ways.append(((x, y), (x, y + 1), (gutter, y + 1), (gutter, y - 1), (x, y - 1), (x, y)))
    return ways


def _channels(first: int, last: int) -> list[int]:
    """Channels from *first* to *last*: all of a few, the outer ones of many."""
    found = list(range(first, last + 1, 2))
    return found if len(found) <= 6 else found[:3] + found[-3:]


def _gutters(low: int, high: int, grid: Grid) -> list[int]:
    """Gutters from line *low* to *high* and the next one outside each."""
    found = [x for x in range(max(0, low - 2), min(grid.lines, high + 3)) if not grid.is_column[x]]
    return found if len(found) <= 10 else found[:5] + found[-5:]


def by_length(ways: list[Path]) -> list[Way]:
    """The ways, the one that can cost least first."""
    found = []
    for path in ways:
        length = 0
        px, py = path[0]
        for x, y in path[1:]:
            length += abs(x - px) + abs(y - py)
            px, py = x, y
        found.append(Way(path, BEND * (len(path) - 2) + UNIT * length))
    found.sort(key=_least)
    return found


_least = attrgetter("least")
