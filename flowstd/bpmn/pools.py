"""Two pools: applicants stand outside and exchange messages with the authority.

An applicant's lane becomes a pool without a process; its steps become what the
authority receives, and messages run between the pools. A case that begins with
a step of theirs begins with the message; what they are told or served is an
event that sends one, or, where a timer needs a task to stand on, a send task.
Each step stays one step, and says in our extension elements whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.ir.kinds import Kind, Role
from flowstd.ir.model import Flow, Link, Node

from .element import child, local, parts_of, remove
from .elements import Elements, elements_of
from .ids import encode
from .table import BPMN, NAMESPACE, tells_applicant
from .timers import message
from .xml import legal

if TYPE_CHECKING:
    from lxml import etree

    from .dialect import Engine

    Element = etree._Element

_OWN = f"{{{NAMESPACE}}}"


def part_pools(root: Element, flow: Flow, engine: Engine, added: dict[str, str]) -> None:
    """Put applicants outside; unless all lanes are theirs. *added*: events beside the flow's own, and their hosts."""
    outside = [lane for lane in flow.lanes if lane.role is Role.APPLICANT]
    if outside and len(outside) < len(flow.lanes):
        _Parting(root, flow, engine, added).part()


class _Parting:
    """One file whose pool is parted."""

    def __init__(self, root: Element, flow: Flow, engine: Engine, added: dict[str, str]) -> None:
        self.root, self.flow, self.engine, self.added = root, flow, engine, added
        self.process = next(parts_of(root, "process"))
        self.holder = next(parts_of(root, "collaboration"))
        self.elements: Elements = elements_of(flow, engine)
        self.by_id = {one.get("id"): one for one in self.process.iter(f"{{{BPMN}}}*") if one.get("id")}
        self.lanes = {lane.get("id"): lane for lane in self.process.iter(f"{{{BPMN}}}lane")}
        self.role = {lane.id: lane.role for lane in flow.lanes}
        self.owner = {part.id: part.node or flow.node_by_id.get(part.beside) for part in self.elements.parts}
        self.part_of = {part.node.id: part.id for part in self.elements.parts if part.node is not None}
        self.made = {part.id for part in self.elements.parts if part.beside}
        self.pools: dict[str, str] = {}              # applicant's lane → the id of its pool

    def part(self) -> None:
        self._begin()
        moved: list[str] = []
        for number, lane in enumerate(self.flow.lanes):
            if lane.role is Role.APPLICANT:
                self._pool(number)
                old = self.lanes["Lane_" + encode(lane.id)]
                moved += [(ref.text or "").strip() for ref in parts_of(old, "flowNodeRef")]
                remove(old)
        homes = _homes(self.flow)
        for key in moved:
            node = self.owner[self.added.get(key, key)]
            assert node is not None                  # no sub-process is an applicant's
            child(self.lanes["Lane_" + encode(homes[node.id])], "flowNodeRef").text = key
            self._receive(key, node)
        for number, part in enumerate(self.elements.parts):
            if part.node is not None and tells_applicant(part.node, self.role[part.node.lane]):
                task = self.by_id[part.id]
                if local(task) == "sendTask" and not self._timed(part.node):
                    self._event(task, "intermediateThrowEvent", part.node)
                source = part.id if part.home < 0 else self.elements.parts[part.home].id
                name = "、".join(paper.name for paper in self.elements.papers if paper.part == number and paper.issued)
                self._message(source, next(iter(self.pools.values())), part.node.id, name)

    def _pool(self, number: int) -> None:
        lane = self.flow.lanes[number]
        pool = self.holder.makeelement(
            f"{{{BPMN}}}participant", {"id": f"Pool_{encode(lane.id)}", "name": legal(lane.name) or "申请人"})
        self.holder.insert(len(self.pools), pool)
        self.pools[lane.id] = str(pool.get("id"))
        held = child(pool, "extensionElements")
        said = {"id": legal(lane.id), "role": lane.role.value, "at": str(number)}
        if lane.name != pool.get("name"):
            said["name"] = legal(lane.name)
        held.append(held.makeelement(f"{_OWN}lane", said))

    def _begin(self) -> None:
        """Let what begins with an applicant's step begin with its message."""
        for number, link in enumerate(self.flow.links):
            start, first = self.flow.node_by_id[link.source], self.flow.node_by_id[link.target]
            if not self._begins(start, link, first):
                continue
            element = self._element(first)
            own = _own_node(element)
            said = {"id": legal(start.id), "name": legal(start.label), "lane": legal(start.lane),
                    "link": legal(link.id), "at": str(number)}
            own.addnext(own.makeelement(f"{_OWN}begins", said))
            gone = self._element(start)
            for one in (*element.iterchildren(f"{{{BPMN}}}incoming"), gone, self.by_id["Flow_" + encode(link.id)],
                        *(ref for ref in self.process.iter(f"{{{BPMN}}}flowNodeRef") if ref.text == gone.get("id"))):
                remove(one)
            self._event(element, "startEvent", first)

    def _begins(self, start: Node, link: Link, first: Node) -> bool:
        """Whether a case begins with this step of an applicant, and only there: then one event says both."""
        flow, place = self.flow, [node.id for node in self.flow.nodes]
        plain = Node(id=start.id, kind=Kind.START, label=start.label, lane=start.lane)
        return (start == plain and len(flow.exits[start.id]) == 1 and len(flow.entries[first.id]) == 1
                and not link.label and not link.back and not link.default
                and first.kind is Kind.TASK and self.role[first.lane] is Role.APPLICANT and not self._timed(first)
                and place.index(first.id) == place.index(start.id) + 1)

    def _timed(self, node: Node) -> bool:
        """Whether a timer stands on the border of its task."""
        return bool(self.engine) and node.within is not None and node.within.count > 0

    def _element(self, node: Node) -> Element:
        return self.by_id[self.part_of[node.id]]

    def _event(self, element: Element, tag: str, node: Node) -> None:
        """Make a task an event that a message brings about, or that sends one."""
        element.tag = f"{{{BPMN}}}{tag}"
        key = str(element.get("id"))
        said = message(self.root, key, legal(node.label) or key)
        child(element, "messageEventDefinition", id=f"Definition_{key}", messageRef=said)

    def _receive(self, key: str, node: Node) -> None:
        """What stood in an applicant's lane: whose it is; a step or an answer comes by message."""
        element = self.by_id[key]
        if self.owner.get(key) is node and key not in self.made:
            _own_node(element).set("lane", legal(node.lane))
            if node.kind is Kind.TASK and local(element) != "startEvent":
                element.tag = f"{{{BPMN}}}receiveTask"
        if local(element) == "receiveTask" or next(parts_of(element, "messageEventDefinition"), None) is not None:
            self._message(self.pools[node.lane], key, key if key in self.added else node.id, "")

    def _message(self, source: str, target: str, key: str, name: str) -> None:
        named = {"name": legal(name)} if name else {}
        child(self.holder, "messageFlow", id=f"Message_{encode(key)}", **named, sourceRef=source, targetRef=target)


