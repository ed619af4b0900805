"""What a screen reader says of a chart: every step in order, who acts, how long it may take, where it leads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from flowstd.ir.graph import merges
from flowstd.ir.kinds import CALL, DECISION, END, JOIN, SPLIT, START, TASK

from .measure import clean
from .page import Spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from flowstd.ir.model import Flow, Node
    from flowstd.standard.edition import Edition, SpokenWords

_STEPS = (TASK, DECISION, CALL)


class Extent(NamedTuple):
    """How many steps a chart has, and who takes part."""

    steps: int
    lanes: str


def extent_of(flow: Flow, rules: Edition) -> Extent:
    """The extent of *flow*."""
    return Extent(len([node for node in flow.nodes if node.kind in _STEPS and not merges(flow, node)]),
                  rules.words.step.paper_join.join([clean(lane.name) for lane in flow.lanes]))


def described(extent: Extent, title: str, rules: Edition) -> str:
    """The whole chart in one sentence."""
    return rules.words.spoken.chart.format(title=title, steps=extent.steps, lanes=extent.lanes)


def spoken(flow: Flow, rules: Edition) -> tuple[Spoken, ...]:
    """Every node in words, in declaration order, which is the order of the story."""
    words, join = rules.words.spoken, rules.words.step.paper_join
    between, step = words.between, _with(words.step, "name", "facts")
    leads, leads_if = _with(words.leads, "target"), _with(words.leads_if, "label", "target")
    lanes = {lane.id: lane.name for lane in flow.lanes}
    names = {node.id: node.label or _unlabelled(flow, node, words) for node in flow.nodes}
    ways: dict[str, list[str]] = {id_: [] for id_ in names}
    for link in flow.links:
        label, target = link.label, names[link.target]
        ways[link.source].append(leads_if(label, target) if label else leads(target))
    return tuple([Spoken(clean(step(name, between.join(_facts(flow, node, lanes[node.lane], words, join)))),
                         clean(between.join(leading)))
                  for node, name, leading in zip(flow.nodes, names.values(), ways.values(), strict=True)])


@cache
def _with(template: str, *names: str) -> Callable[..., str]:
    """What fills in *template*, in the order of *names*: values by number take half the time of values by name."""
    for number, name in enumerate(names):
        template = template.replace(f"{{{name}}}", f"{{{number}}}")
    return template.format


def _unlabelled(flow: Flow, node: Node, words: SpokenWords) -> str:
    if merges(flow, node):
        return words.merge
    return {SPLIT: words.split, JOIN: words.join}.get(node.kind, node.id)


def _facts(flow: Flow, node: Node, lane: str, words: SpokenWords, join: str) -> list[str]:
    kind, facts = node.kind, [lane]
    if kind is START:
        facts.append(words.start)
    elif kind is END:
        facts.append(words.end)
    elif kind is DECISION and not merges(flow, node):
        facts.append(words.decision)
    if node.post:
        facts.append(words.post.format(post=node.post))
    if node.within:
        facts.append(words.term.format(term=node.within.zh))
    if node.takes:
        facts.append(words.takes.format(papers=join.join([flow.document_by_id[paper].name for paper in node.takes])))
    if node.issues:
        facts.append(words.issues.format(papers=join.join([flow.document_by_id[paper].name for paper in node.issues])))
    if node.excluded_by:
        facts.append(words.excluded)
    if node.bases:
        facts.append(words.bases.format(bases=join.join([source.zh for source in node.bases])))
    if node.note:
        facts.append(node.note)
    return facts
