"""Whether two flows are alike, and what flow a text of ours makes."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from flowstd.base.legal import Evidence, LegalSource
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Document, Flow, Lane, Link, Node

from .evaluate import evaluate


def compiled(text: str) -> Flow:
    """The flow that a text of ours makes; nothing in it is run that is not a word of the DSL."""
    flow = evaluate(text, _words())["flow"]
    assert isinstance(flow, Flow)
    return flow


@cache
def _words() -> dict[str, Any]:
    from flowstd import dsl

    values = (
        date,
        Evidence,
        LegalSource,
        DocumentKind,
        Kind,
        Outcome,
        Role,
        StepKind,
        Document,
        Flow,
        Lane,
        Link,
        Node,
    )
    return {name: getattr(dsl, name) for name in dsl.__all__} | {value.__name__: value for value in values}


def same(one: Flow, two: Flow) -> bool:
    """Whether two flows are alike but for their ids, the name of the start, lanes of ends and what is said twice."""
    return _essence(one) == _essence(two)


def _essence(flow: Flow) -> object:
    lanes = {lane.id: (lane.name, lane.role.value) for lane in flow.lanes}
    papers = {document.id: document.name for document in flow.documents}
    keys = _keys(flow, lanes)
    nodes = sorted(
        (
            keys[node.id],
            node.step or StepKind.HANDLE,
            str(node.within),
            str(node.excluded_by),
            tuple(papers[one] for one in node.takes),
            tuple(papers[one] for one in node.issues),
            str(node.bases),
            node.criteria,
            node.post,
            node.onsite,
            node.calls,
            node.note,
            _known_group(node),
        )
        for node in flow.nodes
        if node.kind not in (Kind.START, Kind.JOIN) and not _merges(flow, node)
    )
    links = sorted((keys[link.source], keys[_passed(flow, link.target)], link.label) for link in flow.links
                   if not _merges(flow, flow.node_by_id[link.source]))
    return (
        flow.title,
        nodes,
        links,
        sorted((document.name, document.kind) for document in flow.documents if _used(flow, document.id)),
    )


def _known_group(node: Node) -> str:
    return node.group if node.kind is not Kind.END else ""


def _used(flow: Flow, document: str) -> bool:
    return any(document in (*node.takes, *node.issues) for node in flow.nodes)


def _merges(flow: Flow, node: Node) -> bool:
    """A nameless decision with one exit says nothing but that links meet."""
    exits = flow.exits[node.id]
    return node.kind is Kind.DECISION and len(exits) == 1 and not exits[0].label and not node.label


def _passed(flow: Flow, target: str) -> str:
    seen: set[str] = set()
    while _merges(flow, flow.node_by_id[target]) and target not in seen:
        seen.add(target)
        target = flow.exits[target][0].target
    return target


def _keys(flow: Flow, lanes: dict[str, tuple[str, str]]) -> dict[str, str]:
    """A name for each node that does not depend on its id: kind, lane and label, numbered in walking order."""
    count: dict[str, int] = {}
    keys: dict[str, str] = {}
    waiting = [node.id for node in flow.nodes if node.kind is Kind.START] or [flow.nodes[0].id]
    order: dict[str, None] = {}
    while waiting:
        at = waiting.pop()
        if at not in order:
            order[at] = None
            waiting += [link.target for link in reversed(flow.exits[at])]
    for name in (*order, *(node.id for node in flow.nodes if node.id not in order)):
        node = flow.node_by_id[name]
        said = "" if node.kind in (Kind.START, Kind.SPLIT, Kind.JOIN) else node.label
        where = "" if node.kind in (Kind.START, Kind.END, Kind.SPLIT, Kind.JOIN, Kind.CALL) else str(lanes[node.lane])
        key = f"{node.kind.value}|{node.outcome or ''}|{where}|{said}"
        count[key] = count.get(key, 0) + (0 if node.kind is Kind.END else 1)
        keys[name] = f"{key}|{count[key]}"
    return keys
