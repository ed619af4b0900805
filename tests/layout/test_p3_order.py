"""Phase 3: one node a place, and the story straight down."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowstd.layout.p2_ranks import MANNERS, Manner, Ranks
from flowstd.layout.p3_order import Columns, _Packing, assign_columns
from flowstd.layout.shape import Shape
from flowstd.layout.story import Story
from tests import shapes
from tests.layout.phases import END, QUESTION, STEP, chart, columned, ranked, trying


def with_all_placed_again(shape: Shape, story: Story, ranks: Ranks, narrow: bool = False) -> Columns:
    """The columns where every chain is taken out and placed again, whether or not anything has changed."""
    move = _Packing.move

    def moved(packing: _Packing, chain: int) -> bool:
        packing.placed_when[chain] = (-1, False)
        return move(packing, chain)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Packing, "move", moved)
        return assign_columns(shape, story, ranks, narrow=narrow)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_no_two_nodes_share_rank_lane_and_column(shape: Shape, narrow: bool) -> None:
    (_, ranks), columns = columned(shape, narrow)
    places = [(ranks.rank[number], node.lane, columns.of[number]) for number, node in enumerate(shape.nodes)]

    assert len(set(places)) == len(places)


@settings(trying, max_examples=400)
@given(shape=shapes.shapes(), narrow=st.booleans(), manner=st.sampled_from(MANNERS))
def test_a_chain_that_is_not_placed_again_would_come_out_as_before(
        shape: Shape, narrow: bool, manner: Manner) -> None:
    found = ranked(shape, narrow, manner)
    columns = assign_columns(shape, *found, narrow=narrow)

    assert columns == with_all_placed_again(shape, *found, narrow=narrow)


def test_a_chain_is_placed_again_where_columns_have_become_enough() -> None:
    """A column that another lane opens makes a further one dearer here too."""
    here, bar = STEP, STEP._replace(outline="bar")
    there = STEP._replace(lane=1)
    nodes = (there._replace(duty="start"), here, bar._replace(lane=1, duty="join"), bar._replace(duty="split"), there,
             here, bar._replace(duty="join"), there, QUESTION._replace(lane=1))
    shape = chart(*nodes, links="5>8 8>6 7<8 2>7 1>7 3>6 4>6 6>8 5<8", lanes=2)
    found = ranked(shape)

    assert assign_columns(shape, *found) == with_all_placed_again(shape, *found)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_every_column_of_a_lane_is_used(shape: Shape, narrow: bool) -> None:
    columns = columned(shape, narrow)[1]

    for lane, count in enumerate(columns.in_lane):
        used = {columns.of[number] for number, node in enumerate(shape.nodes) if node.lane == lane}
        assert used == set(range(count)) or (not used and count == 1)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_the_main_path_runs_straight_down_each_lane(shape: Shape, narrow: bool) -> None:
    (story, ranks), columns = columned(shape, narrow)

    for number, edge in enumerate(shape.edges):
        a, b = edge.source, edge.target
        if (story.main[a] and story.onward[a] == number and shape.nodes[a].lane == shape.nodes[b].lane
                and not ranks.level[number]):
            assert columns.of[a] == columns.of[b]


@trying
@given(shape=shapes.shapes())
def test_a_side_story_runs_straight_down_too(shape: Shape) -> None:
    """A step with one way in and one way out, both within its lane, stands below one of its neighbours at least."""
    (story, ranks), columns = columned(shape)
    onward: list[list[int]] = [[] for _ in shape.nodes]
    inward: list[list[int]] = [[] for _ in shape.nodes]
    for number, edge in enumerate(shape.edges):
        if not story.back[number]:
            onward[edge.source].append(edge.target)
            inward[edge.target].append(edge.source)
    for node in range(len(shape.nodes)):
        for after in onward[node]:
            if (len(onward[node]) == len(inward[after]) == 1 and shape.nodes[node].lane == shape.nodes[after].lane
                    and ranks.rank[node] < ranks.rank[after]):
                assert columns.of[node] == columns.of[after]


def test_steps_of_one_lane_stand_in_one_column() -> None:
    assert columned(chart(STEP, STEP, STEP, END, links="0>1 1>2 2>3"))[1] == ([0, 0, 0, 0], [1])


def test_an_exception_stands_beside_the_story() -> None:
    refused = END
    columns = columned(chart(QUESTION, STEP, refused, END, links="0>1 1>3 0>2"))[1]

    assert columns.of[0] == columns.of[1] == columns.of[3] != columns.of[2]
    assert columns.in_lane == [2]
