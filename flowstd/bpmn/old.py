"""The geometry that a diagram has, as far as a new one wants to know: what is shown, what is open, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.layout.model import Point, Rect

from .element import local, plain_id
from .geometry import Geometry
from .picture import Box, box_of, label_of, points_of
from .table import BPMNDI

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

OPEN = frozenset({"subProcess", "transaction", "adHocSubProcess", "callActivity"})       # what may show its inside


class Old:
    """The geometry that a plane has."""

    def __init__(self, plane: Element | None, *, runs_down: bool = False) -> None:
        self.shapes: dict[str, Element] = {}
        self.boxes: dict[str, Box] = {}
        for shape in plane.iterchildren(f"{{{BPMNDI}}}BPMNShape") if plane is not None else ():
            key = plain_id(shape.get("bpmnElement"))
            self.shapes.setdefault(key, shape)
            box = box_of(shape)
            if box is not None:
                self.boxes[key] = box
        self.edges = {plain_id(edge.get("bpmnElement")): edge
                      for edge in (plane.iterchildren(f"{{{BPMNDI}}}BPMNEdge") if plane is not None else ())}
        said = [shape.get("isHorizontal") for shape in self.shapes.values()]
        self.runs_down = runs_down or said.count("false") > said.count("true")       # heads of pools and lanes on top

    def shows(self, element: Element) -> bool:
        """Whether a thing is on the diagram; everything is on one that is still empty."""
        return not self.shapes or element.get("id", "") in self.shapes

    def opens(self, element: Element) -> bool:
        """Whether the inside of a sub-process or call is shown."""
        shape = self.shapes.get(element.get("id", ""))
        if shape is None:
            return not self.shapes and local(element) != "callActivity"
        return shape.get("isExpanded") == "true"

    def geometry(self, ids: dict[str, Element]) -> Geometry:
        """All of it, in whole px, with the names where the editor would set them."""
        made = Geometry()
        for key, box in self.boxes.items():
            if key not in ids:
                continue
            made.shapes[key] = _whole(box)
            label = label_of(self.shapes[key])
            if label is not None:
                made.names[key] = _whole(label)
            if local(ids[key]) in OPEN and self.opens(ids[key]):
                made.opened.add(key)
            if self.shapes[key].get("isHorizontal") == "false":
                made.upright.add(key)
        for key, edge in self.edges.items():
            points = tuple(Point(round(x), round(y)) for x, y in points_of(edge))
            if key in ids and len(points) > 1:
                made.lines[key] = points
                label = label_of(edge)
                if label is not None:
                    made.names[key] = _whole(label)
        return made

    def ordered(self, elements: list[Element]) -> list[Element]:
        """Pools or lanes as they stand now; as the file lists them where they have no place."""
        keys = [element.get("id", "") for element in elements]
        if not all(key in self.boxes for key in keys):
            return elements
        boxes = [self.boxes[key] for key in keys]
        upright = len(boxes) > 1 and len({round(box.y) for box in boxes}) == 1
        order = sorted(range(len(boxes)), key=lambda n: boxes[n].x if upright else boxes[n].y)
        return [elements[number] for number in order]


def _whole(box: Box) -> Rect:
    """In whole px."""
    return Rect(round(box.x), round(box.y), round(box.w), round(box.h))
