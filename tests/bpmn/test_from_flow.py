"""Flow → BPMN: valid, well ordered, and every fact of the flow in it."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import rshift
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from flowstd.base.legal import LegalSource
from flowstd.base.term import workdays
from flowstd.bpmn import read
from flowstd.bpmn.elements import elements_of
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.bpmn.ids import encode
from flowstd.dsl import applicant, back, call, decider, end, flow_of, parallel, result, reviewer, system, window
from flowstd.ir.kinds import Kind, Outcome
from flowstd.ir.model import Flow, Lane, Link, Node
from tests.blocks import flows
from tests.bpmn.tools import BPMN, invalid, template_flows

NAMES = {"b": BPMN[1:-1], "f": "urn:flowstd:bpmn:1", "di": "http://www.omg.org/spec/BPMN/20100524/DI"}


def licence() -> Flow:
    """One flow with everything in it."""
    check = "材料是否齐全、符合法定形式？"
    return flow_of(
        applicant.submit("提交申请", materials=["申请表", "身份证明", "场所证明"], onsite=True)
        >> window.check(
            check,
            是=window.accept("受理", issues="受理通知书", within=workdays(1), law="行政许可法 第三十二条", note="当场受理"),
            否=window.notify("一次性告知补正", within=workdays(5), issues="补正通知书")
            >> applicant.supply("补正材料") >> back(check),
            不属于职权=window.refuse("不予受理") >> end.not_accepted)
        >> parallel(reviewer.inspect("现场勘验", post="勘验岗"),
                    reviewer.review("专家评审", excluded_by="行政许可法 第四十五条"))
        >> system.examine("自动比对", criteria="一致") >> call("123-45", "变更登记")
        >> decider.decide("是否准予许可？", default="不予",
                          准予=window.deliver("送达", issues=result("许可证")) >> end.granted,
                          不予=decider.refuse("不予许可") >> end.refused),
        "经营许可")


def tree_of(flow: Flow) -> etree._Element:
    return etree.fromstring(to_bpmn(flow).encode())


def names_of(tree: etree._Element, tag: str) -> list[str | None]:
    return [element.get("name") for element in tree.iter(f"{BPMN}{tag}")]


@pytest.mark.parametrize("name", template_flows())
def test_every_template_is_valid(name: str) -> None:
    assert invalid(to_bpmn(template_flows()[name])) == ""


@settings(max_examples=40, deadline=None)
@given(flow=flows())
def test_random_flows_are_valid_and_whole(flow: Flow) -> None:
    text = to_bpmn(flow)
    tree = etree.fromstring(text.encode())
    ids = tree.xpath("//@id")

    assert invalid(text) == ""
    assert len(ids) == len(set(ids))
    assert not {"Start", "End", "EndJoin", "Root"} & set(ids)
    assert len(tree.findall(f".//{BPMN}sequenceFlow")) == len(elements_of(flow).ways)
    shown = set(tree.xpath("//di:BPMNShape/@bpmnElement | //di:BPMNEdge/@bpmnElement", namespaces=NAMES))
    drawable = tree.xpath("//b:lane/@id | //b:subProcess/b:*[@id]/@id"
                          "| //b:process/b:*[@id][not(self::b:laneSet or self::b:dataObject)]/@id", namespaces=NAMES)
    assert shown == {*drawable, "Participant"}


def test_tasks_lanes_and_gateways() -> None:
    tree = tree_of(licence())

    assert names_of(tree, "lane") == ["申请人", "窗口", "审查人员", "系统", "决定人"]
    assert names_of(tree, "manualTask") == ["提交申请", "现场勘验", "专家评审"]
    assert names_of(tree, "sendTask") == ["一次性告知补正", "送达"]
    assert names_of(tree, "businessRuleTask") == ["自动比对"]
    assert names_of(tree, "endEvent") == ["不予受理", "办结", "不予许可"]
    assert [g.get("gatewayDirection") for g in tree.iter(f"{BPMN}parallelGateway")] == ["Diverging", "Converging"]
    assert tree.find(f".//{BPMN}callActivity").get("calledElement") == "Process_123-45"


def test_a_decision_that_is_returned_to_gets_a_merging_gateway() -> None:
    tree = tree_of(licence())
    merges = tree.xpath("//b:exclusiveGateway[b:extensionElements/f:merge]", namespaces=NAMES)

    assert len(merges) == 1
    assert [len(merges[0].findall(BPMN + way)) for way in ("incoming", "outgoing")] == [2, 1]


def test_every_exit_but_the_default_has_a_condition_on_one_variable() -> None:
    tree = tree_of(licence())
    check, decide = tree.xpath("//b:exclusiveGateway[@default]", namespaces=NAMES)
    texts = {link.get("name"): link.findtext(BPMN + "conditionExpression") for link in tree.iter(f"{BPMN}sequenceFlow")
             if link.get("name")}

    assert texts["不属于职权"] is None and texts["不予"] is None
    assert texts["是"] == check.get("id").replace(".", "_") + ' == "是"'
    assert texts["准予"] == decide.get("id").replace(".", "_") + ' == "准予"'
    assert eval(texts["否"], {check.get("id").replace(".", "_"): "否"}) is True


@pytest.mark.parametrize("answer", ['a "b"', "c\\d", "e\nf", "<g> & h", "是"])
def test_an_answer_is_one_text_literal(answer: str) -> None:
    lane = Lane(id="l", name="l")
    nodes = (Node(id="s", kind=Kind.START, label="s", lane="l"), Node(id="d", kind=Kind.DECISION, label="d", lane="l"),
             Node(id="e", kind=Kind.END, label="e", lane="l", outcome=Outcome.DONE))
    flow = Flow(
        lanes=(lane,),
        nodes=nodes,
        links=(
            Link(id="1", source="s", target="d"),
            Link(id="2", source="d", target="e", label=answer),
            Link(id="3", source="d", target="e", label="other"),
        ),
    )
    condition = tree_of(flow).findtext(f".//{BPMN}conditionExpression")

    assert eval(condition, {"Gateway_d": " ".join(answer.split())}) is True


def test_few_papers_stand_alone_and_many_in_a_pile() -> None:
    tree = tree_of(licence())

    assert "材料（3份）" in names_of(tree, "dataObjectReference")
    assert "受理通知书" in names_of(tree, "dataObjectReference")
    assert set(names_of(tree, "dataObject")) >= {"申请表", "身份证明", "场所证明", "许可证"}
    pile = tree.xpath("//f:pile", namespaces=NAMES)[0].get("documents").split()
    assert [tree.xpath(f"//b:dataObject[@id='{one}']/@name", namespaces=NAMES)[0] for one in pile] \
        == ["申请表", "身份证明", "场所证明"]


def test_what_bpmn_has_no_word_for_stands_in_extension_elements() -> None:
    tree = tree_of(licence())
    accept = tree.xpath("//b:userTask[@name='受理']/b:extensionElements/f:node", namespaces=NAMES)[0]

    assert (accept.get("id"), accept.get("step"), accept.get("within")) == ("窗口/受理", "accept", "1 workdays")
    assert accept[0].get("title") == "行政许可法"
    assert tree.xpath("//b:textAnnotation/b:text/text()", namespaces=NAMES) == ["当场受理"]
    assert "办理时限：1个工作日" in tree.xpath("string(//b:userTask[@name='受理']/b:documentation)", namespaces=NAMES)


def test_legal_sources_are_written_whole() -> None:
    source = LegalSource(title="“A&B”", article="第一条", number="号", in_force_from=date(2004, 7, 1))
    lane = Lane(id="l", name="l")
    flow = Flow(lanes=(lane,), nodes=(Node(id="s", kind=Kind.TASK, label="s", lane="l", excluded_by=source),))
    said = tree_of(flow).xpath("//f:excludedBy", namespaces=NAMES)[0]

    assert dict(said.attrib) == {"title": "“A&B”", "article": "第一条", "number": "号", "inForceFrom": "2004-07-01"}


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", 'a"b\'c', "]]>", "\x00\x1f是", "长" * 2000, " ", "a\nb"])
def test_hostile_labels_stay_labels(label: str) -> None:
    lane = Lane(id=label, name=label)
    nodes = (
        Node(id="s", kind=Kind.START, label=label, lane=label),
        Node(id=label, kind=Kind.TASK, label=label, lane=label, note=label),
        Node(id="e", kind=Kind.END, label=label, lane=label, outcome=Outcome.DONE),
    )
    flow = Flow(title=label, lanes=(lane,), nodes=nodes,
                links=(Link(id="1", source="s", target=label), Link(id="2", source=label, target="e")))
    text = to_bpmn(flow)

    assert invalid(text) == ""
    assert etree.fromstring(text.encode()).find(f".//{BPMN}task").get("name") == label.replace("\x00", "").replace(
        "\x1f", ""
    )


def test_equal_flows_give_equal_text() -> None:
    assert to_bpmn(licence()) == to_bpmn(Flow.from_json(licence().to_json()))


def test_renaming_a_step_changes_one_id_and_adding_one_changes_none() -> None:
    def ids(*steps: str) -> set[str]:
        block = reduce(rshift, [window.do(step) for step in steps])
        return {part.id for part in elements_of(flow_of(block >> end.done)).parts}

    assert ids("收件", "受理", "归档") - ids("收件", "受理") == {"Activity_" + encode("窗口/归档")}
    assert ids("收件", "受理") < ids("收件", "归档", "受理")
    assert ids("收件", "受理") ^ ids("收件", "审查") == {"Activity_" + encode(f"窗口/{step}") for step in ("受理", "审查")}


@pytest.mark.parametrize("options", [{}, {"engine": "camunda7"}, {"pools": "two", "engine": "camunda8"}])
def test_two_steps_whose_names_sound_alike_to_the_last_digit_stay_two(options: dict[str, Any]) -> None:
    names = ("是时师实", "是是式是")
    flow = flow_of(applicant.submit("申请") >> window.do(names[0], within=workdays(1))
                   >> window.do(names[1], within=workdays(2)) >> end.done)
    document = read(to_bpmn(flow, **options).encode())

    assert encode(f"窗口/{names[0]}") == encode(f"窗口/{names[1]}")
    assert document.flow == flow
    assert document.losses == ()
