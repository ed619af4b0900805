"""What stands on a sheet, as plain rectangles and lines: one view of a Drawing and of the engine's Arrangement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from flowstd.standard.edition import NEWEST, load

from .crossings import Stretch, stretches
from .measure import advance
from .model import Drawing, Form, Symbol, TextLine
from .shape import Arrangement, NodeShape, Shape

Outline = Literal["box", "diamond", "rounded"]
Edges = tuple[int, int, int, int]     # left, top, right, bottom
Lines = tuple[TextLine, ...]
Stretches = tuple[list[Stretch], list[Stretch], list[Stretch]]     # level, upright, slanted


# many of these are made for every chart: a frozen one, or a named tuple, takes longer to make
@dataclass(slots=True)
class Thing:
    """A box that lines must avoid: a symbol, a paper, or the room kept beside a box."""

    name: str
    edges: Edges
    outline: Outline
    lane: int
    owner: int                        # index of the symbol it belongs to; its own index where it is one
    round: int = 0                    # the greatest radius of rounded ends
    body: Edges | None = None         # without what hangs on it, where something does
    lines: Lines = ()                 # of the text inside it


@dataclass(slots=True)
class Path:
    """A line between two things; a tie holds a paper to its symbol."""

    name: str
    points: tuple[tuple[int, int], ...]
    source: int
    target: int
    back: bool
    tie: bool


@dataclass(slots=True)
class Word:
    """The label of a line, or a symbol's name where it stands outside."""

    name: str
    edges: Edges
    path: int                         # the line it labels, -1 for none
    owner: int                        # the symbol it names, -1 for none
    lines: Lines = ()                 # of the text inside it, where it is a label


class Strip(NamedTuple):
    """A lane and its head."""

    name: str
    edges: Edges
    head: Edges | None
    lines: Lines = ()                 # of the text in the head


class Scene(NamedTuple):
    """All of a sheet; coordinates in px, flow downwards or to the right."""

    down: bool
    font_px: int
    width: int
    height: int
    symbols: int                      # the first so many things are symbols, the rest papers
    things: tuple[Thing, ...]
    paths: tuple[Path, ...]
    words: tuple[Word, ...]
    strips: tuple[Strip, ...]
    wordless: tuple[str, ...]         # lines that should have a label and have none
    kept: tuple[Word, ...]            # room that boxes must leave free, by the symbol it belongs to


def scene_of(drawing: Drawing) -> Scene:
    """The scene of a drawing."""
    ends = load(NEWEST).symbols.terminal.round
    number: dict[str, int] = {}
    things, named = [], []
    for index, symbol in enumerate(drawing.symbols):
        name, form, (x, y, w, h), lane, lines, papers = symbol
        number[name] = index
        if form in NAMED_OUTSIDE:
            named += _outside(symbol, index)
            lines = ()
        things.append(Thing(name, (x, y, x + w, y + h), _OUTLINES.get(form, "box"), lane, index,
                            ends if form == "terminal" else h, edges_of(symbol.body) if papers else None, lines))
    paths, words, wordless = [], [], []
    for index, (name, source, target, points, back, label, text) in enumerate(drawing.wires):
        paths.append(Path(name, corners(points), number[source], number[target], back, False))
        if label:
            words.append(Word(name, edges_of(label.rect), index, -1, label.lines))
        elif text:
            wordless.append(name)
    for order, aside in enumerate(drawing.asides):
        owner = number[aside.owner]
        if aside.tie:
            paths.append(Path(f"{aside.owner}+{order}", corners(aside.tie), owner, len(things), False, True))
        things.append(Thing(f"{aside.owner}+{order}", edges_of(aside.rect), "box", things[owner].lane, owner,
                            lines=aside.lines))
    strips = tuple([Strip(band.id, edges_of(band.rect), edges_of(band.head), band.lines) for band in drawing.bands])
    return Scene(drawing.direction == "down", drawing.font_px, drawing.width, drawing.height, len(drawing.symbols),
                 tuple(things), tuple(paths), (*words, *named), strips, tuple(wordless), ())


