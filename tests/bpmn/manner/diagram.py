"""Text of diagram interchange for a model: things on a grid, lines from border to border."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPACES = (
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
)
COLUMN, ROW = 150, 120
SIZES = {"Gateway": (50, 50), "Event": (36, 36), "dataObjectReference": (36, 50), "dataInput": (36, 50),
         "dataOutput": (36, 50), "dataStoreReference": (50, 50), "textAnnotation": (120, 40)}
TIES = ("sequenceFlow", "messageFlow", "association", "conversationLink")

Place = tuple[float, float] | tuple[float, float, float, float]        # column and row, or bounds


class Look(NamedTuple):
    """How a tool writes its diagrams."""

    di: str = "bpmndi"
    dc: str = "dc"
    dd: str = "di"
    labels: bool = False                               # of events and gateways
    shape: str = ""                                    # more attributes of every shape
    fine: bool = False                                 # half px


PLAIN = Look()


def diagram(model: str, about: str, places: dict[str, Place], look: Look = PLAIN, flags: dict[str, str] | None = None,
            key: str = "") -> str:
    """A diagram of *about* with these places; *flags*: more attributes of some shapes."""
    root = etree.fromstring(model.encode())
    named = {one.get("id"): one for one in root.iter(f"{BPMN}*") if one.get("id")}
    boxes = {name: _box(place, str(named[name].tag).removeprefix(BPMN)) for name, place in places.items()}
    key = key or about
    shapes = "".join(_shape(name, named[name], box, look, (flags or {}).get(name, ""), key)
                     for name, box in boxes.items())
    edges = "".join(_edge(name, boxes[a], boxes[b], look, key) for name, a, b in _lines(root)
                    if a in boxes and b in boxes)
    return (f'<{look.di}:BPMNDiagram id="Diagram_{key}"><{look.di}:BPMNPlane id="Plane_{key}" bpmnElement="{about}">\n'
            f"{shapes}{edges}</{look.di}:BPMNPlane></{look.di}:BPMNDiagram>\n")


def _box(place: Place, tag: str) -> tuple[float, float, float, float]:
    if len(place) == 4:
        return place
    wide, tall = next((size for end, size in SIZES.items() if tag.endswith(end)), (100, 80))
    return 160 + place[0] * COLUMN - wide / 2, 120 + place[1] * ROW - tall / 2, wide, tall


def _shape(name: str, element: etree._Element, box: tuple[float, float, float, float], look: Look, flags: str,
           key: str) -> str:
    x, y, w, h = (value + 0.5 if look.fine and number < 2 else value for number, value in enumerate(box))
    label = ""
    if look.labels and str(element.tag).endswith(("Event", "Gateway")) and element.get("name"):
        label = f'<{look.di}:BPMNLabel><{look.dc}:Bounds x="{x - 20}" y="{y + h + 4}" width="{w + 40}" height="14"/>' \
                f"</{look.di}:BPMNLabel>"
    return (f'<{look.di}:BPMNShape id="{name}_{key}_di" bpmnElement="{name}" {look.shape} {flags}>'
            f'<{look.dc}:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>{label}</{look.di}:BPMNShape>\n')


def _lines(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    for tag in TIES:
        for line in root.iter(BPMN + tag):
            yield line.get("id", ""), _plain(line.get("sourceRef")), _plain(line.get("targetRef"))
    for end, tag in (("sourceRef", "dataInputAssociation"), ("targetRef", "dataOutputAssociation")):
        for line in root.iter(BPMN + tag):
            other = line.findtext(BPMN + end)
            step = line.getparent()
            if other and step is not None:
                ends = (_plain(other), step.get("id", ""))
                yield line.get("id", ""), *(ends if end == "sourceRef" else ends[::-1])


def _plain(reference: str | None) -> str:
    return (reference or "").strip().rpartition(":")[2]


def _edge(name: str, a: tuple[float, float, float, float], b: tuple[float, float, float, float], look: Look,
          key: str) -> str:
    """From the middle of one side to the middle of the other, with a bend between."""
    (ax, ay, aw, ah), (bx, by, bw, bh) = a, b
    if bx >= ax + aw or ax >= bx + bw:
        start, end = (ax + aw, bx) if bx >= ax + aw else (ax, bx + bw)
        middle = (start + end) / 2
        points = [(start, ay + ah / 2), (middle, ay + ah / 2), (middle, by + bh / 2), (end, by + bh / 2)]
    else:
        start, end = (ay + ah, by) if by >= ay + ah else (ay, by + bh)
        middle = (start + end) / 2
        points = [(ax + aw / 2, start), (ax + aw / 2, middle), (bx + bw / 2, middle), (bx + bw / 2, end)]
    if points[0][1] == points[-1][1] or points[0][0] == points[-1][0]:
        points = [points[0], points[-1]]
    return f'<{look.di}:BPMNEdge id="{name}_{key}_di" bpmnElement="{name}">' + "".join(
        f'<{look.dd}:waypoint x="{x}" y="{y}"/>' for x, y in points) + f"</{look.di}:BPMNEdge>\n"
