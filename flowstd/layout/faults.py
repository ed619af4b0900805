"""The zero list: what no drawing of flowstd may ever have, each by its name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from .crossings import Stretch
from .measure import advance
from .model import Drawing, TextLine
from .scene import (
    Edges,
    Lines,
    Path,
    Scene,
    Stretches,
    Strip,
    Thing,
    Word,
    runs_of,
    scene_of,
    scene_of_arrangement,
)
from .shape import Arrangement, Shape


class Fault(NamedTuple):
    """One breach of the zero list.

    Names: ``boxes-overlap`` ``box-off-lane`` ``lanes-overlap`` ``off-sheet`` ``line-slanted`` ``line-through-box``
    ``line-through-own-box`` ``line-through-aside`` ``line-through-label`` ``line-through-head`` ``line-on-lane-border``
    ``lines-share`` ``lines-fork`` (one source, shared beyond the dock) ``end-undocked`` ``label-on-box``
    ``label-on-label`` ``label-missing`` ``text-leaves-box``.
    """

    name: str
    first: str
    second: str = ""
    at: tuple[int, int] = (0, 0)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.first, self.second, f"at {self.at[0]},{self.at[1]}")))


def faults(drawing: Drawing) -> tuple[Fault, ...]:
    """Every breach of the zero list in *drawing*; none is what every drawing of ours has.

    >>> from .model import Band, Rect, Symbol
    >>> lane = Band("窗口", "窗口", Rect(0, 0, 200, 300), Rect(0, 0, 200, 26), ())
    >>> step = Symbol("受理", "process", Rect(40, 280, 120, 40), 0, ())
    >>> [str(fault) for fault in faults(Drawing("", "down", 12, 200, 300, (lane,), (step,), (), ()))]
    ['box-off-lane 受理 窗口 at 40,280', 'off-sheet 受理 at 40,280']
    """
    return faults_of_scene(scene_of(drawing))


def faults_of_arrangement(shape: Shape, arrangement: Arrangement) -> tuple[Fault, ...]:
    """The same of the engine's own output, with across as x and along as y; nodes and edges go by their numbers.

    >>> from .shape import EdgePath, EdgeShape, NodeShape
    >>> shape = Shape(1, (NodeShape(0, 100, 40), NodeShape(0, 100, 40)), (EdgeShape(0, 1),))
    >>> slanted = EdgePath(((70, 60), (80, 100)), None, False)
    >>> found = Arrangement(140, 200, ((0, 140),), ((20, 20), (20, 100)), (True, True), (slanted,))
    >>> [str(fault) for fault in faults_of_arrangement(shape, found)]
    ['line-slanted e0 at 70,60']
    """
    return faults_of_scene(scene_of_arrangement(shape, arrangement))


def faults_of_scene(scene: Scene) -> tuple[Fault, ...]:
    """The same of a scene."""
    return faults_in(scene, runs_of(scene))


def faults_in(scene: Scene, runs: Stretches) -> tuple[Fault, ...]:
    """The same, where its *runs* are at hand."""
    level, upright, slanted = runs
    areas = _areas(scene)
    return (*_covered(areas, down=scene.down), *_lanes(scene), *_sheet(scene), *_slanted(scene, slanted),
            *_through(scene, areas, level, upright), *_ties(scene), *_borders(scene, level, upright),
            *_shared(scene, level), *_shared(scene, upright), *_docks(scene),
            *[Fault("label-missing", name) for name in scene.wordless], *_texts(scene))


# ---------------------------------------------------------------- boxes, words, lanes, sheet

_WORD, _BOX, _HEAD, _ROOM = range(4)
# its edges, along the flow first; what it is, its name, its symbol, its place among all
_Area = tuple[int, int, int, int, int, str, int, int]


def _areas(scene: Scene) -> list[_Area]:
    """Symbols and papers, words, kept rooms and lane heads, by where they begin; the place of a thing is its number."""
    found: list[_Area] = []
    parts: tuple[Thing | Word, ...]
    for kind, parts in ((_BOX, scene.things), (_WORD, scene.words), (_ROOM, scene.kept)):
        for part in parts:
            x0, y0, x1, y1 = part.edges
            found.append((y0, x0, y1, x1, kind, part.name, part.owner, len(found)) if scene.down else
                         (x0, y0, x1, y1, kind, part.name, part.owner, len(found)))
    for strip in scene.strips:
        if strip.head:
            x0, y0, x1, y1 = strip.head
            found.append((y0, x0, y1, x1, _HEAD, strip.name, -1, len(found)) if scene.down else
                         (x0, y0, x1, y1, _HEAD, strip.name, -1, len(found)))
    found.sort()
    return found


def _covered(areas: list[_Area], *, down: bool) -> Iterator[Fault]:
    """Areas that cover one another; strangers' boxes may not even touch, for their borders would merge."""
    for one, other in _meeting(areas):
        *a, kind, name, owner, _ = one
        *b, its_kind, its_name, its_owner, _ = other
        covers = a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        if kind == _BOX and its_kind != _HEAD and (covers or (its_kind == _BOX and owner != its_owner)):
            along, across = max(a[0], b[0]), max(a[1], b[1])
            yield Fault("boxes-overlap", name, its_name, (across, along) if down else (along, across))
        elif kind == _WORD and its_kind != _ROOM and covers and (its_kind == _WORD or owner < 0 or owner != its_owner):
            yield Fault("label-on-label" if its_kind == _WORD else "label-on-box", name, its_name,
                        (a[1], a[0]) if down else (a[0], a[1]))


