"""Foreign diagrams laid out anew: the same model, and nothing upon anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from flowstd.bpmn import read
from flowstd.bpmn.from_flow import to_bpmn
from tests.bpmn.collaborations import collaboration, upright
from tests.bpmn.test_document import END, MIWG, SCORE, START, foreign, path, suite
from tests.bpmn.test_from_flow import licence
from tests.bpmn.tools import drawn, invalid
from tests.conftest import need

DI = {"di": "http://www.omg.org/spec/BPMN/20100524/DI", "dc": "http://www.omg.org/spec/DD/20100524/DC"}
TIMER = (
    '<boundaryEvent id="b{n}" name="超过五个工作日仍未办结" attachedToRef="a"><timerEventDefinition id="t{n}"/></boundaryEvent>'
    '<task id="h{n}" name="催办"/><sequenceFlow id="x{n}" sourceRef="b{n}" targetRef="h{n}"/>'
    '<sequenceFlow id="y{n}" sourceRef="h{n}" targetRef="e"/>'
)
INSIDE = (
    '<startEvent id="is"/><task id="ia" name="核对"/><endEvent id="ie"/><sequenceFlow id="i1" sourceRef="is" '
    'targetRef="ia"/>'
    '<sequenceFlow id="i2" sourceRef="ia" targetRef="ie"/>'
)


def lanes(*names: str, inner: str = "") -> str:
    return '<laneSet id="L">' + "".join(
        f'<lane id="l{n}" name="{name}">{inner if not n else ""}</lane>' for n, name in enumerate(names)) + "</laneSet>"


MODELS = {
    "row": foreign(path(START, '<task id="a" name="受理"/>', END)),
    "two timers": foreign(path(START, '<userTask id="a" name="审查"/>', END) + TIMER.format(n=1) + TIMER.format(n=2)),
    "five timers": foreign(
        path(START, '<userTask id="a" name="审查"/>', END) + "".join(TIMER.format(n=n) for n in range(5))
    ),
    "sub-process": foreign(path(START, f'<subProcess id="sub" name="审查环节">{INSIDE}</subProcess>', END)),
    "nested": foreign(
        path(
            START,
            f'<subProcess id="o" name="外"><subProcess id="sub" name="内">{INSIDE}</subProcess></subProcess>',
            END,
        )
    ),
    "timer on a sub-process": foreign(
        path(START, f'<subProcess id="a" name="环节">{INSIDE}</subProcess>', END) + TIMER.format(n=1)
    ),
    "event sub-process": foreign(
        path(START, '<task id="a"/>', END) + f'<subProcess id="sub" triggeredByEvent="true">{INSIDE}</subProcess>'
    ),
    "empty": foreign('<task id="a"/>'),
    "lanes": foreign(lanes("窗口", "审查处", "空") + path(START, '<task id="a" name="受理"/>', END)),
    "data": foreign(
        path(START, '<task id="a"/>', '<task id="b"/>', END)
        + '<dataObject id="d"/><dataObjectReference id="r" name="申请表" dataObjectRef="d"/>'
        '<association id="q1" sourceRef="a" targetRef="r"/><association id="q2" sourceRef="r" targetRef="b"/>'
        '<dataStoreReference id="st" name="人口库"/><association id="q3" sourceRef="b" targetRef="st"/>'
    ),
    "notes": foreign(
        path(START, '<task id="a"/>', END)
        + "".join(
            f'<textAnnotation id="n{n}"><text>说明{n}</text></textAnnotation><association id="q{n}" '
            f'sourceRef="n{n}" targetRef="{target}"/>'
            for n, target in enumerate(("a", "a", "s"))
        )
        + '<textAnnotation id="alone"><text>无所属</text></textAnnotation>'
    ),
    "note on a flow": foreign(
        path(START, '<task id="a"/>', END) + '<textAnnotation id="n"><text>说明</text></textAnnotation>'
        '<association id="q" sourceRef="n" targetRef="s-a"/>'
    ),
    "pools": foreign(
        lanes(
            "一",
            "二",
            inner='<childLaneSet id="c"><lane id="c1" name="甲"><flowNodeRef>a</flowNodeRef></lane><lane id="c2"'
            ' name="乙"/>'
            "</childLaneSet>",
        )
        + path(START, '<task id="a"/>', '<task id="b"/>', END),
        '<process id="Q"><task id="q1"/><task id="q2"/><sequenceFlow id="qf" sourceRef="q1" targetRef="q2"/></process>'
        '<collaboration id="C"><participant id="p1" name="审批局" processRef="P"/><participant id="p2" name="申请人"/>'
        '<participant id="p3" name="住建局" processRef="Q"/><messageFlow id="m1" name="申请" sourceRef="p2" targetRef="s"/>'
        '<messageFlow id="m2" sourceRef="b" targetRef="p2"/><messageFlow id="m3" sourceRef="a" targetRef="q1"/>'
        '<messageFlow id="m4" sourceRef="q2" targetRef="b"/></collaboration>',
    ),
    "long names": foreign(
        path('<startEvent id="s" name="' + "申请" * 20 + '"/>', f'<task id="a" name="{"审查" * 200}"/>', END)
    ),
    "loop": foreign(
        path(START, '<task id="a"/>', '<exclusiveGateway id="g" name="对吗？"/>', END)
        + '<sequenceFlow id="back" name="否" sourceRef="g" targetRef="a"/>'
    ),
    "self": foreign(path(START, '<task id="a"/>', END) + '<sequenceFlow id="me" sourceRef="a" targetRef="a"/>'),
    "dangling": foreign(
        path(START, '<task id="a"/>', END) + '<sequenceFlow id="no" sourceRef="a" targetRef="gone"/>'
    ),
    "message to an event on a border": foreign(
        path(START, '<task id="a"/>', END) + TIMER.format(n=1),
        '<collaboration id="C"><participant id="p1" processRef="P"/><participant id="p2" name="申请人"/>'
        '<messageFlow id="m1" name="撤回" sourceRef="p2" targetRef="b1"/></collaboration>',
    ),
    "message into a sub-process": foreign(
        path(START, f'<subProcess id="sub" name="环节">{INSIDE}</subProcess>', END),
        '<collaboration id="C"><participant id="p1" processRef="P"/><participant id="p2" name="申请人"/>'
        '<messageFlow id="m1" name="补正材料" sourceRef="p2" targetRef="ia"/></collaboration>',
    ),
    "compensation": foreign(
        path(START, '<task id="a"/>', END)
        + '<boundaryEvent id="b" attachedToRef="a"><compensateEventDefinition id="c"/>'
        '</boundaryEvent><task id="u" name="撤销" isForCompensation="true"/>'
        '<association id="q" associationDirection="One" sourceRef="b" targetRef="u"/>'
    ),
    "two flows of one timer": foreign(
        path(START, '<userTask id="a" name="审查"/>', END) + TIMER.format(n=1)
        + '<task id="k"/><sequenceFlow id="z" sourceRef="b1" targetRef="k"/>'
    ),
    "ours": to_bpmn(licence()).encode(),
}


def model(data: bytes) -> bytes:
    """A file without its geometry, in canonical form."""
    root = etree.fromstring(data)
    for diagram in root.findall("di:BPMNDiagram", DI):
        root.remove(diagram)
    return etree.tostring(root, method="c14n2", strip_text=True)


@pytest.mark.parametrize("name", MODELS)
def test_only_geometry_changes_and_everything_gets_some(name: str) -> None:
    document = read(MODELS[name])
    anew = document.relaid()
    shown = set(anew.root.xpath("//di:BPMNShape/@bpmnElement | //di:BPMNEdge/@bpmnElement", namespaces=DI))
    flows = {
        flow.get("id")
        for flow in document.ids.values()
        if flow.tag.endswith(("sequenceFlow", "messageFlow")) and name != "dangling"
    }

    assert model(anew.write()) == model(document.write())
    assert flows <= shown
    assert {
        node.id for flow in document.flows for node in flow.nodes if node.id in document.ids
    } <= shown or name == "ours"
    assert anew.write() == document.relaid().write()
    assert [one.name for one in anew.problems] == [one.name for one in document.problems]


def test_bpmn_js_draws_all_of_them_without_a_fault() -> None:
    texts = {name: read(data).relaid().write().decode() for name, data in MODELS.items() if name != "dangling"}
    found = dict(zip(texts, drawn(list(texts.values())), strict=True))

    assert {name: one["warnings"] for name, one in found.items() if one["warnings"]} == {}
    assert {name: one["faults"] for name, one in found.items() if one["faults"]} == {}


def test_the_interchange_suite_is_drawn_anew_without_a_fault() -> None:
    need(bool(suite()), "the interchange suite beside the project")
    texts = {file.name: read(file).relaid().write().decode() for file in suite()}
    found = dict(zip(texts, drawn(list(texts.values())), strict=True))

    assert {name: one["warnings"] for name, one in found.items() if one["warnings"]} == {}
    assert {name: one["faults"] for name, one in found.items() if one["faults"]} == {}


def test_random_collaborations_are_drawn_without_a_fault() -> None:
    """Seed 53: lines that turned onto each other's level before a step with events; 163: an oval event."""
    texts = {seed: read(collaboration(seed)).relaid().write().decode() for seed in (*range(30), 42, 53, 163)}
    found = dict(zip(texts, drawn(list(texts.values())), strict=True))

    assert {seed: one["faults"] for seed, one in found.items() if one["faults"] or one["warnings"]} == {}


