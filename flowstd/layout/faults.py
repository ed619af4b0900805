"""The zero list: what no drawing of flowstd may ever have, each by its name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from .measure import advance
from .model import Drawing, Rect, TextLine
from .scene import (
    NAMED_OUTSIDE,
    Edges,
    Path,
    Run,
    Scene,
    Strip,
    Thing,
    Word,
    edges_of,
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
    return faults_in(drawing, scene_of(drawing))


def faults_in(drawing: Drawing, scene: Scene) -> tuple[Fault, ...]:
    """The same, where the scene of *drawing* is at hand."""
    return (*faults_of_scene(scene), *_texts(drawing, scene))


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
    """The zero list without the texts."""
    level, upright = runs_of(scene)
    return (*_boxes(scene), *_lanes(scene), *_sheet(scene), *_slanted(scene), *_through(scene, level, upright),
            *_borders(scene, level, upright), *_shared(scene, level), *_shared(scene, upright), *_docks(scene),
            *_labels(scene))


# ---------------------------------------------------------------- boxes, lanes, sheet

def _boxes(scene: Scene) -> Iterator[Fault]:
    """Symbols, papers and kept rooms that overlap; strangers that touch do too: their borders would merge."""
    boxes = [(thing.edges, thing.name, thing.owner, False) for thing in scene.things]
    boxes += [(word.edges, word.name, word.owner, True) for word in scene.kept]
    for (a, name, owner, room), (b, other, its_owner, its_room) in _meeting(sorted(boxes)):
        if (owner == its_owner or room or its_room) and ((room and its_room) or not _inner(a, b)):
            continue
        yield Fault("boxes-overlap", name, other, (max(a[0], b[0]), max(a[1], b[1])))


_Box = tuple[Edges, str, int, bool]   # its name, its owner, and whether it is room that is kept


def _meeting(boxes: list[_Box]) -> Iterator[tuple[_Box, _Box]]:
    """Pairs of closed rectangles with a common point; *boxes* are sorted by their left edge."""
    beside: list[_Box] = []
    for box in boxes:
        left, top, _, bottom = box[0]
        beside = [other for other in beside if other[0][2] >= left]
        for other in beside:
            if other[0][1] <= bottom and other[0][3] >= top:
                yield other, box
        beside.append(box)


def _inner(a: Edges, b: Edges) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _lanes(scene: Scene) -> Iterator[Fault]:
    strips = scene.strips
    for thing in scene.things:
        if thing.lane < 0:
            continue
        x0, y0, x1, y1 = thing.edges
        left, top, right, bottom = strips[thing.lane].edges
        head = strips[thing.lane].head
        if x0 < left or x1 > right or y0 < top or y1 > bottom or (head and _inner(thing.edges, head)):
            yield Fault("box-off-lane", thing.name, strips[thing.lane].name, (x0, y0))
    low, high = (0, 2) if scene.down else (1, 3)
    for strip, following in pairwise(strips):
        if strip.edges[high] > following.edges[low]:
            yield Fault("lanes-overlap", strip.name, following.name, following.edges[:2])
        if any(strip.edges[side] != following.edges[side] for side in ((1, 3) if scene.down else (0, 2))):
            yield Fault("lanes-overlap", strip.name, following.name, following.edges[:2])


def _sheet(scene: Scene) -> Iterator[Fault]:
    width, height = scene.width, scene.height
    flat: tuple[Thing | Word | Strip, ...] = (*scene.things, *scene.words, *scene.kept, *scene.strips)
    for one in flat:
        x0, y0, x1, y1 = one.edges
        if x0 < 0 or y0 < 0 or x1 > width or y1 > height:
            yield Fault("off-sheet", one.name, "", (x0, y0))
    for path in scene.paths:
        for x, y in path.points:
            if x < 0 or y < 0 or x > width or y > height:
                yield Fault("off-sheet", path.name, "", (x, y))


# ---------------------------------------------------------------- lines and boxes

def _slanted(scene: Scene) -> Iterator[Fault]:
    for path in scene.paths:
        for (ax, ay), (bx, by) in pairwise(path.points):
            if ax != bx and ay != by:
                yield Fault("line-slanted", path.name, "", (ax, ay))


def _through(scene: Scene, level: list[Run], upright: list[Run]) -> Iterator[Fault]:
    """Lines that meet a box, a paper, a word, a tie or a lane head they have no business with."""
    rows, columns = [run.at for run in level], [run.at for run in upright]
    for index, run, start, stop in _meets(scene.things, level, upright, rows, columns):
        path = scene.paths[run.path]
        if index != path.source and index != path.target:
            name = "line-through-box" if index < scene.symbols else "line-through-aside"
        elif stop - start > 1:
            name = "line-through-own-box"
        else:
            continue
        points = path.points
        flat = points[run.part][1] == points[run.part + 1][1]
        at = (int(start), run.at) if flat else (run.at, int(start))
        yield Fault(name, path.name, scene.things[index].name, at)
    for word in scene.words:
        for run in _inside(word.edges, level, upright, rows, columns):
            yield Fault("line-through-label", scene.paths[run.path].name, word.name, word.edges[:2])
    for room in scene.kept:
        for run in _inside(room.edges, level, upright, rows, columns):
            if room.owner not in (scene.paths[run.path].source, scene.paths[run.path].target):
                yield Fault("line-through-label", scene.paths[run.path].name, room.name, room.edges[:2])
    for strip in scene.strips:
        if strip.head:
            for run in _inside(strip.head, level, upright, rows, columns):
                yield Fault("line-through-head", scene.paths[run.path].name, strip.name, strip.head[:2])
    yield from _ties(scene)


def _meets(things: tuple[Thing, ...], level: list[Run], upright: list[Run], rows: list[int],
           columns: list[int]) -> Iterator[tuple[int, Run, float, float]]:
    """The stretches that touch the outline of each thing, and from where to where they run inside or along it."""
    for index, thing in enumerate(things):
        x0, y0, x1, y1 = thing.edges
        square = thing.outline == "box"
        for runs, places, near, far, low, high, flat in ((level, rows, y0, y1, x0, x1, True),
                                                         (upright, columns, x0, x1, y0, y1, False)):
            for run in runs[bisect_left(places, near):bisect_right(places, far)]:
                at, start, stop, _, _ = run
                if start > high or stop < low:
                    continue
                first, last = (low, high) if square else span(thing, at, flat)
                begin, end = start if start > first else first, stop if stop < last else last
                if begin <= end:
                    yield index, run, begin, end


def span(thing: Thing, at: int, flat: bool) -> tuple[float, float]:
    """From where to where the level (*flat*) or upright line at *at*, which meets a thing, lies inside it."""
    low, near, high, far = thing.edges
    if not flat:
        low, near, high, far = near, low, far, high
    if thing.outline == "box":
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


def _inside(edges: Edges, level: list[Run], upright: list[Run], rows: list[int], columns: list[int]) -> Iterator[Run]:
    """The stretches that run through the inside of a rectangle; its border is free."""
    x0, y0, x1, y1 = edges
    for run in level[bisect_right(rows, y0):bisect_left(rows, y1)]:
        if run.low < x1 and run.high > x0:
            yield run
    for run in upright[bisect_right(columns, x0):bisect_left(columns, x1)]:
        if run.low < y1 and run.high > y0:
            yield run


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


def _borders(scene: Scene, level: list[Run], upright: list[Run]) -> Iterator[Fault]:
    """Lines that run along the border of a lane, of its head or of the sheet's field."""
    rows: set[int] = set()
    columns: set[int] = set()
    for strip in scene.strips:
        for edges in (strip.edges, strip.head or strip.edges):
            columns.update((edges[0], edges[2]))
            rows.update((edges[1], edges[3]))
    for runs, places in ((level, rows), (upright, columns)):
        for run in runs:
            if run.high - run.low > 2 and (run.at in places or run.at - 1 in places or run.at + 1 in places):
                x, y = (run.low, run.at) if runs is level else (run.at, run.low)
                yield Fault("line-on-lane-border", scene.paths[run.path].name, "", (x, y))


