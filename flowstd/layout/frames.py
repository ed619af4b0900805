"""How large each symbol is: its text set in lines, and the outline drawn around them.

Boxes follow their texts, but equal symbols of one chart are equally wide, so
that the chart looks calm: widths come in steps, and a chart takes one.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.ir.graph import merges
from flowstd.ir.kinds import CALL, DECISION, END, JOIN, SPLIT, START, TASK, Kind

from .frame import Frame, Role, SetLine
from .measure import SPACE, Piece, Setter, clean, ends_of, joined, setter
from .model import Form
from .papers import papers

if TYPE_CHECKING:
    from flowstd.ir.model import Flow, Node
    from flowstd.standard.edition import Edition

    from .model import Direction


class Widths(NamedTuple):
    """What the symbols of one chart have in common."""

    step: int
    decision: int
    terminal: int


# all that decides how a symbol looks: its form and label, its least width, its terms, what it takes and issues
_Key = tuple[Form, str, int, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class Frames:
    """Makes the frames of one edition and remembers them."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.symbols = edition.symbols
        self.set: Setter = setter(edition)
        self._raised = 50 + edition.symbols.text.raised
        self._made: dict[_Key, Frame] = {}
        self._labels: dict[str, Frame] = {}
        self._lines: dict[str, Frame] = {}
        self._diamonds: dict[tuple[str, tuple[str, ...]], tuple[int, tuple[str, ...]]] = {}

    def widths(self, flow: Flow, marks: dict[str, str], step: int) -> Widths:
        """The common widths of a chart whose steps are *step* px wide: what its other ordinary texts need."""
        sizes = self.symbols
        decision, terminal = sizes.decision.least, sizes.terminal.width
        wide = sizes.step.widths[-1]
        for node in flow.nodes:
            form = FORMS[node.kind]
            if form == "decision" and not merges(flow, node):
                need = self._diamond(node.label + marks.get(node.id, ""), self.terms(node))[0]
                decision = need if decision < need <= sizes.decision.ordinary else decision
            elif form == "terminal":
                label = clean(node.label + marks.get(node.id, ""))
                need = self.set.width(label, sizes.text.size) + 2 * sizes.terminal.side
                terminal = need if terminal < need <= wide else terminal
        return Widths(step, decision, min(terminal + terminal % 2, step))

    def of(self, flow: Flow, node: Node, widths: Widths, direction: Direction, mark: str = "") -> Frame:
        """The frame of *node* in a chart of such *widths*, its name followed by *mark*."""
        label, form = node.label + mark, FORMS[node.kind]
        if form == "parallel":
            depth = self.symbols.parallel.depth
            return Frame(form, *((widths.step, depth) if direction == "down" else (depth, self.symbols.step.least)), ())
        if form == "decision":
            if merges(flow, node) and not mark:
                return Frame(form, self.symbols.decision.merge, self.symbols.decision.merge, ())
            return self._frame((form, label, widths.decision, self.terms(node), (), ()))
        if form == "terminal":
            return self._frame((form, label, widths.terminal, (), (), ()))
        takes, issues = node.takes, node.issues
        if takes or issues:
            names = flow.document_by_id
            takes = tuple([names[paper].name for paper in takes])
            issues = tuple([names[paper].name for paper in issues])
        return self._frame((form, label, widths.step, self.terms(node), takes, issues))

    def label(self, text: str) -> Frame:
        """The word at an exit, as it stands beside its line; remembered."""
        found = self._labels.get(text)
        if found is None:
            found = self._label(text)
            _keep(self._labels, text, found)
        return found

    def line(self, text: str) -> Frame:
        """The same word in lines as long as an ordinary step is wide: most have one; remembered."""
        found = self._lines.get(text)
        if found is None:
            found = self._word(text, self.symbols.step.widths[-1])
            _keep(self._lines, text, found)
        return found

    def terms(self, node: Node) -> tuple[str, ...]:
        """The step's limit in brackets, as it stands under the name."""
        within, excluded = node.within, node.excluded_by
        if within is None and excluded is None:
            return ()
        words = self.edition.words.step
        limit = (words.term.format(term=within.zh),) if within else ()
        return (*limit, words.excluded) if excluded else limit

    def _frame(self, key: _Key) -> Frame:
        """The frame of what *key* says; remembered."""
        found = self._made.get(key)
        if found is None:
            make = {"decision": self._decision, "terminal": self._terminal}.get(key[0], self._hung)
            found = make(key)
            _keep(self._made, key, found)
        return found

    def _hung(self, key: _Key) -> Frame:
        """A box with its materials on its head and its documents at its foot."""
        form, label, width, terms, takes, issues = key
        box = self._box(form, label, terms, width)
        made, strips, top = papers(self.edition), [], 0
        if takes:
            strip = made.strip("data", takes, box.width)
            strips.append(strip)
            top = strip.height
        if issues:
            strips.append(made.strip("document", issues, box.width)._replace(y=top + box.height))
        if not strips:
            return box
        lines = tuple([line._replace(y=line.y + top) for line in box.lines])
        return Frame(form, box.width, box.height + sum(strip.height for strip in strips), lines, tuple(strips))

    def _box(self, form: Form, label: str, terms: tuple[str, ...], width: int) -> Frame:
        step, text, called = self.symbols.step, self.symbols.text, self.symbols.predefined
        inset = 2 * (called.bar + called.side if form == "predefined" else step.side)
        while True:
            names = self.set.lines(label, width - inset, text.size)
            limits = tuple(line for term in terms for line in self.set.lines(term, width - inset, text.small))
            height = max(step.least, up(self._rows(len(names), len(limits))[1] + 2 * step.above, step.grow_by))
            if height <= width * 3 // 4 or width >= step.widest:
                return Frame(form, width, height, self._stack(names, limits, width // 2, height))
            width = min(step.widest, up(width * 4 // 3, step.grow_by))

    def _terminal(self, key: _Key) -> Frame:
        _, label, width, _, _, _ = key
        sizes, text, widest = self.symbols.terminal, self.symbols.text, self.symbols.step.widest
        while True:
            names = self.set.lines(label, width - 2 * sizes.side, text.size)
            height = sizes.least + (text.size + text.gap) * max(0, len(names) - 1)
            height += height % 2
            if height <= width * 3 // 4 or width >= widest:
                return Frame("terminal", width, height, self._stack(names, (), width // 2, height))
            width = min(widest, up(width * 4 // 3, 8))

    def _label(self, text: str) -> Frame:
        widest = self.symbols.label.widest
        while True:
            found = self._word(text, widest)
            if found.height <= 2 * (widest + self.symbols.label.above) or widest >= self.symbols.step.widest:
                return found
            widest = up(widest * 4 // 3, 2)

    def _word(self, text: str, widest: int) -> Frame:
        """The word at an exit in lines of no more than *widest* px."""
        sizes, size = self.symbols.label, self.symbols.text.size
        names = self.set.lines(text, widest - 2 * sizes.side, size)
        rows, depth = self._rows(len(names), 0)
        width = max((self.set.width(name, size) for name in names), default=0) + 2 * sizes.side
        lines = tuple(SetLine(name, width // 2, self.base(sizes.above + top, size), size, "label")
                      for name, (top, _) in zip(names, rows, strict=True))
        return Frame("process", width, depth + 2 * sizes.above, lines)

    # ---- diamonds

    def _decision(self, key: _Key) -> Frame:
        _, label, common, terms, _, _ = key
        width, names = self._diamond(label, terms)
        width = max(width, common)
        height = even(width / self.symbols.decision.flatness)
        return Frame("decision", width, height, self._stack(names, terms, width // 2, height))

    def _diamond(self, label: str, terms: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """The least width of a diamond around *label*, and the lines that fit into it."""
        found = self._diamonds.get((label, terms))
        if found is None:
            found = self._fit(label, terms)
            _keep(self._diamonds, (label, terms), found)
        return found

    def _fit(self, label: str, terms: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        sizes, size = self.symbols.decision, self.symbols.text.size
        text = " ".join(clean(label).split())
        pieces = self.set.pieces(text, _DIAMOND_PIECE)
        counts = range(1, 1 + min(sizes.lines, len(pieces))) if len(pieces) <= _FEW else ()
        best = min((self._split(pieces, count, terms) for count in counts), default=(0, ()),
                   key=lambda found: found[0] + len(found[1]) * sizes.line_worth)
        if pieces and not 0 < best[0] <= 2 * sizes.ordinary:
            best = self._fill(self.set.pieces(text, 5 * size * 100), terms)
        return max(sizes.least, up(best[0], sizes.grow_by)), best[1]

    def _split(self, pieces: list[Piece], count: int, terms: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """The division into *count* lines (1 to 3) that needs the narrowest diamond."""
        extra = self._extra(count, terms)
        total, ends = len(pieces), ends_of(pieces)
        best: tuple[int, int, tuple[int, ...]] | None = None
        for cuts in _cuts(total, count):
            bounds = (0, *cuts, total)
            needs = [self.set.px(_between(pieces, ends, a, b), self.symbols.text.size) + more
                     for (a, b), more in zip(pairwise(bounds), extra, strict=False)]
            key = (max(needs), sum(need * need for need in needs), cuts)
            if best is None or key < best:
                best = key
        assert best is not None                              # count never exceeds the number of pieces
        bounds = (0, *best[2], total)
        need = max(best[0], *(self._term_need(term, extra[count + n]) for n, term in enumerate(terms)), 0)
        return need, tuple(joined(pieces[a:b]) for a, b in pairwise(bounds))

    def _fill(self, pieces: list[Piece], terms: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """A diamond for a long text: as many lines as it is high, each as long as it is wide there."""
        sizes, text = self.symbols.decision, self.symbols.text
        pitch, total = text.size + text.gap, self.set.px(ends_of(pieces)[-1], text.size)
        width = up(int((2 * sizes.flatness * total * pitch) ** 0.5), sizes.grow_by)
        while True:
            for count in range(min(sizes.lines, len(pieces)), int(width / sizes.flatness) // pitch + 1):
                rooms = [width - more for more in self._extra(count, terms)]
                if sum(rooms[:count]) < total or min(rooms) < text.size:
                    continue
                lines = self._poured(pieces, rooms[:count])
                if lines and all(self._term_need(term, 0) <= rooms[count + n] for n, term in enumerate(terms)):
                    return width, lines
            width += sizes.grow_by

    def _poured(self, pieces: list[Piece], rooms: list[int]) -> tuple[str, ...]:
        """The pieces poured into lines of these *rooms*, or nothing if they do not fit."""
        size, at, lines = self.symbols.text.size, 0, []
        for room in rooms:
            first, used = at, 0
            while at < len(pieces):
                used += pieces[at].advance + (SPACE if pieces[at].spaced and at > first else 0)
                if self.set.px(used, size) > room:
                    break
                at += 1
            lines.append(joined(pieces[first:at]))
        return tuple(line for line in lines if line) if at == len(pieces) and all(lines) else ()

    def _extra(self, count: int, terms: tuple[str, ...]) -> list[int]:
        """What each line needs beyond its length: the diamond narrows away from its middle."""
        sizes, bare = self.symbols.decision, self.symbols.text.bare / 100
        rows, depth = self._rows(count, len(terms))
        aways = (max(depth / 2 - top - bare * size, top + size - depth / 2) for top, size in rows)
        return [ceil(2 * sizes.flatness * away) + 2 * sizes.room for away in aways]

    def _term_need(self, term: str, extra: int) -> int:
        return self.set.width(term, self.symbols.text.small) + extra

    # ---- lines

    def _rows(self, names: int, limits: int) -> tuple[list[tuple[int, int]], int]:
        """Top and size of each line in a stack, and the height of the stack."""
        text = self.symbols.text
        rows, top = [], 0
        for size in [text.size] * names + [text.small] * limits:
            rows.append((top, size))
            top += size + text.gap
        return rows, max(0, top - text.gap)

    def _stack(self, names: tuple[str, ...], limits: tuple[str, ...], middle: int, height: int) -> tuple[SetLine, ...]:
        """The lines, stacked around the middle of a frame."""
        rows, depth = self._rows(len(names), len(limits))
        above = (height - depth) / 2
        roles = _NAME * len(names) + _TERM * len(limits)
        return tuple(SetLine(text, middle, self.base(above + top, size), size, role)
                     for text, (top, size), role in zip((*names, *limits), rows, roles, strict=True))

    def base(self, top: float, size: int) -> int:
        """The baseline of a line whose em square begins at *top*."""
        return int(top + size * self._raised / 100 + 0.5)


FORMS: dict[Kind, Form] = {
    START: "terminal", END: "terminal", TASK: "process", DECISION: "decision",
    SPLIT: "parallel", JOIN: "parallel", CALL: "predefined",
}
_NAME: tuple[Role, ...] = ("name",)
_TERM: tuple[Role, ...] = ("term",)
_REMEMBERED = 50_000
_FEW = 40                                # up to so many pieces, every division into three lines is tried
_DIAMOND_PIECE = 12_000                  # a longer piece is cut


def _keep(remembered: dict[Any, Any], key: object, value: object) -> None:
    if len(remembered) >= _REMEMBERED:
        remembered.clear()
    remembered[key] = value


def up(length: int, step: int) -> int:
    """*length* or the next multiple of *step*."""
    return -(-length // step) * step


def even(length: float) -> int:
    """The even number at or next above *length*, so that the middle is whole; a hair above counts as on it."""
    return 2 * -int(-(length - 0.35) // 2)


@cache
def frames(edition: Edition) -> Frames:
    """The frames of *edition*; there is one, so that it remembers."""
    return Frames(edition)


def _between(pieces: list[Piece], ends: list[int], first: int, end: int) -> int:
    """The advance of the pieces from *first* to before *end*, set on a line of their own."""
    return ends[end] - ends[first] - (SPACE if pieces[first].spaced else 0)


def _cuts(total: int, count: int) -> list[tuple[int, ...]]:
    if count == 1:
        return [()]
    if count == 2:
        return [(a,) for a in range(1, total)]
    return [(a, b) for a in range(1, total - 1) for b in range(a + 1, total)]
