"""Drawing → Sheet: the chart on paper, with title block, fields, legend and foot.

The first paper on which box text is large enough is taken; what is too large
for every paper stands on the last one, smaller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.digest import canonical, digest
from flowstd.standard.edition import NEWEST, Edition, Paper, TypeSizes, load

from .elements import Fields, bases_of, fields_of, title_of
from .furniture import Block, Furniture, Ink, stacked
from .measure import clean
from .model import Drawing, Rect
from .page import Page, Sheet, View
from .remarks import Remarks, remarks_of
from .spoken import described, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowstd.ir.model import Flow
    from flowstd.item import Item


def compose(flow: Flow, drawing: Drawing, item: Item | None = None, scenario: str = "", *, edition: str = NEWEST,
            view: str = "internal", fingerprint: str = "") -> Sheet:
    """Set *drawing*, which shows *flow*, on paper; *item* and *scenario* fill title block and footer.

    *view* says whose chart it is, and so what it is called. *fingerprint* is the content hash to print; without one,
    it is made of the flow and the item.

    Raises: UnknownName: there is no such edition.
    """
    rules = load(edition)
    mark = fingerprint or content_hash(flow, item, scenario, edition)
    title = clean(title_of(item.name if item else flow.title, scenario, rules, view))
    around = _Around(drawing, title, fields_of(item, rules), remarks_of(flow),
                     bases_of(flow, rules), mark)
    settings = (around.on(paper, type_, rules) for paper in _large_enough(drawing, rules) for type_ in rules.sheet.type)
    page = _first_fit(settings, rules).page(drawing, rules.sheet.page.margin)
    return Sheet("f" + digest(mark)[:8], title, described(flow, title, rules), edition, rules.sheet.page.families,
                 drawing, spoken(flow, rules), (page,))


def content_hash(flow: Flow, item: Item | None, scenario: str, edition: str) -> str:
    """The hash of all that a chart says, whatever its format."""
    about = item.model_dump(mode="json", exclude_defaults=True) if item is not None else {}
    return digest(flow.to_json() + canonical({"item": about, "scenario": scenario, "edition": edition}))


class _Around(NamedTuple):
    """The chart, and all words that stand around it."""

    drawing: Drawing
    title: str
    fields: Fields
    remarks: Remarks
    bases: tuple[str, ...]
    mark: str

    def on(self, paper: Paper, type_: TypeSizes, rules: Edition) -> _Setting:
        """The chart on *paper*: head above, foot at the foot, the chart as large as it may be between them."""
        margin, drawing, words = rules.sheet.page.margin, self.drawing, rules.words.page
        width = paper.width - 2 * margin
        made = Furniture.of(rules, type_, width)
        head = stacked((made.title(self.title, self.fields.illustrative), made.table(self.fields.above)), type_.between)
        small = stacked((made.paragraph(words.remarks, [mark + clean(text) for mark, text in self.remarks.words]),
                         made.paragraph(words.bases, self.bases), made.legend(drawing),
                         made.foot(self.mark, self.fields.illustrative, 1, 1)), 0)
        foot = stacked((made.table(self.fields.below), small), type_.between // 2)
        top = margin + head.height + type_.between
        room = max(1, paper.height - margin - foot.height - type_.between - top)
        most = int(1000 * rules.sheet.page.most_pt / (drawing.font_px * 0.75))
        scale = max(1, min(1000 * width // drawing.width, 1000 * room // drawing.height, most))
        return _Setting(paper, head, foot, Rect(margin, top, width, room), scale)


class _Setting(NamedTuple):
    """One way to set the chart: paper, what stands above and below, the room between, the scale that fits it."""

    paper: Paper
    head: Block
    foot: Block
    room: Rect
    scale: int

    def page(self, drawing: Drawing, margin: int) -> Page:
        """The page, drawn."""
        paper, room = self.paper, self.room
        ink = Ink([], [], [], [])
        self.head.draw(ink, margin, margin)
        self.foot.draw(ink, margin, paper.height - margin - self.foot.height)
        along = room.h * 1000 // self.scale if drawing.direction == "down" else drawing.width
        view = View(room.x + (room.w - drawing.width * self.scale // 1000) // 2, room.y, self.scale,
                    Rect(0, 0, drawing.width, drawing.height), along)
        return Page(1, paper.name, paper.width, paper.height, view, tuple(ink.prints), tuple(ink.rules),
                    tuple(ink.boxes), tuple(ink.samples))


def _large_enough(drawing: Drawing, rules: Edition) -> tuple[Paper, ...]:
    """The papers on which the bare chart could be read; all of them if there is none."""
    least, edges = _least(rules), 2 * rules.sheet.page.margin
    fitting = [paper for paper in rules.sheet.paper if drawing.width * least <= (paper.width - edges) * 1000
               and drawing.height * least <= (paper.height - edges) * 1000]
    return tuple(fitting) or rules.sheet.paper


def _least(rules: Edition) -> int:
    """The least scale at which text of boxes can be read, in thousandths."""
    return int(1000 * rules.sheet.page.least_pt / (rules.symbols.text.size * 0.75))


def _first_fit(settings: Iterator[_Setting], rules: Edition) -> _Setting:
    """The first setting in which text is large enough, else the one in which it is largest."""
    least = _least(rules)
    best: _Setting | None = None
    for setting in settings:
        if setting.scale >= least:
            return setting
        best = setting if best is None or setting.scale > best.scale else best
    assert best is not None                                   # an edition has paper
    return best
