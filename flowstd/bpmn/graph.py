"""The nodes and links of a process as a flow would have them: merges passed, sub-processes opened, boundaries asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from flowstd.ir.kinds import Kind

from . import extension
from .element import local, one_line, parts_of
from .inclusive import question
from .table import ACTIVITIES, BPMN, NAMESPACE
from .told import Told

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_GATEWAYS = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"}
)
_PARALLEL = frozenset({"parallelGateway", "inclusiveGateway"})
_EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
_SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
FLOW_NODES = _GATEWAYS | _EVENTS | _SCOPES | ACTIVITIES | {"callActivity"}
HOSTS = _SCOPES | ACTIVITIES | {"callActivity"}      # what a boundary event may be at
OTHERWISE = "其他情况"               # the condition of a default exit that has no name
_NAMELESS = {"startEvent": "开始", "endEvent": "结束"}


class Raw(NamedTuple):
    """A node of the file that becomes one of the flow."""

    id: str
    element: Element
    kind: Kind
    label: str
    homes: tuple[str, ...]           # itself, and what it stands on or in, innermost first
    group: str


class RawLink(NamedTuple):
    """A link between two kept nodes."""

    id: str
    element: Element | None
    source: str
    target: str
    label: str = ""


class Graph:
    """What a flow can say of the nodes and sequence flows of one process.

    *own*: we wrote it; *pairs*: inclusive gateways not of ours that are a split or join. What an editor
    added to a file of ours, without our marks, is read as in another's file.
    """

    def __init__(self, process: Element, told: Told, own: bool, pairs: Mapping[str, Kind]) -> None:
        self.told, self.own, self.pairs = told, own, pairs
        self.nodes: dict[str, Raw] = {}
        self._flows: list[Element] = []
        self._through: dict[str, Element] = {}       # a node that only passes on → its one exit
        self._entry: dict[str, str] = {}             # an opened sub-process → where one enters it
        self._led: dict[str, str] = {}               # from such a node or sub-process → where one comes to in the end
        self._made: list[RawLink] = []
        self._moved: dict[str, str] = {}             # a node whose exits leave from another
        self._boundaries: list[Element] = []
        self._begun: dict[int, RawLink] = {}         # from a start to the step that brings it about, by its place
        self._collect(process, "", ())
        if own:
            self._tell_messages(process)
        self._index()
        self._pass_merges()
        self._cut_mixed()
        self._ask_boundaries()
        if not own:
            self._drop_lonely()
        self._add_ends(process)
        self._untell_passed()

    # ---- what is asked of it

    def kept(self) -> Iterator[Raw]:
        """Every node of the flow."""
        for raw in self.nodes.values():
            if raw.id not in self._through:
                yield raw

    def links(self) -> Iterator[RawLink]:
        """Every link of the flow, in the order of the file; in our own file where they name another, in that."""
        found: list[RawLink] = []
        placed = dict(self._begun)
        for link in self._found_links():
            said = extension.own(link.element, "link") if self.own and link.element is not None else None
            at = said.get("at", "") if said is not None else ""
            if extension.is_place(at):
                placed[int(at)] = link
            else:
                found.append(link)
        for place in sorted(placed):
            found.insert(place, placed[place])
        yield from found
        yield from self._made

    def _found_links(self) -> Iterator[RawLink]:
        for number, element in enumerate(self._flows, 1):
            source, target = element.get("sourceRef", ""), self._target(element)
            if source not in self.nodes or source in self._through or target is None:
                continue
            if self.nodes[source].kind is Kind.END or self.nodes[target].kind is Kind.START:
                continue                             # nothing follows an end or leads to a start
            leaves = self._moved.get(source, source)
            yield RawLink(element.get("id") or f"flow {number}", element, leaves, target, self._label(source, element))

    def default_of(self, node: str) -> str:
        """The id of the sequence flow that is the default of a node, if it has one."""
        raw = self.nodes.get(node)
        if raw is None:
            return ""
        self.told.tell(raw.element, "default")
        return raw.element.get("default", "")

    def added(self, element: Element) -> bool:
        """Whether a node is read as in another's file: it bears no mark of ours."""
        return not self.own or is_added(element)

    def forks_as_others(self, node: str) -> bool:
        """Whether the exits of a node are read as in another's file."""
        element = self.nodes[node].element
        return not self.own or (local(element) in _GATEWAYS and is_added(element))

    # ---- gathering

    def _collect(self, container: Element, group: str, homes: tuple[str, ...]) -> None:
        for element in parts_of(container):
            tag, key = local(element), element.get("id", "")
            if self.own and (limit := extension.own(element, "limit")) is not None:
                self._tell_made(element, limit)
            elif self.own and tag == "sequenceFlow" and extension.own(element, "made") is not None:
                self.told.tell_all(element)
            elif tag == "sequenceFlow":
                self._flows.append(element)
            elif tag == "boundaryEvent":
                self._boundaries.append(element)
            elif tag in _SCOPES and self._opens(element):
                self.told.tell(element, "name")
                self._collect(element, one_line(element.get("name")) or group, (key, *homes))
            elif tag in FLOW_NODES and key:
                label = element.get("name", "")
                if not self.own:
                    label = " ".join(label.split()) or _NAMELESS.get(tag, "")
                elif tag == "endEvent" and not label and is_added(element):
                    label = _NAMELESS[tag]
                self.told.tell(element, *(("name",) if label == one_line(element.get("name")) else ()))
                kind = self.pairs.get(key) or _kind(tag)
                if tag in _PARALLEL and not self.added(element):
                    kind = Kind.JOIN if element.get("gatewayDirection") == "Converging" else Kind.SPLIT
                if self.own and (begins := extension.own(element, "begins")) is not None:
                    kind = self._begin(begins, element, (key, *homes), group)
                self.nodes[key] = Raw(key, element, kind, label, (key, *homes), group)

    def _begin(self, begins: Element, element: Element, homes: tuple[str, ...], group: str) -> Kind:
        """A step that a case begins with, by message: the start before it, and the kind of the step."""
        start = f"{homes[0]}/start"
        self.nodes[start] = Raw(start, element, Kind.START, begins.get("name", ""), homes, group)
        at = begins.get("at", "")
        self._begun[int(at) if extension.is_place(at) else 0] = RawLink(begins.get("link", ""), None, start, homes[0])
        self.told.tell_all(begins)
        return Kind.TASK

    def _tell_messages(self, process: Element) -> None:
        """Messages that we made for an engine, and the gateways that wait for them."""
        root = process.getparent()
        for message in parts_of(root, "message") if root is not None else ():
            if extension.own(message, "made") is not None:
                self.told.tell_all(message)
        for gateway in process.iter(f"{{{BPMN}}}eventBasedGateway"):
            self.told.tell(gateway, "gatewayDirection")

    def _opens(self, scope: Element) -> bool:
        """Whether the inside of a sub-process may stand in its place: one way in, plain ends, one way out."""
        inside = [child for child in parts_of(scope) if local(child) in FLOW_NODES]
        targets = {flow.get("targetRef") for flow in parts_of(scope, "sequenceFlow")}
        sources = {flow.get("sourceRef") for flow in parts_of(scope, "sequenceFlow")}
        entries = [node for node in inside if node.get("id") not in targets and local(node) != "boundaryEvent"]
        exits = [node for node in inside if node.get("id") not in sources]
        plain = all(local(node) == "endEvent" and not _defined(node) for node in exits)
        key, parent = scope.get("id"), scope.getparent()
        if parent is None or local(scope) != "subProcess" or scope.get("triggeredByEvent") == "true" or _repeats(scope):
            return False
        out = [flow for flow in parts_of(parent, "sequenceFlow") if flow.get("sourceRef") == key]
        held = [event for event in parts_of(parent, "boundaryEvent") if event.get("attachedToRef") == key]
        parallel = any(local(node) in _PARALLEL for node in inside) and len(exits) > 1
        if len(entries) != 1 or not exits or not plain or parallel or len(out) != 1 or held or _defined(entries[0]):
            return False
        self._entry[str(key)] = entries[0].get("id", "")
        for node in exits:
            self._through[node.get("id", "")] = out[0]
        return True

    def _index(self) -> None:
        self._in: dict[str, list[Element]] = {key: [] for key in self.nodes}
        self._out: dict[str, list[Element]] = {key: [] for key in self.nodes}
        for flow in self._flows:
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            self._out.get(source, []).append(flow)
            self._in.get(self._entry.get(target, target), []).append(flow)

    # ---- merges

    def _pass_merges(self) -> None:
        """Nodes that only pass on what comes: our merges, others' joins, starts of opened sub-processes."""
        for key, raw in self.nodes.items():
            tag, out = local(raw.element), self._out[key]
            mark = extension.own(raw.element, "merge") if self.own else None
            if mark is not None or not self.added(raw.element):
                passing = mark is not None
            else:
                joins = (tag == "parallelGateway" and len(self._in[key]) > 1) or key in self.pairs
                passing = (tag in _GATEWAYS and not joins) or (tag == "startEvent" and len(raw.homes) > 1)
            if passing and len(out) == 1 and key not in self._through and out[0].get("targetRef") != key:
                self._through[key] = out[0]
                if mark is not None:
                    self._tell_made(raw.element if tag == "intermediateCatchEvent" else mark, mark)
                    if tag == "exclusiveGateway" and raw.label not in ("", question(mark.get("label", ""))):
                        self.told.untell(raw.element, "name")
                self.told.tell(raw.element, "gatewayDirection")

    def _tell_made(self, element: Element, mark: Element) -> None:
        """What we made for an engine says nothing that the flow does not.

        Unless somebody gave a timer another duration, or let it interrupt its step.
        """
        self.told.tell_all(element)
        if local(element) == "boundaryEvent" and element.get("cancelActivity") != "false":
            self.told.forget(element)
        for said in element.iter(f"{{{BPMN}}}timeDuration"):
            if said.text != mark.get("text"):
                self.told.forget(said)

    def _untell_passed(self) -> None:
        """The names of nodes that only pass on are said nowhere."""
        for key in self._through:
            raw = self.nodes.get(key)
            ours = self.own and raw is not None and raw.kind is Kind.END and raw.label == _NAMELESS["endEvent"]
            if raw is not None and self.added(raw.element) and not ours:
                self.told.untell(raw.element, "name")

    def _target(self, flow: Element) -> str | None:
        """Where a flow leads in the end; None: nowhere, or round and round."""
        target, way = flow.get("targetRef", ""), []
        while target not in self._led and (target in self._entry or target in self._through):
            way.append(target)
            self._led[target] = ""                   # so far: who comes back here goes round and round
            target = self._entry[target] if target in self._entry else self._passed(self._through[target])
        target = self._led.get(target, target)
        for key in way:
            self._led[key] = target
        return target if target in self.nodes else None

    def _passed(self, flow: Element) -> str:
        """Where the one exit of a node leads that only passes on: that is told with what leads there."""
        self.told.tell(flow, "sourceRef", "targetRef", *(() if flow.get("name") else ("name",)))
        return str(flow.get("targetRef", ""))

    def _label(self, source: str, element: Element) -> str:
        passed = self.nodes.get(element.get("targetRef", "")) if self.own else None
        mark = extension.own(passed.element, "merge") if passed is not None else None
        if mark is not None:
            return mark.get("label", "")
        if element.get("name"):
            return ""
        if source in self.pairs:
            return self._condition(source, element)
        return "正常" if self._moved.get(source, "").endswith("/outcome") else ""

    def _condition(self, source: str, element: Element) -> str:
        """What a nameless exit of an inclusive gateway is taken for; empty: it always is."""
        if self.nodes[source].element.get("default") == element.get("id"):
            return OTHERWISE
        for said in parts_of(element, "conditionExpression"):
            text = one_line(said.text)
            if text and text == said.text:
                self.told.tell(said)
            return text
        return ""

    # ---- what a flow says in other ways

    def _cut_mixed(self) -> None:
        """A parallel gateway that joins and splits becomes a join and a split."""
        for key, raw in list(self.nodes.items()):
            if local(raw.element) != "parallelGateway" or key in self._through or not self.added(raw.element):
                continue
            if len(self._in[key]) < 2:
                continue
            self.nodes[key] = raw._replace(kind=Kind.JOIN)
            if len(self._out[key]) > 1:
                split = f"{key}/split"
                self.nodes[split] = raw._replace(id=split, kind=Kind.SPLIT)
                self._moved[key] = split
                self._made.append(RawLink(f"{key}/link", None, key, split))

    def _ask_boundaries(self) -> None:
        """A step with boundary events is followed by the question how it went."""
        leaving: dict[str, list[Element]] = {}
        for flow in self._flows:
            leaving.setdefault(flow.get("sourceRef", ""), []).append(flow)
        for event in self._boundaries:
            key, host = event.get("id", ""), event.get("attachedToRef", "")
            out = leaving.get(key, [])
            if host not in self.nodes or len(out) != 1 or _compensates(event):
                continue
            if local(self.nodes[host].element) not in HOSTS:
                continue                             # nothing happens while a gateway is passed: told as BPM006
            target = self._target(out[0])
            if target is None or self.nodes[target].kind is Kind.START:
                continue
            question = f"{host}/outcome"
            if question not in self.nodes:
                raw = self.nodes[host]
                self.nodes[question] = raw._replace(id=question, kind=Kind.DECISION, label=f"{raw.label}的结果？")
                self._made.append(RawLink(f"{question}/link", None, host, question))
                self._moved[host] = question
            name = one_line(event.get("name"))
            self._made.append(RawLink(out[0].get("id") or f"{key}/link", None, question, target, name or local(event)))
            self.told.tell(event, "attachedToRef", *(("name",) if name else ()))
            self.told.tell(out[0], "sourceRef", "targetRef")

    def _drop_lonely(self) -> None:
        """What no flow touches (handlers of compensation, event sub-processes) has no place in a flow."""
        touched = {end for link in self.links() for end in (link.source, link.target)}
        if touched:
            for key in [key for key in self.nodes if key not in touched and key not in self._through]:
                self.told.forget(self.nodes[key].element)
                del self.nodes[key]

    def _add_ends(self, process: Element) -> None:
        """A start where none is drawn, and an end after what nothing follows."""
        links = list(self.links())
        kept = list(self.kept())
        entered, left = {link.target for link in links}, {link.source for link in links}
        first = [raw for raw in kept if raw.id not in entered] or kept[:1]
        begun = any(raw.kind is Kind.START for raw in kept)
        if kept and not begun and not (self.own and len(first) > 1):       # a flow of ours may be without one
            self._put("start", Kind.START, "开始", process, first[0].homes)
            self._made += [RawLink(f"start/{raw.id}", None, "start", raw.id) for raw in first]
        last = [raw for raw in kept
                if raw.id not in left and raw.kind is not Kind.END and self.added(raw.element)]
        if last:
            self._put("end", Kind.END, "结束", process, last[0].homes)
            self._made += [RawLink(f"{raw.id}/end", None, raw.id, "end") for raw in last]

    def _put(self, key: str, kind: Kind, label: str, process: Element, homes: tuple[str, ...]) -> None:
        while key in self.nodes:
            key += "_"
        self.nodes[key] = Raw(key, process, kind, label, homes, "")


