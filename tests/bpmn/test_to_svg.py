"""Pictures of BPMN files: everything has its place in the SVG, and nothing can do more than be drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from flowstd.base.errors import BadSource
from flowstd.bpmn import read
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.bpmn.marks import EVENTS, TASKS
from tests.bpmn.test_document import foreign, suite
from tests.bpmn.test_from_flow import licence
from tests.bpmn.tools import template_flows
from tests.conftest import need

SVG = "{http://www.w3.org/2000/svg}"


def shown(svg: str) -> set[str]:
    return {group.get("id") for group in etree.fromstring(svg.encode()).iter(f"{SVG}g") if group.get("id")}


def drawn(shape: str, flags: str = "", label: str = "") -> bytes:
    """One shape and its place."""
    key = shape.split('id="')[1].split('"')[0]
    return foreign(shape, f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane><bpmndi:BPMNShape bpmnElement="{key}" {flags}>'
                          f'<dc:Bounds x="10" y="20" width="100" height="80"/>{label}</bpmndi:BPMNShape>'
                          "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>")


@pytest.mark.parametrize("name", ["licence", *template_flows()])
def test_every_shape_and_line_of_ours_is_drawn(name: str) -> None:
    text = to_bpmn(template_flows()[name] if name != "licence" else licence())
    svg = read(text.encode()).svg()

    assert shown(svg) == set(etree.fromstring(text.encode()).xpath("//@bpmnElement")) - {"Collaboration"}
    assert svg == read(text.encode()).svg()


def test_every_shape_and_line_of_the_suite_is_drawn() -> None:
    need(bool(suite()), "the interchange suite beside the project")
    for file in suite():
        document = read(file)
        places = document.root.xpath("//*[local-name()='BPMNShape' or local-name()='BPMNEdge']/@bpmnElement")
        known = {place.rpartition(":")[2] for place in places} & set(document.ids)
        assert shown(document.svg()) == known


@pytest.mark.parametrize(
    "tag",
    [
        *TASKS,
        "task",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "eventBasedGateway",
        "complexGateway",
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "dataObjectReference",
        "dataStoreReference",
        "textAnnotation",
        "group",
        "choreographyTask",
    ],
)
def test_every_element_is_drawn(tag: str) -> None:
    svg = read(drawn(f'<{tag} id="a" name="受理"/>')).svg()

    assert shown(svg) == {"a"}
    assert len(etree.fromstring(svg.encode()).find(f".//{SVG}g[@id='a']")) > 1


@pytest.mark.parametrize("kind", [kind for kind in (*EVENTS, "terminate") if kind not in ("multiple", "parallel")])
def test_events_show_what_they_wait_for(kind: str) -> None:
    plain = read(drawn('<intermediateCatchEvent id="a"/>')).svg()
    marked = read(
        drawn(f'<intermediateCatchEvent id="a"><{kind}EventDefinition id="d"/></intermediateCatchEvent>')
    ).svg()

    assert plain != marked


def test_an_event_that_waits_for_several_things_shows_that() -> None:
    two = '<messageEventDefinition id="m"/><timerEventDefinition id="t"/>'
    shown_ = {read(drawn(f'<intermediateCatchEvent id="a" {flag}>{two}</intermediateCatchEvent>')).svg()
              for flag in ("", 'parallelMultiple="true"')}

    assert len(shown_) == 2


def test_a_pool_may_stand_upright() -> None:
    around = (
        '<collaboration id="c"><participant id="p" name="窗口" processRef="P"/></collaboration><bpmndi:BPMNDiagram>'
        '<bpmndi:BPMNPlane>'
        '<bpmndi:BPMNShape bpmnElement="p" isHorizontal="{}"><dc:Bounds x="0" y="0" width="9" height="9"/>'
        '</bpmndi:BPMNShape>'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )

    assert "rotate(-90)" in read(foreign("<task id='t'/>", around.format("true"))).svg()
    assert "rotate(-90)" not in read(foreign("<task id='t'/>", around.format("false"))).svg()


@pytest.mark.parametrize(
    ("colour", "kept"), [("#ff0000", True), ("red", True), ('url("x")', False), ("red;x", False), ("#12", False)]
)
def test_colours_are_kept_if_they_are_colours(colour: str, kept: bool) -> None:
    flags = "xmlns:c='http://www.omg.org/spec/BPMN/non-normative/color/1.0' c:background-color='" + colour + "'"

    assert (colour in read(drawn('<task id="a"/>', flags)).svg()) is kept


@settings(max_examples=30, deadline=None)
@given(
    name=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)
    | st.just("<script>alert(1)</script>]]>\"'")
)
def test_a_name_is_only_a_name(name: str) -> None:
    from flowstd.bpmn.xml import attribute

    svg = read(drawn(f'<task id="a" name="{attribute(name)}"/>')).svg()
    root = etree.fromstring(svg.encode())

    assert not root.xpath("//*[local-name()='script'] | //@*[starts-with(local-name(), 'on')]")
    assert {etree.QName(element).localname for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "g",
        "text",
        "tspan",
        "path",
    }


def test_a_file_without_a_diagram_says_so() -> None:
    with pytest.raises(BadSource, match="no diagram"):
        read(foreign('<task id="a"/>')).svg()


# ---- what is drawn seldom

def test_the_parties_of_a_choreography_task_stand_upon_it() -> None:
    around = ('<choreography id="H"><participant id="one" name="申请人"/><choreographyTask id="t1" name="申请"/>'
              '<choreographyTask id="t2"/></choreography><bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="H">'
              + "".join(f'<bpmndi:BPMNShape bpmnElement="t{n}"><dc:Bounds x="{n * 150}" y="0" width="100" height="90"/>'
                        f'</bpmndi:BPMNShape><bpmndi:BPMNShape bpmnElement="one" participantBandKind="{band}">'
                        f'<dc:Bounds x="{n * 150}" y="0" width="100" height="20"/></bpmndi:BPMNShape>'
                        for n, band in ((1, "top_initiating"), (2, "top_non_initiating")))
              + "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>")
    groups = [group.get("id") for group in etree.fromstring(read(foreign("", around)).svg().encode()).iter(f"{SVG}g")
              if group.get("id")]

    assert groups == ["t1", "t2", "one", "one_2"]


def test_a_conversation_is_a_hexagon_and_a_message_an_envelope() -> None:
    around = ('<message id="m"/><collaboration id="C"><participant id="p"/><participant id="q"/><conversation id="v"/>'
              '<messageFlow id="f" messageRef="m" sourceRef="p" targetRef="q"/></collaboration>'
              '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="C"><bpmndi:BPMNShape bpmnElement="v">'
              '<dc:Bounds x="0" y="0" width="40" height="36"/></bpmndi:BPMNShape><bpmndi:BPMNEdge bpmnElement="f">'
              '<di:waypoint xmlns:di="http://www.omg.org/spec/DD/20100524/DI" x="0" y="99"/>'
              '<di:waypoint xmlns:di="http://www.omg.org/spec/DD/20100524/DI" x="200" y="99"/></bpmndi:BPMNEdge>'
              "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>")
    svg = read(foreign("", around)).svg()

    assert "M 0 18 l 10 -18 h 20 l 10 18" in svg
    assert "M90 92h20v14h-20z" in svg


def test_a_name_has_the_colour_that_the_file_gives_it() -> None:
    colour = 'xmlns:c="http://www.omg.org/spec/BPMN/non-normative/color/1.0"'
    label = f'<bpmndi:BPMNLabel {colour} c:color="#123456"/>'
    svg = read(drawn('<endEvent id="e" name="办结"/>', f'{colour} c:border-color="#ff0000"', label)).svg()

    assert 'fill="#123456"' in svg
    assert 'stroke="#ff0000"' in svg


def test_a_word_is_kept_whole_where_the_shape_has_room_for_it() -> None:
    data = foreign('<task id="a" name="ExecuteScript"/>', "<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>"
                   '<bpmndi:BPMNShape bpmnElement="a"><dc:Bounds x="0" y="0" width="86" height="60"/>'
                   "</bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>")

    assert ">ExecuteScript</tspan>" in read(data).svg()
