"""How good a drawing is, in numbers; what must be zero is in :mod:`flowstd.layout.faults`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from .crossings import Stretch, crossed
from .faults import Fault, faults, faults_in, faults_of_arrangement
from .model import Drawing
from .scene import Path, Scene, Stretches, runs_of, scene_of, scene_of_arrangement
from .shape import Arrangement, Shape

__all__ = ["Fault", "Quality", "Seen", "extent", "faults", "faults_of_arrangement", "measure", "measure_arrangement",
           "seen"]

_READABLE_PT = 9.0                    # the size at which a page is judged
_MM_PER_PX = 25.4 / 96
_BOX_MM2 = 40 * 12                    # one task box, the unit of area
_A4_MM = (190, 277)                   # within margins of 10 mm


class Quality(NamedTuple):
    """The figures of one drawing; lengths in px, page sizes in mm with text at 9 pt."""

    nodes: int
    lines: int
    crossings: int                    # points where two lines cross
    bends: int                        # corners of all lines
    length: int                       # of all lines
    near: int                         # pairs of lines closer than 4 px for more than 10 px
    touches: int                      # corners that lie on another line and read as a junction
    labels_far: int                   # labels more than 40 px from their line
    straightness: float               # share of the links of the main path without a corner
    forward: float                    # share of forward links whose target is not behind its source
    strict: float                     # share of forward links whose target begins after its source
    width_mm: float
    height_mm: float
    area: float                       # task boxes of 40 mm × 12 mm per node

    @property
    def bends_per_line(self) -> float:
        return self.bends / self.lines if self.lines else 0.0

    @property
    def length_per_node(self) -> float:
        return self.length / self.nodes

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.width_mm / self.height_mm

    @property
    def a4(self) -> bool:
        """Whether it stands on one upright A4 page with text at 9 pt."""
        return self.width_mm <= _A4_MM[0] and self.height_mm <= _A4_MM[1]

    @property
    def a4_level(self) -> bool:
        """Whether it stands on one level A4 page with text at 9 pt."""
        return self.width_mm <= _A4_MM[1] and self.height_mm <= _A4_MM[0]


def measure(drawing: Drawing) -> Quality:
    """The figures of *drawing*.

    >>> from .model import Band, Point, Rect, Symbol, Wire
    >>> lane = Band("窗口", "窗口", Rect(0, 0, 200, 300), Rect(0, 0, 200, 26), ())
    >>> steps = (Symbol("受理", "process", Rect(40, 50, 120, 40), 0, ()),
    ...          Symbol("送达", "process", Rect(40, 150, 120, 40), 0, ()))
    >>> line = Wire("1", "受理", "送达", (Point(100, 90), Point(100, 150)), back=False)
    >>> found = measure(Drawing("", "down", 12, 200, 300, (lane,), steps, (), (line,)))
    >>> found.crossings, found.bends, found.length, found.a4
    (0, 0, 60, True)
    """
    return measure_scene(scene_of(drawing))


class Seen(NamedTuple):
    """What is wrong with a drawing, and what makes it hard to read: all that most readers of it ask."""

    faults: tuple[Fault, ...]
    crossings: int


def seen(drawing: Drawing) -> Seen:
    """*drawing* looked at once."""
    scene = scene_of(drawing)
    runs = runs_of(scene)
    level, upright = _of_flow(scene, runs)
    return Seen(faults_in(scene, runs), crossed(level, upright, [path.points for path in scene.paths]))


def extent(drawing: Drawing) -> tuple[float, float]:
    """How wide and high all that is drawn is, in mm with text at 9 pt."""
    scene = scene_of(drawing)
    (width, height), millimetres = _drawn(scene), _mm_per_px(scene)
    return width * millimetres, height * millimetres


def measure_arrangement(shape: Shape, arrangement: Arrangement, font_px: int = 12) -> Quality:
    """The figures of the engine's own output, with across as x and along as y."""
    return measure_scene(scene_of_arrangement(shape, arrangement, font_px))


def measure_scene(scene: Scene) -> Quality:
    """The figures of a scene; ties of papers are no lines of flow and do not count."""
    level, upright = _of_flow(scene, runs_of(scene))
    lines = [path for path in scene.paths if not path.tie]
    width, height = _drawn(scene)
    millimetres = _mm_per_px(scene)
    forward, strict = _directed(scene, lines)
    return Quality(
        nodes=scene.symbols, lines=len(lines), crossings=crossed(level, upright, [path.points for path in scene.paths]),
        bends=sum(max(0, len(path.points) - 2) for path in lines),
        length=sum(_length(path) for path in lines),
        near=len(_close(scene, level) | _close(scene, upright)),
        touches=_touches(scene, level, upright), labels_far=_far(scene),
        straightness=_straightness(scene, lines), forward=forward, strict=strict,
        width_mm=width * millimetres, height_mm=height * millimetres,
        area=width * height * millimetres ** 2 / max(1, scene.symbols) / _BOX_MM2,
    )