def _meeting(areas: list[_Area]) -> Iterator[tuple[_Area, _Area]]:
    """Pairs of closed rectangles with a common point, by their kinds."""
    count = len(areas)
    for following, area in enumerate(areas, 1):
        _, low, end, high, kind, _, _, _ = area
        while following < count and areas[following][0] <= end:
            other = areas[following]
            if other[1] <= high and other[3] >= low:
                yield (area, other) if kind <= other[4] else (other, area)
            following += 1


def _lanes(scene: Scene) -> Iterator[Fault]:
    strips = scene.strips
    for thing in scene.things:
        if thing.lane >= 0:
            x0, y0, x1, y1 = thing.edges
            its_lane, (left, top, right, bottom), head, _ = strips[thing.lane]
            in_head = head and y0 < head[3] and x0 < head[2] and head[0] < x1 and head[1] < y1
            if x0 < left or x1 > right or y0 < top or y1 > bottom or in_head:
                yield Fault("box-off-lane", thing.name, its_lane, (x0, y0))
    low, high, begin, end = (0, 2, 1, 3) if scene.down else (1, 3, 0, 2)
    for (name, edges, *_), (its_name, its_edges, *_) in pairwise(strips):
        if edges[high] > its_edges[low]:
            yield Fault("lanes-overlap", name, its_name, its_edges[:2])
        if edges[begin] != its_edges[begin] or edges[end] != its_edges[end]:
            yield Fault("lanes-overlap", name, its_name, its_edges[:2])


def _sheet(scene: Scene) -> Iterator[Fault]:
    width, height = scene.width, scene.height
    parts: tuple[Thing | Word | Strip, ...] = (*scene.things, *scene.words, *scene.kept, *scene.strips)
    for part in parts:
        x0, y0, x1, y1 = part.edges
        if x0 < 0 or y0 < 0 or x1 > width or y1 > height:
            yield Fault("off-sheet", part.name, "", (x0, y0))
    for path in scene.paths:
        for x, y in path.points:
            if x < 0 or y < 0 or x > width or y > height:
                yield Fault("off-sheet", path.name, "", (x, y))


# ---------------------------------------------------------------- lines and boxes

def _slanted(scene: Scene, slanted: list[Stretch]) -> Iterator[Fault]:
    for _, _, _, number, part in slanted:
        path = scene.paths[number]
        yield Fault("line-slanted", path.name, "", path.points[part])


def _through(scene: Scene, areas: list[_Area], level: list[Stretch], upright: list[Stretch]) -> Iterator[Fault]:
    """Lines that meet a box, a paper, a word, kept room or a lane head they have no business with."""
    paths, down = scene.paths, scene.down
    crosswise, lengthwise = (level, upright) if down else (upright, level)
    begins = [area[0] for area in areas]
    longest = max([area[2] - area[0] for area in areas], default=0)
    met: list[tuple[int, bool, Stretch, _Area]] = []       # by the place of the area, level stretches first
    for run in crosswise:
        at, low, high, number, _ = run
        path = paths[number]
        for area in areas[bisect_left(begins, at - longest):bisect_right(begins, at)]:
            if area[2] >= at and area[1] <= high and area[3] >= low:
                docks = low >= area[3] - 1 or high <= area[1] + 1        # it only touches the border
                if not docks or (area[7] != path.source and area[7] != path.target):
                    met.append((area[7], not down, run, area))
    for run in lengthwise:
        at, low, high, number, _ = run
        path = paths[number]
        for area in areas[bisect_left(begins, low - longest):bisect_right(begins, high)]:
            if area[2] >= low and area[1] <= at <= area[3]:
                docks = low >= area[2] - 1 or high <= area[0] + 1
                if not docks or (area[7] != path.source and area[7] != path.target):
                    met.append((area[7], down, run, area))
    for _, is_upright, run, area in sorted(met):
        yield from _met(scene, area, run, flat=not is_upright)


