"""Questions about a flow, answered as networkx would answer them."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.dsl import applicant, back, decider, end, flow_of, onward, parallel, reviewer, window
from flowstd.ir.graph import (
    after,
    arrivals,
    as_networkx,
    before,
    closing_links,
    cycle_through,
    dead_ends,
    ends,
    forward_order,
    loops,
    main_path,
    shortest_way,
    starts,
    unreached,
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


def test_the_main_path_leads_to_the_granted_end() -> None:
    assert main_path(LICENCE) == (
        "start", "申请人/申请", "窗口/齐全", "窗口/受理", "parallel/并联/split", "审查人员/勘验", "parallel/并联/join", "决定人/可",
        "窗口/制证", "end/granted/办结")


@pytest.mark.parametrize(("text", "path"), [
    ("s>a a>e a>ed", "s a ed"),               # nothing is granted: what is done
    ("s>a a>e a>e2", "s a e"),                # nothing is done either: the first end
    ("s>a a>b b>a b>c", "s a b c"),           # no end at all: as far as it goes
    ("s>a a>b b<a b>eg", "s a b eg"),
    ("a>b b>eg", "a b eg"),                   # no start: where nothing leads to
])
def test_the_main_path_of_other_flows(text: str, path: str) -> None:
    assert main_path(sketch(text)) == tuple(path.split())


def test_a_flow_that_begins_nowhere_has_no_main_path() -> None:
    assert main_path(sketch("a>b b>a")) == ()


def test_one_loop() -> None:
    (loop,) = loops(LICENCE)

    assert (loop.entry, loop.closing.source) == ("窗口/齐全", "申请人/补正")
    assert loop.nodes == ("窗口/齐全", "窗口/告知", "申请人/补正")


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


def test_what_no_case_comes_to_and_what_never_ends() -> None:
    flow = sketch("s>a a>e b>a a>c c>d d>c")

    assert [node.id for node in unreached(flow)] == ["b"]
    assert [node.id for node in dead_ends(flow)] == ["c", "d"]


def test_a_cycle_and_a_way_are_named_in_order() -> None:
    assert cycle_through(LICENCE, "申请人/补正") == ("申请人/补正", "窗口/齐全", "窗口/告知")
    assert cycle_through(LICENCE, "窗口/受理") == ()
    assert shortest_way(LICENCE, "start", "窗口/受理") == ("start", "申请人/申请", "窗口/齐全", "窗口/受理")
    assert shortest_way(LICENCE, "窗口/受理", "start") == ()
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
def test_after_and_before_agree_with_networkx(flow: Flow, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([node.id for node in flow.nodes]))
    graph = as_networkx(flow)

    assert after(flow, [name]) == nx.descendants(graph, name) | {name}
    assert before(flow, [name]) == nx.ancestors(graph, name) | {name}


@given(any_flow)
def test_the_main_path_is_a_path(flow: Flow) -> None:
    path = main_path(flow)
    linked = {(link.source, link.target) for link in flow.links}

    assert path[0] in {node.id for node in starts(flow)}
    assert all(step in linked for step in pairwise(path))
    assert len(set(path)) == len(path)


@given(flows())
def test_the_main_path_of_a_process_ends(flow: Flow) -> None:
    last = flow.node_by_id[main_path(flow)[-1]]

    assert last.kind is Kind.END
    if any(node.outcome is Outcome.GRANTED for node in ends(flow)):
        assert last.outcome is Outcome.GRANTED or not _forward_grant(flow)


@given(any_flow)
def test_a_loop_is_one(flow: Flow) -> None:
    graph = as_networkx(flow)
    for loop in loops(flow):
        part = graph.subgraph(loop.nodes)
        assert {loop.entry, loop.closing.source} <= set(loop.nodes)
        assert nx.has_path(graph, loop.closing.source, loop.entry)
        assert nx.is_weakly_connected(part)


def _forward_grant(flow: Flow) -> bool:
    """Whether a granted end can be reached without going back."""
    graph = as_networkx(flow)
    graph.remove_edges_from((link.source, link.target, link.id) for link in closing_links(flow))
    return any(nx.has_path(graph, "start", node.id) for node in ends(flow) if node.outcome is Outcome.GRANTED)


def test_onward_is_no_detour() -> None:
    flow = flow_of(window.ask("要听证？", 否=onward, 是=reviewer.hear("听证")) >> window.deliver("送达") >> end.granted)

    assert main_path(flow) == ("start", "窗口/要听证", "窗口/送达", "end/granted/办结")
