"""Terms as timers, for a named engine.

- The limit of a step is a timer on its border that interrupts nothing: when it
  fires, its own line leads to an end of its own, so the process stays as sound
  as it was.
- What is announced for a term has to wait for all of it: an event after the step.
- A question to the applicant with a term is answered by what comes first: a
  message for each answer, or the end of the term, which is the default answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.ir.kinds import Kind, Role, StepKind
from flowstd.ir.model import Flow, Node

from .dialect import Engine, duration
from .element import child, made, parts_of
from .elements import Way, elements_of
from .ids import encode
from .table import BPMN, NAMESPACE, XSI, prefix
from .xml import legal

if TYPE_CHECKING:
    from lxml import etree

    from flowstd.base.term import Term

    Element = etree._Element

LATE = "超过办理时限"              # the end that the timer of a limit leads to
_OWN = f"{{{NAMESPACE}}}"


def add_timers(root: Element, flow: Flow, engine: Engine) -> dict[str, str]:
    """Put the timers of *flow* into its file; the id of each event added, with that of the element it belongs to."""
    adding = _Adding(root, flow, engine)
    for node in flow.nodes:
        if node.within is None or not node.within.count:
            continue
        if asks_applicant(flow, node):
            adding.ask(node, node.within)
        elif node.kind is Kind.TASK and node.step is StepKind.ANNOUNCE and len(flow.exits[node.id]) == 1:
            adding.wait(node, node.within)
        elif node.kind in (Kind.TASK, Kind.CALL):
            adding.limit(node, node.within)
    return adding.added


def asks_applicant(flow: Flow, node: Node) -> bool:
    """Whether *node* is a question that an applicant has so long to answer."""
    role = next(lane.role for lane in flow.lanes if lane.id == node.lane)
    return node.kind is Kind.DECISION and role is Role.APPLICANT and len(flow.exits[node.id]) > 1 \
        and node.within is not None and node.within.count > 0


class _Adding:
    """One file that timers are put into."""

    def __init__(self, root: Element, flow: Flow, engine: Engine) -> None:
        self.root, self.flow, self.engine = root, flow, engine
        self.added: dict[str, str] = {}
        process = next(parts_of(root, "process"))
        self.by_id = {str(one.get("id")): one for one in process.iter(f"{{{BPMN}}}*") if one.get("id")}
        self.lanes = {(ref.text or "").strip(): ref.getparent() for ref in process.iter(f"{{{BPMN}}}flowNodeRef")}
        self.ways: dict[str, list[Way]] = {}         # node → the ways that leave it
        elements = elements_of(flow, engine)
        self.part_of = {part.node.id: part.id for part in elements.parts if part.node is not None}
        for way in elements.ways:
            if way.link is not None:
                self.ways.setdefault(way.link.source, []).append(way)

    def _host(self, node: Node) -> Element:
        return self.by_id[self.part_of[node.id]]

    def limit(self, node: Node, term: Term) -> None:
        host = self._host(node)
        key = self.part_of[node.id].removeprefix(prefix(node.kind))
        event = made(host, "boundaryEvent", id=f"Limit_{key}", name=term.zh, attachedToRef=str(host.get("id")),
                     cancelActivity="false")
        end = made(event, "endEvent", id=f"Overdue_{key}", name=LATE)
        late = made(end, "sequenceFlow", id=f"Late_{key}", sourceRef=str(event.get("id")), targetRef=str(end.get("id")))
        for element in (event, end, late):
            _mark(element, "limit", text=duration(term, self.engine) if element is event else "")
        child(event, "outgoing").text = child(end, "incoming").text = str(late.get("id"))
        self._timer(event, key, term)
        self._place(host, event, end)

    def wait(self, node: Node, term: Term) -> None:
        way, = self.ways[node.id]
        event = self._between(way, f"Wait_{encode(node.id)}", f"满{term.zh}", text=duration(term, self.engine))
        self._timer(event, encode(node.id), term)

    def ask(self, node: Node, term: Term) -> None:
        host = self._host(node)
        host.tag = f"{{{BPMN}}}eventBasedGateway"
        host.attrib.pop("default", "")
        for way in self.ways[node.id]:
            assert way.link is not None
            key, line = encode(way.link.id), self.by_id[way.id]
            label = str(line.attrib.pop("name", ""))
            for said in list(parts_of(line, "conditionExpression")):
                line.remove(said)
            if way.default:
                event = self._between(way, f"Answer_{key}", term.zh, label=label, text=duration(term, self.engine))
                self._timer(event, key, term)
            else:
                event = self._between(way, f"Answer_{key}", label, label=label)
                child(event, "messageEventDefinition", id=f"Heard_{key}",
                      messageRef=message(self.root, f"Answer_{key}", legal(node.label) + label))

    # ---- pieces

    def _between(self, way: Way, key: str, name: str, **said: str) -> Element:
        """An event on the way to what follows; the sequence flow leads to it, and a new one on."""
        line = self.by_id[way.id]
        host, target = self.by_id[str(line.get("sourceRef"))], self.by_id[str(line.get("targetRef"))]
        event = made(host, "intermediateCatchEvent", id=key, name=name or way.id)
        on = made(event, "sequenceFlow", id=f"On_{key}", sourceRef=key, targetRef=str(line.get("targetRef")))
        line.set("targetRef", key)
        _mark(event, "merge", **said)
        child(event, "incoming").text = way.id
        child(event, "outgoing").text = str(on.get("id"))
        for entry in parts_of(target, "incoming"):
            if entry.text == way.id:
                entry.text = str(on.get("id"))
        self._place(host, event)
        return event

    def _timer(self, event: Element, key: str, term: Term) -> None:
        timer = child(event, "timerEventDefinition", id=f"Timer_{key}")
        text = child(timer, "timeDuration")
        text.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        text.text = duration(term, self.engine)

    def _place(self, host: Element, *events: Element) -> None:
        """Into the lane of the host."""
        for event in events:
            self.added[str(event.get("id"))] = str(host.get("id"))
            lane = self.lanes.get(str(host.get("id")))
            if lane is not None:
                child(lane, "flowNodeRef").text = event.get("id")


def _mark(element: Element, tag: str, **said: str) -> None:
    held = child(element, "extensionElements")
    held.append(held.makeelement(_OWN + tag, {name: value for name, value in said.items() if value}))


def message(root: Element, key: str, name: str) -> str:
    """The id of a message of this name, put before all else."""
    one = root.makeelement(f"{{{BPMN}}}message", {"id": f"Said_{key}", "name": name})
    root.insert(sum(1 for _ in parts_of(root, "message")), one)
    _mark(one, "made")
    return str(one.get("id"))
