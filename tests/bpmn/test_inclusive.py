"""Parallel branches with a condition: inclusive gateways where they can be relied on, else a question before each."""

from __future__ import annotations

import importlib.util
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from flowstd.bpmn import read
from flowstd.bpmn.dialect import Engine
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.bpmn.graph import OTHERWISE
from flowstd.bpmn.inclusive import ANYWAY, WHICH
from flowstd.bpmn.to_dsl import to_dsl
from flowstd.dsl import applicant, back, decider, end, flow_of, parallel, reviewer, third_party, window
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow
from tests.bpmn.test_document import END, START, foreign
from tests.bpmn.test_from_flow import NAMES
from tests.bpmn.tools import BPMN, engine_walks, invalid, lint
from tests.conftest import need

FLOW = flow_of(
    applicant.submit("申请") >> parallel(reviewer.inspect("现场勘验"), 技术复杂=third_party.review("专家评审"),
                                       涉及重大利益=reviewer.hear("听证") >> reviewer.do("整理笔录")) >> end.granted)
NO_CERTAIN = flow_of(window.accept("受理") >> parallel(技术复杂=third_party.review("专家评审"), 涉及重大利益=reviewer.hear("听证"),
                                                   name="特别程序") >> end.done)
AGAIN = flow_of(
    applicant.submit("申请") >> parallel(reviewer.inspect("现场勘验"), 技术复杂=third_party.review("专家评审"))
    >> decider.decide("是否准予？", 准予=end.granted, 再审=back("申请")))
CERTAIN = {"审查人员/现场勘验"}
CONDITIONAL = {"技术复杂": {"第三方机构/专家评审"}, "涉及重大利益": {"审查人员/听证", "审查人员/整理笔录"}}


def tree_of(flow: Flow, engine: Engine = "") -> etree._Element:
    return etree.fromstring(to_bpmn(flow, engine=engine).encode())


def gateways(tree: etree._Element) -> list[str]:
    return [etree.QName(one).localname for one in tree.xpath("//b:process//*[contains(local-name(), 'Gateway')]",
                                                           namespaces=NAMES)]


def exits(tree: etree._Element) -> list[tuple[str, str]]:
    """Name and condition of what leaves the first inclusive gateway."""
    ways = tree.xpath("//b:sequenceFlow[@sourceRef=(//b:inclusiveGateway)[1]/@id]", namespaces=NAMES)
    return [(way.get("name"), way.findtext(f"{BPMN}conditionExpression")) for way in ways]


def test_such_a_part_begins_and_ends_in_an_inclusive_gateway() -> None:
    tree = tree_of(FLOW)

    assert gateways(tree) == ["inclusiveGateway", "inclusiveGateway"]
    assert tree.xpath("//b:inclusiveGateway/@name", namespaces=NAMES) == [WHICH]
    assert [name for name, _ in exits(tree)] == [ANYWAY, "技术复杂", "涉及重大利益"]
    assert exits(tree)[0][1] == "1 == 1"
    assert exits(tree)[1][1].startswith("Gateway_parallel_1_split_JiShuFuZa_") and exits(tree)[1][1].endswith(' == "是"')
    assert len({condition for _, condition in exits(tree)}) == 3


def test_what_is_parallel_without_conditions_stays_so() -> None:
    assert gateways(tree_of(flow_of(parallel(window.do("甲"), window.do("乙")) >> end.done))) == ["parallelGateway"] * 2


@pytest.mark.parametrize(("flow", "engine"), [(AGAIN, ""), (AGAIN, "camunda7"), (FLOW, "camunda8")])
def test_in_a_loop_or_without_such_joins_each_branch_is_asked_for(flow: Flow, engine: Engine) -> None:
    tree = tree_of(flow, engine)
    asked = tree.xpath("//b:exclusiveGateway[@name='技术复杂？']", namespaces=NAMES)[0]
    ways = tree.xpath("//b:sequenceFlow[@sourceRef=$key]", namespaces=NAMES, key=asked.get("id"))

    assert "inclusiveGateway" not in gateways(tree)
    assert [way.get("name") for way in ways] == ["是", "否"]
    assert asked.get("default") == ways[1].get("id")
    assert ways[1].get("targetRef").startswith("Met_")


