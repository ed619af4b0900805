"""BPMN files kept whole: ours come back as the same flow, others lose nothing but what is said."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from flowstd.base.errors import BadSource
from flowstd.base.term import workdays
from flowstd.bpmn import read
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.dsl import end, flow_of, window
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Flow, Lane, Link, Node
from flowstd.item import Item
from tests.benchmarks.corpus import corpus
from tests.blocks import flows
from tests.bpmn.test_from_flow import licence
from tests.bpmn.tools import template_flows
from tests.conftest import SHARED, need

MIWG = SHARED / "miwg"
SCORE = SHARED / "tools" / "miwg_score.py"
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:v="urn:vendor" targetNamespace="t">\n'
)


def foreign(inside: str, around: str = "") -> bytes:
    return f'{HEAD}<process id="P" name="办理">\n{inside}</process>\n{around}</definitions>'.encode()


def path(*nodes: str) -> str:
    """Nodes in a row, and the flows between them."""
    ids = [node.split('id="')[1].split('"')[0] for node in nodes]
    return "\n".join(nodes) + "\n" + "".join(f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>\n'
                                             for a, b in pairwise(ids))


START, END = '<startEvent id="s" name="开始"/>', '<endEvent id="e" name="结束"/>'


# ---- ours

@settings(max_examples=60, deadline=None)
@given(flow=flows())
def test_our_file_is_the_same_flow_and_the_same_bytes_again(flow: Flow) -> None:
    text = to_bpmn(flow)
    document = read(text.encode())

    assert document.flow == flow
    assert to_bpmn(document.flow) == text
    assert document.losses == ()
    assert document.problems == ()


@pytest.mark.parametrize(
    "flow", [licence(), *template_flows().values(), *corpus(10)], ids=lambda flow: flow.title or "corpus"
)
def test_every_template_comes_back(flow: Flow) -> None:
    document = read(to_bpmn(flow).encode())

    assert document.flow == flow
    assert document.losses == ()


def test_the_item_and_its_scenario_come_back() -> None:
    item = Item(name="经营许可 <A&B>", item_type="行政许可", promised=workdays(5))
    text = to_bpmn(licence(), item, "新办")
    document = read(text.encode())

    assert (document.item, document.scenario, document.flow) == (item, "新办", licence())
    assert to_bpmn(document.flow, document.item, document.scenario) == text


def test_flows_that_no_author_would_write_come_back() -> None:
    lane = Lane(id="l/x", name="", role=Role.SYSTEM)
    flow = Flow(lanes=(lane, Lane(id="empty", name="空")), nodes=(
        Node(id="a", kind=Kind.SPLIT, label="  two  spaces\n", lane="l/x"),
        Node(id="a/b", kind=Kind.JOIN, label="", lane="l/x", note=" x\ty "),
        Node(id="a.b", kind=Kind.DECISION, label="", lane="l/x"),
        Node(id="→", kind=Kind.CALL, label="", lane="l/x", calls="../x y"),
        Node(id="end", kind=Kind.END, label="", lane="l/x", outcome=Outcome.REVOKED),
    ), links=(Link(id="a→a/b", source="a", target="a/b", default=True), Link(id="1", source="a.b", target="a"),
              Link(id="a.b→end", source="a.b", target="end", back=True), Link(id="2", source="→", target="a")))

    assert read(to_bpmn(flow).encode()).flow == flow


def test_what_another_editor_changed_is_changed_in_the_flow() -> None:
    flow = flow_of(window.accept("受理", within=workdays(1)) >> end.done)
    text = to_bpmn(flow).replace('name="受理"', 'name="收件受理"').replace("Activity_", "Activity_", 1)
    changed = read(text.encode()).flow.nodes[1]

    assert (changed.label, changed.within, changed.step) == ("收件受理", workdays(1), StepKind.ACCEPT)


def test_what_another_editor_added_to_our_file_is_reported() -> None:
    text = to_bpmn(licence()).replace("</bpmn:process>", '<bpmn:group id="G"/></bpmn:process>')
    text = text.replace('== "是"', '== "no"')

    assert {loss.element for loss in read(text.encode()).losses} == {"group", "conditionExpression"}


@pytest.mark.parametrize(("right", "wrong"), [
    ('step="accept"', 'step="fly"'), ('within="1 workdays"', 'within="1 moons"'), ('role="window"', 'role="king"'),
    ('kind="notice"', 'kind="song"'), ('outcome="granted"', 'outcome="lost"'),
])
def test_a_wrong_word_in_our_extension_is_told_with_its_line(right: str, wrong: str) -> None:
    text = to_bpmn(licence())
    line = text[:text.index(right)].count("\n") + 1

    with pytest.raises(BadSource) as caught:
        _ = read(text.replace(right, wrong).encode()).flow
    assert caught.value.where.line == line


# ---- others

def test_a_foreign_process_is_read_in_the_words_of_a_flow() -> None:
    flow = read(foreign(path(START, '<userTask id="a" name="受理\n申请"/>', '<manualTask id="b" name="审查"/>', END)
                        + '<laneSet id="L"><lane id="l1" name="综合窗口"><flowNodeRef>a</flowNodeRef></lane>'
                          '<lane id="l2" name="审查处"><flowNodeRef> b </flowNodeRef></lane></laneSet>')).flow

    assert [(node.id, node.kind, node.label, node.lane) for node in flow.nodes] == [
        ("s", Kind.START, "开始", "l1"),
        ("a", Kind.TASK, "受理 申请", "l1"),
        ("b", Kind.TASK, "审查", "l2"),
        ("e", Kind.END, "结束", "l1"),
    ]
    assert [lane.role for lane in flow.lanes] == [Role.WINDOW, Role.REVIEWER]
    assert flow.title == "办理"
    assert all(node.where.line for node in flow.nodes)


def test_a_join_of_exclusive_ways_is_no_node() -> None:
    flow = read(
        foreign(
            START
            + '<exclusiveGateway id="d" name="?" default="d2"/><task id="a"/><exclusiveGateway id="m"/>'
            + END
            + '<sequenceFlow id="1" sourceRef="s" targetRef="d"/><sequenceFlow id="d1" name="是" sourceRef="d"'
            ' targetRef="a"/>'
            '<sequenceFlow id="d2" name="否" sourceRef="d" targetRef="m"/><sequenceFlow id="3" sourceRef="a" '
            'targetRef="m"/>'
            '<sequenceFlow id="4" sourceRef="m" targetRef="e"/>'
        )
    ).flow

    assert [node.id for node in flow.nodes] == ["s", "d", "a", "e"]
    assert [(link.id, link.target, link.default) for link in flow.links] == [
        ("1", "d", False), ("d1", "a", False), ("d2", "e", True), ("3", "e", False)]


def test_gateways_that_lead_round_and_round_end() -> None:
    flow = read(
        foreign(
            START + '<exclusiveGateway id="a"/><exclusiveGateway id="b"/>'
            '<sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="b"/>'
            '<sequenceFlow id="3" sourceRef="b" targetRef="a"/>'
        )
    ).flow

    assert [node.kind for node in flow.nodes] == [Kind.START, Kind.END]


def test_a_gateway_that_joins_and_splits_becomes_two() -> None:
    ends = "".join(f'<task id="{name}"/>' for name in "abcd")
    flow = read(foreign('<startEvent id="s"/><parallelGateway id="p"/>' + ends + '<parallelGateway id="g"/>'
                        + "".join(f'<sequenceFlow id="{a}{b}" sourceRef="{a}" targetRef="{b}"/>'
                                  for a, b in ("sp", "pa", "pb", "ag", "bg", "gc", "gd")))).flow
    kinds = {node.id: node.kind for node in flow.nodes}

    assert (kinds["p"], kinds["g"], kinds["g/split"]) == (Kind.SPLIT, Kind.JOIN, Kind.SPLIT)
    assert [(link.source, link.target) for link in flow.links if link.source.startswith("g")] == [
        ("g/split", "c"), ("g/split", "d"), ("g", "g/split")]
    assert kinds["end"] is Kind.END


def test_the_inside_of_a_sub_process_becomes_a_group() -> None:
    inner = (
        '<startEvent id="is"/><task id="ia"/><endEvent id="ie"/><sequenceFlow id="i1" sourceRef="is" targetRef="ia"/>'
        '<sequenceFlow id="i2" sourceRef="ia" targetRef="ie"/>'
    )
    document = read(foreign(path(START, f'<subProcess id="sub" name="审查环节">{inner}</subProcess>', END)))

    assert [(node.id, node.group) for node in document.flow.nodes] == [("s", ""), ("ia", "审查环节"), ("e", "")]
    assert [(link.source, link.target) for link in document.flow.links] == [("ia", "e"), ("s", "ia")] \
        or [(link.source, link.target) for link in document.flow.links] == [("s", "ia"), ("ia", "e")]


def test_a_sub_process_that_cannot_be_opened_is_one_step_and_its_inside_is_reported() -> None:
    document = read(
        foreign(path(START, '<subProcess id="sub" name="x"><task id="t"/><task id="u"/></subProcess>', END))
    )

    assert [node.id for node in document.flow.nodes] == ["s", "sub", "e"]
    assert {loss.id for loss in document.losses} == {"t", "u"}


def test_a_boundary_event_becomes_a_question_after_its_step() -> None:
    document = read(
        foreign(
            path(START, '<userTask id="a" name="审查"/>', END)
            + '<boundaryEvent id="b" name="超时" attachedToRef="a"><timerEventDefinition id="t"/></boundaryEvent>'
            '<task id="h" name="催办"/><sequenceFlow id="x" sourceRef="b" targetRef="h"/>'
            '<sequenceFlow id="y" sourceRef="h" targetRef="e"/>'
        )
    )
    question = document.flow.node_by_id["a/outcome"]

    assert question.kind is Kind.DECISION
    assert {link.label: link.target for link in document.flow.exits["a/outcome"]} == {"正常": "e", "超时": "h"}
    assert [loss.id for loss in document.losses] == ["t"]


def test_data_and_notes_become_papers_and_remarks() -> None:
    document = read(
        foreign(
            START + '<task id="a"><property id="p"/><dataInputAssociation id="i"><sourceRef>r</sourceRef>'
            "<targetRef>p</targetRef>"
            '</dataInputAssociation><dataOutputAssociation id="o"><targetRef>st</targetRef>'
            '</dataOutputAssociation></task>'
            + END
            + '<sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="e"/>'
            '<dataObject id="d"/><dataObjectReference id="r" name="申请表" dataObjectRef="d"/><dataStoreReference '
            'id="st" name="库"/>'
            '<textAnnotation id="n"><text>当场</text></textAnnotation><association id="as" sourceRef="n" targetRef="a"/>'
        )
    )
    step = document.flow.node_by_id["a"]

    assert [(paper.id, paper.name, paper.kind) for paper in document.flow.documents] == [
        ("d", "申请表", DocumentKind.MATERIAL), ("st", "库", DocumentKind.MATERIAL)]
    assert (step.takes, step.issues, step.note) == (("d",), ("st",), "当场")
    assert {loss.element for loss in document.losses} == {"property", "targetRef"}


def test_a_process_without_start_and_end_gets_them() -> None:
    flow = read(foreign('<task id="a"/><task id="b"/><sequenceFlow id="1" sourceRef="a" targetRef="b"/>')).flow

    assert [(link.source, link.target) for link in flow.links] == [("a", "b"), ("start", "a"), ("b", "end")]


def test_everything_a_flow_has_no_word_for_is_reported_once() -> None:
    document = read(
        foreign(
            path(
                START,
                '<userTask id="a" name="a" v:x="1"><documentation>d</documentation><extensionElements><v:form/>'
                '</extensionElements>'
                "</userTask>",
                END,
            )
            + '<group id="g"/>',
            '<message id="m" name="M"/><collaboration id="c"><participant id="pool" name="X" processRef="P"/>'
            '<messageFlow id="f" '
            'sourceRef="pool" targetRef="a"/></collaboration>',
        )
    )

    assert [(loss.element, loss.what.split()[0]) for loss in document.losses] == [
        ("userTask", "attribute"), ("userTask", "extension"), ("documentation", "element"), ("group", "element"),
        ("message", "element"), ("collaboration", "element")]


def test_nothing_is_lost_by_writing() -> None:
    data = foreign(path(START, '<userTask id="a" v:x="1"/>', END), "<!-- kept --><?kept as it is?>")

    assert read(data).write() == data


# ---- problems

@pytest.mark.parametrize(
    ("inside", "around", "name", "line"),
    [
        ('<sequenceFlow id="f" sourceRef="s" targetRef="gone"/>\n<startEvent id="s"/>', "", "dangling-reference", 3),
        (
            '<startEvent id="s"/>\n<laneSet id="l"><lane id="l1">\n<flowNodeRef>gone</flowNodeRef></lane></laneSet>',
            "",
            "dangling-reference",
            4,
        ),
        ('<startEvent id="s"/>\n<callActivity id="c" calledElement="P"/>', "", "calls-in-a-circle", 4),
        (
            '<task id="a"/>',
            '<process id="Q"><task id="b"/>\n<sequenceFlow id="f" sourceRef="a" targetRef="b"/></process>',
            "flow-across-pools",
            5,
        ),
        *(
            (
                '<task id="a"/>',
                f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>\n<bpmndi:BPMNShape bpmnElement="a"><dc:Bounds {bounds}/>'
                f'</bpmndi:BPMNShape>'
                "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>",
                "unusable-geometry",
                5,
            )
            for bounds in (
                'x="NaN" y="0" width="1" height="1"',
                'x="0" y="0" width="-1" height="1"',
                'x="1e999" y="0" width="1" height="1"',
                'x="0" y="0" width="1"',
                'x="a" y="0" width="1" height="1"',
            )
        ),
    ],
)
def test_a_problem_is_told_with_its_line_and_the_file_still_read(
    inside: str, around: str, name: str, line: int
) -> None:
    document = read(foreign(inside, around))

    assert [(problem.name, problem.where.line) for problem in document.problems] == [(name, line)]
    assert document.flows


def test_a_shape_without_a_usable_place_is_left_out_of_what_is_written() -> None:
    document = read(
        foreign(
            '<task id="a"/>',
            "<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>"
            '<bpmndi:BPMNShape bpmnElement="a"><dc:Bounds x="NaN" y="0" width="1" height="1"/></bpmndi:BPMNShape>\n'
            "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>",
        )
    )

    assert b"NaN" not in document.write()
    assert read(document.write()).problems == ()


def test_two_elements_with_one_id_are_refused_with_both_lines() -> None:
    with pytest.raises(BadSource, match="line 3") as caught:
        read(foreign('<task id="a"/>\n<task id="a"/>'))
    assert caught.value.where.line == 4


def test_a_file_without_steps_has_no_flow() -> None:
    with pytest.raises(BadSource, match="no process"):
        _ = read(foreign("")).flow


# ---- the interchange suite

def suite() -> list[Path]:
    return sorted(MIWG.glob("*.bpmn"))


def test_the_interchange_suite_comes_back_whole(tmp_path: Path) -> None:
    need(SCORE.is_file() and bool(suite()), "the interchange suite beside the project")
    for file in suite():
        read(file).save(tmp_path / file.name)
    done = subprocess.run(
        [sys.executable, str(SCORE), str(MIWG), str(tmp_path), "--json"], capture_output=True, text=True, check=True
    )
    total = json.loads(done.stdout.splitlines()[-1])

    assert (total["semantic"], total["di"], total["extra"]) == (1.0, 1.0, 0)
    kept, whole = total["kept"]["vendor"].split("/")
    assert kept == whole


def test_every_file_of_the_suite_is_read_as_flows() -> None:
    need(bool(suite()), "the interchange suite beside the project")
    for file in suite():
        document = read(file)
        assert document.flows and document.problems == ()
        for flow in document.flows:
            assert Flow.from_json(flow.to_json()) == flow
            assert any(node.kind is Kind.START for node in flow.nodes)
