"""A graph read as an expression: sequence, questions, parallel parts, ways back. Not every graph is one."""

from __future__ import annotations

from dataclasses import dataclass

from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow, Link, Node


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
        fit = [at for at in self.order[self.order.index(decision) + 1:] if self._closes(decision, at, stop)]
        several = [at for at in fit if self._exits_to(decision, at) > 1]
        outside = [at for at in fit if group and not f"{self.flow.node_by_id[at].group}/".startswith(f"{group}/")]
        later = [at for at in fit if self._declared_after(decision, at, stop)]
        for found in ([at for at in several if at not in outside], later, outside, several):
            if found:
                return found[0]
        return max(fit, key=lambda at: len(self._region(at)[0]), default=stop)

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

    def _exits_to(self, decision: str, at: str) -> int:
        """How many exits of the decision lead to *at*."""
        return sum(link.target == at or at in self._region(link.target)[0] for link in self.flow.exits[decision]
                   if link.id not in self.back)

    def _region(self, start: str, *walls: str) -> tuple[set[str], set[str]]:
        """What is reached from *start* without passing a wall, and which walls are."""
        region, met, waiting = {start}, set(), [start]
        while waiting:
            for link in self.flow.exits[waiting.pop()]:
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
        for at in self.order[self.order.index(split) + 1:]:
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
