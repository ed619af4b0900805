"""The geometry that a diagram has, as far as a new one wants to know: what is shown, what is open, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .element import local, plain_id
from .picture import Box, box_of
from .table import BPMNDI

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element


class Old:
    """The geometry that a plane has."""

    def __init__(self, plane: Element | None) -> None:
        self.shapes: dict[str, Element] = {}
        self.boxes: dict[str, Box] = {}
        for shape in plane.iterchildren(f"{{{BPMNDI}}}BPMNShape") if plane is not None else ():
            key = plain_id(shape.get("bpmnElement"))
            self.shapes.setdefault(key, shape)
            box = box_of(shape)
            if box is not None:
                self.boxes[key] = box

    def shows(self, element: Element) -> bool:
        """Whether a thing is on the diagram; everything is on one that is still empty."""
        return not self.shapes or element.get("id", "") in self.shapes

    def opens(self, element: Element) -> bool:
        """Whether the inside of a sub-process or call is shown."""
        shape = self.shapes.get(element.get("id", ""))
        if shape is None:
            return not self.shapes and local(element) != "callActivity"
        return shape.get("isExpanded") == "true"

    def ordered(self, elements: list[Element]) -> list[Element]:
        """Pools or lanes as they stand now; as the file lists them where they have no place."""
        keys = [element.get("id", "") for element in elements]
        if not all(key in self.boxes for key in keys):
            return elements
        boxes = [self.boxes[key] for key in keys]
        upright = len(boxes) > 1 and len({round(box.y) for box in boxes}) == 1
        order = sorted(range(len(boxes)), key=lambda n: boxes[n].x if upright else boxes[n].y)
        return [elements[number] for number in order]
