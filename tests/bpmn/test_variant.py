"""Files for a named engine, and with the applicant outside: valid, drawn, run, and the same flow again."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from flowstd.bpmn import read
from flowstd.bpmn.dialect import ENGINES
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.ir.model import Flow
from tests.blocks import flows
from tests.bpmn.test_from_flow import NAMES, licence
from tests.bpmn.tools import BPMN, drawn, engine_walks, invalid, lint, random_flows, spiff_walks, template_flows

VARIANTS: dict[str, dict[str, Any]] = {
    "two": {"pools": "two"},
    **{engine: {"engine": engine} for engine in ENGINES},
    "both": {"pools": "two", "engine": "camunda7"},
}


@cache
def some() -> dict[str, Flow]:
    return {"licence": licence(), **template_flows(), **{f"random-{n}": flow for n, flow in enumerate(random_flows(6))}}


@cache
def texts(variant: str) -> dict[str, str]:
    return {name: to_bpmn(flow, **VARIANTS[variant]) for name, flow in some().items()}


def tree_of(variant: str, name: str = "licence") -> etree._Element:
    return etree.fromstring(texts(variant)[name].encode())


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_is_valid_and_comes_back(variant: str) -> None:
    for name, text in texts(variant).items():
        document = read(text.encode())
        assert invalid(text) == ""
        assert document.flow == some()[name]
        assert document.losses == ()
        assert to_bpmn(document.flow, **VARIANTS[variant]) == text


@settings(max_examples=15, deadline=None)
@given(flow=flows(), variant=st.sampled_from(sorted(VARIANTS)))
def test_random_flows_come_back_from_every_variant(flow: Flow, variant: str) -> None:
    text = to_bpmn(flow, **VARIANTS[variant])

    assert invalid(text) == ""
    assert read(text.encode()).flow == flow


def test_the_tools_take_every_variant(tmp_path: Path) -> None:
    for variant in ("two", "camunda8", "both"):
        found = lint(list(texts(variant).values()), tmp_path)
        assert [one["warnings"] for one in found if one["warnings"]] == []
        assert [one["errors"] for one in found if one["errors"]] == []


def test_bpmn_js_draws_every_variant_without_a_fault() -> None:
    for variant in ("two", "both"):
        found = dict(zip(texts(variant), drawn(list(texts(variant).values())), strict=True))
        assert {name: one["warnings"] for name, one in found.items() if one["warnings"]} == {}
        assert {name: one["faults"] for name, one in found.items() if one["faults"]} == {}


def test_limits_become_timers_that_interrupt_nothing() -> None:
    tree = tree_of("camunda8")
    timer = tree.xpath("//b:boundaryEvent[@name='5个工作日']", namespaces=NAMES)[0]

    assert timer.get("cancelActivity") == "false"
    assert timer.findtext(f".//{BPMN}timeDuration") == "P5D"
    assert len(tree.xpath("//b:boundaryEvent", namespaces=NAMES)) == sum(
        node.within is not None and node.within.count > 0 and node.kind.value == "task" for node in licence().nodes)


@pytest.mark.parametrize(("engine", "condition", "duration"), [
    ("spiffworkflow", '{0} == "是"', '"P1D"'), ("camunda7", '${{{0} == "是"}}', "P1D"), ("camunda8", '={0} = "是"', "P1D"),
    ("bpmn-engine", 'next(null, environment.variables.{0} === "是")', "P1D"),
])
def test_conditions_and_durations_are_said_as_the_engine_reads_them(engine: str, condition: str, duration: str) -> None:
    tree = tree_of(engine)
    link = tree.xpath("//b:sequenceFlow[@name='是']/b:conditionExpression", namespaces=NAMES)[0]
    variable = tree.xpath("//b:exclusiveGateway[@name='材料是否齐全、符合法定形式？']/@id", namespaces=NAMES)[0]

    assert link.text == condition.format(variable.replace(".", "_"))
    assert tree.xpath("string(//b:boundaryEvent[@name='1个工作日']//b:timeDuration)", namespaces=NAMES) == duration


def test_applicants_stand_outside_and_send_messages() -> None:
    tree = tree_of("two")
    outside = tree.xpath("//b:participant[@name='申请人']", namespaces=NAMES)[0]
    sent = tree.xpath("//b:messageFlow[@sourceRef=$key]/@targetRef", namespaces=NAMES, key=outside.get("id"))
    heard = tree.xpath("//b:messageFlow[@targetRef=$key]/@sourceRef", namespaces=NAMES, key=outside.get("id"))

    assert outside.get("processRef") is None
    assert tree.xpath("//b:lane/@name", namespaces=NAMES) == ["窗口", "审查人员", "系统", "决定人"]
    assert [tree.xpath("string(//b:receiveTask[@id=$key]/@name)", namespaces=NAMES, key=key) for key in sent] == [
        "提交申请",
        "补正材料",
    ]
    assert [tree.xpath("string(//b:sendTask[@id=$key]/@name)", namespaces=NAMES, key=key) for key in heard] == [
        "一次性告知补正",
        "送达",
    ]


def test_spiffworkflow_runs_its_own_variant() -> None:
    for seed, name in enumerate(("licence", "ordinary_licence", "joint", "filing")):
        for variant in ("spiffworkflow", "two"):
            found = spiff_walks(texts(variant)[name], 10, seed, most=10)
            assert found["done"] == found["walks"], (name, variant, found["stuck"])


def test_bpmn_engine_runs_its_own_variant(tmp_path: Path) -> None:
    """Not the one with two pools: bpmn-engine 25 breaks on a message flow to a pool without a process."""
    files = [texts("bpmn-engine")[name] for name in ("licence", "ordinary_licence", "joint", "filing")]

    assert [one["stuck"] for one in engine_walks(files, 10, tmp_path, most=10)] == [None] * 4


def test_a_flow_of_applicants_alone_stays_in_one_pool() -> None:
    from flowstd.dsl import applicant, end, flow_of

    flow = flow_of(applicant.submit("申请") >> end.done)
    text = to_bpmn(flow, pools="two")

    assert len(etree.fromstring(text.encode()).findall(f".//{BPMN}participant")) == 1
    assert read(text.encode()).flow == flow
