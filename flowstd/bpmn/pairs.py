"""Which inclusive gateways that are not of ours are the two ends of a parallel part that a flow has a word for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flowstd.ir.graph import conditional
from flowstd.ir.kinds import Kind, Outcome
from flowstd.ir.model import Flow, Lane, Link, Node

from .element import parts_of
from .graph import Graph, is_added
from .table import BPMN
from .told import Told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    Element = etree._Element

MOST = 100                 # splits that are tried; each may lead through all of a process, and nobody draws more
_LANE = Lane(id="lane", name="")


def pairs_of(process: Element, own: bool) -> Mapping[str, Kind]:
    """The inclusive gateways that fork and those that join what one of them forked, by id; others mean something else.

    *own*: we wrote the file, and only those are meant that an editor added.

    They are tried as splits and joins: where one waits for all branches of another, and for nothing else, it is so.
    """
    tried = dict(_candidates(process, own))
    splits = sum(kind is Kind.SPLIT for kind in tried.values())
    if not splits or splits == len(tried) or splits > MOST:
        return {}
    flow = _outline(Graph(process, Told(), own=own, pairs=tried), tried)
    found: dict[str, Kind] = {}
    for split, branches in conditional(flow).items():
        join = branches[0][1].target
        if join in tried:
            found |= {split: Kind.SPLIT, join: Kind.JOIN}
    return found


def _candidates(process: Element, own: bool) -> list[tuple[str, Kind]]:
    """Inclusive gateways that only fork or only join."""
    flows = [flow for scope in process.iter(f"{{{BPMN}}}*") for flow in parts_of(scope, "sequenceFlow")]
    entries = Counter(flow.get("targetRef") for flow in flows)
    exits = Counter(flow.get("sourceRef") for flow in flows)
    found = []
    for gateway in process.iter(f"{{{BPMN}}}inclusiveGateway"):
        key = gateway.get("id", "")
        if own and not is_added(gateway):
            continue
        if key and exits[key] > 1 >= entries[key]:
            found.append((key, Kind.SPLIT))
        elif key and entries[key] > 1 == exits[key]:
            found.append((key, Kind.JOIN))
    return found


def _outline(graph: Graph, tried: Mapping[str, Kind]) -> Flow:
    """The bare graph, with conditions at what may be an inclusive split."""
    nodes = tuple(Node(id=raw.id, kind=raw.kind, label="", lane="lane",
                       outcome=Outcome.DONE if raw.kind is Kind.END else None) for raw in graph.kept())
    links = tuple(Link(id=str(number), source=link.source, target=link.target, label=tried.get(link.source, ""))
                  for number, link in enumerate(graph.links()))
    return Flow(lanes=(_LANE,), nodes=nodes, links=links)
