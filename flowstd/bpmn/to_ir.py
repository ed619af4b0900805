"""BPMN process → Flow: what a flow has words for. Whatever is read is marked as told; the rest is the loss.

Our own files come back whole. In others, gateways that only bring links
together are left out (links may meet anywhere in a flow), the inside of an
embedded sub-process becomes a group, and a boundary event a question after its
step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import BadSource
from flowstd.base.where import Where
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Document, Flow, Lane, Link, Node

from . import extension
from .dialect import ALWAYS, condition
from .element import line_of, local, parts_of
from .elements import elements_of
from .graph import Graph, Raw, RawLink
from .ids import decode, encode, process_id
from .inclusive import ANYWAY, WHICH
from .pairs import pairs_of
from .table import BPMN, STEP, prefix
from .told import Told

if TYPE_CHECKING:
    from lxml import etree

    from flowstd.item import Item

    Element = etree._Element


class Reading(NamedTuple):
    """A process as a flow."""

    process: str                     # its id
    flow: Flow
    item: Item | None
    scenario: str


def read_process(process: Element, told: Told, name: str = "", file: str = "") -> Reading | None:
    """The flow of one process; *name* is that of its pool. Marks in *told* what the flow says.

    None if it has no step that could be told from others.

    Raises: BadSource: one of our own extension elements is wrong.
    """
    try:
        return _Process(process, told, name, file).reading()
    except BadSource as error:
        error.where = replace(error.where, file=file or error.where.file)
        raise


class _Process:
    """One process being read."""

    def __init__(self, process: Element, told: Told, name: str, file: str) -> None:
        self.process, self.told, self.file = process, told, file
        self.name = process.get("name") or name
        self.mark = extension.own(process, "flow")
        self.engine = extension.engine_of(self.mark) if self.mark is not None else ""
        self.anyway = condition(ALWAYS, self.engine)[0]
        self.lanes: list[Lane] = []
        self.lane_of: dict[str, str] = {}            # XML id of a node → lane
        self.documents: dict[str, Document] = {}     # XML id of a data object → document
        self.papers: dict[str, tuple[str, ...]] = {}  # XML id of what is tied to a step → XML ids of data objects
        self.remarks: dict[str, str] = {}
        self.annotations: dict[str, list[Element]] = {}  # by XML id
        self.takes: dict[str, list[str]] = {}        # XML id of a node → XML ids of data objects
        self.issues: dict[str, list[str]] = {}
        self.notes: dict[str, list[str]] = {}

    def reading(self) -> Reading | None:
        self.told.tell(self.process, "name", "isExecutable" if self.mark is not None else "")
        title = self.name
        if self.mark is not None:
            self.told.tell_binding(self.process, self.engine)
            self.told.tell_all(self.mark)
            title = self.mark.get("title", title)
        self._read_lanes()
        own = self.mark is not None
        graph = Graph(self.process, self.told, own, pairs_of(self.process, own))
        if not graph.nodes:
            return None
        self._read_papers()
        self._read_ties(graph)
        nodes = self._nodes(graph)
        links = tuple(self._links(graph, nodes))
        flow = Flow(title=title, lanes=tuple(self.lanes), nodes=tuple(nodes.values()), links=links,
                    documents=tuple(self.documents.values()), where=self._where(self.process))
        if self.mark is not None:
            self._tell_derived(flow)
        return Reading(self.process.get("id", ""), flow, *self._item())

    def _where(self, element: Element) -> Where:
        return Where(self.file, line_of(element))

    def _item(self) -> tuple[Item | None, str]:
        said = extension.own(self.process, "item")
        if said is None:
            return None, ""
        self.told.tell_all(said)
        return extension.item_of(said), said.get("scenario", "")

    # ---- lanes

    def _read_lanes(self) -> None:
        for lane in self.process.iter(f"{{{BPMN}}}lane"):
            inner = lane.find(f"{{{BPMN}}}childLaneSet")
            if inner is not None and inner.find(f"{{{BPMN}}}lane") is not None:
                continue                             # its inner lanes say more
            said = extension.own(lane, "lane")
            name = lane.get("name", "")
            role = extension.role_of(said) if said is not None else role_by_name(name)
            id_ = self._own_id(lane, said, "Lane_") or f"lane {len(self.lanes) + 1}"
            self.lanes.append(Lane(id=id_, name=name, role=role, where=self._where(lane)))
            self.told.tell(lane, "name")
            self.told.tell(lane.getparent())
            if said is not None:
                self.told.tell_all(said)
            for ref in parts_of(lane, "flowNodeRef"):
                self.lane_of[(ref.text or "").strip()] = id_
                self.told.tell(ref)
        if self.mark is not None:
            self._read_outside()
        if not self.lanes:
            self.lanes.append(Lane(id="lane", name=self.name or "办理", role=role_by_name(self.name)))

    def _read_outside(self) -> None:
        """Lanes of applicants that stand outside, as pools of their own."""
        root = self.process.getparent()
        for holder in parts_of(root, "collaboration") if root is not None else ():
            for pool in parts_of(holder, "participant"):
                said = extension.own(pool, "lane")
                if said is None:
                    continue
                name = said.get("name", pool.get("name", ""))
                lane = Lane(id=said.get("id", ""), name=name, role=extension.role_of(said), where=self._where(pool))
                self.lanes.insert(extension.place_of(said), lane)
                self.told.tell(pool, "name")
                self.told.tell_all(said)
                for flow in parts_of(holder, "messageFlow"):
                    self.told.tell(flow, "name", "sourceRef", "targetRef")

    # ---- papers and remarks

    def _read_papers(self) -> None:
        for element in self.process.iter(f"{{{BPMN}}}dataObject"):
            pile, said = extension.own(element, "pile"), extension.own(element, "document")
            key = element.get("id", "")
            if not key:
                continue
            if pile is not None:
                self.papers[key] = tuple(pile.get("documents", "").split())
                self.told.tell_all(element)
            elif said is not None or self.mark is None:
                kind = extension.kind_of(said) if said is not None else DocumentKind.MATERIAL
                name = element.get("name") or ""
                self.documents[key] = Document(id=self._own_id(element, said, "Document_"), name=name, kind=kind,
                                               where=self._where(element))
                self.told.tell(element, "name" if name else "")
                if said is not None:
                    self.told.tell_all(said)
        for tag in ("dataObjectReference", "dataStoreReference"):
            for element in self.process.iter(f"{{{BPMN}}}{tag}"):
                if element.get("id"):
                    self._read_reference(element, tag)
        for element in self.process.iter(f"{{{BPMN}}}textAnnotation"):
            text = element.findtext(f"{{{BPMN}}}text") or ""
            self.annotations.setdefault(element.get("id", ""), []).append(element)
            self.remarks[element.get("id", "")] = text if self.mark is not None else text.strip()

    def _read_reference(self, element: Element, tag: str) -> None:
        """A drawn data object: one document, or those of its pile; a data store is a document of its own."""
        key, target = element.get("id", ""), element.get("dataObjectRef", "")
        name = element.get("name", "")
        if target in self.papers:
            self.papers[key] = self.papers[target]
            self.told.tell(element, "name", "dataObjectRef")
            return
        if target in self.documents:
            document = self.documents[target]
            if name and not document.name:
                self.documents[target] = document.model_copy(update={"name": name})
            self.papers[key] = (target,)
            self.told.tell(element, "dataObjectRef", "name" if name in ("", self.documents[target].name) else "")
        elif self.mark is not None and tag == "dataStoreReference":
            self.papers[key] = ()                    # said by the kind of its step
            self.told.tell(element, "name")
        else:
            self.documents[key] = Document(id=key, name=name, where=self._where(element))
            self.papers[key] = (key,)
            self.told.tell(element, "name")

    def _read_ties(self, graph: Graph) -> None:
        """Associations between steps and what stands beside them."""
        kept = frozenset(raw.id for raw in graph.kept())
        for element in self.process.iter(f"{{{BPMN}}}association"):
            source, target = element.get("sourceRef", ""), element.get("targetRef", "")
            if self._tie(kept, source, target):
                self.told.tell(element, "sourceRef", "targetRef", "associationDirection")
        for raw in graph.kept():
            for tag, verbs in (("dataInputAssociation", self.takes), ("dataOutputAssociation", self.issues)):
                for element in parts_of(raw.element, tag):
                    inner = "sourceRef" if verbs is self.takes else "targetRef"
                    for ref in parts_of(element, inner):
                        papers = self.papers.get((ref.text or "").strip(), ())
                        if papers:
                            verbs.setdefault(raw.id, []).extend(papers)
                            self.told.tell(element)
                            self.told.tell(ref)

    def _tie(self, kept: frozenset[str], source: str, target: str) -> bool:
        if target in kept and source in self.papers:
            self.takes.setdefault(target, []).extend(self.papers[source])
        elif source in kept and target in self.papers:
            self.issues.setdefault(source, []).extend(self.papers[target])
        elif source in kept and target in self.remarks:
            self._note(source, target)
        elif target in kept and source in self.remarks:
            self._note(target, source)
        else:
            return False
        return True

    def _note(self, node: str, remark: str) -> None:
        self.notes.setdefault(node, []).append(self.remarks[remark])
        for element in self.annotations[remark]:
            self.told.tell(element)
            for text in parts_of(element, "text"):
                self.told.tell(text)

    def _named_documents(self, keys: list[str]) -> tuple[str, ...]:
        return tuple(self.documents[key].id for key in keys if key in self.documents)

    # ---- nodes and links

    def _nodes(self, graph: Graph) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        taken: set[str] = set()
        for raw in graph.kept():
            node = self._node(raw)
            if node.id in taken:                     # a copy with its mark, or two ids that differ in their prefix
                node = node.model_copy(update={"id": _free(raw.id, taken)})
            taken.add(node.id)
            nodes[raw.id] = node
        return nodes

    def _node(self, raw: Raw) -> Node:
        element = raw.element
        begins = extension.own(element, "begins") if raw.kind is Kind.START else None
        if begins is not None:
            return Node(id=begins.get("id", ""), kind=Kind.START, label=raw.label, where=self._where(element),
                        lane=self._named_lane(begins, raw))
        itself = raw.id == element.get("id")         # else what is made beside it, which has only its place
        mark = extension.own(element, "node")
        said = mark if itself else None
        nameless = said is not None and said.get("nameless") in ("true", "1") and raw.label == WHICH
        facts: dict[str, Any] = {}
        if said is not None:
            facts = extension.facts_of(said)
            self.told.tell_all(said)
        elif raw.kind is Kind.TASK and self.mark is None:
            facts["step"] = STEP.get(local(element), StepKind.HANDLE)
        if raw.kind is Kind.END:
            facts.setdefault("outcome", self._outcome_by_id(element))
        elif raw.kind is Kind.CALL and element.get("calledElement"):
            called = element.get("calledElement", "")
            if called != process_id(facts.get("calls", "")):
                facts["calls"] = called
            self.told.tell(element, "calledElement")
        self.told.tell(element, "name" if raw.label == element.get("name", "") else "")
        return Node(
            id=self._own_id(element, said, prefix(raw.kind)) if itself else raw.id,
            kind=raw.kind,
            label="" if nameless else raw.label,
            lane=self._named_lane(mark, raw),
            group=facts.pop("group", raw.group),
            takes=self._named_documents(self.takes.get(raw.id, [])),
            issues=self._named_documents(self.issues.get(raw.id, [])),
            note="\n".join(self.notes.get(raw.id, [])),
            where=self._where(element),
            **facts,
        )

    def _named_lane(self, mark: Element | None, raw: Raw) -> str:
        """The lane that a mark of ours names: applicants outside get theirs back where an editor deleted their pool."""
        name = mark.get("lane", "") if mark is not None else ""
        if name and name not in {lane.id for lane in self.lanes}:
            self.lanes.insert(0, Lane(id=name, name=name, role=Role.APPLICANT, where=self._where(raw.element)))
        return name or self._lane(raw)

    def _lane(self, raw: Raw) -> str:
        """The lane of a node, or that of what it stands in or on."""
        for key in raw.homes:
            if key in self.lane_of:
                return self.lane_of[key]
        return self.lanes[0].id

    def _links(self, graph: Graph, nodes: dict[str, Node]) -> Iterator[Link]:
        taken: set[str] = set()
        found: list[tuple[RawLink, Link]] = []
        for raw in graph.links():
            link = self._link(raw, graph, nodes)
            if link.id in taken:
                link = link.model_copy(update={"id": _free(raw.id, taken)})
            taken.add(link.id)
            found.append((raw, link))
        return self._with_defaults(graph, found)

    def _link(self, link: RawLink, graph: Graph, nodes: dict[str, Node]) -> Link:
        element, source, target = link.element, nodes[link.source].id, nodes[link.target].id
        if element is None:
            return Link(id=link.id, source=source, target=target, label=link.label)
        said = extension.own(element, "link")
        key = link.id
        back = said is not None and said.get("back") in ("true", "1")
        default = said is not None and said.get("default") in ("true", "1")
        id_ = key
        if self.mark is not None:
            plain = extension.plain_link(source, target)
            id_ = said.get("id", "") if said is not None and said.get("id") else (
                plain if key == "Flow_" + encode(plain) else self._decoded(key, "Flow_"))
        if link.source not in graph.pairs and graph.forks_as_others(link.source):
            default = graph.default_of(link.source) == key
        if said is not None:
            self.told.tell_all(said)
        name = element.get("name", "")
        label = "" if self._anyway(link, graph, nodes) else name or link.label
        self.told.tell(element, "sourceRef", "targetRef", *(("name",) if name in (label, ANYWAY) else ()))
        return Link(id=id_, source=source, target=target, label=label, back=back, default=default,
                    where=self._where(element))

    def _anyway(self, link: RawLink, graph: Graph, nodes: dict[str, Node]) -> bool:
        """Whether a link is an exit that is always taken, whatever its name: the name then is no condition."""
        if graph.forks_as_others(link.source):
            return nodes[link.source].kind is Kind.SPLIT and link.source not in graph.pairs
        return link.element is not None and link.element.findtext(f"{{{BPMN}}}conditionExpression") == self.anyway

    def _outcome_by_id(self, element: Element) -> Outcome:
        """The outcome of an end without a mark: an editor that changes its kind keeps its id, which names it."""
        word = element.get("id", "").removeprefix("Event_end.").partition(".")[0] if self.mark is not None else ""
        return next((outcome for outcome in Outcome if outcome.value == word), Outcome.DONE)

    def _with_defaults(self, graph: Graph, links: list[tuple[RawLink, Link]]) -> Iterator[Link]:
        """The links; where a gateway of ours names another default exit than we would, that one is the default."""
        exits: dict[str, list[tuple[RawLink, Link]]] = {}
        for raw, link in links:
            exits.setdefault(raw.source, []).append((raw, link))
        default: dict[str, bool] = {}
        for source, leaving in exits.items():
            named = graph.nodes[source].element.get("default", "") if self.mark is not None else ""
            usual = next((raw.id for raw, link in leaving if link.default), leaving[-1][0].id)
            if named != usual and named in {raw.id for raw, _ in leaving}:
                default |= {link.id: raw.id == named for raw, link in leaving}
        for _, link in links:
            yield link.model_copy(update={"default": default[link.id]}) if link.id in default else link

    # ---- ids

    def _own_id(self, element: Element, said: Element | None, prefix_: str) -> str:
        if said is not None and said.get("id"):
            return said.get("id", "")
        key = element.get("id", "")
        return self._decoded(key, prefix_) if self.mark is not None else key

    @staticmethod
    def _decoded(key: str, prefix_: str) -> str:
        return decode(key[len(prefix_):]) if key.startswith(prefix_) else key

    # ---- what we wrote ourselves from the flow

    def _tell_derived(self, flow: Flow) -> None:
        """Mark what says nothing new: conditions, defaults, types and documentation that we would write again."""
        elements = elements_of(flow, self.engine)
        parts = {part.id: part for part in elements.parts}
        ways = {way.id: way for way in elements.ways}
        defaults = {elements.parts[way.source].id: way.id for way in elements.ways if way.default}
        for element in self.process.iterdescendants(f"{{{BPMN}}}*"):
            key = element.get("id", "")
            if key in parts:
                self.told.tell_part(element, parts[key], self.engine, defaults.get(key))
            elif key in ways:
                self.told.tell_way(element, ways[key], self.engine)


def _free(key: str, taken: set[str]) -> str:
    """*key*, or a longer one if that is taken."""
    while key in taken:
        key += "_"
    return key


_ROLES = (
    (Role.APPLICANT, ("申请", "客户", "applicant", "customer", "client")),
    (Role.WINDOW, ("窗口", "受理", "window", "front desk", "reception")),
    (Role.DECIDER, ("决定", "审批", "负责人", "领导", "decider", "manager", "approver")),
    (Role.REVIEWER, ("审查", "审核", "勘验", "承办", "reviewer", "clerk")),
    (Role.SYSTEM, ("系统", "平台", "system", "engine")),
    (Role.THIRD_PARTY, ("专家", "第三方", "机构", "expert", "third party")),
)


def role_by_name(name: str) -> Role:
    """The role that the name of a foreign lane suggests.

    >>> role_by_name("综合窗口"), role_by_name("Warehouse")
    (<Role.WINDOW: 'window'>, <Role.ORGAN: 'organ'>)
    """
    lower = name.lower()
    return next((role for role, words in _ROLES if any(word in lower for word in words)), Role.ORGAN)