def _met(scene: Scene, area: _Area, run: Stretch, *, flat: bool) -> Iterator[Fault]:
    """What is wrong with a level (*flat*) or upright stretch that meets an area and does not only dock at it."""
    begin, low, end, high, kind, name, owner, place = area
    x0, y0, x1, y1 = (low, begin, high, end) if scene.down else (begin, low, end, high)
    at, start, stop, number, _ = run
    path = scene.paths[number]
    if kind != _BOX:
        near, far, low, high = (y0, y1, x0, x1) if flat else (x0, x1, y0, y1)
        inside = near < at < far and start < high and stop > low
        if inside and (kind != _ROOM or owner not in (path.source, path.target)):
            yield Fault("line-through-head" if kind == _HEAD else "line-through-label", path.name, name, (x0, y0))
        return
    own = place in (path.source, path.target)
    first, last = span(scene.things[place], at, flat)
    enters, leaves = max(start, first), min(stop, last)
    if enters <= leaves and (not own or leaves - enters > 1):
        what = "line-through-own-box" if own else "line-through-box" if place < scene.symbols else "line-through-aside"
        yield Fault(what, path.name, name, (int(enters), at) if flat else (at, int(enters)))


def span(thing: Thing, at: int, flat: bool) -> tuple[float, float]:
    """From where to where the level (*flat*) or upright line at *at*, which meets a thing, lies inside it."""
    low, near, high, far = thing.edges
    if not flat:
        low, near, high, far = near, low, far, high
    if thing.outline == "box" or 2 * at == near + far:
        return low, high
    middle, half, reach = (low + high) / 2, (high - low) / 2, (far - near) / 2
    off = abs(at - (near + far) / 2)
    if thing.outline == "diamond":
        half = half * (1 - off / reach) if reach else half
    else:                                           # a box with quarter circles for its corners
        radius = min(half, reach, thing.round)
        bent = max(0.0, off - (reach - radius))
        half = half - radius + sqrt(radius * radius - bent * bent)
    return middle - half, middle + half


def _ties(scene: Scene) -> Iterator[Fault]:
    """Lines that cross the dashed tie of a paper; ties are short and few."""
    ties = [path for path in scene.paths if path.tie]
    for tie in ties:
        for (ax, ay), (bx, by) in pairwise(tie.points):
            around = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            for path in scene.paths:
                if path.tie:
                    continue
                for (cx, cy), (dx, dy) in pairwise(path.points):
                    if (min(cx, dx) <= around[2] and max(cx, dx) >= around[0] and min(cy, dy) <= around[3]
                            and max(cy, dy) >= around[1]):
                        yield Fault("line-through-aside", path.name, tie.name, (ax, ay))


def _borders(scene: Scene, level: list[Stretch], upright: list[Stretch]) -> Iterator[Fault]:
    """Lines that run along the border of a lane, of its head or of the sheet's field."""
    rows: set[int] = set()
    columns: set[int] = set()
    for strip in scene.strips:
        for x0, y0, x1, y1 in (strip.edges, strip.head or strip.edges):
            columns.update((x0 - 1, x0, x0 + 1, x1 - 1, x1, x1 + 1))
            rows.update((y0 - 1, y0, y0 + 1, y1 - 1, y1, y1 + 1))
    for runs, places in ((level, rows), (upright, columns)):
        for at, low, high, number, _ in runs:
            if at in places and high - low > 2:
                where = (low, at) if runs is level else (at, low)
                yield Fault("line-on-lane-border", scene.paths[number].name, "", where)


# ---------------------------------------------------------------- lines and lines

def _shared(scene: Scene, runs: list[Stretch]) -> Iterator[Fault]:
    """Stretches of two lines on one another: allowed only as the common last part of lines to one target."""
    for run, other in _upon(runs):
        first, second, part = scene.paths[run[3]], scene.paths[other[3]], run[4]
        if first is second:
            yield Fault("lines-share", first.name, first.name, first.points[part])
        elif first.tie and second.tie and first.source == second.source:
            continue                                 # the papers of one symbol hang on one stem
        elif first.target == second.target and _within_trunk(first, second, run, other):
            continue
        else:
            name = "lines-fork" if first.source == second.source else "lines-share"
            yield Fault(name, first.name, second.name, first.points[part])


