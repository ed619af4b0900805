"""Questions about a flow: what leads where, what comes first, which links close a loop.

The everyday questions are answered in plain Python, in time linear in the
flow; networkx is loaded only to name a cycle that is a fault, and for those
who ask it more. Every answer is in declaration order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from .kinds import DECISION, JOIN, SPLIT, START, StepKind
from .model import Flow, Link, Node

if TYPE_CHECKING:
    import networkx as nx

_EXTENDING = (StepKind.HANDLE, StepKind.DECIDE, StepKind.NOTIFY)
_EXTENDS = re.compile(r"延长(?:(?:作出|办理|办结|审批|审查|决定|承诺|法定|的)*(?:期限|时限|时间|$)|"
                      r"[\d一二三四五六七八九十]+个?(?:工作)?[日天])")

def starts(flow: Flow) -> tuple[Node, ...]:
    """Where a case can begin: the starts, or, in a flow that has none, the nodes that nothing leads to."""
    marked = tuple(node for node in flow.nodes if node.kind is START)
    return marked or tuple(node for node in flow.nodes if not flow.entries[node.id])


def merges(flow: Flow, node: Node) -> bool:
    """Whether ways only meet at *node*: a decision that asks nothing, takes no time and has one way on."""
    return not node.label and node.kind is DECISION and node.within is None and len(flow.exits[node.id]) == 1


def extends(node: Node) -> bool:
    """Whether *node* extends the time in which a case is handled; to extend a licence is another matter.

    >>> [extends(Node(id="1", kind="task", step="handle", label=label, lane="科室"))
    ...  for label in ("批准延长期限", "经批准延长十日", "办理延长有效期手续")]
    [True, True, False]
    """
    return node.step in _EXTENDING and bool(_EXTENDS.search(node.label))


def arrivals(flow: Flow, split: Node) -> tuple[Link, ...]:
    """The links by which the branches of *split* arrive at its join, in the order of its exits; empty: it has none.

    It has one where each branch has one way in and one way out, and the join waits for these branches alone.
    """
    return _Branches(flow).arrivals(split)


def conditional(flow: Flow) -> dict[str, tuple[tuple[Link, Link], ...]]:
    """The parallel parts with branches that are not always taken: the first and last link of each, by their split.

    Such a branch has its condition at its first link; where it is not taken, the join does not wait for it. So only
    a split with a join of its own has any.
    """
    splits = [node for node in flow.nodes if node.kind is SPLIT and any(link.label for link in flow.exits[node.id])]
    if not splits:
        return {}
    branches = _Branches(flow)
    found = {node.id: branches.arrivals(node) for node in splits}
    return {name: tuple(zip(flow.exits[name], arrived, strict=True)) for name, arrived in found.items() if arrived}


def after(flow: Flow, nodes: Iterable[str]) -> frozenset[str]:
    """*nodes* and all that can be reached from them."""
    waiting = list(nodes)
    seen = set(waiting)
    while waiting:
        for link in flow.exits[waiting.pop()]:
            if link.target not in seen:
                seen.add(link.target)
                waiting.append(link.target)
    return frozenset(seen)


def closing_links(flow: Flow) -> tuple[Link, ...]:
    """The links that close a loop: without them the flow only goes forward.

    They are the author's ways back, and, where those do not open every loop, the links that a walk in declaration
    order finds leading back to a node it is still inside.
    """
    found = {link.id for link in flow.links if link.back}
    inside: dict[str, bool] = {}                        # True while the walk is below the node, False after
    roots = [*starts(flow), *flow.nodes]
    for root in roots:
        if root.id in inside:
            continue
        inside[root.id] = True
        path = [(root.id, iter(flow.exits[root.id]))]
        while path:
            name, links = path[-1]
            for link in links:
                if link.id in found:
                    continue
                if link.target not in inside:
                    inside[link.target] = True
                    path.append((link.target, iter(flow.exits[link.target])))
                    break
                if inside[link.target]:
                    found.add(link.id)
            else:
                inside[name] = False
                path.pop()
    return tuple(link for link in flow.links if link.id in found)


def forward_order(flow: Flow) -> tuple[str, ...]:
    """All node ids so that every link but the closing ones leads forward; ties in declaration order."""
    number = {node.id: place for place, node in enumerate(flow.nodes)}
    ahead = _forward(flow)
    waiting = dict.fromkeys(number, 0)
    for links in ahead.values():
        for link in links:
            waiting[link.target] += 1
    ready = [number[name] for name, entries in waiting.items() if not entries]
    order: list[str] = []
    while ready:
        name = flow.nodes[heappop(ready)].id
        order.append(name)
        for link in ahead[name]:
            waiting[link.target] -= 1
            if not waiting[link.target]:
                heappush(ready, number[link.target])
    return tuple(order)


# ---- by networkx


def as_networkx(flow: Flow) -> nx.MultiDiGraph[str]:
    """The flow as a networkx graph: nodes by id, with label, kind and lane; links by id, with label and back."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in flow.nodes:
        graph.add_node(node.id, label=node.label, kind=node.kind.value, lane=node.lane)
    for link in flow.links:
        graph.add_edge(link.source, link.target, key=link.id, label=link.label, back=link.back)
    return graph


def cycle_through(flow: Flow, node: str) -> tuple[str, ...]:
    """The node ids of a shortest cycle through *node*, which comes first and once; empty when there is none."""
    import networkx as nx

    ways = nx.single_target_shortest_path(as_networkx(flow), node)
    closed = [ways[link.target] for link in flow.exits[node] if link.target in ways]
    return (node, *min(closed, key=len)[:-1]) if closed else ()


class _Branches:
    """Where the branches of a flow's splits come together again."""

    def __init__(self, flow: Flow) -> None:
        self.flow, self.ahead = flow, _forward(flow)
        self.entries = Counter(link.target for links in self.ahead.values() for link in links)

    def arrivals(self, split: Node) -> tuple[Link, ...]:
        flow, exits = self.flow, self.flow.exits[split.id]
        if len(exits) < 2 or len(self.ahead[split.id]) < len(exits):
            return ()
        arrived: list[Link] = []
        for branch in exits:
            link = self._arrival(branch)
            if link is None or (arrived and link.target != arrived[0].target):
                return ()
            arrived.append(link)
        join = flow.node_by_id[arrived[0].target]
        return tuple(arrived) if join.kind is JOIN and len(flow.entries[join.id]) == len(exits) else ()

    def _arrival(self, branch: Link) -> Link | None:
        """The link that leaves what is come to by *branch* alone; None where several do, or a case may stay there."""
        flow, inside = self.flow, set[str]()
        came: dict[str, list[Link]] = {}               # by where they lead: the links of the branch so far
        open_ = [branch]
        while open_:
            link = open_.pop()
            at = link.target
            links = came.setdefault(at, [])
            links.append(link)
            if len(links) == self.entries[at]:
                if not flow.exits[at]:
                    return None
                inside.add(at)
                open_ += self.ahead[at]
        left = [link for at, links in came.items() if at not in inside for link in links]
        crossing = [link for name in inside for link in (*flow.exits[name], *flow.entries[name])
                    if (link.source in inside) != (link.target in inside)]
        return left[0] if len(left) == 1 and all(link in (branch, left[0]) for link in crossing) else None


def _forward(flow: Flow) -> dict[str, tuple[Link, ...]]:
    closing = {link.id for link in closing_links(flow)}
    return {name: tuple(link for link in links if link.id not in closing) for name, links in flow.exits.items()}