def test_bpmn_engine_splits_by_condition_and_joins_what_comes() -> None:
    tree = tree_of(FLOW, "bpmn-engine")

    assert gateways(tree) == ["inclusiveGateway", "parallelGateway"]
    assert exits(tree)[0][1] == "next(null, true)"


@pytest.mark.parametrize("flow", [FLOW, NO_CERTAIN, AGAIN], ids=["one certain", "none certain", "in a loop"])
@pytest.mark.parametrize("engine", ["", "spiffworkflow", "bpmn-engine", "camunda7", "camunda8"])
def test_every_form_comes_back(flow: Flow, engine: Engine) -> None:
    for pools in ("one", "two"):
        text = to_bpmn(flow, pools=pools, engine=engine)
        document = read(text.encode())
        assert invalid(text) == ""
        assert (document.flow, document.losses) == (flow, ())
        assert to_bpmn(document.flow, pools=pools, engine=engine) == text


def test_a_name_that_was_made_for_tools_counts_once_somebody_changes_it() -> None:
    document = read(to_bpmn(FLOW).replace(f'name="{WHICH}"', 'name="还要办什么？"').encode())
    split = next(node for node in document.flow.nodes if node.kind is Kind.SPLIT)
    renamed = read(to_bpmn(FLOW).replace(f'name="{ANYWAY}"', 'name="总要办"').encode())

    assert (split.label, document.losses) == ("还要办什么？", ())
    assert renamed.flow == FLOW and [loss.what for loss in renamed.losses] == ["attribute name"]


def test_another_name_of_a_question_that_was_made_is_reported() -> None:
    document = read(to_bpmn(AGAIN).replace('name="技术复杂？"', 'name="很复杂？"').encode())

    assert document.flow == AGAIN
    assert [loss.what for loss in document.losses] == ["attribute name"]


def test_a_question_of_that_name_keeps_it() -> None:
    flow = flow_of(parallel(window.do("甲"), 必要=window.do("乙"), name=WHICH) >> end.done)

    assert read(to_bpmn(flow).encode()).flow == flow


# ---- run

def subsets(names: list[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(names, count) for count in range(len(names) + 1)))


def done_in_spiff(text: str, holds: tuple[str, ...]) -> tuple[bool, set[str]]:
    """Whether SpiffWorkflow comes to the end where these conditions hold, and the tasks that it did."""
    need(importlib.util.find_spec("SpiffWorkflow") is not None, "SpiffWorkflow")
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.util.task import TaskState

    tree = etree.fromstring(text.encode())
    variables = {way.get("name"): way.findtext(f"{BPMN}conditionExpression").partition(" == ")[0]
                 for way in tree.iter(f"{BPMN}sequenceFlow") if way.findtext(f"{BPMN}conditionExpression")}
    data = {variable: "是" if name in holds else "否" for name, variable in variables.items() if name != ANYWAY}
    parser: Any = BpmnParser()
    parser.add_bpmn_str(text.encode())
    workflow = BpmnWorkflow(parser.get_spec(tree.find(f"{BPMN}process").get("id")))
    while ready := workflow.get_tasks(state=TaskState.READY):
        ready[0].data.update(data)
        ready[0].run()
    names = {one.get("id"): one.get("name") for one in tree.iter() if one.get("name")}
    done = [task.task_spec.name for task in workflow.get_tasks(state=TaskState.COMPLETED)]
    assert len([name for name in done if name.startswith("Event_end")]) == 1
    return workflow.completed, {names[name] for name in done if name.startswith("Activity_")}


@pytest.mark.parametrize("holds", subsets([*CONDITIONAL]), ids="+".join)
def test_spiffworkflow_takes_the_branches_that_are_needed_and_no_others(holds: tuple[str, ...]) -> None:
    expected = {"申请"} | {name.partition("/")[2] for name in CERTAIN.union(*(CONDITIONAL[name] for name in holds))}

    assert done_in_spiff(to_bpmn(FLOW), holds) == (True, expected)


@pytest.mark.parametrize("holds", subsets([*CONDITIONAL])[1:], ids="+".join)
def test_where_every_branch_has_a_condition_spiffworkflow_wants_one_of_them(holds: tuple[str, ...]) -> None:
    assert done_in_spiff(to_bpmn(NO_CERTAIN), holds)[0]


