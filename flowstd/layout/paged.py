"""A chart that can be read on no paper, on several pages: where it is cut, and on which paper.

The way is taken that needs the least paper; among cuts, those that part the
fewest lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from .around import Around, Place, Setting
from .furniture import Furniture, forms_of
from .page import Page, Shown, Spoken
from .pieces import Leaf, Piece, crowded, pieces
from .plans import PAGE, Places, Plan, Rooms

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition, Paper, TypeSizes

    from .model import Drawing

SMALLER = (1000, 850, 700, 550)  # thousandths of the least type; below the first, only where nothing else is possible
ROUNDS = 8                       # in which a plan is mended before another paper is tried


def in_pages(around: Around, drawing: Drawing, spoken: tuple[Spoken, ...], rules: Edition,
             least: int) -> tuple[Page, ...]:
    """The pages of *drawing* at a scale of *least* thousandths or more; none where it cannot be cut so."""
    said = {symbol.id: one for symbol, one in zip(drawing.symbols, spoken, strict=True)}
    places = Places(drawing, rules)
    for share in SMALLER:
        scale = least * share // 1000
        forms = [_Form.of(paper, type_, around, drawing, rules, scale)
                 for paper in rules.sheet.paper for type_ in rules.sheet.type]
        for form, plan in _cheapest_first(forms, drawing, places, rules):
            pages = _cut(around, drawing, places, form, plan, said, rules)
            if pages:
                return pages
    return ()


class _Form(NamedTuple):
    """One paper and type, the scale that text needs there, and the room for a chart."""

    paper: Paper
    type: TypeSizes
    scale: int
    along: Rooms
    across: Rooms

    @classmethod
    def of(cls, paper: Paper, type_: TypeSizes, around: Around, drawing: Drawing, rules: Edition, scale: int) -> _Form:
        """The room that *paper* gives with that type around the chart."""
        wide = ((paper.width - 2 * rules.sheet.page.margin) * 1000 // scale,) * 4
        high = _rooms(around, drawing, paper, type_, rules, scale)
        along, across = (high, wide) if drawing.direction == "down" else (wide, high)
        return cls(paper, type_, scale, along, across)

    def less(self, along: int, across: int) -> _Form:
        """The same with less room."""
        (a, b, c, d), (e, f, g, h) = self.along, self.across
        return self._replace(along=(a - along, b - along, c - along, d - along),
                             across=(e - across, f - across, g - across, h - across))

    def least(self, places: Places) -> float:
        """What any plan costs or more."""
        return PAGE * places.least(self.along) * self.paper.width * self.paper.height

    def cost(self, plan: Plan, rules: Edition) -> float:
        """The paper that a plan takes; what is lost beside counts as parts of the smallest page."""
        smallest = min(paper.width * paper.height for paper in rules.sheet.paper)
        return PAGE * plan.pages * self.paper.width * self.paper.height + plan.loss * smallest


def _cheapest_first(forms: Sequence[_Form], drawing: Drawing, places: Places,
                    rules: Edition) -> Iterator[tuple[_Form, Plan]]:
    """*forms*, each with its best plan; one is planned only when nothing planned is sure to cost less."""
    waiting: list[tuple[float, bool, bool, int, _Form, Plan | None]] = [
        (form.least(places), False, _lies_across(form.paper, drawing), number, form, None)
        for number, form in enumerate(forms)]
    heapify(waiting)
    while waiting:
        _, _, across, number, form, plan = heappop(waiting)
        if plan:
            yield form, plan
        elif plan := places.plan(form.along, form.across):
            heappush(waiting, (form.cost(plan, rules), True, across, number, form, plan))


def _cut(around: Around, drawing: Drawing, places: Places, form: _Form, plan: Plan, said: dict[str, Spoken],
         rules: Edition) -> tuple[Page, ...]:
    """The pages of a plan; where connectors take more room than was thought, it is made anew, some times."""
    barred: set[int] = set()
    unfit: set[tuple[int, int]] = set()
    again: Plan | None = plan
    for _ in range(ROUNDS):
        if again is None:
            break
        leaves = pieces(drawing, again.slabs, rules)
        cuts, slabs = crowded(leaves)
        if not cuts and not slabs:
            set_ = _set(around, leaves, form, rules)
            wide, high = _lacking(set_, form.scale)
            if not wide and not high:
                return _pages(set_, said, rules)
            form = form.less(*((high, wide) if drawing.direction == "down" else (wide, high)))
        barred |= {again.bounds[cut + 1] for cut in cuts}
        unfit |= {(again.bounds[slab], again.bounds[slab + 1]) for slab in slabs}
        again = places.plan(form.along, form.across, barred, unfit)
    return ()


def _lacking(set_: Sequence[tuple[Piece, Setting]], scale: int) -> tuple[int, int]:
    """How much wider and higher than its page the largest piece is, px of the drawing."""
    return (max(0, *[piece.drawing.width - setting.room.w * 1000 // scale for piece, setting in set_]),
            max(0, *[piece.drawing.height - setting.room.h * 1000 // scale for piece, setting in set_]))


def _lies_across(paper: Paper, drawing: Drawing) -> bool:
    """Whether the longer side of *paper* does not run with the flow: pages would be left half empty."""
    return (paper.width > paper.height) == (drawing.direction == "down")


def _rooms(around: Around, drawing: Drawing, paper: Paper, type_: TypeSizes, rules: Edition, scale: int) -> Rooms:
    """The room that a chart has down pages of that paper and type."""
    made = Furniture.of(rules, type_, paper.width - 2 * rules.sheet.page.margin)
    forms = (*forms_of(drawing), "connector")
    first, middle, last = Place(1, 3), Place(2, 3), Place(3, 3)
    heads = [around.head(made, place).height for place in (middle, first)]
    feet = [around.foot(made, forms, place).height for place in (middle, last)]
    free = paper.height - 2 * rules.sheet.page.margin - 2 * type_.between
    middle_, first_, last_, only = [max(1, free - head - foot) * 1000 // scale for foot in feet for head in heads]
    return middle_, first_, last_, only


def _set(around: Around, leaves: Sequence[Leaf], form: _Form, rules: Edition) -> list[tuple[Piece, Setting]]:
    """Every piece on its paper, as large as it may be."""
    found = []
    for number, leaf in enumerate(leaves, 1):
        piece = leaf.piece()
        place = Place(number, len(leaves), frozenset(symbol.id for symbol in piece.drawing.symbols))
        found.append((piece, around.on(piece.drawing, forms_of(piece.drawing), form.paper, form.type, rules, place)))
    return found


def _pages(set_: Sequence[tuple[Piece, Setting]], said: dict[str, Spoken], rules: Edition) -> tuple[Page, ...]:
    """The pages, all in one scale."""
    scale = min(setting.scale for _, setting in set_)
    found = []
    for number, (piece, setting) in enumerate(set_, 1):
        words = {**said, **{id_: Spoken(text, "") for id_, text in piece.connectors}}
        shown = Shown(piece.drawing, tuple([words[symbol.id] for symbol in piece.drawing.symbols]))
        found.append(setting._replace(scale=scale).page(piece.drawing, rules.sheet.page.margin, number, shown))
    return tuple(found)
