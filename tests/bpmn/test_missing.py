"""Places for what has none: clear of what has one, and nothing else moves."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from lxml import etree

from flowstd.bpmn import read
from tests.bpmn.collaborations import collaboration, upright
from tests.bpmn.test_document import END, START, foreign, path
from tests.bpmn.test_relayout import DI, places
from tests.bpmn.tools import drawn


def thinned(data: bytes, seed: int) -> bytes:
    """The file without a quarter of its shapes, what is in or on them, and the lines that end there."""
    root, rng = etree.fromstring(data), Random(seed)
    ids = {one.get("id"): one for one in root.iter() if one.get("id")}
    shapes = [shape for shape in root.iterfind(".//di:BPMNShape", DI)
              if not ids[shape.get("bpmnElement")].tag.endswith(("participant", "lane"))]
    gone = {shape.get("bpmnElement") for shape in rng.sample(shapes, len(shapes) // 4)}
    for _ in range(4):
        gone |= {key for key, one in ids.items() if one.get("attachedToRef") in gone
                 or any(above.get("id") in gone for above in one.iterancestors())}
    for thing in root.xpath("//di:BPMNShape | //di:BPMNEdge", namespaces=DI):
        one = ids[thing.get("bpmnElement")]
        if {one.get("id"), one.get("sourceRef"), one.get("targetRef")} & gone:
            thing.getparent().remove(thing)
    return etree.tostring(root)


@pytest.mark.parametrize(("make", "seeds"), [(collaboration, range(40)), (upright, range(16))])
def test_what_is_put_back_meets_nothing(make: Callable[[int], bytes], seeds: range) -> None:
    whole = {seed: read(make(seed)).relaid() for seed in seeds}
    thin = {seed: read(thinned(document.write(), seed)) for seed, document in whole.items()}
    completed = {seed: document.completed() for seed, document in thin.items()}
    found = dict(zip(completed, drawn([document.write().decode() for document in completed.values()]), strict=True))

    for seed, document in completed.items():
        shapes = {key for key, one in places(thin[seed]).items() if b"BPMNShape" in one}
        assert set(places(document)) == set(places(whole[seed]))
        assert all(places(document)[key] == places(thin[seed])[key] for key in shapes)
    assert {seed: one["faults"] for seed, one in found.items() if one["faults"] or one["warnings"]} == {}


def diagram(*shapes: tuple[str, str], about: str = "P") -> str:
    return f'<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="L" bpmnElement="{about}">' + "".join(
        f'<bpmndi:BPMNShape id="{key}_di" bpmnElement="{key}"><dc:Bounds {bounds}/></bpmndi:BPMNShape>'
        for key, bounds in shapes) + "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"


def test_a_new_shape_takes_no_id_that_is_used() -> None:
    around = diagram(("a", 'x="0" y="0" width="100" height="80"')).replace('"L"', '"Shape_s"')
    document = read(foreign(path(START, '<task id="a"/>', END), around)).completed()
    ids = document.root.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert "Shape_s_2" in ids


def test_a_step_between_two_goes_between_them() -> None:
    around = diagram(("s", 'x="0" y="82" width="36" height="36"'), ("e", 'x="500" y="82" width="36" height="36"'))
    document = read(foreign(path(START, '<task id="a"/>', END), around)).completed()
    bounds = next(shape.find("dc:Bounds", DI) for shape in document.root.iterfind(".//di:BPMNShape", DI)
                  if shape.get("bpmnElement") == "a")

    assert 36 < int(bounds.get("x")) < 400 and int(bounds.get("y")) == 60


def test_a_pool_and_a_lane_without_a_place_get_one() -> None:
    around = ('<process id="Q"><task id="q"/></process><collaboration id="C"><participant id="p" processRef="P"/>'
              '<participant id="r" name="住建局" processRef="Q"/></collaboration>'
              + diagram(("p", 'x="0" y="0" width="600" height="300"'), ("l1", 'x="30" y="0" width="570" height="150"'),
                        ("a", 'x="100" y="30" width="100" height="80"'), about="C"))
    lanes = '<laneSet id="ls"><lane id="l1"><flowNodeRef>a</flowNodeRef></lane><lane id="l2"/></laneSet>'
    document = read(foreign(lanes + '<task id="a"/>', around)).completed()
    bounds = {shape.get("bpmnElement"): tuple(int(value) for value in shape.find("dc:Bounds", DI).attrib.values())
              for shape in document.root.iterfind(".//di:BPMNShape", DI)}

    assert bounds["l2"] == (30, 150, 570, 150)
    assert bounds["r"][1] > 300
    assert "q" in bounds


def test_in_a_diagram_that_runs_down_a_step_goes_below_and_a_pool_to_the_right() -> None:
    around = ('<process id="Q"><task id="q"/></process><collaboration id="C"><participant id="p" processRef="P"/>'
              '<participant id="r" name="住建局" processRef="Q"/></collaboration>'
              + diagram(("p", 'x="0" y="0" width="300" height="600"'), ("l1", 'x="0" y="30" width="150" height="570"'),
                        ("a", 'x="25" y="80" width="100" height="80"'), about="C")
              .replace('bpmnElement="p"', 'bpmnElement="p" isHorizontal="false"'))
    lanes = '<laneSet id="ls"><lane id="l1"><flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef></lane>' \
            '<lane id="l2"/></laneSet>'
    document = read(foreign(lanes + path('<task id="a"/>', '<task id="b"/>'), around)).completed()
    shapes = {shape.get("bpmnElement"): shape for shape in document.root.iterfind(".//di:BPMNShape", DI)}
    bounds = {key: tuple(int(value) for value in shape.find("dc:Bounds", DI).attrib.values())
              for key, shape in shapes.items()}

    assert bounds["b"] == (25, 210, 100, 80)
    assert bounds["l2"] == (150, 30, 150, 570)
    assert bounds["r"][0] > 300
    assert {key for key, shape in shapes.items() if shape.get("isHorizontal") == "false"} == {"p", "l2", "r"}


def test_a_process_without_a_diagram_gets_one_of_its_own() -> None:
    around = '<process id="Q"><task id="q"/></process>' + diagram(("a", 'x="0" y="0" width="100" height="80"'))
    document = read(foreign('<task id="a"/>', around)).completed()

    assert document.root.xpath("//di:BPMNPlane/@bpmnElement", namespaces=DI) == ["P", "Q"]
    assert set(places(document)) == {"a", "q"}
