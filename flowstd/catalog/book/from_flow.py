"""A flow → its rows in the sheets 步骤, 分支, 泳道 and 文书; what follows by itself is left blank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from flowstd.base.term import Term
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow, Link, Node
from flowstd.ir.office import DOCUMENTS, KINDS, OUTCOMES, ROLES, STEPS
from flowstd.item.term_text import term_from

from .law_texts import Citations
from .record import NOTHING, joined
from .to_flow import spelt
from .unsaid import Ids, default_exits, lane_id, link_id, ordered_lanes, papers_of, returns, role_of, step_of

Row = dict[str, str]


def rows_of(flow: Flow, results: Iterable[str], citations: Citations) -> dict[str, list[Row]]:
    """Sheet → rows of *flow*; *results* are what the item issues."""
    return _Writing(flow, tuple(results), citations).sheets()


def term_words(term: Term) -> str:
    """*term* so that it is read back as it is.

    >>> from flowstd.base.term import hours, workdays
    >>> term_words(workdays(5)), term_words(workdays(0)), term_words(hours(0))
    ('5个工作日', '当场', '0小时')
    """
    return term.zh if term_from(term.zh) == term else f"{term.count}{term.unit.zh}"


class _Writing:
    def __init__(self, flow: Flow, results: tuple[str, ...], citations: Citations) -> None:
        self.flow, self.results, self.citations = flow, results, citations
        self.lanes = {lane.id: lane for lane in flow.lanes}
        self.lane_counts = Counter(lane.name for lane in flow.lanes)
        self.paper_counts = Counter(paper.name for paper in flow.documents)
        self.used = Counter(name for node in flow.nodes for name in spelt(node, self.lanes[node.lane].name))
        back = returns([(link.source, link.target) for link in flow.links], flow.node_by_id)
        self.goes_back = {link.id: goes for link, goes in zip(flow.links, back, strict=True)}
        self.numbers = {link.id: str(number) for number, link in enumerate(flow.links, 1)}
        self.in_order = flow.links == tuple(link for node in flow.nodes for link in flow.exits[node.id])

    def sheets(self) -> dict[str, list[Row]]:
        steps: list[Row] = []
        branches: list[Row] = []
        ids = Ids()
        following = [*(node.id for node in self.flow.nodes[1:]), ""]
        for node, after in zip(self.flow.nodes, following, strict=True):
            row = self._step(node, ids)
            exits = self.flow.exits[node.id]
            if self.in_order and all(map(self._is_plain, exits)):
                row["next"] = self._next(node, exits, after)
            else:
                branches += self._branches(node, exits)
                row["next"] = "" if exits or node.kind is Kind.END else NOTHING
            steps.append({name: text for name, text in row.items() if text})
        return {"步骤": steps, "分支": branches, "泳道": self._lanes(), "文书": self._papers()}

    def _step(self, node: Node, ids: Ids) -> Row:
        grown = ids.next(node.kind, node.lane, node.label, node.outcome)
        step = STEPS[node.step] if node.step else ""
        if not step and step_of(node.kind, node.label) is not None:
            step = NOTHING
        lane = self.lanes[node.lane]
        return {
            "lane": self._lane(node.lane), "label": node.label, "kind": KINDS[node.kind], "step": step,
            "within": term_words(node.within) if node.within else "",
            "takes": joined(map(self._paper, node.takes)), "issues": joined(map(self._paper, node.issues)),
            "bases": joined(map(self.citations.text, node.bases)),
            "excluded_by": self.citations.text(node.excluded_by) if node.excluded_by else "",
            "onsite": _yes(True) if node.onsite else "", "criteria": node.criteria, "post": node.post,
            "note": node.note,
            "outcome": OUTCOMES[node.outcome] if node.outcome else "", "calls": node.calls,
            "role": ROLES[lane.role] if lane.role is not role_of(lane.name) else "", "group": node.group,
            "id": node.id if node.id != grown else "",
        }

    # ---- where a step leads

    def _is_plain(self, link: Link) -> bool:
        return (not link.label and not link.default and link.id == link_id(link.source, "", link.target)
                and link.back == self.goes_back[link.id])

    def _next(self, node: Node, exits: tuple[Link, ...], after: str) -> str:
        if not exits:
            return "" if node.kind is Kind.END else NOTHING
        asks = node.kind is Kind.DECISION and node.label
        if len(exits) == 1 and exits[0].target == after and not asks:
            return ""
        return joined(self._name(link.target) for link in exits)

    def _branches(self, node: Node, exits: tuple[Link, ...]) -> list[Row]:
        defaults = _said_defaults(node.kind, [link.default for link in exits])
        rows = []
        for link, default in zip(exits, defaults, strict=True):
            grown = link.id == link_id(link.source, link.label, link.target)
            row = {"source": self._name(node.id), "label": link.label, "target": self._name(link.target),
                   "default": default,
                   "back": "" if link.back == self.goes_back[link.id] else _yes(link.back),
                   "id": "" if grown and (link.label or node.kind is not Kind.DECISION) else link.id,
                   "number": "" if self.in_order else self.numbers[link.id]}
            rows.append({name: text for name, text in row.items() if text})
        return rows

    def _name(self, id: str) -> str:
        """The shortest name of a step that is its alone."""
        node = self.flow.node_by_id[id]
        if node.label == node.label.strip() != NOTHING:
            for name in spelt(node, self.lanes[node.lane].name):
                if self.used[name] == 1 and name not in self.flow.node_by_id:
                    return name
        return id

    # ---- lanes and papers

    def _lane(self, id: str) -> str:
        name = self.lanes[id].name
        return name if self.lane_counts[name] == 1 and (name == id or name not in self.lanes) else id

    def _lanes(self) -> list[Row]:
        nodes = self.flow.nodes
        met = ordered_lanes(self.lanes[lane] for lane in dict.fromkeys(node.lane for node in nodes))
        if met == self.flow.lanes and all(lane.id == lane_id(lane.name) for lane in met):
            return []
        return [{"name": lane.name, "role": ROLES[lane.role], "id": lane.id} for lane in self.flow.lanes]

    def _paper(self, id: str) -> str:
        name = self.flow.document_by_id[id].name
        known = self.flow.document_by_id
        return name if self.paper_counts[name] == 1 and (name == id or name not in known) else id

    def _papers(self) -> list[Row]:
        papers = self.flow.documents
        names = {paper.id: paper.name for paper in papers}
        met = papers_of(self.flow.nodes, names, self.results)
        if met == papers and all(paper.id == lane_id(paper.name) for paper in papers):
            return []
        return [{"name": paper.name, "kind": DOCUMENTS[paper.kind], "id": paper.id} for paper in papers]


def _said_defaults(kind: Kind, defaults: list[bool]) -> list[str]:
    """What the exits of a node must say so that ``default_exits`` gives *defaults*."""
    if default_exits(kind, [None] * len(defaults)) == defaults:
        return [""] * len(defaults)
    if any(defaults):
        return ["是" if default else "" for default in defaults]
    return [*[""] * (len(defaults) - 1), "否"]


def _yes(value: bool) -> str:
    return "是" if value else "否"
