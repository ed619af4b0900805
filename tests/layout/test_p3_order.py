"""Phase 3: one node a place, and the story straight down."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.shape import Shape
from tests import shapes
from tests.layout.phases import END, QUESTION, STEP, chart, columned, trying


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_no_two_nodes_share_rank_lane_and_column(shape: Shape, narrow: bool) -> None:
    (_, ranks), columns = columned(shape, narrow)
    places = [(ranks.rank[number], node.lane, columns.of[number]) for number, node in enumerate(shape.nodes)]

    assert len(set(places)) == len(places)


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
