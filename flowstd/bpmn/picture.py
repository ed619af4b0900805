"""The diagrams of a document as things with places: what a picture needs, gathered from the diagram interchange."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .element import local, one_line, plain_id
from .table import BPMN, BPMNDI, DC, DI

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_COLOUR = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
_BIOC = "http://bpmn.io/schema/bpmn/biocolor/1.0"
_IS_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[a-zA-Z]{3,20}").fullmatch


class Box(NamedTuple):
    """An upright rectangle, in px."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def holds(self, other: Box) -> bool:
        """Whether *other* lies inside."""
        return self.x <= other.x and self.y <= other.y and self.right >= other.right and self.bottom >= other.bottom


class Shape(NamedTuple):
    """One shape of a diagram."""

    id: str
    tag: str
    element: Element
    box: Box
    name: str
    label: Box | None
    expanded: bool
    upright: bool                    # a pool or lane whose head is at the top
    marked: bool                     # an exclusive gateway that shows its X
    fill: str
    stroke: str
    ink: str                         # of its name, if the file says one
    band: str                        # where on a choreography task this participant stands; else empty


class Edge(NamedTuple):
    """One line of a diagram."""

    id: str
    tag: str
    element: Element
    points: tuple[tuple[float, float], ...]
    name: str
    label: Box | None
    stroke: str
    ink: str


class Picture(NamedTuple):
    """One diagram."""

    name: str
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]

    @property
    def frame(self) -> Box:
        """The smallest rectangle round everything."""
        xs: list[float] = []
        ys: list[float] = []
        labels = [shape.label for shape in self.shapes] + [edge.label for edge in self.edges]
        for box in (*(shape.box for shape in self.shapes), *(label for label in labels if label is not None)):
            xs += [box.x, box.right]
            ys += [box.y, box.bottom]
        for edge in self.edges:
            xs += [x for x, _ in edge.points]
            ys += [y for _, y in edge.points]
        if not xs:
            return Box(0, 0, 0, 0)
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def pictures_of(root: Element, ids: dict[str, Element]) -> tuple[Picture, ...]:
    """Every diagram that shows anything, in the order of the file."""
    found = []
    for diagram in root.iterchildren(f"{{{BPMNDI}}}BPMNDiagram"):
        for plane in diagram.iterchildren(f"{{{BPMNDI}}}BPMNPlane"):
            about = ids.get(plain_id(plane.get("bpmnElement")))
            name = one_line(about.get("name")) if about is not None else ""
            picture = Picture(
                name or one_line(diagram.get("name")), tuple(_shapes(plane, ids)), tuple(_edges(plane, ids))
            )
            if picture.shapes or picture.edges:
                found.append(picture)
    return tuple(found)


def _shapes(plane: Element, ids: dict[str, Element]) -> Iterator[Shape]:
    """Shapes, outer before inner, so that the inner are drawn upon the outer."""
    found = []
    for shape in plane.iterchildren(f"{{{BPMNDI}}}BPMNShape"):
        element = ids.get(plain_id(shape.get("bpmnElement")))
        box = box_of(shape)
        if element is None or box is None:
            continue
        tag = local(element)
        band = shape.get("participantBandKind", "")
        found.append((95 if band else depth_of(element), Shape(
            element.get("id", ""), tag, element, box, name_of(element, ids), label_of(shape),
            shape.get("isExpanded") == "true" or tag == "participant", shape.get("isHorizontal") == "false",
            tag != "exclusiveGateway" or shape.get("isMarkerVisible") == "true",
            _colour(shape, f"{{{_COLOUR}}}background-color", f"{{{_BIOC}}}fill"),
            _colour(shape, f"{{{_COLOUR}}}border-color", f"{{{_BIOC}}}stroke"), _ink(shape),
            band)))
    found.sort(key=lambda one: one[0])
    return (shape for _, shape in found)


def _edges(plane: Element, ids: dict[str, Element]) -> Iterator[Edge]:
    for edge in plane.iterchildren(f"{{{BPMNDI}}}BPMNEdge"):
        element = ids.get(plain_id(edge.get("bpmnElement")))
        points = points_of(edge)
        if element is not None and len(points) > 1:
            yield Edge(element.get("id", ""), local(element), element, points, name_of(element, ids), label_of(edge),
                       _colour(edge, f"{{{_COLOUR}}}border-color", f"{{{_BIOC}}}stroke"), _ink(edge))


_CONTAINERS = frozenset({"participant", "subProcess", "transaction", "adHocSubProcess", "lane"})


def depth_of(element: Element) -> int:
    """How deep in containers a thing is drawn: pools, then lanes, then what stands in them, then boundary events."""
    tag = local(element)
    if tag in ("participant", "group"):
        return 0 if tag == "participant" else 90
    depth = 2 if tag != "lane" else 1
    above = element.getparent()
    while above is not None:
        depth += local(above) in _CONTAINERS
        above = above.getparent()
    return depth + (80 if tag == "boundaryEvent" else 0)


def name_of(element: Element, ids: dict[str, Element]) -> str:
    """The words that are drawn in or beside a thing."""
    tag = local(element)
    if tag == "textAnnotation":
        return (element.findtext(f"{{{BPMN}}}text") or "").strip()
    if tag == "group":
        value = ids.get(plain_id(element.get("categoryValueRef")))
        return (value.get("value") or "").strip() if value is not None else ""
    name = (element.get("name") or "").strip()
    state = element.find(f"{{{BPMN}}}dataState")
    if state is not None and state.get("name") and one_line(state.get("name")) not in name:
        name += f"\n[{one_line(state.get('name'))}]"
    return name


def box_of(shape: Element) -> Box | None:
    """The bounds of a shape or label, if it has any."""
    bounds = shape.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    x, y, w, h = (float(bounds.get(side, "0")) for side in ("x", "y", "width", "height"))
    return Box(x, y, w, h)


def points_of(edge: Element) -> tuple[tuple[float, float], ...]:
    """The way-points of a line."""
    return tuple((float(point.get("x", "0")), float(point.get("y", "0")))
                 for point in edge.iterchildren(f"{{{DI}}}waypoint"))


def label_of(shape: Element) -> Box | None:
    """Where the name of a shape or line stands, if the file says so."""
    label = shape.find(f"{{{BPMNDI}}}BPMNLabel")
    box = box_of(label) if label is not None else None
    return box if box is not None and box.w > 0 else None


def _ink(shape: Element) -> str:
    """The colour of its name, if the file gives one."""
    label = shape.find(f"{{{BPMNDI}}}BPMNLabel")
    return _colour(label, f"{{{_COLOUR}}}color") if label is not None else ""


def _colour(shape: Element, *names: str) -> str:
    """A colour the file gives, if it is one and nothing else."""
    value = next((shape.get(name, "") for name in names if shape.get(name)), "").strip()
    return value if _IS_COLOUR(value) else ""
