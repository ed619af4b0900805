"""The applicant's chart (办事流程图) from the office's own (运行流程图): what goes on inside is seen as one step.

Seen as it is: all that the applicant does, is told, is served or takes part
in; every question with a consequence outside; acceptance, decision and every
end. Between those, the steps of one organ become one, with the same limit.
Who examines and who decides are posts of one office: they share a lane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.ir.graph import extends
from flowstd.ir.kinds import DocumentKind, Kind, Role, StepKind
from flowstd.ir.model import Flow, Lane, Node
from flowstd.standard.edition import NEWEST, load

from .collapse import Box, collapsed
from .counter import AFTERWARDS, BACK_OFFICE, served

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition

INSIDE = (                       # what an office does among itself
    StepKind.EXAMINE, StepKind.PRELIMINARY, StepKind.FORWARD, StepKind.REVIEW, StepKind.CERTIFY, StepKind.PUBLISH,
    StepKind.ARCHIVE, StepKind.HANDLE,
)


def external_view(flow: Flow, edition: str = NEWEST) -> Flow:
    """*flow* as its applicant meets it: the same contacts, outcomes and limits, fewer steps.

    Posts, criteria and papers that stay inside are the office's own and left out. A flow in which nothing goes on
    inside comes back with the same steps.

    >>> from flowstd.dsl import applicant, decider, end, flow_of, reviewer, window, workdays
    >>> flow = flow_of(applicant.submit("提交申请") >> window.accept("受理") >> reviewer.examine("初核", within=workdays(2))
    ...                >> reviewer.examine("复核", within=workdays(3)) >> decider.decide("作出决定") >> end.granted)
    >>> [(node.label, node.within.zh if node.within else "") for node in external_view(flow).nodes]
    [('开始', ''), ('提交申请', ''), ('受理', ''), ('审查', '5个工作日'), ('作出决定', ''), ('办结', '')]
    """
    while (seen := _seen(flow, edition)) != flow:             # what is put together may be part of a service in turn
        flow = seen
    return flow


def _seen(flow: Flow, edition: str) -> Flow:
    rules, flow = load(edition), served(flow)
    results = frozenset(paper.id for paper in flow.documents if paper.kind is DocumentKind.RESULT)
    boxes, links = collapsed(flow, _Organs(flow).of)
    nodes = tuple([_node(box, results, rules) for box in boxes])
    lanes, of = _lanes(flow, {node.lane for node in nodes}, rules)
    home = next((lane.id for lane in lanes if lane.role is Role.APPLICANT), "")
    papers = {paper for node in nodes for paper in (*node.takes, *node.issues)}
    return Flow(title=flow.title, lanes=lanes, links=links, where=flow.where,
                nodes=tuple([_standing(node, of, home) for node in nodes]),
                documents=tuple([paper for paper in flow.documents if paper.id in papers]))


def _standing(node: Node, of: dict[str, str], home: str) -> Node:
    """*node* in its lane; a case ends where it began, with the applicant."""
    lane = home if home and node.kind is Kind.END else of[node.lane]
    return node if node.lane == lane else node.model_copy(update={"lane": lane})


def _lanes(flow: Flow, used: set[str], rules: Edition) -> tuple[tuple[Lane, ...], dict[str, str]]:
    """The lanes that are *used*, those of the back office as one; and the lane of each lane's steps."""
    lanes: list[Lane] = []
    of: dict[str, str] = {}
    office = ""
    for lane in flow.lanes:
        if lane.id not in used:
            continue
        if lane.role not in BACK_OFFICE:
            lanes.append(lane)
        elif not office:
            office = lane.id
            lanes.append(lane.model_copy(update={"name": rules.words.view.office, "role": Role.REVIEWER}))
        of[lane.id] = office if lane.role in BACK_OFFICE else lane.id
    return tuple(lanes), of


class _Organs:
    """Who acts at a node behind the counter; "" where the applicant sees it as it is."""

    def __init__(self, flow: Flow) -> None:
        self.roles = {lane.id: lane.role for lane in flow.lanes}
        self.materials = frozenset(paper.id for paper in flow.documents if paper.kind is DocumentKind.MATERIAL)

    def of(self, node: Node) -> str:
        """The organ, by its lane; the posts of the authority itself are one."""
        role = self.roles[node.lane]
        if not self._inside(node, role):
            return ""
        return node.lane if role in (Role.ORGAN, Role.WINDOW) else Role.REVIEWER

    def _inside(self, node: Node, role: Role) -> bool:
        if (node.kind not in (Kind.TASK, Kind.DECISION) or node.onsite
                or extends(node)                                   # it has its own bounds, and the applicant is told
                or not self.materials.isdisjoint(node.takes)):
            return False
        if role is Role.WINDOW:
            return node.step in AFTERWARDS                         # what it does behind the counter
        return (role in BACK_OFFICE or role is Role.ORGAN) and (node.step is None or node.step in INSIDE)


def _node(box: Box, results: frozenset[str], rules: Edition) -> Node:
    """The node of the applicant's chart: as it was without the office's own words, or one for several."""
    issued = dict.fromkeys(paper for step in box.steps for paper in step.issues if paper in results)
    if box.steps == (box.node,) and box.kind is box.node.kind:
        return box.node.model_copy(update={"post": "", "criteria": "",
                                           "issues": tuple(issued) if box.organ else box.node.issues})
    bases = dict.fromkeys(source for step in box.steps for source in step.bases)
    groups = {step.group for step in box.steps}
    return Node(
        id=box.node.id, kind=box.kind, label=_label(box, rules), lane=box.node.lane, step=_kind(box), within=box.within,
        excluded_by=next((step.excluded_by for step in box.steps if step.excluded_by), None), issues=tuple(issued),
        bases=tuple(bases), group=groups.pop() if len(groups) == 1 else "", where=box.node.where)


def _label(box: Box, rules: Edition) -> str:
    """What several steps are called together: by the parallel part they were, by their one name, or by what is done."""
    names = {step.label for step in box.steps}
    if box.name or len(names) == 1:
        return box.name or names.pop()
    words = rules.words.view
    done = dict.fromkeys(getattr(words, step.step) for step in box.steps
                         if step.step in INSIDE and step.step is not StepKind.HANDLE)
    return rules.words.step.paper_join.join(done) or words.handle


def _kind(box: Box) -> StepKind:
    """What several steps do together: the first thing that is more than handling or what follows a service."""
    done = [step.step for step in box.steps if step.step in INSIDE]
    found = [step for step in done if step is not StepKind.HANDLE and step not in AFTERWARDS]
    return found[0] if found else StepKind.HANDLE if StepKind.HANDLE in done or not done else done[0]
