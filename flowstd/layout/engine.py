"""The layout engine on one screen: Shape → Arrangement in five phases.

    p1_cycles  which links run against the flow; from it the story: who leads where, and which way is the main one
    p2_ranks   the rank of every node along the flow
    p3_order   the column of every node within its lane
    p4_route   the way of every link through the grid of rows, columns, channels and gutters
    p5_place   px

Deterministic: nothing depends on anything but the shape.
"""

from __future__ import annotations

from .crossings import crossings
from .p2_ranks import Ranks, assign_ranks
from .p3_order import assign_columns
from .p4_route import route
from .p5_place import place
from .shape import Arrangement, Shape
from .story import Story, story_of

WAYS = ((False, False), (True, False), (False, True), (True, True))      # whether the story goes first, and apart
ORDINARY = 100                # nodes up to which a chart is planned more than once


def arrange(shape: Shape) -> Arrangement:
    """A place for every node and a right-angled way for every link of *shape*, in px.

    >>> from .shape import EdgeShape, NodeShape
    >>> step = NodeShape(0, 100, 40)
    >>> arrange(Shape(1, (step, step), (EdgeShape(0, 1),))).edges[0].points
    ((58, 50), (58, 66))
    """
    story = story_of(shape)
    roomy = _calmest(shape, story, narrow=False)
    if not shape.sheets or roomy.across <= shape.sheets[0][0]:       # less wide, it would only be longer
        return roomy
    narrow = _calmest(shape, story, narrow=True)
    for sheet in shape.sheets:
        for plan in (roomy, narrow):
            if _fits(plan, sheet):
                return plan
    return min(roomy, narrow, key=lambda plan: min(_shrink(plan, sheet) for sheet in shape.sheets))


def _calmest(shape: Shape, story: Story, *, narrow: bool) -> Arrangement:
    """Where lines of a chart of ordinary size cross, other ways to rank the steps are tried; the best is taken.

    Steps that are ranked as they were before would be planned as they were before.
    """
    tried: list[Ranks] = []
    plans: list[tuple[int, Arrangement]] = []
    for story_first, apart in WAYS if len(shape.nodes) <= ORDINARY else WAYS[:1]:
        ranks = assign_ranks(shape, story, narrow=narrow, story_first=story_first, apart=apart)
        if ranks in tried:
            continue
        tried.append(ranks)
        plan = _plan(shape, story, ranks, narrow=narrow)
        count = crossings([edge.points for edge in plan.edges])
        plans.append((count, plan))
        if not count:
            break
    return min(plans, key=lambda found: (found[0], found[1].across * found[1].along))[1]


def _plan(shape: Shape, story: Story, ranks: Ranks, *, narrow: bool) -> Arrangement:
    columns = assign_columns(shape, story, ranks, narrow=narrow)
    return place(shape, route(shape, story, ranks, columns, narrow=narrow))


def _fits(plan: Arrangement, sheet: tuple[int, int]) -> bool:
    return plan.across <= sheet[0] and plan.along <= sheet[1]


def _shrink(plan: Arrangement, sheet: tuple[int, int]) -> float:
    """How many times too large a chart is for a sheet."""
    return max(plan.across / sheet[0], plan.along / sheet[1])
