"""What of a file has been told elsewhere, and so what would be lost: one list, kept while reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .element import line_of, local, one_line
from .table import BPMN

if TYPE_CHECKING:
    from lxml import etree

    from .dialect import Engine
    from .elements import Part, Way

    Element = etree._Element


class Loss(NamedTuple):
    """One thing of a file that a flow has no word for."""

    element: str                     # local name
    id: str
    name: str
    what: str                        # "element", "attribute x", "extension {namespace}x"
    line: int

    def __str__(self) -> str:
        name = f' "{self.name}"' if self.name else ""
        return f"{self.line}: {self.element}{name}{f' ({self.id})' if self.id else ''}: {self.what}"


# values that say nothing: what the schema says if the attribute is not there
_DEFAULTS = {
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "isInterrupting": "true",
    "parallelMultiple": "false",
    "cancelActivity": "true",
    "triggeredByEvent": "false",
    "isCollection": "false",
    "gatewayDirection": "Unspecified",
    "processType": "None",
    "isClosed": "false",
    "associationDirection": "None",
    "instantiate": "false",
    "isSequential": "false",
    "isImmediate": "true",
    "eventGatewayType": "Exclusive",
    "implementation": "##unspecified",
    "isUnlimited": "false",
    "capacity": "0",
}
_DERIVED = frozenset({"incoming", "outgoing", "extensionElements"})      # said by the flows, or looked into by itself


class Told:
    """Elements and attributes that are told."""

    def __init__(self) -> None:
        self._attributes: dict[Element, set[str]] = {}

    def tell(self, element: Element | None, *attributes: str) -> None:
        """The element itself, and these of its attributes."""
        if element is not None:
            self._attributes.setdefault(element, {"id"}).update(attributes)

    def untell(self, element: Element, attribute: str) -> None:
        """One attribute is not told after all."""
        self._attributes.get(element, set()).discard(attribute)

    def forget(self, element: Element) -> None:
        """The element is not told after all."""
        self._attributes.pop(element, None)

    def tell_all(self, element: Element) -> None:
        """The element with everything in it."""
        for one in element.iter():
            self.tell(one, *map(str, one.attrib))

    def tell_part(self, element: Element, part: Part, engine: Engine, default: str | None) -> None:
        """A node of our own file, as far as it says what we would write; *default*: its default exit."""
        from .from_flow import documentation

        self.tell_binding(element, engine)

        if element.tag == f"{{{BPMN}}}{part.tag}":
            self.tell(element, "gatewayDirection", *(("default",) if element.get("default") == default else ()))
        for definition in element.iterchildren(f"{{{BPMN}}}messageEventDefinition"):
            if definition.get("messageRef"):         # an editor's own has none
                self.tell(definition, "messageRef")
                self.tell_binding(definition, engine)
        for child in element.iterchildren(f"{{{BPMN}}}documentation"):
            if part.node is not None and (child.text or "") == documentation(part.node):
                self.tell(child)

    def tell_binding(self, element: Element, engine: Engine) -> None:
        """What an element of our own file bears for an engine, as far as we would write it."""
        from .bindings import binding_of

        wanted = binding_of(element, engine)
        self.tell(element, *(name for name, value in wanted.attributes.items() if element.get(name) == value))
        if engine == "camunda8" and local(element) == "receiveTask":
            self.tell(element, "messageRef")
        for held in element.iterchildren(f"{{{BPMN}}}extensionElements"):
            for one in held:
                said = {str(name): str(value) for name, value in one.attrib.items()}
                if (one.tag, said) in wanted.extensions:
                    self.tell_all(one)

    def tell_way(self, element: Element, way: Way, engine: Engine) -> None:
        """A sequence flow of our own file, as far as it says what we would write."""
        from .dialect import condition

        if way.link is None:
            self.tell(element, "sourceRef", "targetRef", *(("name",) if element.get("name", "") == way.name else ()))
        for child in element.iterchildren(f"{{{BPMN}}}conditionExpression"):
            if (child.text or "") == condition(way.condition, engine)[0]:
                self.tell(child, *map(str, child.attrib))

    def losses(self, root: Element) -> tuple[Loss, ...]:
        """Whatever under *root* is not told, in the order of the file; what stands in a lost element goes with it."""
        found: list[Loss] = []
        waiting = [root]
        while waiting:
            element = waiting.pop()
            if not isinstance(element.tag, str):
                continue
            told = self._attributes.get(element)
            if told is None:
                found.append(_loss(element, "element"))
                continue
            for name, value in element.attrib.items():
                if str(name) not in told and _DEFAULTS.get(str(name)) != value:
                    found.append(_loss(element, f"attribute {name!s}"))
            children = [child for child in element if isinstance(child.tag, str)]
            for child in children:
                if child.tag == f"{{{BPMN}}}extensionElements":
                    found += [_loss(element, f"extension {one.tag}") for one in child
                              if isinstance(one.tag, str) and one not in self._attributes]
            waiting += [child for child in reversed(children) if local(child) not in _DERIVED]
        return tuple(found)


def _loss(element: Element, what: str) -> Loss:
    return Loss(local(element), element.get("id", ""), one_line(element.get("name")), what, line_of(element))


