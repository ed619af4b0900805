"""Which BPMN element stands for which node: written once, read in both directions."""

from __future__ import annotations

from flowstd.ir.kinds import Kind, Role, StepKind
from flowstd.ir.model import Node

NAMESPACE = "urn:flowstd:bpmn:1"           # our own extension elements; schema: flowstd-bpmn.xsd

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

ELEMENT = {                                # of every kind but a task
    Kind.START: "startEvent",
    Kind.END: "endEvent",
    Kind.DECISION: "exclusiveGateway",
    Kind.SPLIT: "parallelGateway",
    Kind.JOIN: "parallelGateway",
    Kind.CALL: "callActivity",
}
_SYSTEM = Role.SYSTEM
_PREFIX = {Kind.TASK: "Activity_", Kind.CALL: "Activity_", Kind.START: "Event_", Kind.END: "Event_"}

SENT = frozenset({StepKind.NOTIFY, StepKind.ANNOUNCE, StepKind.PUBLISH, StepKind.DELIVER, StepKind.FORWARD})
AWAITED = frozenset({StepKind.RECEIVE})
BY_HAND = frozenset({                      # done away from any screen
    StepKind.INSPECT, StepKind.HEAR, StepKind.REVIEW, StepKind.TEST, StepKind.APPRAISE, StepKind.TENDER, StepKind.EXAM,
})
ACTIVITIES = frozenset({
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask",
})


STORES = {StepKind.ARCHIVE: "档案", StepKind.REGISTER: "登记簿"}      # what such a step writes outlives the case
STEP = {"sendTask": StepKind.NOTIFY, "receiveTask": StepKind.RECEIVE}        # of foreign files; else 办理


def element(node: Node, role: Role) -> str:
    """The local name of the BPMN element for *node*, acted by a lane of *role*.

    What a system does by written criteria is a business rule, what else it does a
    service; a step without a screen, or for which the applicant must come, is manual.

    >>> element(Node(id="a", kind=Kind.TASK, label="现场勘验", lane="l", step=StepKind.INSPECT), Role.REVIEWER)
    'manualTask'
    """
    tag = ELEMENT.get(node.kind)
    if tag is not None:
        return tag
    step = node.step
    if step in SENT:
        return "sendTask"
    if role is _SYSTEM:
        return "businessRuleTask" if node.criteria else "serviceTask"
    if step in AWAITED:
        return "receiveTask"
    if node.onsite or step in BY_HAND:
        return "manualTask"
    return "userTask" if step else "task"


def tells_applicant(node: Node, role: Role) -> bool:
    """Whether a step sends the applicant a message: it notifies or serves, or the counter hands a paper out at once.

    >>> tells_applicant(Node(id="a", kind=Kind.TASK, label="受理", lane="l", step=StepKind.ACCEPT), Role.WINDOW)
    False
    """
    if node.step in (StepKind.NOTIFY, StepKind.DELIVER):
        return role is not Role.APPLICANT
    return role is Role.WINDOW and node.step in (StepKind.ACCEPT, StepKind.REFUSE) and bool(node.issues)


def prefix(kind: Kind) -> str:
    """What the ids of such elements begin with, as other tools have it."""
    return _PREFIX.get(kind, "Gateway_")
