"""Flow → Drawing: texts are measured, the engine arranges the boxes, and everything gets its place.

    words → frames, papers, labels → Shape → engine → Arrangement → Drawing

The engine knows no words and no direction. Equal shapes are arranged once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.kept import Kept
from flowstd.ir.kinds import Kind, Outcome
from flowstd.standard.edition import NEWEST, Edition, load

from .beside import Stack, beside
from .engine import Engine
from .frame import Frame, Strip, placed
from .frames import frames
from .heads import bands, heads, lane_least
from .labels import unbroken
from .model import Aside, Corners, Direction, Drawing, Label, Paper, Rect, Symbol, Wire
from .remarks import remarks_of
from .shape import Arrangement, Duty, EdgeShape, NodeShape, Outline, Shape
from .shelf import shelved

if TYPE_CHECKING:
    from flowstd.ir.model import Flow


def lay_out(flow: Flow, direction: Direction = "down", edition: str = NEWEST) -> Drawing:
    """Draw *flow* to *edition*: down is the official habit, right the BPMN one.

    Raises: UnknownName: there is no such edition.

    >>> from flowstd.ir.model import Flow, Lane, Link, Node
    >>> flow = Flow(title="备案", lanes=(Lane(id="窗口", name="窗口"),),
    ...             nodes=(Node(id="a", kind=Kind.START, label="申请", lane="窗口"),
    ...                    Node(id="b", kind=Kind.TASK, label="备案", lane="窗口")),
    ...             links=(Link(id="l", source="a", target="b"),))
    >>> [symbol.form for symbol in lay_out(flow).symbols]
    ['terminal', 'process']
    """
    rules = load(edition)
    words, found = _fitted(flow, direction, rules)
    return _Placing(flow, direction, rules, words, found).drawing()


def _fitted(flow: Flow, direction: Direction, rules: Edition) -> tuple[_Words, Arrangement]:
    """Steps as narrow as they may be; wider, and so less high, where only that makes a chart fit its first paper."""
    wide, high = _rooms(direction == "down", rules)[0]
    narrowest: tuple[_Words, Arrangement] | None = None
    for step in rules.symbols.step.widths:
        words = _Words.of(flow, direction, rules, step)
        found = arranged(_shape(flow, direction, rules, words))
        if found.across <= wide and found.along <= high:
            return words, found
        narrowest = narrowest or (words, found)
        if direction == "right" or found.across > wide or found.along > high * _WORTH // 100:
            break
    assert narrowest is not None                              # an edition has widths
    return narrowest


def arranged(shape: Shape) -> Arrangement:
    """The arrangement of *shape*; equal shapes are arranged once."""
    found: Arrangement = _ARRANGED.of((), shape, lambda: shelved(shape, _ENGINE.arrange))
    return found


class _Words(NamedTuple):
    """All texts of a flow, measured: a frame and perhaps papers for each node, a label for each link."""

    frames: tuple[Frame, ...]
    stacks: tuple[Stack | None, ...]
    labels: tuple[Frame | None, ...]

    @classmethod
    def of(cls, flow: Flow, direction: Direction, rules: Edition, step: int) -> _Words:
        made, marks = frames(rules), remarks_of(flow, rules.name).mark_of
        widths = made.widths(flow, marks, step)
        return cls(tuple([made.of(flow, node, widths, direction, marks.get(node.id, "")) for node in flow.nodes]),
                   tuple([beside(flow, node, direction, rules) for node in flow.nodes]),
                   tuple([made.label(link.label) if link.label else None for link in flow.links]))


# ---- what the engine sees

def _shape(flow: Flow, direction: Direction, rules: Edition, words: _Words) -> Shape:
    down = direction == "down"
    lanes = {lane.id: number for number, lane in enumerate(flow.lanes)}
    places = {node.id: number for number, node in enumerate(flow.nodes)}
    gap = rules.symbols.paper.gap
    nodes = []
    for node, (_, width, height, _, strips), stack in zip(flow.nodes, words.frames, words.stacks, strict=True):
        outline, duty = _OUTLINES[node.kind]
        room = reach = 0
        if stack:
            room, reach = (gap + stack.width, stack.height) if down else (gap + stack.height, stack.width)
        nodes.append(NodeShape(lanes[node.lane], width if down else height, height if down else width, outline, duty,
                               room, 0, 0, reach, 1 if node.outcome in _FAVOURED else 0,
                               _hung(strips, down) if strips else _BARE))
    edges = []
    for link, label in zip(flow.links, words.labels, strict=True):
        wide, high = (label.width, label.height) if label else (0, 0)
        edges.append(EdgeShape(places[link.source], places[link.target], wide if down else high,
                               high if down else wide, link.back))
    return Shape(len(lanes), tuple(nodes), tuple(edges), lane_least(flow, direction, rules), _rooms(down, rules))


def _hung(strips: tuple[Strip, ...], down: bool) -> tuple[int, int, int, int]:
    """The papers at the head and foot of a symbol, as the engine's sides."""
    head = sum([strip.height for strip in strips if not strip.y])
    foot = sum([strip.height for strip in strips if strip.y])
    return (head, foot, 0, 0) if down else (0, 0, head, foot)


