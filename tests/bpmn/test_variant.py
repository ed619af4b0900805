"""Files for a named engine, and with the applicant outside: valid, drawn, run, and the same flow again."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from flowstd.base.errors import BadSource
from flowstd.base.term import days, workdays
from flowstd.bpmn import read
from flowstd.bpmn.bindings import CAMUNDA, ZEEBE
from flowstd.bpmn.dialect import ENGINES
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.dsl import (
    applicant,
    back,
    call,
    decider,
    end,
    flow_of,
    fragment,
    onward,
    parallel,
    reviewer,
    system,
    third_party,
    window,
)
from flowstd.ir.model import Flow
from tests.blocks import flows
from tests.bpmn.test_from_flow import NAMES, licence
from tests.bpmn.tools import (
    BPMN,
    bureau_flows,
    drawn,
    engine_walks,
    invalid,
    lint,
    random_flows,
    spiff_walks,
    template_flows,
)
from tests.conftest import need

VARIANTS: dict[str, dict[str, Any]] = {
    "two": {"pools": "two"},
    **{engine: {"engine": engine} for engine in ENGINES},
    "both": {"pools": "two", "engine": "camunda7"},
}


@cache
def some() -> dict[str, Flow]:
    found = {"licence": licence(), "hearing": hearing(), "conditional": conditional(), **template_flows()}
    found |= dict([*bureau_flows().items()][::8])
    return found | {f"random-{n}": flow for n, flow in enumerate(random_flows(6))}


def hearing() -> Flow:
    """A flow that has to wait, for a term or for an answer."""
    return flow_of(
        applicant.submit("提交申请") >> reviewer.announce("公示审查意见", within=days(7), issues="公示文本")
        >> reviewer.notify("告知听证权利", within=workdays(1))
        >> applicant.ask("是否要求听证？", {"是": decider.hear("举行听证", within=workdays(20)), "否": onward},
                         within=workdays(5))
        >> system.examine("自动核验", criteria="一致") >> system.do("推送") >> call("123-45", "变更登记")
        >> fragment("颁证", window.certify("制证") >> window.deliver("送达", issues="决定书")) >> end.granted, "听证")


def conditional() -> Flow:
    """A flow with branches that are taken only where their condition holds; one such part can come again."""
    return flow_of(
        applicant.submit("提交申请") >> parallel(reviewer.inspect("现场勘验"), 技术复杂=third_party.review("专家评审"),
                                             涉及重大利益=fragment("听证", decider.notify("告知听证") >> decider.hear("举行听证")))
        >> parallel(reviewer.do("复核"), {"金额较大": decider.do("集体审议")}, name="再审")
        >> decider.decide("是否准予？", 准予=end.granted, 再议=back("再审"), 不予=end.refused), "带条件的并行")


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


def test_what_is_announced_for_a_term_waits_for_all_of_it() -> None:
    tree = tree_of("camunda8", "hearing")
    announced = tree.xpath("//b:sendTask[@name='公示审查意见']", namespaces=NAMES)[0]
    event, = tree.xpath("//b:intermediateCatchEvent[b:incoming=$way]", namespaces=NAMES,
                        way=announced.findtext(f"{BPMN}outgoing"))

    assert event.get("name") == "满7个自然日"
    assert event.findtext(f".//{BPMN}timeDuration") == "P7D"
    assert tree.xpath("//b:boundaryEvent/@attachedToRef", namespaces=NAMES).count(announced.get("id")) == 0


def test_a_question_with_a_term_is_answered_by_what_comes_first() -> None:
    tree = tree_of("camunda8", "hearing")
    gateway, = tree.iter(f"{BPMN}eventBasedGateway")
    events = [tree.xpath("//b:intermediateCatchEvent[b:incoming=$way]", namespaces=NAMES, way=way.text)[0]
              for way in gateway.iter(f"{BPMN}outgoing")]
    message = events[0].find(f"{BPMN}messageEventDefinition").get("messageRef")

    assert gateway.get("name") == "是否要求听证？"
    assert [event.get("name") for event in events] == ["是", "5个工作日"]
    assert tree.xpath("string(/b:definitions/b:message[@id=$key]/@name)", namespaces=NAMES, key=message) == "是否要求听证？是"
    assert events[1].findtext(f".//{BPMN}timeDuration") == "P5D"
    assert tree.xpath("//b:sequenceFlow[@sourceRef=$key]/b:conditionExpression", namespaces=NAMES,
                      key=gateway.get("id")) == []


def test_with_two_pools_the_answer_comes_by_message() -> None:
    tree = tree_of("both", "hearing")
    event = tree.xpath("//b:intermediateCatchEvent[@name='是']/@id", namespaces=NAMES)[0]

    sender = tree.xpath("string(//b:messageFlow[@targetRef=$key]/@sourceRef)", namespaces=NAMES, key=event)
    assert sender.startswith("Pool_")


def test_another_timer_is_somebody_s_own_and_reported() -> None:
    text = texts("camunda8")["hearing"]
    for old, new in (("P7D", "P9D"), ("P20D", "P21D")):
        document = read(text.replace(f">{old}<", f">{new}<", 1).encode())
        assert document.flow == some()["hearing"]
        assert [loss.element for loss in document.losses] == ["timeDuration"]
    document = read(text.replace(' cancelActivity="false"', "", 1).encode())
    assert document.flow == some()["hearing"]
    assert [loss.element for loss in document.losses] == ["boundaryEvent"]


def test_camunda_gets_what_its_own_linter_demands() -> None:
    eight, seven = tree_of("camunda8", "hearing"), tree_of("camunda7", "hearing")
    names = {**NAMES, "zeebe": ZEEBE, "camunda": CAMUNDA}

    assert seven.xpath("//b:process/@camunda:historyTimeToLive", namespaces=names) == ["P180D"]
    assert seven.xpath("//b:sendTask[@name='送达']/@camunda:topic", namespaces=names) == ["deliver"]
    assert eight.xpath("//b:sendTask[@name='送达']//zeebe:taskDefinition/@type", namespaces=names) == ["deliver"]
    assert eight.xpath("//b:businessRuleTask//zeebe:taskDefinition/@type", namespaces=names) == ["examine"]
    assert eight.xpath("//b:callActivity//zeebe:calledElement/@processId", namespaces=names) == ["Process_123-45"]
    assert len(eight.xpath("/b:definitions/b:message//zeebe:subscription", namespaces=names)) == 1
    assert [root.xpath("string(/*/@*[local-name()='executionPlatform'])") for root in (eight, seven)] == [
        "Camunda Cloud", "Camunda Platform"]
    both = etree.fromstring(to_bpmn(hearing(), pools="two", engine="camunda8").encode())
    assert all(task.get("messageRef") for task in both.iter(f"{BPMN}receiveTask"))


def test_camunda_8_with_two_pools_comes_back_too() -> None:
    document = read(to_bpmn(hearing(), pools="two", engine="camunda8").encode())

    assert (document.flow, document.losses) == (hearing(), ())


@pytest.mark.parametrize("wrong", ["x", "-1", "9" * 5000])
def test_a_wrong_place_of_an_applicant_s_lane_is_told_with_its_line(wrong: str) -> None:
    text = texts("two")["licence"]
    right = 'role="applicant" at="0"'

    assert text.count(right) == 1
    with pytest.raises(BadSource, match="at of an extension element") as caught:
        _ = read(text.replace(right, f'role="applicant" at="{wrong}"').encode()).flows
    assert caught.value.where.line == text[:text.index(right)].count("\n") + 1


def test_only_the_applicant_is_told_what_is_the_applicant_s() -> None:
    flow = flow_of(applicant.submit("申请") >> reviewer.forward("上报", issues="初审意见") >> decider.do("研究")
                   >> window.publish("公开") >> window.deliver("送达") >> end.done)
    tree = etree.fromstring(to_bpmn(flow, pools="two").encode())

    told = tree.xpath("//b:messageFlow[starts-with(@targetRef, 'Pool_')]/@sourceRef", namespaces=NAMES)
    names = [tree.xpath("string(//b:process/*[@id=$key]/@name)", namespaces=NAMES, key=key) for key in told]
    assert names == ["送达"]


def test_applicants_stand_outside_and_send_messages() -> None:
    tree = tree_of("two")
    outside = tree.xpath("//b:participant[@name='申请人']", namespaces=NAMES)[0]
    sent = tree.xpath("//b:messageFlow[@sourceRef=$key]/@targetRef", namespaces=NAMES, key=outside.get("id"))
    heard = tree.xpath("//b:messageFlow[@targetRef=$key]/@sourceRef", namespaces=NAMES, key=outside.get("id"))

    assert outside.get("processRef") is None
    assert tree.xpath("//b:lane/@name", namespaces=NAMES) == ["窗口", "审查人员", "系统", "决定人"]
    assert [tree.xpath("name(//b:process/*[@id=$key])", namespaces=NAMES, key=key) for key in sent] == [
        "bpmn:startEvent", "bpmn:receiveTask"]
    assert [tree.xpath("string(//b:process/*[@id=$key]/@name)", namespaces=NAMES, key=key) for key in sent] == [
        "提交申请",
        "补正材料",
    ]
    assert [tree.xpath("string(//b:process/*[@id=$key]/@name)", namespaces=NAMES, key=key) for key in heard] == [
        "受理",
        "一次性告知补正",
        "送达",
    ]
    assert tree.xpath("//b:messageFlow[@targetRef=$key]/@name", namespaces=NAMES, key=outside.get("id")) == [
        "受理通知书",
        "补正通知书",
        "许可证",
    ]


def test_what_begins_with_an_applicant_begins_with_the_message() -> None:
    tree = tree_of("two")
    begin, = tree.iter(f"{BPMN}startEvent")
    said = begin.find(f"{BPMN}messageEventDefinition").get("messageRef")

    assert begin.get("name") == "提交申请" and begin.find(f"{BPMN}incoming") is None
    assert tree.xpath("string(/b:definitions/b:message[@id=$key]/@name)", namespaces=NAMES, key=said) == "提交申请"


@pytest.mark.parametrize("flow", [
    flow_of(applicant.submit("申请") >> window.check("全？", 是=end.done, 否=back("申请"))),       # may come again
    flow_of(window.receive("收件") >> applicant.supply("补正") >> end.done),                        # begins elsewhere
    flow_of(applicant.ask("是否申请？", 是=window.accept("受理") >> end.done, 否=end.withdrawn)),    # begins with a question
], ids=["again", "elsewhere", "a question"])
def test_other_beginnings_stay_plain(flow: Flow) -> None:
    text = to_bpmn(flow, pools="two")
    begin, = etree.fromstring(text.encode()).iter(f"{BPMN}startEvent")

    assert begin.get("name") == "开始" and begin.find(f"{BPMN}messageEventDefinition") is None
    assert read(text.encode()).flow == flow


def test_notices_and_services_are_events_unless_a_timer_needs_a_task() -> None:
    names = "//b:{0}[not(@name='公示审查意见')]/@name"
    plain, timed = tree_of("two", "hearing"), tree_of("both", "hearing")

    assert plain.xpath(names.format("intermediateThrowEvent"), namespaces=NAMES) == ["告知听证权利", "送达"]
    assert plain.xpath(names.format("sendTask"), namespaces=NAMES) == []
    assert timed.xpath(names.format("intermediateThrowEvent"), namespaces=NAMES) == ["送达"]
    assert timed.xpath(names.format("sendTask"), namespaces=NAMES) == ["告知听证权利"]
    assert tree_of("camunda7", "hearing").xpath("//b:intermediateThrowEvent", namespaces=NAMES) == []


RUN = ("licence", "hearing", "conditional", "joint", "tolerance")


def test_spiffworkflow_runs_its_own_variant() -> None:
    for seed, name in enumerate(RUN):
        for variant in ("spiffworkflow", "two"):
            found = spiff_walks(texts(variant)[name], 10, seed, most=10)
            assert found["done"] == found["walks"], (name, variant, found["stuck"])


def test_spiffworkflow_s_own_parser_takes_its_variant() -> None:
    need(find_spec("SpiffWorkflow") is not None, "SpiffWorkflow")
    from SpiffWorkflow.bpmn.parser import BpmnParser

    parser = BpmnParser()
    parser.add_bpmn_str(texts("spiffworkflow")["licence"].encode())

    assert parser.get_spec(tree_of("spiffworkflow").find(f"{BPMN}process").get("id")) is not None


def test_bpmn_engine_runs_its_own_variant(tmp_path: Path) -> None:
    """Not the one with two pools: bpmn-engine 25 breaks on a message flow to a pool without a process."""
    files = [texts("bpmn-engine")[name] for name in RUN]
    found = engine_walks(files, 10, tmp_path, most=40)

    assert [one["stuck"] for one in found] == [None] * len(RUN)
    for text, one in zip(files, found, strict=True):
        flows = {flow.get("id") for flow in etree.fromstring(text.encode()).iter(f"{BPMN}sequenceFlow")}
        late = {flow for flow in flows if flow.startswith("Late_")}
        assert flows - late <= set(one["taken"])
        assert late & set(one["taken"]) or not late


def test_a_flow_of_applicants_alone_stays_in_one_pool() -> None:
    flow = flow_of(applicant.submit("申请") >> end.done)
    text = to_bpmn(flow, pools="two")

    assert len(etree.fromstring(text.encode()).findall(f".//{BPMN}participant")) == 1
    assert read(text.encode()).flow == flow


@pytest.mark.parametrize("label", ["<b>&amp;</b>", 'a"b\'c', "]]>", "\x00\x1f是", "${x}", "长" * 300])
def test_hostile_labels_stay_labels_in_every_variant(label: str) -> None:
    flow = hearing()
    flow = Flow(title=label, documents=flow.documents,
                lanes=tuple(lane.model_copy(update={"name": label}) for lane in flow.lanes),
                nodes=tuple(node.model_copy(update={"label": label}) for node in flow.nodes),
                links=tuple(link.model_copy(update={"label": link.label and label + link.label})
                            for link in flow.links))
    for options in VARIANTS.values():
        text = to_bpmn(flow, **options)
        assert invalid(text) == ""
        assert [node.id for node in read(text.encode()).flow.nodes] == [node.id for node in flow.nodes]
