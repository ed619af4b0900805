"""The rows of one case in the sheets 步骤, 分支, 泳道 and 文书 → its flow, every fault at its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flowstd.base.errors import AmbiguousStep, BadElement, BadFlow, FlowstdError, UnknownStep
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text, short
from flowstd.base.where import Where
from flowstd.dsl.wording import LABEL, naming, slug, wording
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role
from flowstd.ir.model import Document, Flow, Lane, Link, Node
from flowstd.ir.office import DOCUMENTS, KINDS, OUTCOMES, ROLES, STEPS
from flowstd.item.problems import as_error
from flowstd.item.term_text import term_from

from .law_texts import Citations
from .record import NOTHING, Problems, Record
from .unsaid import (
    START,
    Ids,
    default_exits,
    lane_id,
    link_id,
    ordered_lanes,
    outcome_of,
    papers_of,
    returns,
    role_of,
    step_of,
)


@dataclass
class FlowRows:
    """What a workbook says of one flow."""

    steps: list[Record] = field(default_factory=list)
    branches: list[Record] = field(default_factory=list)
    lanes: list[Record] = field(default_factory=list)
    papers: list[Record] = field(default_factory=list)


def flow_from(rows: FlowRows, title: str, results: Iterable[str], citations: Citations, where: Where) -> Flow:
    """The flow that *rows* say; *results* are what the item issues.

    Raises: BadFlow, UnknownStep and others: one fault. ItemProblems: several; each is told at its cell.
    """
    return _Reading(rows, tuple(results), citations, where).flow(title)


class _Draft(NamedTuple):
    """A step with the row that says it."""

    node: Node
    record: Record


class _Exit(NamedTuple):
    """A link before it is known whether it goes back."""

    source: str
    target: str
    label: str
    default: bool
    said_back: bool | None
    id: str
    number: int
    where: Where


class _Reading:
    def __init__(self, rows: FlowRows, results: tuple[str, ...], citations: Citations, where: Where) -> None:
        self.rows, self.results, self.citations, self.place = rows, results, citations, where
        self.problems = Problems()
        self.lanes: dict[str, Lane] = {}                   # by id
        self.lane_names: dict[str, str] = {}               # name → id
        self.papers: dict[str, Document] = {}              # those that the sheet 文书 lists
        self.paper_names: dict[str, str] = {}              # name → id
        self.names: dict[str, str] = {}                    # id of a document → its name
        self.asked = Counter(record.get("source") for record in rows.branches)

    def flow(self, title: str) -> Flow:
        for record in self.rows.lanes:
            self.problems.of(self._listed_lane, record)
        for record in self.rows.papers:
            self.problems.of(self._listed_paper, record)
        drafts = self._drafts()
        self._stop()
        exits = self._exits(drafts)
        self._stop()
        nodes = tuple(draft.node for draft in drafts)
        derived = papers_of(nodes, self.names, self.results)
        documents = {**self.papers, **{paper.id: paper for paper in derived if paper.id not in self.papers}}
        lanes = tuple(self.lanes.values()) if self.rows.lanes else ordered_lanes(self.lanes.values())
        return Flow(title=title, lanes=lanes, nodes=nodes, links=_links(exits, nodes),
                    documents=tuple(documents.values()),
                    where=self.place)

    def _stop(self) -> None:
        if self.problems.found:
            raise as_error(self.problems.found, self.place)

    # ---- lanes and papers

    def _listed_lane(self, record: Record) -> None:
        name = record.get("name")
        self._lane(name, record, "name", record.get("id"), record.word("role", ROLES))

    def _lane(self, name: str, record: Record, cell: str, id: str = "", role: Role | None = None) -> str:
        known = name if name in self.lanes else self.lane_names.get(name)
        if known is not None and not id:
            lane = self.lanes[known]
            if role is not None and role is not lane.role:
                raise BadFlow(Text(f"泳道“{short(name)}”的角色前后不一：{ROLES[lane.role]}、{ROLES[role]}",
                                   f'lane "{short(name)}" has two roles: {lane.role}, {role}'),
                              where=record.where("role"),
                              fix=Text("统一写法", "write the same one"))
            return known
        naming(name, Text("泳道名称", "the name of a lane"), record.where(cell))
        made = Lane(id=id or lane_id(name), name=name, role=role or role_of(name), where=record.where(cell))
        if made.id in self.lanes:
            raise AmbiguousStep(Text(f"有两条泳道的标识都是“{short(made.id)}”", f'two lanes have the id "{short(made.id)}"'),
                                where=record.where("id"), fix=Text("给其中一条写不同的标识", "give one of them another id"))
        self.lanes[made.id] = made
        self.lane_names.setdefault(name, made.id)
        return made.id

    def _lane_of(self, record: Record) -> str:
        return self._lane(record.get("lane"), record, "lane", role=record.word("role", ROLES))

    def _listed_paper(self, record: Record) -> None:
        name = wording(record.get("name"), Text("文书名称", "the name of a document"), record.where("name"))
        id = record.get("id") or slug(name) or name
        if id in self.papers:
            raise AmbiguousStep(Text(f"有两份文书的标识都是“{short(id)}”", f'two documents have the id "{short(id)}"'),
                                where=record.where("id"), fix=Text("给其中一份写不同的标识", "give one of them another id"))
        kind = record.word("kind", DOCUMENTS) or DocumentKind.NOTICE
        self.papers[id] = Document(id=id, name=name, kind=kind, where=record.where())
        self.names[id] = name
        self.paper_names.setdefault(name, id)

    def _papers(self, record: Record, cell: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._paper(name, record.where(cell)) for name in record.many(cell)))

    def _paper(self, name: str, where: Where) -> str:
        known = name if name in self.papers else self.paper_names.get(name)
        if known is not None:
            return known
        wording(name, Text("文书名称", "the name of a document"), where)
        id = slug(name) or name
        if self.names.get(id, name) != name:
            raise BadFlow(Text(f"同一份文件有两种写法：“{short(self.names[id])}”和“{short(name)}”",
                               f'one document is spelt in two ways: "{short(self.names[id])}" and "{short(name)}"'),
                          where=where,
                          fix=Text("统一写法", "spell it in one way"))
        self.names[id] = name
        self.paper_names[name] = id
        return id

    # ---- steps

    def _drafts(self) -> list[_Draft]:
        drafts: list[_Draft] = []
        taken: dict[str, Record] = {}
        ids = Ids()
        for record in self.rows.steps:
            node = self.problems.of(self._node, record, ids)
            if node is None:
                continue
            if node.id in taken:
                self.problems.found.append(_twice(node, taken[node.id], record))
                continue
            taken[node.id] = record
            drafts.append(_Draft(node, record))
        if drafts and all(draft.node.kind is not Kind.START for draft in drafts):
            first = drafts[0]
            start = Node(id=START, kind=Kind.START, label="开始", lane=first.node.lane, where=first.node.where)
            drafts.insert(0, _Draft(start, Record({}, first.record.row, first.record.sheet, first.record.columns)))
        return drafts

    def _node(self, record: Record, ids: Ids) -> Node:
        """The step that *record* says; all that is wrong with it is told at once."""
        problems = Problems()
        outcome = problems.of(record.word, "outcome", OUTCOMES)
        kind = problems.of(record.word, "kind", KINDS) or self._kind(record, outcome)
        lane = problems.of(self._lane_of, record)
        label = problems.of(_label, record, kind) or ""
        if kind is Kind.END:
            outcome = outcome or outcome_of(label)
        about: dict[str, Any] = {
            "step": problems.of(_step, record, kind, label),
            "within": problems.of(record.made, "within", term_from),
            "excluded_by": problems.of(record.made, "excluded_by", self.citations.source),
            "takes": problems.of(self._papers, record, "takes") or (),
            "issues": problems.of(self._papers, record, "issues") or (),
            "onsite": bool(problems.of(record.yes, "onsite")),
        }
        if problems.found:
            raise as_error(problems.found, record.where())
        id = ids.next(kind, lane or "", label, outcome)
        id = record.get("id") or id
        if not id:
            raise BadFlow(Text("没有名称的判断要写标识", "a decision without a name needs an id"), where=record.where("id"),
                          fix=Text("写步骤名称，或写标识", "give it a name or an id"))
        return Node(id=id, kind=kind, label=label, lane=lane or "", outcome=outcome,
                    bases=tuple(map(self.citations.source, record.many("bases"))), criteria=record.get("criteria"),
                    post=record.get("post"), calls=record.get("calls"), group=record.get("group"),
                    note=record.get("note"),
                    where=record.where("label"), **about)

    def _kind(self, record: Record, outcome: Outcome | None) -> Kind:
        if outcome is not None:
            return Kind.END
        label, lane = record.get("label"), record.get("lane")
        branches = sum(self.asked[name] for name in {label, f"{lane}/{label}", record.get("id")} if name)
        return Kind.DECISION if branches > 1 else Kind.TASK

    # ---- links

    def _exits(self, drafts: Sequence[_Draft]) -> list[_Exit]:
        names = _Names([draft.node for draft in drafts], self.lanes)
        branches: dict[str, list[Record]] = {draft.node.id: [] for draft in drafts}
        for record in self.rows.branches:
            source = self.problems.of(names.id, record.get("source"), record.where("source"))
            if source is not None:
                branches[source].append(record)
        exits: list[_Exit] = []
        for number, (node, record) in enumerate(drafts):
            following = drafts[number + 1].node.id if number + 1 < len(drafts) else ""
            exits += self.problems.of(self._exits_of, node, record, branches[node.id], following, names) or ()
        return exits

    def _exits_of(self, node: Node, record: Record, branches: list[Record], following: str,
                  names: _Names) -> list[_Exit]:
        if node.kind is Kind.END and (branches or record.get("next")):
            raise BadFlow(Text("结束之后不能再有步骤", "nothing may follow an end"), where=record.where("next"),
                          fix=Text("删去“下一步”和分支", "remove what follows"))
        if branches:
            if record.get("next"):
                raise BadFlow(Text("写了分支，就不能再写“下一步”", "a step with branches has no other next step"),
                              where=record.where("next"), fix=Text("删去“下一步”", "remove it"))
            return self._branches(node, branches, names)
        if node.kind is Kind.END or record.get("next") == NOTHING:
            return []
        if record.get("next"):
            where = record.where("next")
            return [_Exit(node.id, names.id(name, where), "", False, None, "", 0, where)
                    for name in record.many("next")]
        if node.kind is Kind.DECISION and node.label:
            raise BadFlow(Text(f"判断“{short(node.label)}”没有分支", f'the decision "{short(node.label)}" has no branches'),
                          where=record.where("label"),
                          fix=Text("在“分支”表里给每个答案写一行", "give each answer a row in the sheet 分支"))
        if not following:
            raise BadFlow(Text(f"流程没有结束：“{short(node.label)}”之后没有步骤",
                               f'the process does not end: nothing follows "{short(node.label)}"'),
                          where=record.where("next"),
                          fix=Text("写“下一步”，或在最后加一行“结束”并填办结状态",
                                   "say what comes next, or add a row for the end with its outcome"))
        return [_Exit(node.id, following, "", False, None, "", 0, record.where("label"))]

    def _branches(self, node: Node, branches: list[Record], names: _Names) -> list[_Exit]:
        problems, found = Problems(), []
        said = [problems.of(record.yes, "default") for record in branches]
        for record, default in zip(branches, default_exits(node.kind, said), strict=True):
            made = problems.of(self._branch, node, record, default, names)
            if made is not None:
                found.append(made)
        if problems.found:
            raise as_error(problems.found, branches[0].where())
        return found

    def _branch(self, node: Node, record: Record, default: bool, names: _Names) -> _Exit:
        label, number = record.get("label"), record.get("number")
        if label:
            wording(label, Text("分支名称", "the label of a branch"), record.where("label"))
        elif node.kind is Kind.DECISION and not record.get("id"):
            raise BadFlow(Text("分支没有名称", "the branch has no label"), where=record.where("label"),
                          fix=Text("写 是、否 等", "write 是, 否 or another answer"))
        if number and not (number.isdecimal() and len(number) < 10):
            raise BadElement(Text(f"序号“{number[:20]}”不是整数", f'"{number[:20]}" is no whole number'),
                             where=record.where("number"))
        target = names.id(record.get("target"), record.where("target"))
        return _Exit(node.id, target, label, default, record.yes("back"), record.get("id"), int(number or 0),
                     record.where("label"))


def _links(exits: Sequence[_Exit], nodes: Sequence[Node]) -> tuple[Link, ...]:
    back = returns([(one.source, one.target) for one in exits], (node.id for node in nodes))
    links = [(one.number, Link(id=one.id or link_id(one.source, one.label, one.target), source=one.source,
                               target=one.target,
                               label=one.label, default=one.default, where=one.where,
                               back=goes_back if one.said_back is None else one.said_back))
             for one, goes_back in zip(exits, back, strict=True)]
    return tuple(link for _, link in sorted(links, key=lambda pair: pair[0]))


class _Names:
    """What cells may call each step: its name, ``泳道/名称``, or its id."""

    def __init__(self, nodes: Iterable[Node], lanes: Mapping[str, Lane]) -> None:
        self.lanes = lanes
        self.nodes = {node.id: node for node in nodes}
        self.exact: dict[str, list[str]] = {}
        self.alike: dict[str, list[str]] = {}
        for node in self.nodes.values():
            for name in spelt(node, lanes[node.lane].name):
                self.exact.setdefault(name, []).append(node.id)
            self.alike.setdefault(slug(node.label), []).append(node.id)

    def id(self, name: str, where: Where) -> str:
        """The step called *name*. Raises UnknownStep, AmbiguousStep."""
        if name in self.nodes:
            return name
        found = self.exact.get(name) or (self.alike.get(slug(name), []) if slug(name) else [])
        if len(found) == 1:
            return found[0]
        if found:
            ways = "、".join(self._way(self.nodes[one]) for one in found)
            raise AmbiguousStep(Text(f"有 {len(found)} 个步骤叫“{short(name)}”",
                                     f'{len(found)} steps are called "{short(name)}"'),
                                where=where, fix=Text(f"写成：{ways}", f"write one of: {ways}"))
        if not name:
            raise UnknownStep(Text("没有写步骤", "no step is named"), where=where,
                              fix=Text("写步骤名称", "write the name of a step"))
        raise UnknownStep(Text(f"没有叫“{short(name)}”的步骤", f'there is no step "{short(name)}"'), where=where,
                          fix=did_you_mean(name, [node.label for node in self.nodes.values() if node.label]))

    def _way(self, node: Node) -> str:
        qualified = f"{self.lanes[node.lane].name}/{node.label}"
        return qualified if len(self.exact.get(qualified, ())) == 1 else node.id


def spelt(node: Node, lane: str) -> tuple[str, ...]:
    """The names of *node* besides its id."""
    return (node.label, f"{lane}/{node.label}") if node.label else ()


def _label(record: Record, kind: Kind) -> str:
    label = record.get("label")
    if not label and kind is Kind.START:
        return "开始"
    if not label and (kind in (Kind.SPLIT, Kind.JOIN) or record.get("id")):
        return ""
    if not label and kind is Kind.END:
        return record.get("outcome")
    return wording(label, LABEL, record.where("label"))


def _step(record: Record, kind: Kind, label: str) -> Any:
    if record.get("step") == NOTHING:
        return None
    return record.word("step", STEPS) or step_of(kind, label)


def _twice(node: Node, first: Record, second: Record) -> FlowstdError:
    return AmbiguousStep(
        Text(f"步骤“{short(node.label or node.id)}”写了两次（另一个在 {first.where('label')}）",
             f'the step "{short(node.label or node.id)}" is given twice (the other: {first.where("label")})'),
        where=second.where("label"),
        fix=Text("同一步骤只写一行，别处用“下一步”指到它；确是两个步骤的，给其中一个写标识",
                 "give one step one row and lead to it from elsewhere; two different steps need different ids"))