@cache
def _rooms(down: bool, rules: Edition) -> tuple[tuple[int, int], ...]:
    """The room that each paper (on its side for a chart that runs right) usually leaves, across and along."""
    page, head = rules.sheet.page, rules.symbols.lane
    rooms = []
    for paper in rules.sheet.paper:
        wide, high = (paper.width, paper.height) if down else (paper.height, paper.width)
        wide, high = wide - 2 * page.margin, high - 2 * page.margin - page.around
        rooms.append((wide, high - head.head) if down else (high, wide - head.head_right))
    return tuple(rooms)


# ---- where everything goes

class _Placing:
    """Turns an arrangement in two axes into a drawing in x and y."""

    def __init__(self, flow: Flow, direction: Direction, rules: Edition, words: _Words, found: Arrangement) -> None:
        self.flow = flow
        self.direction: Direction = direction
        self.down = direction == "down"
        self.rules = rules
        self.words = words
        self.found = found
        self.heads = heads(flow.lanes, direction, rules, found.lanes)
        self.head = self.heads.depth

    def drawing(self) -> Drawing:
        """The whole."""
        flow, found = self.flow, self.found
        along = self.head + found.along
        symbols, asides = self._symbols()
        width, height = (found.across, along) if self.down else (along, found.across)
        lanes = bands(flow.lanes, self.direction, self.rules, found.lanes, self.heads, along)
        boxes = [symbol.rect for symbol in symbols] + [aside.rect for aside in asides]
        borders = [band.rect.x for band in lanes] if self.down else []
        return Drawing(flow.title, self.direction, self.rules.symbols.text.size, width, height, lanes, symbols, asides,
                       unbroken(self._wires(), boxes, borders, self.rules))

    def _symbols(self) -> tuple[tuple[Symbol, ...], tuple[Aside, ...]]:
        """The symbols, and what stands beside them."""
        flow, words, found, head, down = self.flow, self.words, self.found, self.head, self.down
        lanes = {lane.id: number for number, lane in enumerate(flow.lanes)}
        symbols, asides = [], []
        for node, frame, stack, (across, along), (wide, long), high in zip(
                flow.nodes, words.frames, words.stacks, found.nodes, found.sizes, found.aside_high, strict=True):
            rect = Rect(across, along + head, wide, long) if down else Rect(along + head, across, long, wide)
            symbols.append(_symbol(node.id, frame, rect, lanes[node.lane]))
            if stack:
                asides += self._asides(node.id, rect, stack, high)
        return tuple(symbols), tuple(asides)

    def _wires(self) -> list[Wire]:
        head, down = self.head, self.down
        made: list[Wire] = []
        for link, (path, corner, back), frame in zip(self.flow.links, self.found.edges, self.words.labels, strict=True):
            label = None
            if frame is not None and corner is not None:
                across, along = corner
                x, y = (across, along + head) if down else (along + head, across)
                label = Label(Rect(x, y, frame.width, frame.height), placed(frame.lines, x, y))
            if down:
                points = tuple([(across, along + head) for across, along in path])
            else:
                points = tuple([(along + head, across) for across, along in path])
            made.append(Wire(link.id, link.source, link.target, points, back, label, link.label))
        return made

    # ---- papers

    def _asides(self, owner: str, rect: Rect, stack: Stack, high: bool) -> list[Aside]:
        gap = self.rules.symbols.paper.gap
        made = []
        for frame, dx, dy in stack.papers:
            if self.down:
                x = rect.right + gap if high else rect.x - gap - frame.width
                y = rect.y + (rect.h - stack.height) // 2 + dy
                place = Rect(x, y, frame.width, frame.height)
                tie = _tie_level(rect, place, high)
            else:
                x = rect.x + (rect.w - stack.width) // 2 + dx
                y = rect.bottom + gap if high else rect.y - gap - frame.height
                place = Rect(x, y, frame.width, frame.height)
                tie = _tie_upright(rect, place, high)
            made.append(Aside(owner, frame.form, place, placed(frame.lines, place.x, place.y), tie))
        return made


