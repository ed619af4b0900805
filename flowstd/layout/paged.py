"""A chart that can be read on no paper, on several pages: where it is cut, and on which paper.

The way is taken that needs the least paper; among cuts, those that part the
fewest lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .around import Around, Place, Setting
from .cuts import Axis, Cut, best, cuts, lane_cuts
from .furniture import Furniture, forms_of
from .page import Page, Shown, Spoken
from .pieces import Piece, depths, pieces

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition, Paper, TypeSizes

    from .model import Drawing

PAGE = 24.0                      # what a further page costs
LINE = 4.0                       # and a line that is cut
LANE = 12.0                      # and a lane that is cut
EMPTY = 6.0                      # and the room that is left on a page
SMALLER = (1000, 850, 700, 550)  # thousandths of the least type; below the first, only where nothing else is possible
LANE_PART = 60                   # px, the narrowest part of a lane that is cut


def in_pages(around: Around, drawing: Drawing, spoken: tuple[Spoken, ...], rules: Edition,
             least: int) -> tuple[Page, ...]:
    """The pages of *drawing* at a scale of *least* thousandths or more; none where it cannot be cut so."""
    said = {symbol.id: one for symbol, one in zip(drawing.symbols, spoken, strict=True)}
    across, down = _Line.of(drawing, "x", rules), _Line.of(drawing, "y", rules)
    for share in SMALLER:
        scale = least * share // 1000
        plans = [plan for paper in rules.sheet.paper
                 for plan in _plans(across, down, paper, rules, around, drawing, scale)]
        for plan in sorted(plans, key=lambda plan: (plan.cost, _lies_across(plan.paper, drawing))):
            made = pieces(drawing, plan.xs, plan.ys, rules)
            pages = _pages(around, made, plan, scale, said, rules) if made else ()
            if pages:
                return pages
    return ()


class _Plan(NamedTuple):
    """Where to cut for one paper and type, and the paper that it takes."""

    paper: Paper
    type: TypeSizes
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    cost: int                    # px²


_Rooms = tuple[int, int, int, int]   # the room on a page in the middle, the first, last and only one, px of the drawing


def _plans(across: _Line, down: _Line, paper: Paper, rules: Edition, around: Around, drawing: Drawing,
           scale: int) -> Iterator[_Plan]:
    """The plan for one paper and each type, if there is one."""
    xs = across.parts(((paper.width - 2 * rules.sheet.page.margin) * 1000 // scale,) * 4)
    for type_ in rules.sheet.type if xs is not None else ():
        ys = down.parts(_rooms(around, drawing, paper, type_, rules, scale))
        if xs is not None and ys is not None:
            yield _Plan(paper, type_, xs, ys, (len(xs) + 1) * (len(ys) + 1) * paper.width * paper.height)


class _Line(NamedTuple):
    """Where a drawing may be cut in one axis, and the room that connectors then take on either page."""

    bounds: tuple[Cut, ...]      # the edges of the drawing among them
    starts: tuple[int, ...]      # from where to where a part reaches that begins or ends there, with the room for
    ends: tuple[int, ...]        # connectors, and for heads of lanes on every page
    prices: tuple[float, ...]    # of a part that ends there

    @classmethod
    def of(cls, drawing: Drawing, axis: Axis, rules: Edition) -> _Line:
        """The cuts of *drawing*; those whose connectors have no room are left out."""
        first = drawing.bands[0].head
        along = (axis == "y") == (drawing.direction == "down")
        head = (first.bottom if axis == "y" else first.right) if along else 0
        places = cuts(drawing, axis) if along else lane_cuts(drawing, LANE_PART)
        rooms = depths([cut.lines for cut in places], axis, drawing, rules)
        found = [(cut, depth) for cut, depth in zip(places, rooms, strict=True) if depth is not None]
        ends = Cut(head, ()), Cut(drawing.height if axis == "y" else drawing.width, ())
        bounds = [(ends[0], 0), *found, (ends[1], 0)]
        rects = [] if along else [band.rect for band in drawing.bands]
        lanes = [(rect.x, rect.right) if axis == "x" else (rect.y, rect.bottom) for rect in rects]
        return cls(tuple([bound for bound, _ in bounds]), tuple([bound.at - depth for bound, depth in bounds]),
                   tuple([head + bound.at + depth for bound, depth in bounds]),
                   tuple([PAGE + LINE * len(bound.lines) + LANE * any(low < bound.at < high for low, high in lanes)
                          for bound, _ in bounds]))

    def parts(self, rooms: _Rooms) -> tuple[int, ...] | None:
        """Where to cut so that every part has room; None where there is no way."""
        bounds, starts, ends, prices = self
        last = len(bounds) - 1

        def price(low: int, high: int) -> float | None:
            room = rooms[(0 if low else _START) + (_END if high == last else 0)]
            need = ends[high] - starts[low]
            if need > room:
                return None
            return prices[high] + (EMPTY * (1 - need / room) if high < last else 0.0)

        if price(0, last) is not None:
            return ()                               # whole, for what no two pages cost
        found = best(bounds, max(rooms), price, PAGE)
        return None if found is None else tuple([bounds[number].at for number in found[1:-1]])


def _lies_across(paper: Paper, drawing: Drawing) -> bool:
    """Whether the longer side of *paper* does not run with the flow: pages would be left half empty."""
    return (paper.width > paper.height) == (drawing.direction == "down")


def _rooms(around: Around, drawing: Drawing, paper: Paper, type_: TypeSizes, rules: Edition, scale: int) -> _Rooms:
    """The room that a chart has down pages of that paper and type."""
    made = Furniture.of(rules, type_, paper.width - 2 * rules.sheet.page.margin)
    forms = (*forms_of(drawing), "connector")
    first, middle, last = Place(1, 3), Place(2, 3), Place(3, 3)
    heads = [around.head(made, place).height for place in (middle, first)]
    feet = [around.foot(made, forms, place).height for place in (middle, last)]
    free = paper.height - 2 * rules.sheet.page.margin - 2 * type_.between
    middle_, first_, last_, only = [max(1, free - head - foot) * 1000 // scale for foot in feet for head in heads]
    return middle_, first_, last_, only


def _pages(around: Around, made: Sequence[Callable[[], Piece]], plan: _Plan, least: int, said: dict[str, Spoken],
           rules: Edition) -> tuple[Page, ...]:
    """The pieces on paper, all in one scale; none where one of them does not fit at the *least* scale."""
    set_: list[tuple[Piece, Setting]] = []
    for number, make in enumerate(made, 1):
        piece = make()
        place = Place(number, len(made), frozenset(symbol.id for symbol in piece.drawing.symbols))
        setting = around.on(piece.drawing, forms_of(piece.drawing), plan.paper, plan.type, rules, place)
        if setting.scale < least:
            return ()
        set_.append((piece, setting))
    scale = min(setting.scale for _, setting in set_)
    found = []
    for number, (piece, setting) in enumerate(set_, 1):
        words = {**said, **{id_: Spoken(text, "") for id_, text in piece.connectors}}
        shown = Shown(piece.drawing, tuple([words[symbol.id] for symbol in piece.drawing.symbols]))
        found.append(setting._replace(scale=scale).page(piece.drawing, rules.sheet.page.margin, number, shown))
    return tuple(found)


_START, _END = 1, 2