def _upon(runs: list[Stretch]) -> Iterator[tuple[Stretch, Stretch]]:
    """Pairs of stretches that lie on one another, or a px apart; *runs* are sorted by where they are."""
    count = len(runs)
    for place, run in enumerate(runs):
        at, low, high, _, _ = run
        following = place + 1
        while following < count and runs[following][0] <= at + 1:
            other = runs[following]
            if other[1] < high and other[2] > low:
                yield run, other
            following += 1


def _within_trunk(first: Path, second: Path, run: Stretch, other: Stretch) -> bool:
    """Whether two stretches lie on one another only in the part in which both lines run to their common end."""
    a, b = first.points, second.points
    if a[-1] != b[-1] or run[0] != other[0]:
        return False
    together = 1
    while together < min(len(a), len(b)) and a[-together - 1] == b[-together - 1]:
        together += 1
    if together == min(len(a), len(b)):              # one line lies wholly on the other
        return False
    # the stretch into the first common corner may be shared in part; all later ones are the same
    return run[4] >= len(a) - together - 1 and other[4] - run[4] == len(b) - len(a)


# ---------------------------------------------------------------- docks, texts

def _docks(scene: Scene) -> Iterator[Fault]:
    """Line ends that do not meet the outline of their box, from outside and square to its side."""
    things = scene.things
    for path in scene.paths:
        points, source, target = path.points, things[path.source], things[path.target]
        if len(points) < 2:
            yield Fault("end-undocked", path.name, source.name, points[0] if points else (0, 0))
            continue
        if not _docked(source, points[0], points[1]):
            yield Fault("end-undocked", path.name, source.name, points[0])
        if not _docked(target, points[-1], points[-2]):
            yield Fault("end-undocked", path.name, target.name, points[-1])


def _docked(thing: Thing, end: tuple[int, int], beyond: tuple[int, int]) -> bool:
    """Whether a line that comes from *beyond* ends at the outline of *thing*; a px is free."""
    (x, y), (from_x, from_y), (x0, y0, x1, y1) = end, beyond, thing.edges
    first: float
    last: float
    if y == from_y:
        if not y0 < y < y1:
            return False
        first, last = (x0, x1) if thing.outline == "box" else span(thing, y, True)
        return -1 <= (first if from_x < x else last) - x <= 1
    if not x0 < x < x1:
        return False
    first, last = (y0, y1) if thing.outline == "box" else span(thing, x, False)
    return -1 <= (first if from_y < y else last) - y <= 1


def _texts(scene: Scene) -> Iterator[Fault]:
    """Lines of text whose ink leaves the symbol, paper, lane head or label they belong to."""
    for thing in scene.things:
        for text in _leaving(thing.lines, thing.edges, thing if thing.outline != "box" else None):
            yield Fault("text-leaves-box", scene.things[thing.owner].name, text.text, (text.x, text.y))
    for strip in scene.strips:
        for text in _leaving(strip.lines, strip.head or strip.edges):
            yield Fault("text-leaves-box", strip.name, text.text, (text.x, text.y))
    for word in scene.words:
        for text in _leaving(word.lines, word.edges):
            yield Fault("text-leaves-box", word.name, text.text, (text.x, text.y))


def _leaving(lines: Lines, edges: Edges, thing: Thing | None = None) -> list[TextLine]:
    """Those of *lines* whose ink leaves the *edges*, or the outline of a *thing* that is no box; half a px is free."""
    found = []
    first: float
    last: float
    first, near, last, far = edges
    for line in lines:
        text, x, base, size, anchor, _ = line
        above, below = _ink(size)
        top, foot, wide = base - above, base + below, advance(text) * size / 1000
        left = x - wide / 2 if anchor == "middle" else x
        if thing and near <= top and foot <= far:
            first, last = span(thing, top if top + foot < near + far else foot, True)    # where it is narrower
        if top < near or foot > far or left < first - 0.5 or left + wide > last + 0.5:
            found.append(line)
    return found


@cache
def _ink(size: int) -> tuple[int, int]:
    """How far the ink of Chinese type of that size stands above its baseline and below it."""
    return round(0.8 * size), round(0.1 * size)