def test_what_ran_down_runs_down_again_without_a_fault() -> None:
    documents = {seed: read(upright(seed)).relaid() for seed in range(20)}
    found = dict(zip(documents, drawn([one.write().decode() for one in documents.values()]), strict=True))

    assert {seed: one["faults"] for seed, one in found.items() if one["faults"] or one["warnings"]} == {}
    for document in documents.values():
        said = document.root.xpath("//di:BPMNShape/@isHorizontal", namespaces=DI)
        assert set(said) == {"false"}
        assert document.relaid().write() == document.write()


def test_where_the_flow_runs_down_pools_and_lanes_are_columns() -> None:
    document = read(MODELS["pools"]).relaid()
    turned = read(document.write().replace(b'isHorizontal="true"', b'isHorizontal="false"')).relaid()
    boxes = {shape.get("bpmnElement"): [int(value) for value in shape.find("dc:Bounds", DI).attrib.values()]
             for shape in turned.root.iterfind(".//di:BPMNShape", DI)}

    assert {boxes[pool][1] for pool in ("p1", "p2", "p3")} == {20}
    assert boxes["p1"][0] < boxes["p2"][0] < boxes["p3"][0]
    assert boxes["l1"][0] >= boxes["l0"][0] + boxes["l0"][2]
    assert boxes["s"][1] < boxes["a"][1] < boxes["b"][1] < boxes["e"][1]