def is_added(element: Element) -> bool:
    """Whether a node in a file of ours is one that an editor put there.

    Every gateway of ours has a direction, and no editor of note gives one to what is drawn in it; any other
    node that we write has a mark, or nothing to say beside its name.
    """
    held = element.find(f"{{{BPMN}}}extensionElements")
    if held is not None and held.find(f"{{{NAMESPACE}}}*") is not None:
        return False
    return element.get("gatewayDirection", "Unspecified") == "Unspecified" or local(element) not in _GATEWAYS


def _kind(tag: str) -> Kind:
    if tag in ("startEvent", "endEvent"):
        return Kind.START if tag == "startEvent" else Kind.END
    if tag == "parallelGateway":
        return Kind.SPLIT
    if tag in _GATEWAYS:
        return Kind.DECISION
    return Kind.CALL if tag == "callActivity" else Kind.TASK


def _defined(event: Element) -> bool:
    """Whether an event waits for or throws anything."""
    return any(local(child).endswith(("EventDefinition", "eventDefinitionRef")) for child in parts_of(event))


def _compensates(event: Element) -> bool:
    return event.find(f"{{{BPMN}}}compensateEventDefinition") is not None


def _repeats(scope: Element) -> bool:
    return any(local(child).endswith("LoopCharacteristics") for child in parts_of(scope))
