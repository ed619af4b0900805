"""A flow as a table of its steps: what is done, by whom, how long, with which papers, and what follows."""

from __future__ import annotations

from typing import NamedTuple

from flowstd.base.text import Text
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow, Node
from flowstd.layout.spoken import spoken
from flowstd.standard.edition import NEWEST, load

SHOWN = (Kind.TASK, Kind.DECISION, Kind.CALL)
HEADS = (Text("序号", "No."), Text("环节", "Step"), Text("办理主体", "Who"), Text("时限", "Limit"), Text("材料", "Takes"),
         Text("文书", "Issues"), Text("依据", "Law"), Text("去向", "Leads to"))


class StepRow(NamedTuple):
    """One step in words; what it has not is empty."""

    number: str
    name: str
    lane: str
    within: str
    takes: str
    issues: str
    law: str
    leads: str


def step_rows(flow: Flow, edition: str = NEWEST) -> tuple[StepRow, ...]:
    """Every step and decision of *flow*, in the order of the story.

    >>> from flowstd.dsl import applicant, end, flow_of, window, workdays
    >>> rows = step_rows(flow_of(applicant.submit("提交申请") >> window.accept("受理", within=workdays(1)) >> end.done))
    >>> rows[1][:4], rows[1].leads
    (('2', '受理', '窗口', '1个工作日'), '下一步：办结')
    """
    rules = load(edition)
    words = rules.words.spoken
    said = zip(flow.nodes, spoken(flow, rules), strict=True)
    shown = [(node, told.leads) for node, told in said if node.kind in SHOWN]
    lanes = {lane.id: lane.name for lane in flow.lanes}
    join = rules.words.step.paper_join
    return tuple(StepRow(
        number=str(number), name=_name(flow, node, words.leads_if), lane=lanes[node.lane],
        within=_within(node, rules.words.step.excluded),
        takes=join.join(flow.document_by_id[paper].name for paper in node.takes),
        issues=join.join(flow.document_by_id[paper].name for paper in node.issues),
        law=join.join(base.zh for base in node.bases), leads=leads,
    ) for number, (node, leads) in enumerate(shown, 1))


def _name(flow: Flow, node: Node, form: str) -> str:
    """What a step is called, after the conditions of the parallel branches that begin with it: bars have no row."""
    name, at, passed = node.label, node.id, set[str]()
    while len(flow.entries[at]) == 1 and at not in passed:
        (link,) = flow.entries[at]
        if flow.node_by_id[link.source].kind is not Kind.SPLIT:
            break
        name = form.format(label=link.label, target=name) if link.label else name
        passed.add(at)
        at = link.source
    return name


def _within(node: Node, excluded: str) -> str:
    return (node.within.zh if node.within else "") + (excluded if node.excluded_by else "")