def test_bpmn_engine_ends_and_goes_on_once_whatever_is_needed(tmp_path: Path) -> None:
    found = engine_walks([to_bpmn(flow, engine="bpmn-engine") for flow in (FLOW, NO_CERTAIN)], 40, tmp_path)

    for flow, one in zip((FLOW, NO_CERTAIN), found, strict=True):
        ways = {way.get("id") for way in tree_of(flow, "bpmn-engine").iter(f"{BPMN}sequenceFlow")}
        assert (one["done"], one["stuck"], one["again"], set(one["taken"])) == (40, None, [], ways)


def test_bpmnlint_discourages_inclusive_gateways_and_finds_no_error(tmp_path: Path) -> None:
    for one in lint([to_bpmn(flow) for flow in (FLOW, NO_CERTAIN, AGAIN)], tmp_path):
        assert (one["warnings"], one["errors"]) == ([], [])
        assert {found["rule"] for found in one["lint"]} <= {"no-inclusive-gateway", "fake-join"}


# ---- files of others

def branches(split: str, join: str, *, conditions: str = "") -> str:
    """s, then g with branches a and b to h, then e."""
    ways = "".join(f'<sequenceFlow id="{a}{b}" sourceRef="{a}" targetRef="{b}"/>'
                   for a, b in ("sg", "ah", "bh", "he"))
    return foreign(f'{START}{END}<task id="a" name="甲"/><task id="b" name="乙"/>{split}{join}{ways}{conditions}')


INCLUSIVE = ('<inclusiveGateway id="g" name="哪些？"/>', '<inclusiveGateway id="h"/>')


def test_two_inclusive_gateways_that_belong_together_are_read_as_a_parallel_part() -> None:
    document = read(branches(*INCLUSIVE, conditions='<sequenceFlow id="ga" name="大额" sourceRef="g" targetRef="a"/>'
                                                    '<sequenceFlow id="gb" sourceRef="g" targetRef="b"/>'))
    flow = document.flow

    assert (flow.node_by_id["g"].kind, flow.node_by_id["h"].kind) == (Kind.SPLIT, Kind.JOIN)
    assert [link.label for link in flow.exits["g"]] == ["大额", ""]
    assert document.losses == ()
    assert 'parallel({"大额": ' in to_dsl(flow)


def test_a_nameless_exit_is_called_by_its_condition_or_as_what_is_left() -> None:
    condition = "<conditionExpression>${x > 3}</conditionExpression>"
    document = read(branches('<inclusiveGateway id="g" default="gb"/>', INCLUSIVE[1], conditions=(
        f'<sequenceFlow id="ga" sourceRef="g" targetRef="a">{condition}</sequenceFlow>'
        '<sequenceFlow id="gb" sourceRef="g" targetRef="b"/>')))

    assert [link.label for link in document.flow.exits["g"]] == ["${x > 3}", OTHERWISE]
    assert [(loss.element, loss.what) for loss in document.losses] == [("inclusiveGateway", "attribute default")]


@pytest.mark.parametrize(("split", "join"), [
    (INCLUSIVE[0], '<exclusiveGateway id="h"/>'),                                # what comes out comes twice
    ('<parallelGateway id="g"/>', INCLUSIVE[1]),
])
def test_inclusive_gateways_that_do_not_belong_together_are_questions_as_before(split: str, join: str) -> None:
    flow = read(branches(split, join, conditions='<sequenceFlow id="ga" name="大额" sourceRef="g" targetRef="a"/>'
                                                 '<sequenceFlow id="gb" name="其余" sourceRef="g" targetRef="b"/>')).flow

    assert Kind.JOIN not in {node.kind for node in flow.nodes}
    assert flow.node_by_id["g"].kind is (Kind.SPLIT if "parallel" in split else Kind.DECISION)


def test_a_name_at_the_exit_of_a_parallel_gateway_is_no_condition_and_is_reported() -> None:
    document = read(branches('<parallelGateway id="g"/>', '<parallelGateway id="h"/>', conditions=(
        '<sequenceFlow id="ga" name="大额" sourceRef="g" targetRef="a"/>'
        '<sequenceFlow id="gb" sourceRef="g" targetRef="b"/>')))

    assert [link.label for link in document.flow.exits["g"]] == ["", ""]
    assert [(loss.id, loss.what) for loss in document.losses] == [("ga", "attribute name")]
