"""The same file for a named engine, with timers, or with the applicant as a pool of its own.

A limit becomes a timer on the border of its step that interrupts nothing: when it
fires, its own line leads to an end of its own, so the process stays as sound as it
was. With two pools the applicant's steps become what the authority receives, and
messages run between the pools; each step stays one step, and comes back as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.ir.kinds import Kind, Role
from flowstd.ir.model import Flow, Node

from .dialect import Engine, Pools, condition, duration
from .element import parts_of, remove
from .elements import elements_of
from .ids import encode
from .interchange import laid_anew
from .table import BPMN, NAMESPACE, XSI, prefix
from .xml import legal

if TYPE_CHECKING:
    from lxml import etree

    from flowstd.item import Item

    Element = etree._Element

LATE = "超过办理时限"              # the end that a timer leads to
_OWN = f"{{{NAMESPACE}}}"
_SPOKEN_TO = "sendTask"            # what the authority says goes to the applicant


def to_variant(flow: Flow, item: Item | None, scenario: str, pools: Pools, engine: Engine) -> str:
    """*flow* as BPMN with timers and conditions for *engine*, or with the applicant in a pool of its own."""
    from lxml import etree

    from .from_flow import plain_text

    root = etree.fromstring(plain_text(flow, item, scenario).encode())
    process = next(parts_of(root, "process"))
    mark = next(process.iter(f"{_OWN}flow"))
    if engine:
        mark.set("engine", engine)
        _speak(root, engine)
        _add_timers(process, flow, engine)
    if pools == "two":
        mark.set("pools", "two")
        _part_pools(root, process, flow)
    root = laid_anew(root)
    etree.indent(root, "  ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode() + "\n"


def _speak(root: Element, engine: Engine) -> None:
    for element in root.iter(f"{{{BPMN}}}conditionExpression"):
        element.text, language = condition(element.text or "", engine)
        if language:
            element.set("language", language)


# ---- timers

def _add_timers(process: Element, flow: Flow, engine: Engine) -> None:
    """A timer, a line and an end for every limit of a step."""
    by_id = {element.get("id"): element for element in process.iter(f"{{{BPMN}}}*") if element.get("id")}
    lanes = {(ref.text or "").strip(): ref.getparent() for ref in process.iter(f"{{{BPMN}}}flowNodeRef")}
    for node in flow.nodes:
        if node.within is None or not node.within.count or node.kind not in (Kind.TASK, Kind.CALL):
            continue
        key = encode(node.id)
        host = by_id[prefix(node.kind) + key]
        event = _limit(
            host,
            "boundaryEvent",
            f"Limit_{key}",
            name=node.within.zh,
            attachedToRef=host.get("id", ""),
            cancelActivity="false",
        )
        end = _limit(event, "endEvent", f"Overdue_{key}", name=LATE)
        flow_ = _limit(end, "sequenceFlow", f"Late_{key}", sourceRef=event.get("id", ""), targetRef=end.get("id", ""))
        for element, way in ((event, "outgoing"), (end, "incoming")):
            _child(element, way).text = flow_.get("id")
        timer = _child(event, "timerEventDefinition", id=f"Timer_{key}")
        text = _child(timer, "timeDuration")
        text.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        text.text = duration(node.within, engine)
        lane = lanes.get(host.get("id", ""))
        for element in (event, end):
            if lane is not None:
                _child(lane, "flowNodeRef").text = element.get("id")


def _limit(before: Element, tag: str, key: str, **attributes: str) -> Element:
    """An element of ours that stands for a limit, after another one."""
    made = before.makeelement(f"{{{BPMN}}}{tag}", {"id": key, **attributes})
    before.addnext(made)
    held = _child(made, "extensionElements")
    held.append(held.makeelement(f"{_OWN}limit", {}))
    return made


def _child(parent: Element, tag: str, **attributes: str) -> Element:
    made = parent.makeelement(f"{{{BPMN}}}{tag}", attributes)
    parent.append(made)
    return made


# ---- two pools

def _part_pools(root: Element, process: Element, flow: Flow) -> None:
    """Applicants' lanes become pools, their steps what the authority receives; unless all lanes are theirs."""
    outside = [lane for lane in flow.lanes if lane.role is Role.APPLICANT]
    if not outside or len(outside) == len(flow.lanes):
        return
    homes = _homes(flow)
    holder = next(parts_of(root, "collaboration"))
    lanes = {lane.get("id"): lane for lane in process.iter(f"{{{BPMN}}}lane")}
    pools: dict[str, Element] = {}
    for lane in outside:
        pool = holder.makeelement(
            f"{{{BPMN}}}participant", {"id": f"Pool_{encode(lane.id)}", "name": legal(lane.name) or "申请人"}
        )
        holder.insert(len(pools), pool)
        held = _child(pool, "extensionElements")
        said = held.makeelement(
            f"{_OWN}lane", {"id": legal(lane.id), "role": lane.role.value, "at": str(flow.lanes.index(lane))}
        )
        if lane.name != pool.get("name"):
            said.set("name", legal(lane.name))
        held.append(said)
        pools[lane.id] = pool
        remove(lanes["Lane_" + encode(lane.id)])
    elements = elements_of(flow)
    by_id = {element.get("id"): element for element in parts_of(process)}
    for part in elements.parts:
        lane = flow.lanes[part.lane]
        if lane.role is Role.APPLICANT:
            _child(
                lanes["Lane_" + encode(homes[lane.id, part.node.id if part.node else part.id])], "flowNodeRef"
            ).text = part.id
            _receive(by_id[part.id], lane.id, part.node, pools[lane.id], holder)
        elif part.tag == _SPOKEN_TO:
            _message(
                holder,
                part.id if part.home < 0 else elements.parts[part.home].id,
                pools[outside[0].id].get("id", ""),
                f"Message_{encode(part.node.id if part.node else part.id)}",
            )
    for ref in [
        ref for ref in process.iter(f"{{{BPMN}}}flowNodeRef") if (ref.text or "").startswith(("Limit_", "Overdue_"))
    ]:
        _rehome(ref, process)


