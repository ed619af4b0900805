"""A drawing cut into pieces, one a page: lines that were cut end in connectors that name each other's page.

A connector (GB/T 1526 连接符) is a circle with a mark; the same mark stands on
the page where the line goes on. A line that only passes through a page is not
drawn there. Heads of lanes stand on every piece.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from .connectors import APART, Spread, spread
from .frames import frames
from .heads import Heads, bands, heads
from .model import Aside, Corners, Drawing, Label, Paper, Point, Rect, Symbol, TextLine, Wire

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition

    from .cuts import Axis
    from .model import Band

Side = Literal["top", "bottom", "left", "right"]
Cell = tuple[int, int]                                  # numbers of the slab and of the part in it
End = tuple[Side, int]                                  # the edge of a cell, and where a line meets it
_FIRST = ("top", "left")
SIDES: tuple[Side, ...] = ("top", "left", "right", "bottom")
_OTHER: dict[Side, Side] = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
_ONWARD: tuple[Side, Side] = ("right", "bottom")       # by whether a line runs upright
# when the sides of a page are read in a chart that runs right, and in one that runs down
_READ: tuple[dict[Side, int], ...] = (
    {"left": 0, "top": 1, "bottom": 1, "right": 2}, {"top": 0, "left": 1, "right": 1, "bottom": 2})
PAGE_AREA = 500_000                                     # px², of a chart on one page: a small page, not quite full
CLOSER = 4                                              # circles stand closer than words may
BORDER = 1                                              # from words to the border of a lane
GAP = 3                                                 # from a circle to the words beside it


class Piece(NamedTuple):
    """What stands on one page, and what each of its connectors says."""

    drawing: Drawing
    connectors: tuple[tuple[str, str], ...]             # id of the symbol, words


class Slabs(NamedTuple):
    """Where a drawing is cut: along the flow into slabs, and each of those across into parts, px of the drawing."""

    along: tuple[int, ...]
    across: tuple[tuple[int, ...], ...]


def pieces(drawing: Drawing, slabs: Slabs, rules: Edition) -> tuple[Leaf, ...]:
    """*drawing* cut into *slabs*, as its pages in the order of the story.

    Each piece is made when it is called for: most ways to cut a large drawing come to nothing at an early page.
    """
    grid = _Grid(drawing, slabs)
    pages = grid.pages()
    journeys = [_journey(wire, grid) for wire in drawing.wires]
    stubs, parts = _stubs(journeys, pages, grid.down), _parts(drawing, journeys, grid)
    return tuple([Leaf(drawing, rules, grid, cell, stubs.get(cell, {}), parts[cell]) for cell in pages])


def depths(cuts: Sequence[Sequence[int]], axis: Axis, drawing: Drawing, rules: Edition) -> list[int | None]:
    """The room that connectors at the lines of each cut take on either side of it, px; None where they have none."""
    texts, side = _texts(rules, _late_page(drawing)), _LATE[axis]
    wide, beyond, strips = _wide(side, texts, rules), _beyond(side, texts, rules), _strips(drawing.bands, side, drawing)
    clear = _clear(side, texts, rules)

    def depth(lines: Sequence[int]) -> int | None:
        if not lines:
            return 0
        found = spread(lines, [wide] * len(lines), strips, [clear] * len(lines))
        return None if found is None else found.depth + beyond

    return [depth(lines) for lines in cuts]


def least_edge(axis: Axis, drawing: Drawing, rules: Edition) -> int:
    """How much of the edge of a page, cut in that axis, each of several connectors takes, px."""
    return _wide(_LATE[axis], _texts(rules, _late_page(drawing)), rules) + APART


def corner(symbol: Symbol, down: bool) -> tuple[int, int]:
    """Where a symbol begins along the flow, and across it."""
    x, y, _, _ = symbol.rect
    return (y, x) if down else (x, y)


def crowded(leaves: Sequence[Leaf]) -> tuple[set[int], set[int]]:
    """The numbers of the cuts along, and of the slabs cut across, whose connectors have no room on a page."""
    cuts, slabs = set(), set()
    for leaf in leaves:
        for side in leaf.crowded():
            if (side in ("top", "bottom")) == leaf.grid.down:
                cuts.add(leaf.slab - (side in _FIRST))
            else:
                slabs.add(leaf.slab)
    return cuts, slabs


class _Grid:
    """The cells that the cuts make."""

    def __init__(self, drawing: Drawing, slabs: Slabs) -> None:
        self.down = drawing.direction == "down"
        self.along, self.across = slabs
        head = drawing.bands[0].head
        start, end, wide = ((head.bottom, drawing.height, drawing.width) if self.down else
                            (head.right, drawing.width, drawing.height))
        self.starts, self.parts = (start, *self.along, end), [(0, *cuts, wide) for cuts in self.across]
        self.cell_of = {symbol.id: self._at(*corner(symbol, self.down)) for symbol in drawing.symbols}

    def _at(self, onward: int, aside: int) -> Cell:
        slab = bisect_right(self.along, onward)
        return slab, bisect_right(self.across[slab], aside)

    def pages(self) -> dict[Cell, int]:
        """The cells in which something stands, along the flow first, with their page numbers."""
        return {cell: number for number, cell in enumerate(sorted(set(self.cell_of.values())), 1)}

    def box(self, cell: Cell) -> tuple[int, int, int, int]:
        """The left, top, right and bottom of a cell."""
        slab, part = cell
        start, end = self.starts[slab:slab + 2]
        low, high = self.parts[slab][part:part + 2]
        return (low, start, high, end) if self.down else (start, low, end, high)

    def crossings(self, cell: Cell, a: tuple[int, int], b: tuple[int, int]) -> Iterator[tuple[Side, Cell]]:
        """The cuts that a stretch of line meets from *cell* on: the side by which it leaves, and the cell beyond."""
        upright = a[0] == b[0]
        start, end, beside = a[upright], b[upright], a[not upright]
        onward, late = upright == self.down, end > start
        slab, part = cell
        places = self.along if onward else self.across[slab]
        step, side = (1, _ONWARD[upright]) if late else (-1, _OTHER[_ONWARD[upright]])
        for _ in range(bisect_right(places, min(start, end)), bisect_left(places, max(start, end))):
            if onward:
                slab += step
                part = bisect_right(self.across[slab], beside)
            else:
                part += step
            yield side, (slab, part)


class _Journey(NamedTuple):
    """One line of flow over the cells: whole, or its first and its last part."""

    first: Cell
    last: Cell
    points: Corners                                     # of the first part; the end at the cut is left out
    out: End | None = None
    into: End | None = None
    rest: Corners = ()                                  # of the last part, without its start at the cut


def _journey(wire: Wire, grid: _Grid) -> _Journey:
    cell = start = grid.cell_of[wire.source]
    first = [wire.points[0]]
    out: End | None = None
    into: End | None = None
    rest: list[tuple[int, int]] = []
    for a, b in pairwise(wire.points):
        for side, beyond in grid.crossings(cell, a, b):
            across = a[0] if side in ("top", "bottom") else a[1]
            out = out or (side, across)
            into, rest, cell = (_OTHER[side], across), [], beyond
        (rest if out else first).append(b)
    return _Journey(start, cell, tuple(first), out, into, tuple(rest))


class _Part(NamedTuple):
    """What of the drawing stands in one cell, and the lines that begin or end there."""

    symbols: list[Symbol]
    asides: list[Aside]
    wires: list[tuple[Wire, _Journey]]


def _parts(drawing: Drawing, journeys: Sequence[_Journey], grid: _Grid) -> dict[Cell, _Part]:
    """The part of every cell in which something stands."""
    found: dict[Cell, _Part] = {}

    def part(cell: Cell) -> _Part:
        return found.setdefault(cell, _Part([], [], []))

    for symbol in drawing.symbols:
        part(grid.cell_of[symbol.id]).symbols.append(symbol)
    for aside in drawing.asides:
        part(grid.cell_of[aside.owner]).asides.append(aside)
    for wire, journey in zip(drawing.wires, journeys, strict=True):
        for cell in {journey.first: None, journey.last: None}:
            part(cell).wires.append((wire, journey))
    return found


class _Stub(NamedTuple):
    """A connector to be: its mark, the pages it names, whether the line leaves by it."""

    mark: str
    peers: tuple[int, ...]
    leaves: bool


def _stubs(journeys: Sequence[_Journey], pages: dict[Cell, int], down: bool) -> dict[Cell, dict[End, _Stub]]:
    """The connectors of each cell, marked as they are met in reading; lines that go on as one share theirs."""
    sources: dict[tuple[Cell, End], dict[Cell, None]] = {}
    met: dict[tuple[Cell, End], tuple[int, int, int]] = {}       # where first: the page, and the place on it
    for journey in journeys:
        if journey.out and journey.into:
            entry = (journey.last, journey.into)
            sources.setdefault(entry, {})[journey.first] = None
            places = [(pages[cell], _READ[down][side], at)
                      for cell, (side, at) in ((journey.first, journey.out), entry)]
            met[entry] = min(*places, met.get(entry, places[0]))
    marks = {entry: letters(number) for number, entry in enumerate(sorted(met, key=met.__getitem__))}
    found: dict[Cell, dict[End, _Stub]] = {}
    for journey in journeys:
        if journey.out and journey.into:
            entry = (journey.last, journey.into)
            peers = tuple(sorted(pages[cell] for cell in sources[entry]))
            found.setdefault(journey.first, {})[journey.out] = _Stub(marks[entry], (pages[journey.last],), True)
            found.setdefault(journey.last, {})[journey.into] = _Stub(marks[entry], peers, False)
    return found


def letters(number: int) -> str:
    """A mark for each number from 0 on.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    return (letters(number // 26 - 1) if number > 25 else "") + chr(ord("A") + number % 26)


class Leaf:
    """Makes the piece of one cell."""

    def __init__(self, whole: Drawing, rules: Edition, grid: _Grid, cell: Cell, stubs: dict[End, _Stub],
                 part: _Part) -> None:
        self.whole, self.rules, self.grid, self.cell, self.stubs, self.part = whole, rules, grid, cell, stubs, part
        self.left, self.top, self.right, self.bottom = grid.box(cell)
        self.bands = [band for band in whole.bands if _meets(band.rect, self)]
        self.texts = {end: _words(stub, rules) for end, stub in stubs.items()}
        self.spreads: dict[Side, tuple[tuple[int, ...], Spread]] = {}

    def piece(self) -> Piece:
        """The piece, once it is known that no side is crowded."""
        whole, part, down = self.whole, self.part, self.grid.down
        room = {side: self._room(side) for side in SIDES}
        spans = [((max(band.rect.x, self.left), min(band.rect.right, self.right)) if down else
                  (max(band.rect.y, self.top), min(band.rect.bottom, self.bottom))) for band in self.bands]
        low = self.left if down else self.top
        before, after = (room["left"], room["right"]) if down else (room["top"], room["bottom"])
        spans = [(start - low + before, end - low + before) for start, end in spans]
        spans[0], spans[-1] = (0, spans[0][1]), (spans[-1][0] if len(spans) > 1 else 0, spans[-1][1] + after)
        found = self._heads(spans)
        head = (0, found.depth) if down else (found.depth, 0)
        dx, dy = head[0] + room["left"] - self.left, head[1] + room["top"] - self.top
        width = head[0] + room["left"] + self.right - self.left + room["right"]
        height = head[1] + room["top"] + self.bottom - self.top + room["bottom"]
        made = bands(self.bands, whole.direction, self.rules, spans, found, height if down else width)
        circles = {end: self._circle(end) for end in self._ends()}
        first_lane = whole.bands.index(self.bands[0])
        early = [circles[end] for end in circles if not self.stubs[end].leaves]
        late = [circles[end] for end in circles if self.stubs[end].leaves]
        symbols = (*[_moved_symbol(circle, dx, dy) for circle in early],
                   *[_moved_symbol(symbol, dx, dy, first_lane) for symbol in part.symbols],
                   *[_moved_symbol(circle, dx, dy) for circle in late])
        moved = Drawing(whole.title, whole.direction, whole.font_px, width, height, made, symbols,
                        tuple([_moved_aside(aside, dx, dy) for aside in part.asides]),
                        tuple([_moved_wire(wire, dx, dy) for wire in self._wires(circles)]))
        return Piece(moved, tuple((circles[end].id, self.texts[end]) for end in circles))

    def _heads(self, spans: Sequence[tuple[int, int]]) -> Heads:
        """The heads of the lanes on this page; where lanes are rows, as they are in the whole chart."""
        if self.grid.down:
            return heads(self.bands, "down", self.rules, spans)
        all_ = heads(self.whole.bands, "right", self.rules, ())
        return all_._replace(lines=tuple([all_.lines[self.whole.bands.index(band)] for band in self.bands]))

    # ---- connectors

    def _ends(self) -> list[End]:
        """The connectors, side by side."""
        return sorted(self.stubs, key=lambda end: (SIDES.index(end[0]), end[1]))

    @property
    def slab(self) -> int:
        """The number of the slab of which the page is a part."""
        return self.cell[0]

    def crowded(self) -> tuple[Side, ...]:
        """The sides on which its connectors have no room side by side."""
        found = []
        for side in SIDES:
            ends = [end for end in self._ends() if end[0] == side]
            if ends:
                lines = tuple(at for _, at in ends)
                wide = [_wide(side, (self.texts[end],), self.rules) for end in ends]
                clear = [_clear(side, (self.texts[end],), self.rules) for end in ends]
                spread_ = spread(lines, wide, self._strips(side), clear)
                if spread_ is None:
                    found.append(side)
                else:
                    self.spreads[side] = (lines, spread_)
        return tuple(found)

    def _strips(self, side: Side) -> list[tuple[int, int]]:
        across = (side in ("top", "bottom")) == self.grid.down
        low, high = (self.left, self.right) if side in ("top", "bottom") else (self.top, self.bottom)
        if not across:
            return [(low, high)]
        spans = [(band.rect.x, band.rect.right) if self.grid.down else (band.rect.y, band.rect.bottom)
                 for band in self.bands]
        return [(max(start, low), min(end, high)) for start, end in spans]

    def _room(self, side: Side) -> int:
        if side not in self.spreads:
            return 0
        texts = [text for (where, _), text in self.texts.items() if where == side]
        return self.spreads[side][1].depth + _beyond(side, texts, self.rules)

    def _way(self, end: End) -> tuple[Point, ...]:
        """From the cut to the circle."""
        side, at = end
        lines, found = self.spreads[side]
        number = lines.index(at)
        place, turn = found.places[number], found.turns[number]
        if place == at:
            return (self._out(side, at, found.depth),)
        return self._out(side, at, turn), self._out(side, place, turn), self._out(side, place, found.depth)

    def _out(self, side: Side, along: int, far: int) -> Point:
        """The point *far* beyond an edge."""
        if side == "top":
            return Point(along, self.top - far)
        if side == "bottom":
            return Point(along, self.bottom + far)
        return Point(self.left - far, along) if side == "left" else Point(self.right + far, along)

    def _circle(self, end: End) -> Symbol:
        side, size, small = end[0], self.rules.symbols.connector.size, self.rules.symbols.text.small
        dock, text = self._way(end)[-1], self.texts[end]
        x, y = {"top": (dock.x - size // 2, dock.y - size), "bottom": (dock.x - size // 2, dock.y),
                "left": (dock.x - size, dock.y - size // 2), "right": (dock.x, dock.y - size // 2)}[side]
        made, letter = frames(self.rules), self.whole.font_px
        wide = made.set.width(text, small)
        middle, top = {"top": (dock.x, y - GAP - small), "bottom": (dock.x, y + size + GAP),
                       "left": (x - GAP - wide // 2 - 1, y + (size - small) // 2),
                       "right": (x + size + GAP + wide // 2 + 1, y + (size - small) // 2)}[side]
        stub = self.stubs[end]
        lines = (TextLine(stub.mark, x + size // 2, made.base(y + (size - letter) / 2, letter), letter),
                 TextLine(text, middle, made.base(top, small), small, "middle", "aside"))
        return Symbol(f"{stub.mark}{_ARROWS[stub.leaves]}{side}{end[1]}", "connector", Rect(x, y, size, size), -1,
                      lines)

    # ---- lines

    def _wires(self, circles: dict[End, Symbol]) -> Iterator[Wire]:
        entered: set[End] = set()
        for wire, journey in self.part.wires:
            if journey.out is None or journey.into is None:
                if journey.first == self.cell:
                    yield wire
                continue
            if journey.first == self.cell:
                yield wire._replace(target=circles[journey.out].id,
                                    points=_straight((*journey.points, *self._way(journey.out))))
            if journey.last == self.cell and journey.into not in entered:
                entered.add(journey.into)
                way = tuple(reversed(self._way(journey.into)))
                yield wire._replace(source=circles[journey.into].id, label=None, text="",
                                    points=_straight((*way, *journey.rest)))


def _straight(points: Corners) -> Corners:
    """The same line without points on a straight stretch."""
    kept = [points[0]]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1]):
            kept.append(point)
    return (*kept, points[-1])


# ---- words of connectors

def _words(stub: _Stub, rules: Edition) -> str:
    """What stands beside a circle: on which page the line goes on, or comes from."""
    words = rules.words.page
    pages = rules.words.step.paper_join.join(_in_runs(stub.peers, words.in_a_row))
    return (words.goes_on if stub.leaves else words.comes_from).format(page=pages)


def _in_runs(pages: Sequence[int], in_a_row: str) -> Iterator[str]:
    """The numbers of pages in order, three or more in a row as from, to."""
    for _, run in groupby(enumerate(pages), lambda one: one[1] - one[0]):
        numbers = [page for _, page in run]
        if len(numbers) > 2:
            yield in_a_row.format(first=numbers[0], last=numbers[-1])
        else:
            yield from map(str, numbers)


def _texts(rules: Edition, page: int) -> tuple[str, ...]:
    words = rules.words.page
    return words.goes_on.format(page=page), words.comes_from.format(page=page)


def _late_page(drawing: Drawing) -> int:
    """A page number as wide as the last page's may be."""
    return int("8" * max(2, len(str(drawing.width * drawing.height // PAGE_AREA))))


def _wide(side: Side, texts: Sequence[str], rules: Edition) -> int:
    """How much of an edge a circle with its words takes."""
    size, small = rules.symbols.connector.size, rules.symbols.text.small
    if side in ("left", "right"):
        return size - CLOSER
    return max(size, *[frames(rules).set.width(text, small) for text in texts])


def _clear(side: Side, texts: Sequence[str], rules: Edition) -> int:
    """How far off the border of a lane a line must run for the words at its circle not to touch it."""
    along = rules.symbols.text.small if side in ("left", "right") else _wide(side, texts, rules)
    return along // 2 + BORDER


def _beyond(side: Side, texts: Sequence[str], rules: Edition) -> int:
    """How far a circle with its words reaches."""
    size, small = rules.symbols.connector.size, rules.symbols.text.small
    words = small if side in ("top", "bottom") else max(frames(rules).set.width(text, small) for text in texts) + 2
    return size + GAP + words + APART


def _strips(bands_: Sequence[Band], side: Side, drawing: Drawing) -> list[tuple[int, int]]:
    if (side in ("top", "bottom")) != (drawing.direction == "down"):
        return [(0, drawing.height if drawing.direction == "down" else drawing.width)]
    return [(band.rect.x, band.rect.right) if drawing.direction == "down" else (band.rect.y, band.rect.bottom)
            for band in bands_]


# ---- moving

def _meets(rect: Rect, page: Leaf) -> bool:
    if page.grid.down:
        return rect.x < page.right and page.left < rect.right
    return rect.y < page.bottom and page.top < rect.bottom


def _moved_rect(rect: Rect, dx: int, dy: int) -> Rect:
    return Rect(rect.x + dx, rect.y + dy, rect.w, rect.h)


def _moved_lines(lines: tuple[TextLine, ...], dx: int, dy: int) -> tuple[TextLine, ...]:
    return tuple([TextLine(text, x + dx, y + dy, size, anchor, role) for text, x, y, size, anchor, role in lines])


def _moved_points(points: Corners, dx: int, dy: int) -> Corners:
    return tuple([(x + dx, y + dy) for x, y in points])


def _moved_symbol(symbol: Symbol, dx: int, dy: int, lanes: int = 0) -> Symbol:
    """The symbol where it stands on its page, whose first lane is the one of number *lanes*."""
    id_, form, rect, lane, lines, papers = symbol
    return Symbol(id_, form, _moved_rect(rect, dx, dy), lane - lanes, _moved_lines(lines, dx, dy),
                  tuple([Paper(form, _moved_rect(rect, dx, dy), _moved_lines(lines, dx, dy))
                         for form, rect, lines in papers]))


def _moved_aside(aside: Aside, dx: int, dy: int) -> Aside:
    owner, form, rect, lines, tie = aside
    return Aside(owner, form, _moved_rect(rect, dx, dy), _moved_lines(lines, dx, dy), _moved_points(tie, dx, dy))


def _moved_wire(wire: Wire, dx: int, dy: int) -> Wire:
    id_, source, target, points, back, label, text = wire
    moved = label and Label(_moved_rect(label.rect, dx, dy), _moved_lines(label.lines, dx, dy))
    return Wire(id_, source, target, _moved_points(points, dx, dy), back, moved, text)


_LATE: dict[Axis, Side] = {"x": "right", "y": "bottom"}
_ARROWS = {True: "→", False: "←"}
