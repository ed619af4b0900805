"""Flow → BPMN 2.0 text: one pool, lanes, typed tasks, and the diagram from our own layout.

The text is the schema's order: documentation, extension elements, incoming,
outgoing, then the rest. Papers hang on plain associations, because data
associations make SpiffWorkflow demand a value for every sheet of paper; limits
stand in documentation and extension elements, because no timer text is read by
both SpiffWorkflow (a quoted one) and bpmn-engine (an unquoted one), and ISO 8601
has no working days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from flowstd.base.kept import Kept
from flowstd.ir.kinds import CALL, DECISION, JOIN, SPLIT
from flowstd.ir.model import Flow, Node

from . import extension
from .elements import Elements, Paper, Part, Way, elements_of
from .ids import encode, process_id
from .table import BPMN, BPMNDI, DC, DI, NAMESPACE, XSI
from .xml import attribute, content

if TYPE_CHECKING:
    from collections.abc import Callable

    from flowstd.item import Item
    from flowstd.layout.model import Corners, Rect

    from .dialect import Engine, Pools
    from .layout import Plane

T = TypeVar("T", str, bytes)
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:bpmndi="{BPMNDI}" xmlns:dc="{DC}" xmlns:di="{DI}" \
xmlns:xsi="{XSI}" xmlns:flowstd="{NAMESPACE}" id="Definitions" targetNamespace="urn:flowstd" exporter="flowstd">
"""
_END = "</bpmn:definitions>\n"
_DIVERGING, _CONVERGING = ' gatewayDirection="Diverging"', ' gatewayDirection="Converging"'
_GATEWAYS = {DECISION: _DIVERGING, SPLIT: _DIVERGING, JOIN: _CONVERGING}
_FLAGS = {"exclusiveGateway": ' isMarkerVisible="true"', "subProcess": ' isExpanded="true"'}      # of shapes
_NAMELESS = "流程"                    # every pool needs a name
_KEPT = Kept()                        # flows that differ in their title only are written once


def to_bpmn(
    flow: Flow, item: Item | None = None, scenario: str = "", *, pools: Pools = "one", engine: Engine = ""
) -> str:
    """*flow* as a BPMN 2.0 file with diagram interchange; equal flows give equal text.

    *item* and *scenario* name the pool and the process. With ``pools="two"`` applicants stand outside, as pools that
    send and receive messages. With an *engine* its conditions are written, and limits become timers.

    Raises: UnknownName: there is no such style of pools, or engine.

    >>> from flowstd.ir.kinds import Kind, Outcome, Role
    >>> from flowstd.ir.model import Lane, Link, Node
    >>> flow = Flow(title="受理", lanes=(Lane(id="窗口", name="窗口", role=Role.WINDOW),),
    ...             nodes=(Node(id="start", kind=Kind.START, label="开始", lane="窗口"),
    ...                    Node(id="end", kind=Kind.END, label="办结", lane="窗口", outcome=Outcome.DONE)),
    ...             links=(Link(id="start>end", source="start", target="end"),))
    >>> '<bpmn:startEvent id="Event_start" name="开始">' in to_bpmn(flow)
    True
    """
    if pools != "one" or engine:
        return to_file(flow, item, scenario, pools=pools, engine=engine).decode()
    return "".join(_parts(flow, item, scenario, str))


def to_file(flow: Flow, item: Item | None = None, scenario: str = "", *, pools: Pools = "one",
            engine: Engine = "") -> bytes:
    """What :func:`to_bpmn` gives, as the bytes of a file; what many items share of it is encoded once."""
    if pools != "one" or engine:
        from .dialect import check_options
        from .variant import to_variant

        check_options(pools, engine)
        return to_variant(flow, item, scenario, pools, engine)
    return b"".join(_parts(flow, item, scenario, str.encode))


def _parts(flow: Flow, item: Item | None, scenario: str, form: Callable[[str], T]) -> tuple[T, ...]:
    """The beginning of the file, its process, its diagram and its end, each in that *form*."""
    from .layout import least_of, place

    title, body = _title(flow, item, scenario), flow.body
    elements = _KEPT.of(body, "elements", lambda: elements_of(flow))
    least = least_of(flow, title)
    return (form(_beginning(flow, title, item, scenario)),
            _KEPT.of(body, form, lambda: form(_process(flow, elements))),
            _KEPT.of(body, (form, least), lambda: form(diagram(elements, place(elements, least)))),
            form(_END))


