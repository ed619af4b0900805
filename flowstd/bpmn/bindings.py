"""What Camunda wants of a file beside BPMN: the platform it is for, who does the automatic steps, messages to wait for.

A job is named by the kind of its step, so one worker serves that kind in all
charts. Camunda's own linter (bpmnlint-plugin-camunda-compat) says what must be
there; whatever says nothing of the process is left to those who run it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .dialect import Engine
from .element import child, local, parts_of
from .table import BPMN, NAMESPACE
from .timers import message

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
MODELER = "http://camunda.org/schema/modeler/1.0"
KEPT_FOR = "P180D"         # how long Camunda 7 keeps a finished case: what its Modeler proposes
CASE = "=caseNumber"       # what messages are matched by in Camunda 8
_JOBS = frozenset({"serviceTask", "sendTask", "businessRuleTask"})
_PLATFORMS = {
    "camunda7": (f'xmlns:camunda="{CAMUNDA}"', "Camunda Platform", "7.23.0"),
    "camunda8": (f'xmlns:zeebe="{ZEEBE}"', "Camunda Cloud", "8.7.0"),
}


class Binding(NamedTuple):
    """What an element bears."""

    attributes: dict[str, str]
    extensions: tuple[tuple[str, dict[str, str]], ...] = ()


def declared(text: str, engine: Engine) -> str:
    """The text of a file, with the platform it is for."""
    if engine not in _PLATFORMS:
        return text
    space, platform, version = _PLATFORMS[engine]
    said = (f' {space} xmlns:modeler="{MODELER}" id="Definitions" modeler:executionPlatform="{platform}"'
            f' modeler:executionPlatformVersion="{version}"')
    return text.replace(' id="Definitions"', said, 1)


def bind(root: Element, engine: Engine) -> None:
    """Give every element of a file what the engine wants of it."""
    if engine not in _PLATFORMS:
        return
    for element in list(root.iter(f"{{{BPMN}}}*")):
        wanted = binding_of(element, engine)
        for name, value in wanted.attributes.items():
            element.set(name, value)
        for tag, said in wanted.extensions:
            held = _extensions(element)
            held.append(held.makeelement(tag, said))
    if engine == "camunda8":
        for task in root.iter(f"{{{BPMN}}}receiveTask"):
            key = message(root, str(task.get("id")), task.get("name") or "")
            task.set("messageRef", key)
        for one in parts_of(root, "message"):
            held = _extensions(one)
            held.append(held.makeelement(f"{{{ZEEBE}}}subscription", {"correlationKey": CASE}))


def binding_of(element: Element, engine: Engine) -> Binding:
    """What the engine wants of one element of ours."""
    tag = local(element)
    if engine == "camunda7":
        if tag == "process":
            return Binding({f"{{{CAMUNDA}}}historyTimeToLive": KEPT_FOR})
        if tag in _JOBS or _throws(element):
            return Binding({f"{{{CAMUNDA}}}type": "external", f"{{{CAMUNDA}}}topic": _job(element)})
    if engine == "camunda8":
        if tag in _JOBS or tag == "intermediateThrowEvent":
            return Binding({}, ((f"{{{ZEEBE}}}taskDefinition", {"type": _job(element)}),))
        if tag == "userTask":
            return Binding({}, ((f"{{{ZEEBE}}}userTask", {}),))
        if tag == "callActivity" and element.get("calledElement"):
            called = {"processId": str(element.get("calledElement")), "propagateAllChildVariables": "false"}
            return Binding({}, ((f"{{{ZEEBE}}}calledElement", called),))
    return Binding({})


def _throws(definition: Element) -> bool:
    """Whether an element is the message that an event sends."""
    event = definition.getparent()
    sends = event is not None and local(event) == "intermediateThrowEvent"
    return sends and local(definition) == "messageEventDefinition"


def _job(element: Element) -> str:
    """The kind of the step that an element is, or belongs to."""
    event = element.getparent() if _throws(element) else None
    said = next((element if event is None else event).iter(f"{{{NAMESPACE}}}node"), None)
    return str(said.get("step", "handle")) if said is not None else "handle"


def _extensions(element: Element) -> Element:
    held = next(parts_of(element, "extensionElements"), None)
    if held is None:
        held = child(element, "extensionElements")
        element.insert(sum(1 for _ in parts_of(element, "documentation")), held)
    return held
