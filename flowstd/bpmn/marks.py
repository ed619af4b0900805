"""The small signs of BPMN: what kind of task, which event, how often, and what a gateway does.

Each is an SVG path in a field of 16 × 16 px. After a bar stand the lines that
stay visible upon the rest where that is filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .element import local, parts_of

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
TASKS = {
    "userTask": "M8 2.2a2.6 2.6 0 1 0 .01 0M2.5 14.5v-3.2c0-2 2.2-3 3.6-3.2h3.8c1.4.2 3.6 1.2 3.6"
                " 3.2v3.2zM5.2 14.5v-2.4M10.8 14.5v-2.4",
    "manualTask": "M1.5 7.5l4-4.3h4.2c.9 0 .9 1.6 0 1.6H7.2h7c.9 0 .9 1.7 0 1.7H9.6h4.9c.9 0 .9 1.7 0"
                  " 1.7H9.6h4.1c.9 0 .9 1.6 0 1.6"
    "H9.6h3c.9 0 .9 1.6 0 1.6H3.9c-1.4 0-2.4-1-2.4-2.4z",
    "serviceTask": "M6.6 1.5h2.8l.3 1.8 1.2.5 1.5-1 2 2-1 1.5.5 1.2 1.8.3v2.8l-1.8.3-.5 1.2 1 1.5-2"
                   " 2-1.5-1-1.2.5-.3 1.8H6.6"
    "l-.3-1.8-1.2-.5-1.5 1-2-2 1-1.5-.5-1.2-1.8-.3V7.8l1.8-.3.5-1.2-1-1.5 2-2 1.5 1 1.2-.5zM8 6.4a2.6 2.6 0 1 0 .01 0",
    "scriptTask": "M4.5 1.5h9c-3.5 3 1.5 5-1.5 7.5s.5 4 .5 5.5h-9c-1.5-2 2.5-3.5 2-6s-3.5-4-1-7zM5.5"
                  " 4.5h5M5.5 7h5M5 9.5h5M4.5 12h5",
    "businessRuleTask": "M1.5 3h13v10h-13zM1.5 6h13M1.5 9.5h13M5 6v7",
    "sendTask": "M1.5 3.5h13v9h-13z|M1.5 3.5l6.5 5 6.5-5",
    "receiveTask": "M1.5 3.5h13v9h-13z|M1.5 3.5l6.5 5 6.5-5",
}
FILLED_TASKS = frozenset({"sendTask"})

EVENTS = {
    "message": "M1.5 3.5h13v9h-13z|M1.5 3.5l6.5 5 6.5-5",
    "timer": "M8 1a7 7 0 1 0 .01 0M8 3.5V8l3 2M8 1v1.2M8 13.8V15M1 8h1.2M13.8 8H15",
    "error": "M2 13.5l4-10 4 6.5 4-8-3.5 11-4.5-6z",
    "escalation": "M8 1.5l5 13-5-5.5-5 5.5z",
    "cancel": "M3.6 1.8L8 6.2l4.4-4.4 1.8 1.8L9.8 8l4.4 4.4-1.8 1.8L8 9.8l-4.4 4.4-1.8-1.8L6.2 8 1.8 3.6z",
    "compensate": "M1 8l6.5-5v10zM8 8l6.5-5v10z",
    "conditional": "M3 1.5h10v13H3zM5 4.5h6M5 7h6M5 9.5h6M5 12h6",
    "link": "M1.5 5.5h7v-3l6 5.5-6 5.5v-3h-7z",
    "signal": "M8 2l6.5 11.5h-13z",
    "multiple": "M8 1.2l6.7 4.9-2.6 7.9H3.9L1.3 6.1z",
    "parallel": "M6 1.5h4V6h4.5v4H10v4.5H6V10H1.5V6H6z",
}

LOOPS = {
    "standardLoopCharacteristics": "M11.5 13A6 6 0 1 0 4.5 13M4.5 13l-3 .5M4.5 13l.5-3",
    "parallel": "M3.5 2v12M8 2v12M12.5 2v12",
    "sequential": "M2 3.5h12M2 8h12M2 12.5h12",
}
COLLAPSED = "M1.5 1.5h13v13h-13zM8 4v8M4 8h8"
AD_HOC = "M2 9.5c2-5 4-4 6-2s4 3 6-2v1.5c-2 5-4 4-6 2s-4-3-6 2z"
COMPENSATION = EVENTS["compensate"]

GATEWAYS = {
    "exclusiveGateway": "M3 3l10 10M13 3L3 13",
    "parallelGateway": "M8 1v14M1 8h14",
    "inclusiveGateway": "M8 1.5a6.5 6.5 0 1 0 .01 0",
    "complexGateway": "M8 1v14M1 8h14M3 3l10 10M13 3L3 13",
    "eventBasedGateway": "M8 4l4.2 3.1-1.6 5H5.4l-1.6-5zM8 0a8 8 0 1 0 .01 0M8 1.8a6.2 6.2 0 1 0 .01 0",
}


def event_of(element: Element) -> str:
    """What an event waits for or throws: a key of ``EVENTS``, "terminate", or empty."""
    kinds = [local(child) for child in parts_of(element)]
    kinds = [kind.removesuffix("EventDefinition") for kind in kinds if kind.endswith("EventDefinition")] \
        + ["multiple" for kind in kinds if kind == "eventDefinitionRef"]
    if len(kinds) > 1:
        return "parallel" if element.get("parallelMultiple") == "true" else "multiple"
    return kinds[0] if kinds else ""


def loop_of(element: Element) -> str:
    """How a step is repeated: a key of ``LOOPS``, or empty."""
    for child in parts_of(element):
        if local(child) == "standardLoopCharacteristics":
            return "standardLoopCharacteristics"
        if local(child) == "multiInstanceLoopCharacteristics":
            return "sequential" if child.get("isSequential") == "true" else "parallel"
    return ""


def feet_of(element: Element, *, expanded: bool) -> list[str]:
    """The signs at the lower border of an activity; *expanded*: its inside is shown."""
    found = []
    loop = loop_of(element)
    if loop:
        found.append(LOOPS[loop])
    if element.get("isForCompensation") == "true":
        found.append(COMPENSATION)
    if local(element) in SCOPES and not expanded:
        found.append(COLLAPSED)
    if local(element) == "adHocSubProcess":
        found.append(AD_HOC)
    return found
