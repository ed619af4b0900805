"""Drawing → Sheet: the chart on paper, with title block, fields, legend and foot.

The first paper on which box text is large enough is taken; what is too large
for every paper stands on the last one, smaller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.digest import canonical, digest
from flowstd.standard.edition import NEWEST, Edition, Paper, load

from .furniture import Block, Fields, fields_of, foot, legend, table, title_block, title_of
from .measure import clean
from .model import Rect
from .page import Page, Sheet, View
from .spoken import described, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowstd.ir.model import Flow
    from flowstd.item import Item

    from .model import Drawing


def compose(flow: Flow, drawing: Drawing, item: Item | None = None, scenario: str = "", *, edition: str = NEWEST,
            fingerprint: str = "") -> Sheet:
    """Set *drawing*, which shows *flow*, on paper; *item* and *scenario* fill title block and footer.

    *fingerprint* is the content hash to print; without one, it is made of the flow and the item.

    Raises: UnknownName: there is no such edition.
    """
    rules = load(edition)
    mark = fingerprint or content_hash(flow, item, scenario, edition)
    title = clean(title_of(item.name if item else flow.title, scenario, rules))
    fields = fields_of(item, rules)
    taken = _first_fit((_Setting.on(paper, drawing, title, fields, mark, rules) for paper in rules.sheet.paper), rules)
    return Sheet("f" + digest(mark)[:8], title, described(flow, title, rules), edition, rules.sheet.type.families, drawing,
                 spoken(flow, rules), (taken.page(drawing, rules),))


def content_hash(flow: Flow, item: Item | None, scenario: str, edition: str) -> str:
    """The hash of all that a chart says, whatever its format."""
    about = item.model_dump(mode="json", exclude_defaults=True) if item is not None else {}
    return digest(flow.to_json() + canonical({"item": about, "scenario": scenario, "edition": edition}))


class _Setting(NamedTuple):
    """One way to set the chart: the paper, what stands around the chart, the scale that is left for it."""

    paper: Paper
    title: Block
    above: Block
    below: Block
    legend: Block
    foot: Block
    scale: int                       # thousandths

    @classmethod
    def on(cls, paper: Paper, drawing: Drawing, title: str, fields: Fields, mark: str, rules: Edition) -> _Setting:
        """The setting on *paper*."""
        width = paper.width - 2 * rules.sheet.page.margin
        blocks = (title_block(title, fields.illustrative, width, rules), table(fields.above, width, rules),
                  table(fields.below, width, rules), legend(drawing, width, rules),
                  foot(mark, fields.illustrative, 1, 1, width, rules))
        setting = cls(paper, *blocks, 0)
        room = setting._room(rules)
        most = int(1000 * rules.sheet.page.most_pt / (drawing.font_px * 0.75))
        return setting._replace(scale=min(1000 * room.w // drawing.width, 1000 * room.h // drawing.height, most))

    def page(self, drawing: Drawing, rules: Edition) -> Page:
        """The page itself: the chart in the middle under its fields, the footer at the foot."""
        margin, between = rules.sheet.page.margin, rules.sheet.page.between
        room = self._room(rules)
        y = margin
        parts = [self.title.at(margin, y)]
        y += self.title.height + _gap(self.above, between)
        parts.append(self.above.at(margin, y))
        y = self.paper.height - margin - self.foot.height
        parts.append(self.foot.at(margin, y))
        y -= self.legend.height
        parts.append(self.legend.at(margin, y))
        y -= self.below.height + _gap(self.below, between // 2)
        parts.append(self.below.at(margin, y))
        x = room.x + (room.w - drawing.width * self.scale // 1000) // 2
        along = room.h * 1000 // self.scale if drawing.direction == "down" else drawing.width
        view = View(x, room.y, self.scale, Rect(0, 0, drawing.width, drawing.height), along)
        return Page(1, self.paper.name, self.paper.width, self.paper.height, view,
                    tuple([p for part in parts for p in part.prints]), tuple([r for part in parts for r in part.rules]),
                    tuple([b for part in parts for b in part.boxes]), tuple([s for part in parts for s in part.samples]))

    def _room(self, rules: Edition) -> Rect:
        """What is left for the chart."""
        margin, between = rules.sheet.page.margin, rules.sheet.page.between
        top = margin + self.title.height + _gap(self.above, between) + self.above.height + between
        foot_height = self.below.height + _gap(self.below, between // 2) + self.legend.height + self.foot.height
        bottom = self.paper.height - margin - foot_height - between
        return Rect(margin, top, self.paper.width - 2 * margin, max(1, bottom - top))


def _gap(block: Block, between: int) -> int:
    return between if block.height else 0


def _first_fit(settings: Iterator[_Setting], rules: Edition) -> _Setting:
    """The first setting in which text is large enough, else the one in which it is largest."""
    least = int(1000 * rules.sheet.page.least_pt / (rules.symbols.text.size * 0.75))
    best: _Setting | None = None
    for setting in settings:
        if setting.scale >= least:
            return setting
        best = setting if best is None or setting.scale > best.scale else best
    assert best is not None                                   # an edition has paper
    return best