def _of_flow(scene: Scene, runs: Stretches) -> tuple[list[Stretch], list[Stretch]]:
    """The level and upright ones of *runs* that belong to no tie."""
    ties = {number for number, path in enumerate(scene.paths) if path.tie}
    level, upright, _ = runs
    if not ties:
        return level, upright
    return ([run for run in level if run[3] not in ties], [run for run in upright if run[3] not in ties])


def _mm_per_px(scene: Scene) -> float:
    """With text at 9 pt."""
    return _READABLE_PT / (scene.font_px * 0.75) * _MM_PER_PX


def _length(path: Path) -> int:
    return sum(abs(bx - ax) + abs(by - ay) for (ax, ay), (bx, by) in pairwise(path.points))


def _close(scene: Scene, runs: list[Stretch]) -> set[tuple[int, int]]:
    """Pairs of unrelated lines that run side by side closer than 4 px."""
    found: set[tuple[int, int]] = set()
    for following, (at, low, high, one, _) in enumerate(runs, 1):
        for its_at, its_low, its_high, other, _ in runs[following:]:
            if its_at >= at + 4:
                break
            if min(high, its_high) - max(low, its_low) > 10:
                first, second = scene.paths[one], scene.paths[other]
                if first.source != second.source and first.target != second.target:
                    found.add((min(one, other), max(one, other)))
    return found


def _touches(scene: Scene, level: list[Stretch], upright: list[Stretch]) -> int:
    """Corners and ends of one line that lie on another's stretch, where the two have no node in common."""
    found: set[tuple[int, int]] = set()
    rows, columns = [run[0] for run in level], [run[0] for run in upright]
    for number, path in enumerate(scene.paths):
        if path.tie:
            continue
        for x, y in path.points:
            across = level[bisect_left(rows, y):bisect_right(rows, y)]
            along = upright[bisect_left(columns, x):bisect_right(columns, x)]
            for hit in (*[run[3] for run in across if run[1] < x < run[2]],
                        *[run[3] for run in along if run[1] < y < run[2]]):
                other = scene.paths[hit]
                if not {path.source, path.target} & {other.source, other.target}:
                    found.add((min(number, hit), max(number, hit)))
    return len(found)


def _far(scene: Scene) -> int:
    found = 0
    for word in scene.words:
        if word.path < 0:
            continue
        x0, y0, x1, y1 = word.edges
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        points = scene.paths[word.path].points
        least = min(hypot(max(min(ax, bx) - x, x - max(ax, bx), 0), max(min(ay, by) - y, y - max(ay, by), 0))
                    for (ax, ay), (bx, by) in pairwise(points))
        found += least > 40 + min(x1 - x0, y1 - y0) / 2
    return found


def _directed(scene: Scene, lines: list[Path]) -> tuple[float, float]:
    begin, end = (1, 3) if scene.down else (0, 2)
    bodies = [thing.body or thing.edges for thing in scene.things]       # papers that hang on one move no step
    pairs = [(bodies[path.source], bodies[path.target]) for path in lines if not path.back]
    if not pairs:
        return 1.0, 1.0
    forward = sum(b[begin] + b[end] >= a[begin] + a[end] - 2 for a, b in pairs)
    strict = sum(b[begin] >= a[end] - 1 for a, b in pairs)
    return forward / len(pairs), strict / len(pairs)


def _straightness(scene: Scene, lines: list[Path]) -> float:
    """Of the longest way that forward links make, the share of links drawn without a corner."""
    entries = [0] * scene.symbols
    exits: list[list[Path]] = [[] for _ in entries]
    for path in lines:
        if not path.back:
            exits[path.source].append(path)
            entries[path.target] += 1
    best = [(0, 0)] * scene.symbols                  # links, and of them straight ones, on the way here
    ready = [node for node, count in enumerate(entries) if not count]
    for node in ready:
        for path in exits[node]:
            links, straight = best[node]
            best[path.target] = max(best[path.target], (links + 1, straight + (len(path.points) <= 2)))
            entries[path.target] -= 1
            if not entries[path.target]:
                ready.append(path.target)
    links, straight = max(best, default=(0, 0))
    return straight / links if links else 1.0


def _drawn(scene: Scene) -> tuple[int, int]:
    """Width and height of all that is drawn."""
    rects = [thing.edges for thing in scene.things] + [word.edges for word in scene.words]
    rects += [strip.edges for strip in scene.strips]
    rects += [(x, y, x, y) for path in scene.paths for x, y in path.points]
    return (max(r[2] for r in rects) - min(r[0] for r in rects), max(r[3] for r in rects) - min(r[1] for r in rects))
