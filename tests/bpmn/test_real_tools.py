"""Our files in the tools they are for: bpmn-moddle, bpmnlint, bpmn-js, bpmn-engine, SpiffWorkflow."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from flowstd.bpmn import read
from flowstd.bpmn.dialect import Engine, Pools
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.check.soundness import decide
from flowstd.ir.graph import after
from flowstd.ir.kinds import Kind, Outcome
from flowstd.ir.model import Flow, Lane, Link, Node
from tests.bpmn.test_from_flow import licence
from tests.bpmn.tools import (
    BPMN,
    bureau,
    bureau_flows,
    drawn,
    engine_walks,
    invalid,
    lint,
    random_flows,
    spiff_walks,
    template_flows,
)

WALKS = 20
POOLS: tuple[Pools, ...] = ("one", "two")


@cache
def charts() -> dict[str, Flow]:
    """Flows of every sort: hand-written, of each template, of the example bureau, random."""
    found = {"licence": licence(), **template_flows(), **bureau_flows()}
    found |= {f"random-{number}": flow for number, flow in enumerate(random_flows(16))}
    return found


@cache
def texts(pools: Pools = "one") -> dict[str, str]:
    return {name: to_bpmn(flow, pools=pools) for name, flow in charts().items()}


@pytest.mark.parametrize("pools", POOLS)
def test_every_chart_of_the_bureau_is_valid(pools: Pools) -> None:
    wrong = {case.key: invalid(to_bpmn(case.flow, case.item, case.scenario, pools=pools)) for case in bureau()}

    assert len(wrong) == 344
    assert {name: breach for name, breach in wrong.items() if breach} == {}


def test_500_random_flows_are_valid_and_come_back() -> None:
    for number, flow in enumerate(random_flows(500)):
        pools = POOLS[number % 10 == 0]              # two pools take longer
        text = to_bpmn(flow, pools=pools)
        assert invalid(text) == ""
        if number % 5 == 0:
            document = read(text.encode())
            assert (document.flow, document.losses) == (flow, ())
            assert to_bpmn(document.flow, pools=pools) == text


def links_of(text: str) -> list[etree._Element]:
    return list(etree.fromstring(text.encode()).iter(f"{BPMN}sequenceFlow"))


def test_moddle_warns_of_nothing_and_bpmnlint_finds_no_error(tmp_path: Path) -> None:
    for pools in POOLS:
        found = dict(zip(texts(pools), lint(list(texts(pools).values()), tmp_path), strict=True))
        assert {name: one["warnings"] for name, one in found.items() if one["warnings"]} == {}
        assert {name: one["errors"] for name, one in found.items() if one["errors"]} == {}


@pytest.mark.parametrize("engine", ["camunda7", "camunda8"])
def test_camunda_s_own_rules_find_no_error(engine: Engine, tmp_path: Path) -> None:
    names = [name for name in charts() if not name.startswith("random")]     # those may turn round without a pause
    files = [to_bpmn(charts()[name], pools=POOLS[number % 2], engine=engine) for number, name in enumerate(names)]
    found = dict(zip(names, lint(files, tmp_path, engine), strict=True))

    assert {name: one["warnings"] for name, one in found.items() if one["warnings"]} == {}
    assert {name: one["errors"] for name, one in found.items() if one["errors"]} == {}


def test_bpmn_js_draws_every_file_without_a_fault() -> None:
    every = {(name, pools): text for pools in POOLS for name, text in texts(pools).items()}
    found = dict(zip(every, drawn(list(every.values())), strict=True))

    assert len(texts()) > 60
    assert {name: one["warnings"] for name, one in found.items() if one["warnings"]} == {}
    assert {name: one["faults"] for name, one in found.items() if one["faults"]} == {}
    assert all(one["shapes"] and one["flows"] and one["labels"] for one in found.values())


def decides_within_parallel(flow: Flow) -> bool:
    """Whether a decision stands between a split and its join.

    bpmn-engine 25 loses count there: github.com/paed01/bpmn-engine/issues/200.
    """
    depth = {node.id: 0 for node in flow.nodes if node.kind is Kind.START}
    waiting = list(depth)
    while waiting:
        here = waiting.pop()
        step = {Kind.SPLIT: 1, Kind.JOIN: -1}.get(flow.node_by_id[here].kind, 0)
        if depth[here] and flow.node_by_id[here].kind is Kind.DECISION:
            return True
        for link in flow.exits[here]:
            if link.target not in depth:
                depth[link.target] = depth[here] + step
                waiting.append(link.target)
    return False


def joins_again(flow: Flow) -> bool:
    """Whether a case can come to a join more than once.

    SpiffWorkflow 3.2 breaks there, whatever the branches are: a join asks for data of branches of an earlier round,
    which it has dropped itself.
    """
    joins = [node.id for node in flow.nodes if node.kind is Kind.JOIN]
    return any(join in after(flow, [link.target for link in flow.exits[join]]) for join in joins)


def test_spiffworkflow_ends_every_walk_and_sees_every_branch() -> None:
    sound = {name: text for name, text in texts().items()
             if decide(charts()[name]).sound and not joins_again(charts()[name])}
    wrong = {}
    for seed, (name, text) in enumerate(sound.items()):
        found = spiff_walks(text, WALKS, seed)
        missed = {(link.get("sourceRef"), link.get("targetRef")) for link in links_of(text)} - found["taken"]
        if found["done"] != found["walks"] or missed:
            wrong[name] = (found["done"], found["stuck"], sorted(missed))

    assert len(sound) > 60
    assert any("inclusiveGateway" in text for text in sound.values())
    assert wrong == {}


def test_bpmn_engine_ends_every_walk_and_sees_every_branch(tmp_path: Path) -> None:
    fit = {name: texts()[name] for name, flow in charts().items()
           if decide(flow).sound and not decides_within_parallel(flow) and "Asked_" not in texts()[name]}
    fit = {name: fit[name] for name in sorted(fit, key=lambda name: len(charts()[name].nodes))[:60]}
    wrong = {}
    for (name, text), found in zip(fit.items(), engine_walks(list(fit.values()), WALKS, tmp_path), strict=True):
        missed = {link.get("id") for link in links_of(text)} - set(found["taken"])
        if found["done"] != found["walks"] or missed:
            wrong[name] = (found["done"], found["stuck"], sorted(missed))

    assert len(fit) == 60
    assert wrong == {}


def deadlocked() -> Flow:
    """One of two ways is taken, but both are waited for."""
    flow = licence()
    nodes = [node.model_copy(update={"kind": Kind.DECISION, "label": "哪一项？"}) if node.kind is Kind.SPLIT else node
             for node in flow.nodes]
    links = [link.model_copy(update={"label": link.target}) if link.source == "parallel/1/split" else link
             for link in flow.links]
    return Flow(title=flow.title, lanes=flow.lanes, nodes=tuple(nodes), links=tuple(links), documents=flow.documents)


def waiting_for_itself() -> Flow:
    """A join waits for a way that begins behind it."""
    lane = "window"
    nodes = (Node(id="s", kind=Kind.START, label="开始", lane=lane), Node(id="j", kind=Kind.JOIN, label="", lane=lane),
             Node(id="a", kind=Kind.TASK, label="审查", lane=lane), Node(id="d", kind=Kind.DECISION, label="可以吗？",
                 lane=lane),
             Node(id="e", kind=Kind.END, label="办结", lane=lane, outcome=Outcome.DONE))
    links = (Link(id="1", source="s", target="j"), Link(id="2", source="j", target="a"), Link(id="3", source="a",
        target="d"),
             Link(id="4", source="d", target="e", label="是"), Link(id="5", source="d", target="j", label="否",
                 back=True))
    return Flow(title="等自己", lanes=(Lane(id=lane, name="窗口"),), nodes=nodes, links=links)


def test_an_unsound_flow_gets_stuck_as_the_check_says(tmp_path: Path) -> None:
    """Each engine in the flow that is a trap for it.

    bpmn-engine 25 lets a join go on when the way to it can no longer be taken; SpiffWorkflow 3 where that way begins
    behind the join.
    """
    troubles = [trouble.node for trouble in decide(deadlocked()).troubles]
    assert "parallel/1/join" in troubles
    assert "Gateway_parallel.1.join" in spiff_walks(to_bpmn(deadlocked()), 10, 1)["stuck"]

    trouble, = decide(waiting_for_itself()).troubles
    walked = engine_walks([to_bpmn(waiting_for_itself())], 10, tmp_path)[0]
    assert (trouble.node, trouble.missing) == ("j", ("5",))
    assert walked["done"] == 0
    assert walked["taken"] == ["Flow_1"]                     # into the join, and no further
