"""The layout engine on one screen: Shape → Arrangement in five phases.

    p1_cycles  which links run against the flow; from it the story: who leads where, and which way is the main one
    p2_ranks   the rank of every node along the flow
    p3_order   the column of every node within its lane
    p4_route   the way of every link through the grid of rows, columns, channels and gutters
    p5_place   px

Deterministic: nothing depends on anything but the shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .crossings import crossings
from .p2_ranks import ORDINARY, rankings
from .p3_order import assign_columns
from .p4_route import Routes, route
from .p5_place import place
from .shape import Arrangement, Shape, alike
from .story import story_of
from .tracks import Tracks, assign_tracks

ACROSS, ALONG = 125, 108        # hundredths of a sheet up to which a plan is worth a try to fit it when narrow


def arrange(shape: Shape) -> Arrangement:
    """A place for every node and a right-angled way for every link of *shape*, in px.

    >>> from .shape import EdgeShape, NodeShape
    >>> step = NodeShape(0, 100, 40)
    >>> arrange(Shape(1, (step, step), (EdgeShape(0, 1),))).edges[0].points
    ((58, 50), (58, 66))
    """
    return Engine().arrange(shape)


class Engine:
    """Arranges shapes. Shapes one after the other that are alike but for their sizes are routed once."""

    def __init__(self) -> None:
        self._latest: _Plans | None = None

    def arrange(self, shape: Shape) -> Arrangement:
        """See :func:`arrange`."""
        plans = self._latest
        if plans is None or not alike(shape, plans.shape):
            plans = self._latest = _Plans(shape)           # whoever else is at work here goes on with his own
        roomy = plans.calmest(shape, narrow=False)
        if not shape.sheets:
            return roomy.found
        may_fit = _narrow_may_fit(roomy.found, shape.sheets)
        if not may_fit and (not roomy.crossings or len(shape.nodes) > ORDINARY):
            return roomy.found
        narrow = plans.calmest(shape, narrow=True, best=None if may_fit else roomy)
        return min(roomy, narrow, key=lambda plan: _demerits(plan, shape.sheets)).found


class _Plan(NamedTuple):
    """One arrangement of a shape, and how often its lines cross."""

    crossings: int
    found: Arrangement


class _Laid(NamedTuple):
    """All of a plan that knows no px."""

    routes: Routes
    tracks: Tracks


class _Plans:
    """What is laid of a shape, and of all that are alike."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.story = story_of(shape)
        self.laid: dict[tuple[bool, int], _Laid] = {}             # by whether narrow, and how many were tried before

    def calmest(self, shape: Shape, *, narrow: bool, best: _Plan | None = None) -> _Plan:
        """Where lines cross, other manners to rank the steps are tried; the *best* is taken."""
        for laid in self._tries(narrow=narrow):
            best = _calmer(shape, laid, best) if best else _drawn(shape, laid)
            if not best.crossings:
                break
        assert best is not None, "there is a manner to rank the steps"
        return best

    def _tries(self, *, narrow: bool) -> Iterator[_Laid]:
        """What is laid in every manner to rank the steps: as far as it is known, then worked out when asked for."""
        known = 0
        while (narrow, known) in self.laid:
            yield self.laid[narrow, known]
            known += 1
        shape, story = self.shape, self.story
        for tried, ranks in enumerate(rankings(shape, story, narrow=narrow)):
            if tried >= known:
                columns = assign_columns(shape, story, ranks, narrow=narrow)
                routes = route(shape, story, ranks, columns, narrow=narrow)
                laid = self.laid[narrow, tried] = _Laid(routes, assign_tracks(routes))
                yield laid


def _narrow_may_fit(roomy: Arrangement, sheets: tuple[tuple[int, int], ...]) -> bool:
    """Whether less width could bring a chart on to a better sheet, if one fits it as it is.

    A narrow plan is up to a fifth less wide and may be a little shorter, or longer.
    """
    if roomy.across <= sheets[0][0]:
        return False
    for sheet in sheets:
        if _fits(roomy, sheet):
            return False
        if roomy.across * 100 <= sheet[0] * ACROSS and roomy.along * 100 <= sheet[1] * ALONG:
            return True
    return True


def _drawn(shape: Shape, laid: _Laid) -> _Plan:
    found = place(shape, *laid)
    return _Plan(crossings([edge.points for edge in found.edges]), found)


def _calmer(shape: Shape, laid: _Laid, other: _Plan) -> _Plan:
    """The plan that makes of what is *laid*, or the *other* one where lines do not cross more often in that."""
    if laid.routes.crossings >= other.crossings:
        return other                               # no need to draw it
    return min(other, _drawn(shape, laid), key=lambda plan: plan.crossings)


def _demerits(plan: _Plan, sheets: tuple[tuple[int, int], ...]) -> tuple[int, float, int]:
    """What speaks against a plan: a larger paper, then crossings, then a worse sheet of that paper.

    Of those that fit no sheet the less one has to shrink, the better it is.
    """
    for number, sheet in enumerate(sheets):
        if _fits(plan.found, sheet):
            paper = next(first for first, other in enumerate(sheets) if _is_as_large(sheet, other))
            return paper, plan.crossings, number
    return len(sheets), min([_shrink(plan.found, sheet) for sheet in sheets]), plan.crossings


def _is_as_large(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two sheets are one paper: margins and heads differ, the next paper is twice as large."""
    return one[0] * one[1] < 1.5 * other[0] * other[1]


def _fits(plan: Arrangement, sheet: tuple[int, int]) -> bool:
    return plan.across <= sheet[0] and plan.along <= sheet[1]


def _shrink(plan: Arrangement, sheet: tuple[int, int]) -> float:
    """How many times too large a chart is for a sheet."""
    return max(plan.across / sheet[0], plan.along / sheet[1])