def plain_text(flow: Flow, item: Item | None = None, scenario: str = "", engine: Engine = "") -> str:
    """The same file without a diagram."""
    beginning = _beginning(flow, _title(flow, item, scenario), item, scenario)
    return beginning + _process(flow, elements_of(flow, engine)) + _END


def _title(flow: Flow, item: Item | None, scenario: str) -> str:
    if item is None:
        return flow.title or _NAMELESS
    return f"{item.name}（{scenario}）" if scenario else item.name


def _beginning(flow: Flow, title: str, item: Item | None, scenario: str) -> str:
    """The file up to what stands in its process."""
    key = "/".join(part for part in (item.code or item.name, scenario) if part) if item is not None else flow.title
    process = "Process_" + encode(key)
    name = attribute(title)
    mark = f' title="{attribute(flow.title)}"' if flow.title != title else ""
    about = extension.of_item(item, scenario) if item is not None else ""
    return (
        f'{_HEAD}'
        f'  <bpmn:collaboration id="Collaboration">\n'
        f'    <bpmn:participant id="Participant" name="{name}" processRef="{process}"/>\n'
        f'  </bpmn:collaboration>\n'
        f'  <bpmn:process id="{process}" name="{name}" isExecutable="true">\n'
        f'    <bpmn:extensionElements><flowstd:flow{mark}/>{about}</bpmn:extensionElements>\n')


def _process(flow: Flow, elements: Elements) -> str:
    """What stands in the process, whatever it is called."""
    out: list[str] = []
    _write_lanes(out, flow, elements)
    _write_documents(out, flow, elements)
    _write_scope(out, elements, _met(elements), -1)
    out.append("  </bpmn:process>\n")
    return "".join(out)


class _Met(NamedTuple):
    """What each part says of the ways that meet it, line by line."""

    incoming: list[list[str]]
    outgoing: list[list[str]]
    defaults: dict[int, str]         # of parts that have one: the way taken when no condition holds


def _met(elements: Elements) -> _Met:
    met = _Met([[] for _ in elements.parts], [[] for _ in elements.parts], {})
    incoming, outgoing, defaults = met
    for id_, source, target, _, _, default, _, _, _, _ in elements.ways:
        outgoing[source].append(f"      <bpmn:outgoing>{id_}</bpmn:outgoing>\n")
        incoming[target].append(f"      <bpmn:incoming>{id_}</bpmn:incoming>\n")
        if default:
            defaults[source] = f' default="{id_}"'
    return met


def _write_scope(out: list[str], elements: Elements, met: _Met, home: int) -> None:
    """What stands in the process itself (-1), or in one sub-process."""
    for paper in elements.papers:
        if elements.parts[paper.part].home == home:
            _write_reference(out, paper)
    _write_parts(out, elements, met, home)
    parts = elements.parts
    out += [_way(way, parts) for way in elements.ways if parts[way.source].home == home]
    _write_artifacts(out, elements, home)


def _write_lanes(out: list[str], flow: Flow, elements: Elements) -> None:
    out.append('    <bpmn:laneSet id="Lanes">\n')
    held: list[list[str]] = [[] for _ in elements.lanes]
    for part in elements.parts:
        if part.home < 0:
            held[part.lane].append(f"        <bpmn:flowNodeRef>{part.id}</bpmn:flowNodeRef>\n")
    for lane, lane_id, inside in zip(flow.lanes, elements.lanes, held, strict=True):
        out += (f'      <bpmn:lane id="{lane_id}" name="{attribute(lane.name)}">\n'
                f'        <bpmn:extensionElements>{extension.of_lane(lane)}</bpmn:extensionElements>\n',
                *inside, "      </bpmn:lane>\n")
    out.append("    </bpmn:laneSet>\n")