def scene_of_arrangement(shape: Shape, arrangement: Arrangement, font_px: int = 12) -> Scene:
    """The scene of the engine's own output, across and along taken as x and y; things are called by their numbers."""
    things: list[Thing] = []
    papers: list[Thing] = []
    kept: list[Word] = []
    shape = arrangement.grown(shape)
    sides = zip(shape.nodes, arrangement.nodes, arrangement.aside_high, strict=True)
    for index, (node, (x, y), high) in enumerate(sides):
        right, bottom = x + node.across, y + node.along
        things.append(Thing(f"n{index}", (x, y, right, bottom), "diamond" if node.outline == "diamond" else "box",
                            node.lane, index, body=_body(node, (x, y, right, bottom)) if any(node.hung) else None))
        if node.low:
            kept.append(Word(f"n{index}.low", (x - node.low, y, x, bottom), -1, index))
        if node.high:
            kept.append(Word(f"n{index}.high", (right, y, right + node.high, bottom), -1, index))
        if node.aside:
            long = max(node.along, node.reach)
            top = y + (node.along - long) // 2
            left = right + node.high if high else x - node.low - node.aside
            papers.append(Thing(f"n{index}.aside", (left, top, left + node.aside, top + long), "box", node.lane, index))
    paths, words, wordless = [], [], []
    for index, (edge, path) in enumerate(zip(shape.edges, arrangement.edges, strict=True)):
        paths.append(Path(f"e{index}", corners(path.points), edge.source, edge.target, path.back, False))
        if path.label:
            x, y = path.label
            words.append(Word(f"e{index}", (x, y, x + edge.label_across, y + edge.label_along), index, -1))
        elif edge.label_across:
            wordless.append(f"e{index}")
    strips = tuple(Strip(f"L{lane}", (low, 0, high, arrangement.along), None)
                   for lane, (low, high) in enumerate(arrangement.lanes))
    return Scene(True, font_px, arrangement.across, arrangement.along, len(things), (*things, *papers), tuple(paths),
                 tuple(words), strips, tuple(wordless), tuple(kept))


def runs_of(scene: Scene) -> Stretches:
    """The level and the upright stretches of all lines, each sorted by where they are, and the slanted ones."""
    level, upright, slanted = stretches([path.points for path in scene.paths])
    level.sort()
    upright.sort()
    return level, upright, slanted


def corners(points: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The corners that matter: no point twice, none on a straight stretch; a reversal stays.

    >>> corners([(0, 0), (0, 10), (0, 10), (0, 30), (20, 30)])
    ((0, 0), (0, 30), (20, 30))
    """
    if len(points) == 2 and points[0] != points[1]:
        return tuple(points)          # most lines are straight
    found = list(points[:1])
    dx = dy = 0                       # of the stretch up to the last corner
    for (last_x, last_y), (x, y) in pairwise(points):
        ahead, aside = x - last_x, y - last_y
        if ahead or aside:
            if dx * aside == dy * ahead and dx * ahead + dy * aside > 0:
                found.pop()
            dx, dy = ahead, aside
            found.append((x, y))
    return tuple(found)


def edges_of(rect: tuple[int, int, int, int]) -> Edges:
    """A rectangle by its left, top, right and bottom."""
    x, y, w, h = rect
    return x, y, x + w, y + h


def _body(node: NodeShape, edges: Edges) -> Edges:
    """The *edges* of a node without what hangs on it."""
    early, late, low, high = node.hung
    left, top, right, bottom = edges
    return left + low, top + early, right - high, bottom - late


def _outside(symbol: Symbol, index: int) -> list[Word]:
    """The name of a bar or a circle stands outside it, and is then a word like a label."""
    found = []
    for line in symbol.lines:
        wide = advance(line.text) * line.size / 1000
        left = round(line.x - wide / 2) if line.anchor == "middle" else line.x
        box = (left, line.y - round(0.8 * line.size), left + round(wide), line.y + round(0.12 * line.size))
        x0, y0, x1, y1 = edges_of(symbol.rect)
        if not (x0 <= box[0] and y0 <= box[1] and box[2] <= x1 and box[3] <= y1):
            found.append(Word(symbol.id, box, -1, index))
    return found


# what lines dock on: round ends for terminals and circles, a diamond for decisions, a box for all others
_OUTLINES: dict[Form, Outline] = {"decision": "diamond", "terminal": "rounded", "connector": "rounded"}
NAMED_OUTSIDE = ("parallel", "connector")
