"""All words that stand around a chart, as the blocks above and below it on each of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.kept import Kept

from .furniture import Block, Furniture, Ink, drawn_once, stacked
from .model import Rect
from .page import Page, Shown, View

if TYPE_CHECKING:
    from collections.abc import Collection

    from flowstd.standard.edition import Edition, Paper, TypeSizes

    from .elements import Fields
    from .model import Drawing, Form
    from .remarks import Remarks


class Place(NamedTuple):
    """Which page of how many, and the steps that stand on it."""

    number: int = 1
    pages: int = 1
    steps: Collection[str] | None = None     # their ids; None: all

    @property
    def last(self) -> bool:
        return self.number == self.pages


ALONE = Place()
_FEET = Kept()


class Around(NamedTuple):
    """The words around one chart."""

    title: str
    fields: Fields
    remarks: Remarks
    bases: tuple[str, ...]
    mark: str                                # the content hash

    def on(self, drawing: Drawing, forms: Collection[Form], paper: Paper, type_: TypeSizes, rules: Edition,
           place: Place) -> Setting:
        """*drawing* on *paper*: head above, foot at the foot, the chart as large as it may be between them."""
        margin = rules.sheet.page.margin
        made = Furniture.of(rules, type_, paper.width - 2 * margin)
        head, foot = self.head(made, place), self.foot(made, forms, place)
        top = margin + head.height + type_.between
        room = max(1, paper.height - margin - foot.height - type_.between - top)
        most = int(1000 * rules.sheet.page.most_pt / (drawing.font_px * 0.75))
        scale = max(1, min(1000 * made.width // drawing.width, 1000 * room // drawing.height, most))
        return Setting(paper, head, foot, Rect(margin, top, made.width, room), scale)

    def head(self, made: Furniture, place: Place) -> Block:
        """The title, large on the first page, and there the fields under it."""
        if place.number > 1:
            return made.running(self.title, self.fields.illustrative)
        return stacked((made.title(self.title, self.fields.illustrative), made.table(self.fields.above)),
                       made.type.between)

    def foot(self, made: Furniture, forms: Collection[Form], place: Place) -> Block:
        """Remarks on what stands on the page, legend and page number; on the last page fields and law before them."""
        if place is ALONE:
            of = (self.remarks, self.bases, made.rules, made.type)
            upper = _FEET.of(of, (made.width, forms, self.fields.below), lambda: self._upper_foot(made, forms, place))
        else:
            upper = self._upper_foot(made, forms, place)
        return stacked((upper, made.foot(self.mark, self.fields.illustrative, place.number, place.pages)), 0)

    def _upper_foot(self, made: Furniture, forms: Collection[Form], place: Place) -> Block:
        """All of the foot but its last line: the same for many items of one authority."""
        words = made.rules.words.page
        small = stacked((made.paragraph(words.remarks, [mark + text for mark, text in self._remarks(place)]),
                         made.paragraph(words.bases, self.bases if place.last else ()), made.legend(forms)), 0)
        return drawn_once(stacked((made.table(self.fields.below if place.last else ()), small), made.type.between // 2))

    def _remarks(self, place: Place) -> tuple[tuple[str, str], ...]:
        if place.steps is None:
            return self.remarks.words
        marks = {self.remarks.mark_of.get(step) for step in place.steps}
        return tuple([(mark, words) for mark, words in self.remarks.words if mark in marks])


class Setting(NamedTuple):
    """One way to set a chart: paper, what stands above and below, the room between, the scale that fits it."""

    paper: Paper
    head: Block
    foot: Block
    room: Rect
    scale: int

    def page(self, drawing: Drawing, margin: int, number: int = 1, shown: Shown | None = None) -> Page:
        """The page, drawn; *shown* is its piece, where it is one of several.

        Lanes are as long as the room. Where they run down, the chart stands in its middle; else right under the head.
        """
        paper, room = self.paper, self.room
        ink = Ink([], [], [], [])
        self.head.draw(ink, margin, margin)
        self.foot.draw(ink, margin, paper.height - margin - self.foot.height)
        x, y = room.x, room.y
        if drawing.direction == "down":
            along = room.h * 1000 // self.scale
            x += (room.w - drawing.width * self.scale // 1000) // 2
        else:
            along = room.w * 1000 // self.scale
        view = View(x, y, self.scale, Rect(0, 0, drawing.width, drawing.height), along)
        return Page(number, paper.name, paper.width, paper.height, view, tuple(ink.prints), tuple(ink.rules),
                    tuple(ink.boxes), tuple(ink.samples), shown)
