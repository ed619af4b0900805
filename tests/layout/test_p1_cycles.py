"""Phase 1: what runs back is little, is what the author said, and all else follows one order."""

from __future__ import annotations

import networkx as nx
from hypothesis import given

from flowstd.layout.p1_cycles import break_cycles
from flowstd.layout.shape import Shape
from tests import shapes
from tests.layout.phases import STEP, chart, trying


def unhinted(shape: Shape) -> nx.DiGraph:
    """The links whose author did not send them back."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(shape.nodes)))
    graph.add_edges_from((edge.source, edge.target) for edge in shape.edges if not edge.back)
    return graph


@trying
@given(shape=shapes.shapes())
def test_links_that_do_not_run_back_follow_the_order(shape: Shape) -> None:
    back, order = break_cycles(shape)
    place = {node: position for position, node in enumerate(order)}

    assert sorted(order) == list(range(len(shape.nodes)))
    assert all(place[edge.source] < place[edge.target] for edge, runs_back in zip(shape.edges, back, strict=True)
               if not runs_back)


@trying
@given(shape=shapes.shapes())
def test_a_link_sent_back_runs_back_unless_its_target_comes_later(shape: Shape) -> None:
    back, order = break_cycles(shape)

    for edge, runs_back in zip(shape.edges, back, strict=True):
        if edge.back:
            assert runs_back == (order.index(edge.source) >= order.index(edge.target))


@trying
@given(shape=shapes.shapes())
def test_other_links_run_back_only_where_they_close_a_loop(shape: Shape) -> None:
    back, _ = break_cycles(shape)
    graph = unhinted(shape)

    for edge, runs_back in zip(shape.edges, back, strict=True):
        if runs_back and not edge.back:
            assert nx.has_path(graph, edge.target, edge.source)


@trying
@given(shape=shapes.shapes())
def test_a_further_step_apart_changes_nothing_for_the_rest(shape: Shape) -> None:
    back, order = break_cycles(shape)
    more_back, more_order = break_cycles(shape._replace(nodes=(*shape.nodes, STEP)))

    assert more_back == back
    assert [node for node in more_order if node < len(shape.nodes)] == order


def test_the_order_is_the_one_in_which_the_author_wrote() -> None:
    shape = chart(STEP, STEP, STEP, STEP, links="0>3 0>1 1>2")

    assert break_cycles(shape)[1] == [0, 1, 2, 3]


def test_a_loop_is_broken_at_its_end_as_written() -> None:
    shape = chart(STEP, STEP, STEP, links="0>1 1>2 2>0")

    assert break_cycles(shape)[0] == [False, False, True]


def test_the_walk_begins_at_the_start_wherever_it_is_declared() -> None:
    shape = chart(STEP, STEP, STEP._replace(duty="start"), links="0>1 1>0 2>1")

    assert break_cycles(shape) == ([True, False, False], [2, 1, 0])


def test_a_step_that_returns_to_itself_runs_back() -> None:
    assert break_cycles(chart(STEP, links="0>0"))[0] == [True]


def test_a_hint_that_the_chart_contradicts_is_not_believed() -> None:
    shape = chart(STEP, STEP, STEP, links="0>1 1>2 0<2")

    assert break_cycles(shape)[0] == [False, False, False]
