"""Phase 2: the story runs onward, or level where nothing lies between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.p2_ranks import MANNERS, Manner, Ranks, rankings
from flowstd.layout.shape import Shape
from tests import shapes
from tests.layout.phases import END, QUESTION, STEP, chart, ranked, trying


def level_links(shape: Shape, ranks: Ranks) -> list[tuple[int, int]]:
    """Source and target of every level link, the one in the lower lane first."""
    links = [(edge.source, edge.target) for edge, level in zip(shape.edges, ranks.level, strict=True) if level]
    return [(a, b) if shape.nodes[a].lane <= shape.nodes[b].lane else (b, a) for a, b in links]


@trying
@given(shape=shapes.shapes(), narrow=st.booleans(), manner=st.sampled_from(MANNERS))
def test_a_link_onward_runs_to_a_later_rank_or_level(shape: Shape, narrow: bool, manner: Manner) -> None:
    story, ranks = ranked(shape, narrow, manner)

    for number, edge in enumerate(shape.edges):
        if not story.back[number]:
            apart = ranks.rank[edge.target] - ranks.rank[edge.source]
            assert apart > 0 or (apart == 0 and ranks.level[number])
        else:
            assert not ranks.level[number]


@trying
@given(shape=shapes.shapes(), narrow=st.booleans(), manner=st.sampled_from(MANNERS))
def test_every_node_stands_in_one_cell(shape: Shape, narrow: bool, manner: Manner) -> None:
    ranks = ranked(shape, narrow, manner).ranks
    stands = sorted(node for cell in ranks.cells.values() for node in cell)

    assert stands == list(range(len(shape.nodes)))
    assert all((ranks.rank[node], shape.nodes[node].lane) == place
               for place, cell in ranks.cells.items() for node in cell)
    assert ranks.total == 1 + max(ranks.rank)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans(), manner=st.sampled_from(MANNERS))
def test_nothing_stands_between_the_ends_of_a_level_line(shape: Shape, narrow: bool, manner: Manner) -> None:
    ranks = ranked(shape, narrow, manner).ranks

    for a, b in level_links(shape, ranks):
        rank, low, high = ranks.rank[a], shape.nodes[a].lane, shape.nodes[b].lane
        here, there = ranks.cells[rank, low], ranks.cells[rank, high]
        if low == high:
            assert abs(here.index(a) - here.index(b)) == 1
        else:
            assert here[-1] == a and there[0] == b
            assert not any((rank, lane) in ranks.cells for lane in range(low + 1, high))


@trying
@given(shape=shapes.shapes(), manner=st.sampled_from(MANNERS))
def test_level_lines_of_one_rank_do_not_pass_over_each_other(shape: Shape, manner: Manner) -> None:
    ranks = ranked(shape, manner=manner).ranks
    taken: set[tuple[int, int, int]] = set()

    for a, b in level_links(shape, ranks):
        low, high = shape.nodes[a].lane, shape.nodes[b].lane
        for lane in range(low, high):
            assert (ranks.rank[a], lane, lane + 1) not in taken
            taken.add((ranks.rank[a], lane, lane + 1))


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_every_manner_that_gives_other_ranks_is_tried_and_no_ranks_twice(shape: Shape, narrow: bool) -> None:
    found = list(rankings(shape, ranked(shape).story, narrow=narrow))

    assert found[0] == ranked(shape, narrow).ranks
    assert all(one != other for number, one in enumerate(found) for other in found[:number])
    assert all(ranked(shape, narrow, manner).ranks in found for manner in MANNERS)


@trying
@given(shape=shapes.shapes())
def test_in_a_narrow_plan_two_of_a_lane_at_most_share_a_rank(shape: Shape) -> None:
    assert all(len(cell) <= 2 for cell in ranked(shape, narrow=True).ranks.cells.values())


@pytest.mark.parametrize("seed", [156, 340, 498])
def test_a_step_that_leans_to_a_side_is_no_third_either(seed: int) -> None:
    shape = shapes.shape_of(shapes.Random(seed), "any", 2 + seed % 59, 1 + seed % 8)

    assert all(len(cell) <= 2 for cell in ranked(shape, narrow=True).ranks.cells.values())


def test_a_hand_over_runs_level() -> None:
    ranks = ranked(chart(STEP, STEP._replace(lane=1), STEP._replace(lane=1), links="0>1 1>2", lanes=2)).ranks

    assert ranks.rank == [0, 0, 1]
    assert ranks.level == [True, False]


def test_a_hand_over_past_a_step_of_the_lane_between_does_not() -> None:
    shape = chart(STEP, STEP._replace(lane=1), STEP._replace(lane=2), links="0>1 0>2", lanes=3)
    ranks = ranked(shape).ranks

    assert sorted(ranks.level) == [False, True]


def test_the_place_below_a_step_is_kept_for_the_step_the_story_goes_on_with() -> None:
    """Two exceptions come first as written; there is room for two below a decision, and one place is the story's."""
    shape = chart(QUESTION, STEP, STEP, STEP, STEP, END, links="0>1 0>2 0>3 3>4 4>5")
    ranks = ranked(shape, narrow=True).ranks

    assert ranks.rank[3] == 1
    assert sorted((ranks.rank[1], ranks.rank[2])) == [1, 2]


def test_two_links_between_the_same_steps_have_room_to_part_and_meet() -> None:
    assert ranked(chart(STEP, STEP, links="0>1 0>1")).ranks.rank == [0, 2]