def _tie_level(owner: Rect, paper: Rect, high: bool) -> Corners:
    """From the side of a symbol to the side of its paper, with a step where they are not level."""
    x1, x2 = (owner.right, paper.x) if high else (owner.x, paper.right)
    y1, y2 = owner.y + owner.h // 2, paper.y + paper.h // 2
    middle = (x1 + x2) // 2
    return ((x1, y1), (x2, y2)) if y1 == y2 else ((x1, y1), (middle, y1), (middle, y2), (x2, y2))


def _tie_upright(owner: Rect, paper: Rect, high: bool) -> Corners:
    y1, y2 = (owner.bottom, paper.y) if high else (owner.y, paper.bottom)
    x1, x2 = owner.x + owner.w // 2, paper.x + paper.w // 2
    middle = (y1 + y2) // 2
    return ((x1, y1), (x2, y2)) if x1 == x2 else ((x1, y1), (x1, middle), (x2, middle), (x2, y2))


def _symbol(id: str, frame: Frame, rect: Rect, lane: int) -> Symbol:
    x, y, wide, high = rect
    form, width, height, lines, strips = frame
    if wide != width or high != height:
        _, _, _, lines, strips = frame = frame.grown(wide, high)
    return Symbol(id, form, rect, lane, placed(lines, x, y), _papers(frame, rect) if strips else ())


def _papers(frame: Frame, rect: Rect) -> tuple[Paper, ...]:
    return tuple([Paper(strip.form, Rect(rect.x, rect.y + strip.y, rect.w, strip.height),
                        placed(strip.lines, rect.x, rect.y + strip.y)) for strip in frame.strips])


_OUTLINES: dict[Kind, tuple[Outline, Duty]] = {
    Kind.START: ("round", "start"), Kind.END: ("round", "end"), Kind.TASK: ("box", "step"), Kind.CALL: ("box", "step"),
    Kind.DECISION: ("diamond", "decision"), Kind.SPLIT: ("bar", "split"), Kind.JOIN: ("bar", "join"),
}
_FAVOURED = frozenset((Outcome.GRANTED, Outcome.DONE))
_BARE = (0, 0, 0, 0)        # a symbol on which nothing hangs
_ARRANGED = Kept()
_ENGINE = Engine()          # a chart, its wider tries and its BPMN diagram are often alike
_WORTH = 115                # hundredths of the room up to which wider steps may make a chart fit