# ---------------------------------------------------------------- lines and lines

def _shared(scene: Scene, runs: list[Run]) -> Iterator[Fault]:
    """Stretches of two lines on one another: allowed only as the common last part of lines to one target."""
    for number, run in enumerate(runs):
        at, low, high, _, _ = run
        for other in runs[number + 1:]:
            if other.at > at + 1:
                break
            if other.low >= high or other.high <= low:
                continue
            first, second = scene.paths[run.path], scene.paths[other.path]
            if run.path == other.path:
                yield Fault("lines-share", first.name, first.name, first.points[run.part])
            elif first.tie and second.tie and first.source == second.source:
                continue                             # the papers of one symbol hang on one stem
            elif first.target == second.target and _within_trunk(first, second, run, other):
                continue
            else:
                name = "lines-fork" if first.source == second.source else "lines-share"
                yield Fault(name, first.name, second.name, first.points[run.part])


def _within_trunk(first: Path, second: Path, run: Run, other: Run) -> bool:
    """Whether two stretches lie on one another only in the part in which both lines run to their common end."""
    a, b = first.points, second.points
    if a[-1] != b[-1] or run.at != other.at:
        return False
    together = 1
    while together < min(len(a), len(b)) and a[-together - 1] == b[-together - 1]:
        together += 1
    if together == min(len(a), len(b)):              # one line lies wholly on the other
        return False
    # the stretch into the first common corner may be shared in part; all later ones are the same
    return run.part >= len(a) - together - 1 and other.part - run.part == len(b) - len(a)