def _write_documents(out: list[str], flow: Flow, elements: Elements) -> None:
    """Every document once, and every pile once."""
    for document in flow.documents:
        out.append(f'    <bpmn:dataObject id="Document_{encode(document.id)}" name="{attribute(document.name)}">\n'
                   f'      <bpmn:extensionElements>{extension.of_document(document)}</bpmn:extensionElements>\n'
                   f'    </bpmn:dataObject>\n')
    for paper in elements.papers:
        if len(paper.documents) > 1:
            inside = " ".join("Document_" + encode(document) for document in paper.documents)
            names = "、".join(flow.document_by_id[document].name for document in paper.documents)
            head = f'id="Pile_{paper.id}" name="{attribute(paper.name)}" isCollection="true"'
            out.append(f'    <bpmn:dataObject {head}>\n'
                       f'      <bpmn:documentation>{content(names)}</bpmn:documentation>\n'
                       f'      <bpmn:extensionElements><flowstd:pile documents="{inside}"/></bpmn:extensionElements>\n'
                       f'    </bpmn:dataObject>\n')


def _write_reference(out: list[str], paper: Paper) -> None:
    """What is drawn of a document, a pile or a store."""
    head = f'id="{paper.id}" name="{attribute(paper.name)}"'
    if paper.store:                  # refers to no root element: SpiffWorkflow refuses stores that it does not know
        out.append(f"    <bpmn:dataStoreReference {head}/>\n")
        return
    target = f"Pile_{paper.id}" if len(paper.documents) > 1 else "Document_" + encode(paper.documents[0])
    out.append(f'    <bpmn:dataObjectReference {head} dataObjectRef="{target}"/>\n')


def _write_parts(out: list[str], elements: Elements, met: _Met, home: int) -> None:
    for number, (part, incoming, outgoing) in enumerate(zip(elements.parts, met.incoming, met.outgoing, strict=True)):
        id_, tag, name, _, _, _, stands_in, _, _ = part
        if stands_in != home:
            continue
        held = [_inside(part), *incoming, *outgoing]
        if tag == "subProcess":
            _write_scope(held, elements, met, number)
        inside = "".join(held)
        named = f' name="{attribute(name)}"' if name else ""
        kind = _kind(part, len(incoming), len(outgoing))
        head = f'    <bpmn:{tag} id="{id_}"{named}{kind}{met.defaults.get(number, "")}'
        out.append(f"{head}>\n{inside}    </bpmn:{tag}>\n" if inside else f"{head}/>\n")


def _kind(part: Part, entries: int, exits: int) -> str:
    """The attributes that the kind of a node brings with it."""
    node = part.node
    if node is None and not part.asks:
        return _CONVERGING if part.tag.endswith("Gateway") else ""
    if node is None:
        return _DIVERGING
    kind = node.kind
    if kind is CALL and node.calls:
        return f' calledElement="{process_id(node.calls)}"'
    if kind is DECISION and entries > 1 and exits == 1:
        return _CONVERGING
    return _GATEWAYS.get(kind, "")


def _inside(part: Part) -> str:
    """Documentation and extension elements of a part."""
    node = part.node
    if node is None:
        if part.tag not in ("exclusiveGateway", "startEvent"):
            return ""
        label = f' label="{attribute(part.asks)}"' if part.asks else ""
        return f"      <bpmn:extensionElements><flowstd:merge{label}/></bpmn:extensionElements>\n"
    told, own = documentation(node), extension.of_node(node, nameless=part.name != node.label)
    text = f"      <bpmn:documentation>{content(told)}</bpmn:documentation>\n" if told else ""
    return f"{text}      <bpmn:extensionElements>{own}</bpmn:extensionElements>\n" if own else text


def documentation(node: Node) -> str:
    """What a reader of the file should know of a step, in one line for each fact."""
    lines = []
    if node.within is not None:
        lines.append(f"办理时限：{node.within.zh}")
    if node.excluded_by is not None:
        lines.append(f"不计入办理时限：{node.excluded_by.zh}")
    if node.bases:
        lines.append("依据：" + "、".join(source.zh for source in node.bases))
    if node.criteria:
        lines.append(f"审查标准：{node.criteria}")
    if node.post:
        lines.append(f"岗位：{node.post}")
    if node.onsite:
        lines.append("需到现场办理")
    return "\n".join(lines)


