"""What a screen reader says of a chart: every step in order, who acts, how long it may take, where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.ir.graph import merges
from flowstd.ir.kinds import Kind

from .measure import clean
from .page import Spoken

if TYPE_CHECKING:
    from flowstd.ir.model import Flow, Link, Node
    from flowstd.standard.edition import Edition


def described(flow: Flow, title: str, rules: Edition) -> str:
    """The whole chart in one sentence."""
    steps = sum(node.kind in (Kind.TASK, Kind.DECISION, Kind.CALL) and not merges(flow, node) for node in flow.nodes)
    lanes = rules.words.step.paper_join.join(clean(lane.name) for lane in flow.lanes)
    return rules.words.spoken.chart.format(title=title, steps=steps, lanes=lanes)


def spoken(flow: Flow, rules: Edition) -> tuple[Spoken, ...]:
    """Every node in words, in declaration order, which is the order of the story."""
    lanes = {lane.id: lane.name for lane in flow.lanes}
    names = {node.id: _name(flow, node, rules) for node in flow.nodes}
    return tuple([Spoken(clean(_said(flow, node, names[node.id], lanes[node.lane], rules)),
                         clean(_leads(flow.exits[node.id], names, rules))) for node in flow.nodes])


def _name(flow: Flow, node: Node, rules: Edition) -> str:
    words = rules.words.spoken
    if merges(flow, node):
        return words.merge
    if node.kind is Kind.SPLIT:
        return node.label or words.split
    return node.label or (words.join if node.kind is Kind.JOIN else node.id)


def _said(flow: Flow, node: Node, name: str, lane: str, rules: Edition) -> str:
    words, documents = rules.words.spoken, flow.document_by_id
    facts = [lane]
    if node.kind in (Kind.START, Kind.END, Kind.DECISION) and not merges(flow, node):
        facts.append({"start": words.start, "end": words.end, "decision": words.decision}[node.kind.value])
    if node.post:
        facts.append(words.post.format(post=node.post))
    if node.within:
        facts.append(words.term.format(term=node.within.zh))
    join = rules.words.step.paper_join
    if node.takes:
        facts.append(words.takes.format(papers=join.join(documents[paper].name for paper in node.takes)))
    if node.issues:
        facts.append(words.issues.format(papers=join.join(documents[paper].name for paper in node.issues)))
    if node.excluded_by:
        facts.append(words.excluded)
    if node.bases:
        facts.append(words.bases.format(bases=join.join(source.zh for source in node.bases)))
    if node.note:
        facts.append(node.note)
    return words.step.format(name=name, facts=words.between.join(facts))


def _leads(links: tuple[Link, ...], names: dict[str, str], rules: Edition) -> str:
    words = rules.words.spoken
    return words.between.join([words.leads_if.format(label=link.label, target=names[link.target]) if link.label
                               else words.leads.format(target=names[link.target]) for link in links])
