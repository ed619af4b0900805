"""Sheet: a drawing on paper, as data. All lengths are whole px on paper (96 to the inch), y downwards.

Back ends print what stands here and decide nothing. A chart that is too large for one page has several, each with
its piece of the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from flowstd.base.errors import BadUse
from flowstd.base.text import Text

from .model import Drawing, Form, Rect

Anchor = Literal["start", "middle", "end"]


class Print(NamedTuple):
    """One line of type: *y* is its baseline, *x* its start, middle or end."""

    text: str
    x: int
    y: int
    size: int
    anchor: Anchor = "start"
    bold: bool = False
    soft: bool = False               # in the lighter ink
    link: str = ""


class Rule(NamedTuple):
    """A straight hairline."""

    x1: int
    y1: int
    x2: int
    y2: int


class Sample(NamedTuple):
    """A small symbol in the legend."""

    form: Form
    rect: Rect


class View(NamedTuple):
    """What of the drawing stands on a page, and where: part × scale / 1000, from (x, y) on."""

    x: int
    y: int
    scale: int                       # thousandths
    part: Rect                       # in px of the drawing
    along: int                       # the length that lanes are drawn to on this page, in px of the drawing


class Spoken(NamedTuple):
    """What a screen reader says of a step: what it is, and where it leads."""

    name: str
    leads: str


class Shown(NamedTuple):
    """What a page shows: a drawing, and each of its symbols in words, in their order."""

    drawing: Drawing
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper."""

    number: int
    paper: str
    width: int
    height: int
    view: View
    prints: tuple[Print, ...]
    rules: tuple[Rule, ...]
    boxes: tuple[Rect, ...]          # table cells that carry a field's name
    samples: tuple[Sample, ...]
    shown: Shown | None = None       # its piece, where the drawing is cut; else the page shows all of it


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart with its pages."""

    key: str                         # of content and looks: keeps its ids apart from those of other charts
    title: str
    description: str
    edition: str
    families: tuple[str, ...]        # of type, the best first
    drawing: Drawing
    spoken: tuple[Spoken, ...]       # of each symbol of the drawing, in its order
    pages: tuple[Page, ...]

    def page(self, number: int) -> Page:
        """The page of that number, from 1 on. Raises BadUse where there is none."""
        if not isinstance(number, int) or not 1 <= number <= len(self.pages):
            raise BadUse(Text(f"没有第 {number!r} 页：这张图有第 1 至 {len(self.pages)} 页",
                              f"there is no page {number!r}: this chart has pages 1 to {len(self.pages)}"))
        return self.pages[number - 1]

    def on(self, page: Page) -> Shown:
        """What stands on *page*."""
        return page.shown or Shown(self.drawing, self.spoken)

    @property
    def pt(self) -> float:
        """The size of box text on the first page, in pt."""
        return self.drawing.font_px * 0.75 * self.pages[0].view.scale / 1000
