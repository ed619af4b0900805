"""What an answer is made of: pictures, tables and words; Sphinx and Markdown each write them their own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.errors import BadUse, UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.ir.kinds import Kind
from flowstd.layout.bare import bare
from flowstd.layout.remarks import remarks_of
from flowstd.render.svg.from_sheet import to_svg

if TYPE_CHECKING:
    from flowstd.layout.page import Sheet
    from flowstd.pipeline import Chart

    from .request import Request


@dataclass(frozen=True)
class Picture:
    """A chart as a page shows it."""

    chart: Chart
    frame: str = "page"                # page, chart
    caption: str = ""
    name: str = ""
    links: Mapping[str, str] = field(default_factory=dict)      # step, by id → page, as the author wrote it

    @classmethod
    def of(cls, chart: Chart, request: Request, frame: str) -> Picture:
        """*chart* with the looks that *request* asks for, and its own where it asks for none; else in *frame*.

        Raises: UnknownName: there is no such theme or step. BadUse: a link without "=".
        """
        options = request.options
        seen = chart.in_view(options.get("view", chart.view))
        try:
            seen = seen.drawn_as(chart.collapse, chart.lane_order, options.get("direction", chart.direction),
                                 options.get("theme", chart.theme))
        except UnknownName as error:
            raise UnknownName(error.what, where=request.where, fix=error.fix) from None
        fresh = replace(seen)                                    # without what was made of it: pages are kept on disk
        links = _links(seen, options.get("links", ""), request)
        return cls(fresh, options.get("frame", frame), options.get("caption", ""), options.get("name", ""), links)

    def sheet(self) -> Sheet:
        """The chart on its paper, or alone."""
        sheet = self.chart.sheet()
        return bare(sheet) if self.frame == "chart" else sheet

    def svgs(self, links: Mapping[str, str]) -> tuple[str, ...]:
        """The picture of each page of the chart; *links* leads from steps to addresses."""
        sheet = self.sheet()
        return tuple(to_svg(sheet, self.chart.theme, page.number, links) for page in sheet.pages)

    def remarks(self) -> tuple[str, ...]:
        """The words that the marks in a chart without paper refer to."""
        if self.frame != "chart":
            return ()
        return tuple(mark + words for mark, words in remarks_of(self.chart.drawn, self.chart.edition).words)

    def calls(self) -> dict[str, str]:
        """The steps that are charts of their own, and the item that each names."""
        return {node.id: node.calls for node in self.chart.drawn.nodes if node.kind is Kind.CALL}


class Cell(NamedTuple):
    """Words in a table; they may lead to an item or a rule."""

    text: str
    item: str = ""                     # the key of an item
    rule: str = ""                     # the code of a rule


@dataclass(frozen=True)
class Table:
    """Words in rows under headings."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    name: str = ""
    widths: tuple[int, ...] = ()       # of the columns, in parts of the whole


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Place:
    """Where a rule is told: references to it lead here."""

    rule: str


@dataclass(frozen=True)
class Code:
    """Text as it was written."""

    text: str
    language: str


Piece = Picture | Table | Words | Place | Code


def _links(chart: Chart, written: str, request: Request) -> dict[str, str]:
    """Step → page, from lines of ``step = page``."""
    found: dict[str, str] = {}
    for part in (part.strip() for part in written.replace("\n", ";").replace("；", ";").split(";")):
        if not part:
            continue
        step, equals, page = (word.strip() for word in part.partition("="))
        if not equals or not page:
            raise BadUse(Text(f"“{part}”不是“环节 = 页面”", f'"{part}" is not "step = page"'), where=request.where)
        found[_step(chart, step, request)] = page
    return found


def _step(chart: Chart, name: str, request: Request) -> str:
    """The id of the step called *name*, by its label or by its id."""
    named = [node.id for node in chart.flow.nodes if name in (node.id, node.label)]
    if not named:
        raise UnknownName(Text(f"流程里没有环节“{name}”", f'the flow has no step "{name}"'), where=request.where,
                          fix=did_you_mean(name, [node.label for node in chart.flow.nodes if node.label]))
    return named[0]