def _own_node(element: Element) -> Element:
    """Our extension element of a node; made where there is none."""
    said = next(element.iter(f"{_OWN}node"), None)
    if said is not None:
        return said
    held = next(parts_of(element, "extensionElements"), None)
    if held is None:
        held = element.makeelement(f"{{{BPMN}}}extensionElements", {})
        element.insert(len(list(parts_of(element, "documentation"))), held)
    said = held.makeelement(f"{_OWN}node", {})
    held.append(said)
    return said


def _homes(flow: Flow) -> dict[str, str]:
    """For every node of an applicant the lane that waits for it: the next one down the flow, else up."""
    role = {lane.id: lane.role for lane in flow.lanes}
    first = next(lane.id for lane in flow.lanes if lane.role is not Role.APPLICANT)
    return {node.id: _nearest(flow, node, role, ahead=True) or _nearest(flow, node, role, ahead=False) or first
            for node in flow.nodes if role[node.lane] is Role.APPLICANT}


def _nearest(flow: Flow, node: Node, role: dict[str, Role], *, ahead: bool) -> str:
    seen, waiting = {node.id}, [node.id]
    while waiting:
        at = waiting.pop(0)
        lane = flow.node_by_id[at].lane
        if role[lane] is not Role.APPLICANT:
            return lane
        for link in flow.exits[at] if ahead else flow.entries[at]:
            other = link.target if ahead else link.source
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return ""