def _homes(flow: Flow) -> dict[tuple[str, str], str]:
    """For every node of an applicant the lane that waits for it: the next one down the flow, else up."""
    role = {lane.id: lane.role for lane in flow.lanes}
    first = next(lane.id for lane in flow.lanes if lane.role is not Role.APPLICANT)
    found: dict[tuple[str, str], str] = {}
    for node in flow.nodes:
        if role[node.lane] is Role.APPLICANT:
            home = _nearest(flow, node, role, ahead=True) or _nearest(flow, node, role, ahead=False) or first
            found[node.lane, node.id] = home
            found[node.lane, f"Merge_{encode(node.id)}"] = home
    return found


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


def _receive(element: Element, lane: str, node: Node | None, pool: Element, holder: Element) -> None:
    """A step of the applicant: the authority waits for its message."""
    said = next(element.iter(f"{_OWN}node"), None)
    if said is None and node is not None:
        held = next(parts_of(element, "extensionElements"), None)
        if held is None:
            held = element.makeelement(f"{{{BPMN}}}extensionElements", {})
            element.insert(len(list(parts_of(element, "documentation"))), held)
        said = held.makeelement(f"{_OWN}node", {})
        held.append(said)
    if said is not None:
        said.set("lane", legal(lane))
    if node is not None and node.kind is Kind.TASK:
        element.tag = f"{{{BPMN}}}receiveTask"
        _message(holder, pool.get("id", ""), element.get("id", ""), f"Message_{encode(node.id)}")


def _message(holder: Element, source: str, target: str, key: str) -> None:
    _child(holder, "messageFlow", id=key, sourceRef=source, targetRef=target)


def _rehome(ref: Element, process: Element) -> None:
    """A timer and its end stand where their step stands."""
    key = (ref.text or "").partition("_")[2]
    host = next(
        (
            other.getparent()
            for other in process.iter(f"{{{BPMN}}}flowNodeRef")
            if (other.text or "").partition("_")[2] == key
            and not (other.text or "").startswith(("Limit_", "Overdue_", "Merge_"))
        ),
        None,
    )
    if host is not None and host is not ref.getparent():
        remove(ref)
        host.append(ref)


