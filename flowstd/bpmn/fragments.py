"""Which fragments of a flow stand as embedded sub-processes: those of which BPMN says just what the flow says.

One lane does all of it, it is entered at one step and left for one, nothing in
it ends the case or runs in parallel, so one token goes in and one comes out.
Other fragments stay what they are on the chart: steps in their lanes, whose
name stands in the extension elements.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import NamedTuple

from flowstd.ir.kinds import Kind, Role
from flowstd.ir.model import Flow, Node

_PLAIN = frozenset({Kind.TASK, Kind.DECISION, Kind.CALL})


class Fragment(NamedTuple):
    """Some steps in a row, in the order of the flow, that are one sub-process."""

    name: str                        # the last part of its group
    nodes: tuple[str, ...]           # ids
    entry: str
    target: str                      # the node it is left for


def fragments_of(flow: Flow) -> tuple[Fragment, ...]:
    """The fragments of *flow* that stand as sub-processes, in its order; outer ones before those inside them.

    >>> from flowstd.dsl import applicant, end, flow_of, fragment, window
    >>> handed = fragment("颁证与送达", window.certify("制证") >> window.deliver("送达"))
    >>> [one.nodes for one in fragments_of(flow_of(applicant.submit("申请") >> handed >> end.granted))]
    [('窗口/制证', '窗口/送达')]
    """
    grouped = [node for node in flow.nodes if node.group]
    if not grouped:
        return ()
    found: list[Fragment] = []
    taken: set[str] = set()
    deepest = max(len(_names(node)) for node in grouped)
    for depth in range(1, deepest + 1):
        for name, run in groupby(flow.nodes, partial(_outer, depth)):
            nodes = tuple(run)
            if name and taken.isdisjoint(node.id for node in nodes):
                one = _fragment(flow, name, nodes)
                if one is not None:
                    found.append(one)
                    taken.update(one.nodes)
    place = {node.id: number for number, node in enumerate(flow.nodes)}
    return tuple(sorted(found, key=lambda one: place[one.nodes[0]]))


def _names(node: Node) -> list[str]:
    return node.group.split("/") if node.group else []


def _outer(depth: int, node: Node) -> str:
    """The first *depth* names of the node's group; empty where it has fewer."""
    names = _names(node)
    return "/".join(names[:depth]) if len(names) >= depth else ""


def _fragment(flow: Flow, name: str, nodes: tuple[Node, ...]) -> Fragment | None:
    if len(nodes) < 2 or len({node.lane for node in nodes}) != 1 or any(node.kind not in _PLAIN for node in nodes):
        return None
    inside = {node.id for node in nodes}
    entries = {link.target for node in nodes for link in flow.entries[node.id] if link.source not in inside}
    out = [link for node in nodes for link in flow.exits[node.id] if link.target not in inside]
    targets = {link.target for link in out}
    role = next(lane.role for lane in flow.lanes if lane.id == nodes[0].lane)
    if role is Role.APPLICANT or len(entries) != 1 or len(targets) != 1 or any(link.back for link in out):
        return None
    if len(out) > 1 and _waits(flow, *targets):
        return None
    return Fragment(name.rpartition("/")[2], tuple(node.id for node in nodes), *entries, *targets)


def _waits(flow: Flow, node: str) -> bool:
    return flow.node_by_id[node].kind is Kind.JOIN