def _way(way: Way, parts: tuple[Part, ...]) -> str:
    id_, source, target, name, condition, default, link, _, at, _ = way
    named = f' name="{attribute(name)}"' if name else ""
    head = (f'    <bpmn:sequenceFlow id="{id_}"{named} sourceRef="{parts[source].id}" '
            f'targetRef="{parts[target].id}"')
    round_branch = "<flowstd:made/>" if default else ""
    own = extension.of_link(link, at) if link is not None else round_branch
    inside = f"      <bpmn:extensionElements>{own}</bpmn:extensionElements>\n" if own else ""
    if condition:
        inside += (f'      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{content(condition)}'
                   f"</bpmn:conditionExpression>\n")
    return f"{head}>\n{inside}    </bpmn:sequenceFlow>\n" if inside else f"{head}/>\n"


def _write_artifacts(out: list[str], elements: Elements, home: int) -> None:
    remarks = [remark for remark in elements.remarks if elements.parts[remark.part].home == home]
    for remark in remarks:
        out.append(f'    <bpmn:textAnnotation id="{remark.id}">\n'
                   f'      <bpmn:text>{content(remark.text)}</bpmn:text>\n'
                   f'    </bpmn:textAnnotation>\n')
    for paper in elements.papers:
        if elements.parts[paper.part].home != home:
            continue
        source, target = _tied(paper, elements)
        out.append(f'    <bpmn:association id="Tie_{paper.id}" associationDirection="One" '
                   f'sourceRef="{source}" targetRef="{target}"/>\n')
    for remark in remarks:
        out.append(f'    <bpmn:association id="Tie_{remark.id}" '
                   f'sourceRef="{elements.parts[remark.part].id}" targetRef="{remark.id}"/>\n')


def _tied(paper: Paper, elements: Elements) -> tuple[str, str]:
    step = elements.parts[paper.part].id
    return (step, paper.id) if paper.issued else (paper.id, step)


def diagram(elements: Elements, plane: Plane) -> str:
    """The diagram interchange of *elements* as they stand on *plane*."""
    laid = plane.laid
    out = ['  <bpmndi:BPMNDiagram id="Diagram">\n    <bpmndi:BPMNPlane id="Plane" bpmnElement="Collaboration">\n',
           _shape("Participant", plane.pool, ' isHorizontal="true"')]
    for lane, rect in zip(elements.lanes, plane.lanes, strict=True):
        out.append(_shape(lane, rect, ' isHorizontal="true"'))
    for part, rect, label in zip(elements.parts, laid.parts, laid.part_labels, strict=True):
        out.append(_shape(part.id, rect, _FLAGS.get(part.tag, ""), label))
    for paper, stands in zip(elements.papers, laid.papers, strict=True):
        out.append(_shape(paper.id, stands.rect, "", stands.name))
    for remark, beside in zip(elements.remarks, laid.remarks, strict=True):
        out.append(_shape(remark.id, beside.rect))
    for way, points, label in zip(elements.ways, laid.ways, laid.way_labels, strict=True):
        out.append(_edge(way.id, points, label))
    for paper, stands in zip(elements.papers, laid.papers, strict=True):
        out.append(_edge("Tie_" + paper.id, stands.tie))
    for remark, beside in zip(elements.remarks, laid.remarks, strict=True):
        out.append(_edge("Tie_" + remark.id, beside.tie))
    out.append("    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n")
    return "".join(out)


def _shape(element: str, rect: Rect, flags: str = "", label: Rect | None = None) -> str:
    x, y, wide, high = rect
    name = "" if label is None else _label(label)
    return (f'      <bpmndi:BPMNShape id="Shape_{element}" bpmnElement="{element}"{flags}>\n'
            f'        <dc:Bounds x="{x}" y="{y}" width="{wide}" height="{high}"/>\n{name}      </bpmndi:BPMNShape>\n')


def _edge(element: str, points: Corners, label: Rect | None = None) -> str:
    line = "".join([f'        <di:waypoint x="{x}" y="{y}"/>\n' for x, y in points])
    name = "" if label is None else _label(label)
    return (f'      <bpmndi:BPMNEdge id="Edge_{element}" bpmnElement="{element}">\n'
            f"{line}{name}      </bpmndi:BPMNEdge>\n")


def _label(rect: Rect) -> str:
    x, y, wide, high = rect
    return (f'        <bpmndi:BPMNLabel><dc:Bounds x="{x}" y="{y}" width="{wide}" height="{high}"/>'
            f"</bpmndi:BPMNLabel>\n")
