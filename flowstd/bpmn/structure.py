"""A graph read as an expression: sequence, questions, parallel parts, ways back. Not every graph is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow, Link, Node

LOOKS = 2000               # at links, for each link of the flow: what needs more is no expression that anybody reads


@dataclass
class Does:
    """A step or call."""

    node: Node


@dataclass
class Ends:
    """An end."""

    node: Node


@dataclass
class Returns:
    """The way back to an earlier node."""

    node: Node


@dataclass
class Asks:
    """A decision with its exits; an empty row flows straight on."""

    node: Node
    exits: list[tuple[Link, Row]]


@dataclass
class Together:
    """A parallel part: the condition of each branch, if it has one, and the branch."""

    node: Node
    branches: list[tuple[str, Row]]


Part = Does | Ends | Returns | Asks | Together
Row = list[Part]


class Unstructured(Exception):
    """The graph is no expression; at which node that shows."""


def structured(flow: Flow) -> Row:
    """The expression that *flow* is. Raises Unstructured."""
    starts = [node for node in flow.nodes if node.kind is Kind.START]
    if len(starts) != 1 or len(flow.exits[starts[0].id]) != 1:
        raise Unstructured("start")
    reading = _Reading(flow)
    row = reading.row(flow.exits[starts[0].id][0].target, "")
    if len(reading.seen) + 1 != len(flow.nodes):
        raise Unstructured("unreachable")
    return row


class _Reading:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.seen: set[str] = set()
        self.back = {link.id for link in _closing(flow)}
        self.order = _order(flow, self.back)
        self.rank = {node: number for number, node in enumerate(self.order)}
        self.looks = LOOKS * len(flow.links)
        self.place = {node.id: number for number, node in enumerate(flow.nodes)}

    def row(self, at: str, stop: str) -> Row:
        """From *at* up to *stop*, which is not part of it."""
        row: Row = []
        while at != stop:
            node = self.flow.node_by_id[at]
            if node.kind is Kind.END:
                self.seen.add(at)
                return [*row, Ends(node)]
            if at in self.seen:
                raise Unstructured(at)
            self.seen.add(at)
            exits = self.flow.exits[at]
            if node.kind is Kind.DECISION and not (len(exits) == 1 and not exits[0].label):
                follow = self._follow(at, stop)
                row.append(Asks(node, [(link, self._exit(link, follow)) for link in exits]))
                if follow == stop:
                    return row
                at = follow
            elif node.kind is Kind.SPLIT:
                join = self._join(at)
                row.append(Together(node, [(link.label, self._exit(link, join)) for link in exits]))
                self.seen.add(join)
                if len(self.flow.exits[join]) != 1:
                    raise Unstructured(join)
                at, row, done = self._on(self.flow.exits[join][0], row)
                if done:
                    return row
            elif len(exits) == 1 and node.kind is not Kind.JOIN:
                if node.kind is not Kind.DECISION:          # a nameless merge says nothing
                    row.append(Does(node))
                at, row, done = self._on(exits[0], row)
                if done:
                    return row
            else:
                raise Unstructured(at)
        return row

    def _on(self, link: Link, row: Row) -> tuple[str, Row, bool]:
        """Where a link leads on, or the row ended by the way back."""
        if link.id in self.back:
            return "", [*row, self._returns(link)], True
        return link.target, row, False

    def _exit(self, link: Link, stop: str) -> Row:
        if link.id in self.back:
            return [self._returns(link)]
        return self.row(link.target, stop)

    def _returns(self, link: Link) -> Returns:
        return Returns(self.flow.node_by_id[link.target])

    def _follow(self, decision: str, stop: str) -> str:
        """Where the exits that neither end nor go back come together again; *stop* if they do only there, or never.

        If only one exit goes on, the row goes on with what that leads to: with the
        first step after the decision's own fragment, or the first that was declared
        after all exits, as authors write it; else with the longest way.
        """
        group = self.flow.node_by_id[decision].group

        def is_outside(at: str) -> bool:
            return bool(group) and not f"{self.flow.node_by_id[at].group}/".startswith(f"{group}/")

        for at, exits in self._reached(decision):
            if exits > 1 and not is_outside(at) and self._closes(decision, at, stop):
                return at
        fit = []
        for at, _ in self._reached(decision):
            if self._closes(decision, at, stop):
                if self._declared_after(decision, at, stop):
                    return at
                fit.append(at)
        outside = next(filter(is_outside, fit), "")
        return outside or max(fit, key=lambda at: len(self._region(at)[0]), default=stop)

    def _closes(self, decision: str, at: str, stop: str) -> bool:
        """Whether all that happens between the decision and *at* happens only there."""
        if self.flow.node_by_id[at].kind in (Kind.END, Kind.JOIN):
            return False
        region, leaves = self._region(decision, at, stop)
        return at in leaves and stop not in leaves and all(
            link.source in region or link.id in self.back for node in region - {decision}
            for link in self.flow.entries[node] if self.flow.node_by_id[node].kind is not Kind.END)

    def _declared_after(self, decision: str, at: str, stop: str) -> bool:
        """Whether the author wrote *at* after all that the exits lead to before."""
        place = self.place
        return all(place[node] < place[at] for node in self._region(decision, at, stop)[0]
                   if self.flow.node_by_id[node].kind is not Kind.END)

    def _reached(self, decision: str) -> Iterator[tuple[str, int]]:
        """What follows a decision, in order, and how many of its exits lead there."""
        by: dict[str, int] = {}                      # node → the exits that lead to it, as bits
        for number, link in enumerate(self.flow.exits[decision]):
            if link.id not in self.back:
                by[link.target] = by.get(link.target, 0) | 1 << number
        for place in range(self.rank[decision] + 1, len(self.order)):
            at = self.order[place]
            if at not in by:
                continue
            yield at, by[at].bit_count()
            self._look(at)
            for link in self.flow.exits[at]:
                if link.id not in self.back:
                    by[link.target] = by.get(link.target, 0) | by[at]

    def _look(self, at: str) -> None:
        """Count what is looked at. Raises Unstructured: it is too much."""
        self.looks -= len(self.flow.exits[at])
        if self.looks < 0:
            raise Unstructured(at)

    def _region(self, start: str, *walls: str) -> tuple[set[str], set[str]]:
        """What is reached from *start* without passing a wall, and which walls are."""
        region, met, waiting = {start}, set(), [start]
        while waiting:
            node = waiting.pop()
            self._look(node)
            for link in self.flow.exits[node]:
                if link.id in self.back:
                    continue
                if link.target in walls:
                    met.add(link.target)
                elif link.target not in region:
                    region.add(link.target)
                    waiting.append(link.target)
        return region, met

    def _join(self, split: str) -> str:
        """The join that waits for all branches of a split."""
        for at in self.order[self.rank[split] + 1:]:
            if self.flow.node_by_id[at].kind is not Kind.JOIN:
                continue
            region, leaves = self._region(split, at)
            ended = any(self.flow.node_by_id[node].kind is Kind.END for node in region)
            if leaves and not ended and len(self.flow.entries[at]) == len(self.flow.exits[split]):
                return at
        raise Unstructured(split)


def _closing(flow: Flow) -> list[Link]:
    """The links that return to a node that is still being walked: those its author sent back, and no others."""
    state: dict[str, int] = {}
    found: list[Link] = []
    for start in [node.id for node in flow.nodes if node.kind is Kind.START]:
        state[start] = 1
        way = [(start, iter(flow.exits[start]))]
        while way:
            node, exits = way[-1]
            link = next(exits, None)
            if link is None:
                state[node] = 2
                way.pop()
            elif state.get(link.target) == 1:
                found.append(link)
            elif link.target not in state:
                state[link.target] = 1
                way.append((link.target, iter(flow.exits[link.target])))
    return found


def _order(flow: Flow, back: set[str]) -> list[str]:
    """The nodes in an order that every link follows that does not go back."""
    done: set[str] = set()
    order: list[str] = []
    for start in [node.id for node in flow.nodes if node.kind is Kind.START]:
        way = [(start, iter(flow.exits[start]))]
        done.add(start)
        while way:
            node, exits = way[-1]
            link = next(exits, None)
            if link is None:
                order.append(node)
                way.pop()
            elif link.id not in back and link.target not in done:
                done.add(link.target)
                way.append((link.target, iter(flow.exits[link.target])))
    return order[::-1]