# ---------------------------------------------------------------- docks, labels, texts

def _docks(scene: Scene) -> Iterator[Fault]:
    """Line ends that do not meet the outline of their box, from outside and square to its side."""
    things = scene.things
    for name, points, source, target, _, _ in scene.paths:
        if len(points) < 2:
            yield Fault("end-undocked", name, things[source].name, points[0] if points else (0, 0))
            continue
        for end, before, index in ((points[0], points[1], source), (points[-1], points[-2], target)):
            if not _docked(things[index], end, before):
                yield Fault("end-undocked", name, things[index].name, end)


def _docked(thing: Thing, end: tuple[int, int], before: tuple[int, int]) -> bool:
    low, near, high, far = thing.edges
    (along, across), (beyond, level) = end, before
    flat = across == level
    if not flat:
        low, near, high, far, along, across, beyond = near, low, far, high, across, along, level
    if across <= near or across >= far:
        return False
    first, last = (low, high) if thing.outline == "box" else span(thing, across, flat)
    return -1 <= (first if beyond < along else last) - along <= 1


def _labels(scene: Scene) -> Iterator[Fault]:
    for name in scene.wordless:
        yield Fault("label-missing", name)
    words = scene.words
    boxes = [(thing.edges, thing) for thing in scene.things]
    for number, word in enumerate(words):
        left, top, right, bottom = word.edges
        for other in words[:number]:
            if _inner(word.edges, other.edges):
                yield Fault("label-on-label", word.name, other.name, (left, top))
        for (x0, y0, x1, y1), thing in boxes:
            if y0 < bottom and top < y1 and x0 < right and left < x1 and (word.owner < 0 or thing.owner != word.owner):
                yield Fault("label-on-box", word.name, thing.name, (left, top))
        for strip in scene.strips:
            if strip.head and _inner(word.edges, strip.head):
                yield Fault("label-on-box", word.name, strip.name, (left, top))


def _texts(drawing: Drawing, scene: Scene) -> Iterator[Fault]:
    """Lines of text whose ink leaves the symbol, paper, lane head or label they belong to."""
    framed = [(thing, symbol.lines) for symbol, thing in zip(drawing.symbols, scene.things, strict=False)
              if symbol.form not in NAMED_OUTSIDE]
    framed += [(_frame(aside.owner, aside.rect), aside.lines) for aside in drawing.asides]
    framed += [(_frame(band.id, band.head), band.lines) for band in drawing.bands]
    framed += [(_frame(wire.id, wire.label.rect), wire.label.lines) for wire in drawing.wires if wire.label]
    for frame, lines in framed:
        for line in lines:
            if _leaves(line, frame):
                yield Fault("text-leaves-box", frame.name, line.text, (line.x, line.y))


def _frame(name: str, rect: Rect) -> Thing:
    return Thing(name, edges_of(rect), "box", 0, 0)


def _leaves(line: TextLine, frame: Thing) -> bool:
    """Whether ink of a line stands outside its frame, by more than half a px at its sides."""
    text, x, base, size, anchor, _ = line
    above, below = _ink(size)
    top, foot, wide = base - above, base + below, advance(text) * size / 1000
    left = x - wide / 2 if anchor == "middle" else x
    first: float
    last: float
    first, near, last, far = frame.edges
    if top < near or foot > far:
        return True
    if frame.outline != "box":
        (first, last), (start, end) = span(frame, top, True), span(frame, foot, True)
        first, last = max(first, start), min(last, end)
    return left < first - 0.5 or left + wide > last + 0.5


@cache
def _ink(size: int) -> tuple[int, int]:
    """How far the ink of Chinese type of that size stands above its baseline and below it."""
    return round(0.8 * size), round(0.1 * size)
