"""Docks: lines leave and enter a side apart from each other, and on it."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.docks import CLEAR, Docks, place_docks
from flowstd.layout.docks import STEP as APART
from flowstd.layout.grid import EARLY, HIGH, LATE, LOW
from flowstd.layout.p4_route import Routes
from flowstd.layout.shape import Shape
from tests import shapes
from tests.layout.phases import QUESTION, STEP, chart, tracked, trying

BAR = STEP._replace(outline="bar", along=8, duty="split")
Ends = dict[tuple[int, int], list[tuple[int, bool]]]           # (node, side) → (link, at its target)


def ends_by_side(shape: Shape, routes: Routes) -> Ends:
    """The line ends at each side of each box."""
    found: Ends = defaultdict(list)
    for link, (edge, path) in enumerate(zip(shape.edges, routes.paths, strict=True)):
        for node, box, beyond, entering in ((edge.source, path[0], path[1], False),
                                            (edge.target, path[-1], path[-2], True)):
            if box[0] == beyond[0]:
                side = EARLY if beyond[1] < box[1] else LATE
            else:
                side = LOW if beyond[0] < box[0] else HIGH
            found[node, side].append((link, entering))
    return found


def docked(shape: Shape, narrow: bool = False) -> tuple[Ends, Docks, Shape]:
    routes, tracks = tracked(shape, narrow)
    return ends_by_side(shape, routes), *place_docks(shape, routes, tracks)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_every_line_end_has_its_dock_on_its_side(shape: Shape, narrow: bool) -> None:
    ends, docks, grown = docked(shape, narrow)

    assert len(docks.leaving) == len(docks.entering) == len(shape.edges)
    for (node, side), here in ends.items():
        box = grown.nodes[node]
        size = box.across if side in (EARLY, LATE) else box.along
        assert all(abs(docks[end]) < size / 2 for end in here)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_lines_that_leave_by_one_side_stand_apart_from_all_others(shape: Shape, narrow: bool) -> None:
    ends, docks, _ = docked(shape, narrow)

    for here in ends.values():
        leaving = [docks[end] for end in here if not end[1]]
        places = sorted([*leaving, *{docks[end] for end in here if end[1]}])
        assert all(b - a >= CLEAR for a, b in pairwise(places))


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_a_line_alone_at_a_side_and_straight_docks_at_its_middle(shape: Shape, narrow: bool) -> None:
    routes, tracks = tracked(shape, narrow)
    docks, _ = place_docks(shape, routes, tracks)

    for here in ends_by_side(shape, routes).values():
        if len(here) == 1 and len(routes.paths[here[0][0]]) == 2:
            assert docks[here[0]] == 0


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_a_box_grows_only_and_only_where_many_lines_meet(shape: Shape, narrow: bool) -> None:
    ends, _, grown = docked(shape, narrow)

    for node, (was, now) in enumerate(zip(shape.nodes, grown.nodes, strict=True)):
        assert now._replace(across=was.across, along=was.along) == was
        assert now.across >= was.across and now.along >= was.along
        if now.across > was.across:
            assert max(len(ends[node, EARLY]), len(ends[node, LATE])) > 1
        if now.along > was.along:
            assert max(len(ends[node, LOW]), len(ends[node, HIGH])) > 1


def test_the_inner_branches_of_a_bar_are_spread_over_it() -> None:
    """The outermost two leave by its ends; of the others one runs straight on."""
    ends, docks, grown = docked(chart(BAR._replace(across=220), *[STEP] * 4, links="0>1 0>2 0>3 0>4"))
    below = [docks[end] for end in ends[0, LATE]]

    assert sorted(map(abs, below)) == [0, APART]
    assert grown.nodes[0].across == 220


def test_a_bar_too_short_for_its_branches_grows() -> None:
    ends, docks, grown = docked(chart(BAR._replace(across=12), *[STEP] * 4, links="0>1 0>2 0>3 0>4"))
    below = [docks[end] for end in ends[0, LATE]]

    assert max(below) - min(below) >= CLEAR
    assert grown.nodes[0].across > max(below) - min(below)


def test_lines_that_come_together_dock_at_one_place() -> None:
    shape = chart(QUESTION, QUESTION, STEP, links="0>1 1>2 0>2")
    ends, docks, _ = docked(shape)

    for here in ends.values():
        assert len({docks[end] for end in here if end[1]}) <= 1


def test_lines_that_go_on_as_one_dock_as_one_also_beside_the_middle() -> None:
    shape = shapes.shape_of(shapes.Random(263947124 * 1009 + 2), "wild", 58, 7)    # two such lines parted before a bar

    assert shapes.fault_names(shape) == set()