def test_the_interchange_suite_keeps_its_meaning(tmp_path: Path) -> None:
    need(SCORE.is_file() and bool(suite()), "the interchange suite beside the project")
    for file in suite():
        read(file).relaid().save(tmp_path / file.name)
    done = subprocess.run(
        [sys.executable, str(SCORE), str(MIWG), str(tmp_path), "--json"], capture_output=True, text=True, check=True
    )
    total = json.loads(done.stdout.splitlines()[-1])

    assert (total["semantic"], total["extra"]) == (1.0, 0)


def test_what_is_valid_stays_valid() -> None:
    for file in [file for file in suite() if not invalid(file.read_bytes())]:
        assert invalid(read(file).relaid().write()) == ""
    assert invalid(read(to_bpmn(licence()).encode()).relaid().write()) == ""


def test_colours_and_ids_of_shapes_stay() -> None:
    around = (
        '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="P"><bpmndi:BPMNShape id="mine" bpmnElement="a" '
        'v:stroke="red">'
        '<dc:Bounds x="0" y="0" width="10" height="10"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    )
    shape = read(foreign('<task id="a"/>', around)).relaid().root.find(".//di:BPMNShape", DI)

    assert (shape.get("id"), shape.get("{urn:vendor}stroke")) == ("mine", "red")
    assert shape.find("dc:Bounds", DI).get("width") == "100"


def test_a_collapsed_sub_process_stays_collapsed() -> None:
    shapes = "".join(
        f'<bpmndi:BPMNShape bpmnElement="{key}"><dc:Bounds x="{n * 200}" y="0" width="100" height="80"/>'
        f'</bpmndi:BPMNShape>'
        for n, key in enumerate(("s", "sub", "e"))
    )
    around = f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="P">{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    anew = read(foreign(path(START, f'<subProcess id="sub">{INSIDE}</subProcess>', END), around)).relaid()

    assert set(anew.root.xpath("//di:BPMNShape/@bpmnElement", namespaces=DI)) == {"s", "sub", "e"}


def test_a_choreography_stays_as_it_is_and_that_is_told() -> None:
    around = ('<choreography id="H"><participant id="one"/><choreographyTask id="ct"/></choreography>'
              '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="H"><bpmndi:BPMNShape bpmnElement="ct">'
              '<dc:Bounds x="7" y="7" width="100" height="80"/></bpmndi:BPMNShape></bpmndi:BPMNPlane>'
              "</bpmndi:BPMNDiagram>")
    anew = read(foreign("", around)).relaid()

    assert b'x="7"' in anew.write()
    assert [(one.name, one.where.line) for one in anew.problems] == [("kept-as-drawn", 4)]


def test_pools_keep_their_order() -> None:
    shapes = "".join(
        f'<bpmndi:BPMNShape bpmnElement="{key}"><dc:Bounds x="0" y="{y}" width="600" height="80"/></bpmndi:BPMNShape>'
        for key, y in (("p1", 500), ("p2", 0))
    )
    around = '<collaboration id="C"><participant id="p1" name="一"/><participant id="p2" name="二"/></collaboration>' \
             f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="C">{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    anew = read(foreign("", around)).relaid()
    tops = {
        shape.get("bpmnElement"): int(shape.find("dc:Bounds", DI).get("y"))
        for shape in anew.root.iterfind(".//di:BPMNShape", DI)
    }

    assert tops["p2"] < tops["p1"]


# ---- only what is missing

def without(data: bytes, *keys: str) -> bytes:
    """The file without the shapes and edges of these elements."""
    root = etree.fromstring(data)
    for thing in root.xpath("//di:BPMNShape | //di:BPMNEdge", namespaces=DI):
        if thing.get("bpmnElement") in keys:
            thing.getparent().remove(thing)
    return etree.tostring(root)


def places(document) -> dict[str, bytes]:
    return {thing.get("bpmnElement"): etree.tostring(thing, with_tail=False) for thing in document.root.xpath(
        "//di:BPMNShape | //di:BPMNEdge", namespaces=DI)}


def test_what_has_a_place_keeps_it_and_the_rest_gets_one() -> None:
    whole = read(to_bpmn(licence()).encode())
    steps = [key for key, element in whole.ids.items() if element.tag.endswith("Task")][1:4]
    flows = [
        key for key, element in whole.ids.items() if {element.get("sourceRef"), element.get("targetRef")} & set(steps)
    ]
    completed = read(without(whole.write(), *steps, *flows)).completed()

    assert set(places(completed)) == set(places(whole))
    kept = set(places(whole)) - set(steps) - set(flows)
    assert {key: places(completed)[key] for key in kept} == {key: places(whole)[key] for key in kept}
    assert invalid(completed.write()) == ""
    faults = drawn([completed.write().decode()])[0]["faults"]
    assert [fault for fault in faults if fault.startswith(("shape-on-shape", "outside", "not-docked", "slanted"))] == []


def test_a_file_without_a_diagram_is_laid_out_whole() -> None:
    document = read(MODELS["pools"])

    assert document.completed().write() == document.relaid().write()


def test_nothing_changes_where_nothing_is_missing() -> None:
    whole = read(to_bpmn(licence()).encode())

    assert places(whole.completed()) == places(whole)


def test_an_event_without_a_place_goes_onto_the_border_of_its_step() -> None:
    whole = read(MODELS["two timers"]).relaid()
    completed = read(without(whole.write(), "b1", "b2", "x1", "x2")).completed()
    boxes = {
        shape.get("bpmnElement"): shape.find("dc:Bounds", DI)
        for shape in completed.root.iterfind(".//di:BPMNShape", DI)
    }
    bottom = int(boxes["a"].get("y")) + int(boxes["a"].get("height"))

    assert int(boxes["b1"].get("y")) + 18 == bottom
    assert boxes["b1"].get("x") != boxes["b2"].get("x")
