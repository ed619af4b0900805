"""Our own file after another editor: what was added to it, without marks of ours, is read as in any other file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flowstd.base.errors import BadSource
from flowstd.base.term import workdays
from flowstd.bpmn import BpmnDocument, read
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.bpmn.to_dsl import to_dsl
from flowstd.dsl import applicant, call, decider, end, flow_of, reviewer, window
from flowstd.ir.kinds import Kind, Outcome, Role
from flowstd.item import Item

FLOW = flow_of(
    applicant.submit("提交申请") >> window.accept("受理") >> reviewer.examine("审查", within=workdays(3))
    >> decider.decide("是否准予？", 准予=end.granted, 不予=end.refused), "基准")
TEXT = to_bpmn(FLOW)


def id_of(name: str) -> str:
    found = re.search(rf'id="([^"]*)" name="{name}"', TEXT)
    assert found, name
    return found[1]


def line(source: str, target: str, name: str = "") -> str:
    key = f"f_{source}_{target}".replace(".", "_")
    said = f' name="{name}"' if name else ""
    return f'<bpmn:sequenceFlow id="{key}"{said} sourceRef="{source}" targetRef="{target}"/>'


def edited(*added: str, led: str = "", text: str = TEXT) -> BpmnDocument:
    """Our file with elements *added*; the line from 受理 to 审查 goes to *led* instead."""
    if led:
        text = re.sub(rf'(sourceRef="{id_of("受理")}" targetRef=")[^"]*', rf"\g<1>{led}", text)
    return read(text.replace("  </bpmn:process>", "".join(added) + "</bpmn:process>").encode())


def pair(tag: str, *conditions: str) -> tuple[str, ...]:
    """Two branches between gateways of a kind, as bpmn.io draws them: without a direction."""
    steps = [f'<bpmn:task id="Activity_{number}" name="并行{number}"/>' for number in range(len(conditions))]
    lines = [part for number, condition in enumerate(conditions)
             for part in (line("Gateway_1", f"Activity_{number}", condition), line(f"Activity_{number}", "Gateway_2"))]
    return (f'<bpmn:{tag} id="Gateway_1"/>', *steps, f'<bpmn:{tag} id="Gateway_2"/>', *lines,
            line("Gateway_2", id_of("审查")))


@pytest.mark.parametrize(("tag", "conditions"), [("parallelGateway", ("", "")), ("inclusiveGateway", ("甲", "乙"))])
def test_a_pair_of_gateways_is_a_split_and_its_join(tag: str, conditions: tuple[str, ...]) -> None:
    document = edited(*pair(tag, *conditions), led="Gateway_1")
    kinds = [node.kind for node in document.flow.nodes if node.kind in (Kind.SPLIT, Kind.JOIN)]

    assert kinds == [Kind.SPLIT, Kind.JOIN]
    assert document.losses == ()
    assert "parallel(" in to_dsl(document.flow)
    assert read(to_bpmn(document.flow).encode()).flow == document.flow


def test_an_exclusive_pair_is_a_question_and_a_merge_that_says_nothing() -> None:
    flow = edited(*pair("exclusiveGateway", "甲", "乙"), led="Gateway_1").flow

    assert sum(node.kind is Kind.DECISION for node in flow.nodes) == 2
    assert {flow.node_by_id[link.source].label for link in flow.entries["审查人员/审查"]} == {"并行0", "并行1"}


def test_the_inside_of_a_sub_process_is_a_group() -> None:
    inside = ('<bpmn:startEvent id="s1"/><bpmn:task id="Activity_1" name="内部步骤"/><bpmn:endEvent id="e1"/>'
              + line("s1", "Activity_1") + line("Activity_1", "e1"))
    document = edited(f'<bpmn:subProcess id="Sub" name="内部办理">{inside}</bpmn:subProcess>', line("Sub", id_of("审查")),
                      led="Sub")

    assert document.losses == ()
    assert [node.label for node in document.flow.nodes if node.kind is Kind.START] == ["开始"]
    assert [node.group for node in document.flow.nodes if node.label == "内部步骤"] == ["内部办理"]
    assert 'fragment("内部办理"' in to_dsl(document.flow)


def test_an_event_on_a_step_asks_how_it_went_and_the_question_takes_no_time_of_its_own() -> None:
    flow = edited(f'<bpmn:boundaryEvent id="b" name="超时" attachedToRef="{id_of("审查")}"/>',
                  '<bpmn:task id="Activity_1" name="催办"/><bpmn:endEvent id="e1"/>',
                  line("b", "Activity_1"), line("Activity_1", "e1")).flow
    asked = next(node for node in flow.nodes if node.label == "审查的结果？")

    assert [link.label for link in flow.exits[asked.id]] == ["正常", "超时"]
    assert asked.within is None
    assert sum(node.within == workdays(3) for node in flow.nodes) == 1


def test_a_start_that_was_deleted_and_an_end_that_was_not_drawn_are_put_back() -> None:
    start = (r'<bpmn:startEvent id="Event_start".*?</bpmn:startEvent>'
             r'|<bpmn:sequenceFlow [^>]*sourceRef="Event_start"[^>]*>')
    text = re.sub(start, "", TEXT, flags=re.DOTALL)
    flow = edited('<bpmn:task id="Activity_1" name="抄送"/>', line(id_of("受理"), "Activity_1"), text=text).flow

    assert [link.target for link in flow.exits["start"]] == ["申请人/提交申请"]
    last = next(node for node in flow.nodes if node.label == "抄送")
    assert [flow.node_by_id[link.target].kind for link in flow.exits[last.id]] == [Kind.END]


def test_of_two_elements_with_one_id_in_the_flow_the_second_keeps_its_own() -> None:
    mark = '<bpmn:extensionElements><flowstd:node id="审查人员/审查" step="examine"/></bpmn:extensionElements>'
    flow = edited(f'<bpmn:task id="Copy_1" name="审查">{mark}</bpmn:task><bpmn:endEvent id="Event_0late"/>'
                  '<bpmn:task id="Activity_0late" name="催办"/>', line(id_of("受理"), "Copy_1"),
                  line("Copy_1", "Activity_0late"), line("Activity_0late", "Event_0late")).flow

    assert {"审查人员/审查", "Copy_1", "0late", "Activity_0late"} <= set(flow.node_by_id)


def test_a_deleted_pool_of_applicants_is_put_back_as_their_lane() -> None:
    text = re.sub(r'<bpmn:participant id="[^"]*" name="申请人".*?</bpmn:participant>', "",
                  to_bpmn(FLOW, pools="two"), count=1, flags=re.DOTALL)
    text = re.sub(r"<bpmn:messageFlow .*?(/>|</bpmn:messageFlow>)", "", text, flags=re.DOTALL)

    assert read(text.encode()).flow.lanes[0].role is Role.APPLICANT
    assert read(text.encode()).flow.node_by_id["start"].lane == FLOW.node_by_id["start"].lane


@pytest.mark.parametrize("kept", [r'bpmnElement="(?!Participant)', r'bpmnElement="(?=Note_)'])
def test_a_diagram_that_lost_the_shapes_of_its_pools_is_laid_out_anew(kept: str) -> None:
    flow = flow_of(applicant.submit("提交申请") >> window.accept("受理", note="当场") >> end.done, "备案")
    text = re.sub(rf"<bpmndi:BPMNShape (?![^>]*{kept}).*?</bpmndi:BPMNShape>", "", to_bpmn(flow), flags=re.DOTALL)
    relaid = read(text.encode()).relaid()

    assert "BPMNShape" in text
    assert relaid.problems == ()
    assert ('bpmnElement="Participant"' in relaid.write().decode()) == ("!" in kept)


@pytest.mark.parametrize(("mark", "cause", "remedy"), [
    ('<flowstd:node within="banana"/>', 'within of an extension element is wrong: "banana"', "put back"),
    ('<flowstd:node step="acept"/>', 'step of an extension element is wrong: "acept"', "accept"),
])
def test_a_wrong_mark_is_told_with_its_file_its_line_and_a_remedy(
        tmp_path: Path, mark: str, cause: str, remedy: str) -> None:
    text = TEXT.replace("  </bpmn:process>", '<bpmn:task id="x"><bpmn:extensionElements>\n' + mark
                        + "</bpmn:extensionElements></bpmn:task></bpmn:process>")
    file = tmp_path / "x.bpmn"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSource) as caught:
        _ = read(file).flows

    assert (caught.value.where.file, caught.value.what.en) == (str(file), cause)
    assert text.splitlines()[caught.value.where.line - 1].startswith(mark)
    assert remedy in caught.value.fix.en


def test_a_wrong_item_is_told_with_the_element_that_is_wrong() -> None:
    text = to_bpmn(FLOW, Item(name="备案", item_type="行政许可", promised=workdays(5)))
    with pytest.raises(BadSource, match="item of an extension element is wrong: item_type"):
        _ = read(text.replace('"item_type":"行政许可"', '"item_type":7').encode()).flows


def test_a_default_exit_that_was_moved_is_taken_on() -> None:
    kept = read(TEXT.encode()).flow
    granted, refused = re.findall(r'(Flow_\w+)" name="(?:准予|不予)"', TEXT)
    flow = edited(text=TEXT.replace(f'default="{refused}"', f'default="{granted}"')).flow

    assert kept == FLOW
    assert [(link.label, link.default) for link in flow.exits["决定人/是否准予"]] == [("准予", True), ("不予", False)]
    assert f'default="{granted}"' in to_bpmn(flow)


def test_a_process_that_an_editor_made_a_call_to_is_the_one_that_is_called() -> None:
    text = to_bpmn(flow_of(window.accept("受理") >> call("EX-1", "乙事项") >> end.done))
    document = read(text.replace('calledElement="Process_EX-1"', 'calledElement="Process_B.2_x"').encode())

    assert [node.calls for node in document.flow.nodes if node.kind is Kind.CALL] == ["Process_B.2_x"]
    assert 'calledElement="Process_B.2_x"' in to_bpmn(document.flow)
    assert document.losses == ()


def test_a_refusal_that_became_a_message_is_still_a_refusal_and_the_message_is_told() -> None:
    marks = r"\s*<bpmn:extensionElements>.*?</bpmn:extensionElements>"
    text = re.sub(rf'(<bpmn:endEvent id="Event_end.refused[^>]*>){marks}',
                  r'\1<bpmn:messageEventDefinition id="m"/>', TEXT, flags=re.DOTALL)
    document = edited(text=text)

    assert Outcome.REFUSED in {node.outcome for node in document.flow.nodes}
    assert [loss.element for loss in document.losses] == ["messageEventDefinition"]
