"""Our files in the tools they are for: bpmn-moddle, bpmnlint, bpmn-js, bpmn-engine, SpiffWorkflow."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

from flowstd.bpmn.from_flow import to_bpmn
from flowstd.check.soundness import decide
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow
from tests.benchmarks.corpus import corpus
from tests.bpmn.test_from_flow import licence
from tests.bpmn.tools import BPMN, drawn, engine_walks, lint, random_flows, spiff_walks, template_flows

WALKS = 20


@cache
def charts() -> dict[str, Flow]:
    """Flows of every sort: hand-written, of each template, of a seeded corpus, random."""
    found = {"licence": licence(), **template_flows()}
    found |= {f"corpus-{number}": flow for number, flow in enumerate(corpus(12))}
    found |= {f"random-{number}": flow for number, flow in enumerate(random_flows(16))}
    return found


@cache
def texts() -> dict[str, str]:
    return {name: to_bpmn(flow) for name, flow in charts().items()}


def links_of(text: str) -> list[etree._Element]:
    return list(etree.fromstring(text.encode()).iter(f"{BPMN}sequenceFlow"))


def test_moddle_warns_of_nothing_and_bpmnlint_finds_no_error(tmp_path: Path) -> None:
    found = dict(zip(texts(), lint(list(texts().values()), tmp_path), strict=True))

    assert {name: one["warnings"] for name, one in found.items() if one["warnings"]} == {}
    assert {name: one["errors"] for name, one in found.items() if one["errors"]} == {}


def test_bpmn_js_draws_every_file_without_a_fault() -> None:
    found = dict(zip(texts(), drawn(list(texts().values())), strict=True))

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


def test_spiffworkflow_ends_every_walk_and_sees_every_branch() -> None:
    sound = {name: text for name, text in texts().items() if decide(charts()[name]).sound}
    wrong = {}
    for seed, (name, text) in enumerate(sound.items()):
        found = spiff_walks(text, WALKS, seed)
        missed = {(link.get("sourceRef"), link.get("targetRef")) for link in links_of(text)} - found["taken"]
        if found["done"] != found["walks"] or missed:
            wrong[name] = (found["done"], found["stuck"], sorted(missed))

    assert len(sound) > 35
    assert wrong == {}


def test_bpmn_engine_ends_every_walk_and_sees_every_branch(tmp_path: Path) -> None:
    fit = {name: text for name, text in texts().items()
           if decide(charts()[name]).sound and not decides_within_parallel(charts()[name])}
    wrong = {}
    for (name, text), found in zip(fit.items(), engine_walks(list(fit.values()), WALKS, tmp_path), strict=True):
        missed = {link.get("id") for link in links_of(text)} - set(found["taken"])
        if found["done"] != found["walks"] or missed:
            wrong[name] = (found["done"], found["stuck"], sorted(missed))

    assert len(fit) > 20
    assert wrong == {}


def deadlocked() -> Flow:
    """One of two ways is taken, but both are waited for."""
    flow = licence()
    nodes = [node.model_copy(update={"kind": Kind.DECISION, "label": "哪一项？"}) if node.kind is Kind.SPLIT else node
             for node in flow.nodes]
    links = [link.model_copy(update={"label": link.target}) if link.source == "parallel/1/split" else link
             for link in flow.links]
    return Flow(title=flow.title, lanes=flow.lanes, nodes=tuple(nodes), links=tuple(links), documents=flow.documents)


def test_an_unsound_flow_gets_stuck_as_the_check_says() -> None:
    """In SpiffWorkflow; bpmn-engine 25 lets a join go on when the way to it can no longer be taken."""
    flow = deadlocked()
    text = to_bpmn(flow)
    stuck = [trouble.node for trouble in decide(flow).troubles]

    assert "parallel/1/join" in stuck
    assert "Gateway_parallel.1.join" in spiff_walks(text, 10, 1)["stuck"]
