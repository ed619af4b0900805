"""Which links may run level: one a side, the story and returns before exceptions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.level import HIGH, LOW, level_sides
from flowstd.layout.shape import Shape
from flowstd.layout.story import story_of
from tests import shapes
from tests.layout.phases import END, QUESTION, STEP, chart, trying


def sides_of(shape: Shape, *, beside: bool = True) -> dict[int, int]:
    return level_sides(shape, story_of(shape), beside=beside)


@trying
@given(shape=shapes.shapes(), beside=st.booleans())
def test_a_side_of_a_box_serves_one_level_line(shape: Shape, beside: bool) -> None:
    sides = sides_of(shape, beside=beside)
    taken = [(shape.edges[link].source, side) for link, side in sides.items()]

    assert len(set(taken)) == len(taken)


@trying
@given(shape=shapes.shapes(), beside=st.booleans())
def test_a_level_line_leaves_towards_its_lane(shape: Shape, beside: bool) -> None:
    for link, side in sides_of(shape, beside=beside).items():
        here, there = (shape.nodes[end].lane for end in (shape.edges[link].source, shape.edges[link].target))
        assert here == there or side == (HIGH if there > here else LOW)


@trying
@given(shape=shapes.shapes())
def test_in_a_narrow_plan_nothing_stands_beside_its_own_decision(shape: Shape) -> None:
    assert all(shape.nodes[shape.edges[link].source].lane != shape.nodes[shape.edges[link].target].lane
               for link in sides_of(shape, beside=False))


def test_an_exception_stands_beside_its_decision_and_the_story_below() -> None:
    assert sides_of(chart(QUESTION, STEP, END, END, links="0>1 1>2 0>3")) == {2: HIGH}


def test_an_exception_leans_towards_the_lane_it_leads_to() -> None:
    here = [node._replace(lane=1) for node in (QUESTION, STEP, END, STEP)]
    shape = chart(*here, END, links="0>1 1>2 0>3 3>4", lanes=2)

    assert sides_of(shape)[2] == LOW


def test_returns_keep_a_side_free() -> None:
    shape = chart(STEP, QUESTION, STEP, END, END, links="0>1 1>2 2>3 1>4 1<0 1<0")

    assert sides_of(shape) == {}


def test_of_two_exits_to_one_side_the_farther_runs_level() -> None:
    shape = chart(STEP, STEP._replace(lane=1), STEP._replace(lane=2), links="0>1 0>2", lanes=3)

    assert sides_of(shape) == {1: HIGH}


def test_nothing_runs_level_from_or_to_a_bar() -> None:
    bar = STEP._replace(outline="bar", along=8, duty="split")
    shape = chart(STEP, bar._replace(lane=1), STEP, STEP, links="0>1 1>2 1>3", lanes=2)

    assert sides_of(shape) == {}
