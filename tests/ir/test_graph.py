"""Questions about a flow, answered as networkx would answer them."""

from __future__ import annotations

from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.dsl import applicant, back, decider, end, flow_of, parallel, reviewer, window
from flowstd.ir.graph import (
    after,
    arrivals,
    as_networkx,
    closing_links,
    cycle_through,
    forward_order,
)
from flowstd.ir.kinds import Kind, Outcome
from flowstd.ir.model import Flow, Lane, Link, Node
from tests.blocks import flows
from tests.check.random_flows import random_flow

any_flow = st.one_of(flows(), st.integers(0, 10**6).map(lambda seed: random_flow(Random(seed))))


def sketch(text: str) -> Flow:
    """A flow from ``"s>a a>b b>e"``; names with s are starts, with e ends (eg: granted), ``b<a`` is a way back."""
    parts = [(*part.replace("<", ">").split(">"), "<" in part) for part in text.split()]
    names = dict.fromkeys(name for source, target, _ in parts for name in (source, target))
    outcome = {"eg": Outcome.GRANTED, "ed": Outcome.DONE}
    nodes = [Node(id=name, kind={"s": Kind.START, "e": Kind.END}.get(name[0], Kind.TASK), label=name, lane="x",
                  outcome=outcome.get(name, Outcome.REFUSED) if name[0] == "e" else None) for name in names]
    links = [Link(id=f"{number}", source=source, target=target, back=again)
             for number, (source, target, again) in enumerate(parts)]
    return Flow(lanes=(Lane(id="x", name="x"),), nodes=tuple(nodes), links=tuple(links))


LICENCE = flow_of(
    applicant.submit("申请")
    >> window.check("齐全？", 否=window.notify("告知") >> applicant.supply("补正") >> back("齐全？"), 是=window.accept("受理"))
    >> parallel(reviewer.inspect("勘验"), reviewer.review("评审"), name="并联")
    >> decider.decide("可？", 不予=end.refused, 准予=window.certify("制证") >> end.granted))


def paired(text: str) -> list[str]:
    """The sources of the links by which the branches of ``p`` arrive; p is a split, j and k are joins."""
    flow = sketch(text)
    kinds = {"p": Kind.SPLIT, "q": Kind.SPLIT, "j": Kind.JOIN, "k": Kind.JOIN}
    flow = Flow(lanes=flow.lanes, links=flow.links, nodes=tuple(
        node.model_copy(update={"kind": kinds.get(node.id, node.kind)}) for node in flow.nodes))
    return [link.source for link in arrivals(flow, flow.node_by_id["p"])]


@pytest.mark.parametrize(("text", "sources"), [
    ("s>p p>a p>b b>j a>j j>e", "a b"),                            # in the order of the exits
    ("s>p p>a p>b a>a2 a2<a a2>j b>j j>e", "a2 b"),                # with a loop inside
    ("s>p p>j p>b b>j j>e", "p b"),                                # nothing in a branch
    ("s>p p>q p>b q>c q>d c>k d>k k>j b>j j>e", "k b"),            # another part inside
    ("s>p p>a p>b a>j b>j x>j j>e", ""),                           # waits for more
    ("s>p p>a p>b a>j b>e2 b>j j>e", ""),                          # may end inside
    ("s>p p>a p>b a>b a>j b>j j>e", ""),                           # from branch to branch
    ("s>x x>p p>a p>b a>j b>j b<x j>e", ""),                       # back to before it
    ("s>x x>p x>a p>a p>b a>j b>j j>e", ""),                       # entered from outside
    ("s>p p>a p>b a>j a>j b>j j>e", ""),                           # arrives twice
    ("s>p p>a p>b a>e b>e", ""),                                   # no join
    ("s>p p>a p>b a>j b>z j>e", ""),                               # stays inside
])
def test_the_join_of_a_split(text: str, sources: str) -> None:
    assert paired(text) == sources.split()


@pytest.mark.parametrize(("text", "closing"), [
    ("s>a a>b b>a b>e", ["b>a"]),
    ("s>a a>a a>e", ["a>a"]),
    ("s>a a>b b<a b>c c>b c>e", ["b>a", "c>b"]),
    ("s>a a<b b>a a>e", ["a>b"]),     # the author's way back opens the loop
    ("a>b b>a", ["b>a"]),
    ("s>a a>e", []),
])
def test_what_closes_a_loop(text: str, closing: list[str]) -> None:
    assert [f"{link.source}>{link.target}" for link in closing_links(sketch(text))] == closing


def test_a_cycle_is_named_in_order() -> None:
    assert cycle_through(LICENCE, "申请人/补正") == ("申请人/补正", "窗口/齐全", "窗口/告知")
    assert cycle_through(LICENCE, "窗口/受理") == ()
    assert cycle_through(sketch("s>a a>a"), "a") == ("a",)


@given(any_flow)
def test_without_closing_links_there_is_no_cycle(flow: Flow) -> None:
    graph = as_networkx(flow)
    graph.remove_edges_from((link.source, link.target, link.id) for link in closing_links(flow))

    assert nx.is_directed_acyclic_graph(graph)


@given(flows())
def test_the_authors_ways_back_are_all_that_closes_a_loop(flow: Flow) -> None:
    assert closing_links(flow) == tuple(link for link in flow.links if link.back)


@given(any_flow)
def test_the_forward_order_holds_every_node_and_leads_forward(flow: Flow) -> None:
    order = forward_order(flow)
    place = {name: number for number, name in enumerate(order)}
    closing = {link.id for link in closing_links(flow)}

    assert sorted(order) == sorted(node.id for node in flow.nodes)
    assert all(place[link.source] < place[link.target] for link in flow.links if link.id not in closing)


@given(any_flow, st.data())
def test_after_agrees_with_networkx(flow: Flow, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([node.id for node in flow.nodes]))
    graph = as_networkx(flow)

    assert after(flow, [name]) == nx.descendants(graph, name) | {name}


@given(any_flow, st.data())
def test_a_cycle_is_one_and_there_is_none_shorter(flow: Flow, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([node.id for node in flow.nodes]))
    cycle, graph = cycle_through(flow, name), flow.as_networkx()
    back = [nx.shortest_path_length(graph, link.target, name) for link in flow.exits[name]
            if nx.has_path(graph, link.target, name)]

    assert len(cycle) == (1 + min(back) if back else 0)
    assert all(graph.has_edge(*step) for step in zip(cycle, (*cycle[1:], *cycle[:1]), strict=True))


def test_a_flow_as_networkx_holds_what_analyses_ask_for() -> None:
    graph = LICENCE.as_networkx()

    assert list(graph) == [node.id for node in LICENCE.nodes]
    assert graph.nodes["窗口/受理"] == {"label": "受理", "kind": "task", "lane": "窗口"}
    assert {key: data["label"] for _, _, key, data in graph.edges(data=True, keys=True)} \
        == {link.id: link.label for link in LICENCE.links}
    assert [target for _, target, back in graph.edges(data="back") if back] == ["窗口/齐全"]
