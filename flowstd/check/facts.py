"""Facts of a flow: the answers that several rules share, each worked out once for all items that follow it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from itertools import combinations
from operator import and_
from typing import TYPE_CHECKING, NamedTuple

from flowstd.ir.kinds import DECISION, END, SPLIT, START, TASK, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Flow, Lane, Link, Node

if TYPE_CHECKING:
    from .soundness import Verdict
    from .time import Measure

_KINDS = tuple(Kind)


class _Order(NamedTuple):
    """A flow without the links that go back."""

    nodes: tuple[str, ...]                     # each after those before it
    first: tuple[str, ...]                     # of these the ones that nothing comes before
    forward: dict[str, tuple[Link, ...]]       # the exits of every node without those that go back
    returning: frozenset[str]                  # the links that go back


class Facts:
    """What can be said of *flow* alone, whatever item it is for.

    >>> from flowstd.dsl import applicant, end, flow_of, window
    >>> facts = Facts(flow_of(applicant.submit("提交申请") >> window.accept("受理") >> end.done))
    >>> [node.label for node in facts.steps(StepKind.ACCEPT)]
    ['受理']
    """

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    # ---- the parts of the flow

    @cached_property
    def present(self) -> frozenset[str]:
        """The kinds of nodes, steps and lanes that there are: what a rule may be about."""
        kinds = [kind for kind, nodes in self.by_kind.items() if nodes]
        return frozenset([*kinds, *self.by_step, *[lane.role for lane in self.flow.lanes]])

    @cached_property
    def by_step(self) -> dict[StepKind, tuple[Node, ...]]:
        """Steps and decisions by what they do, in declaration order."""
        found: dict[StepKind, list[Node]] = {}
        for node in self.flow.nodes:
            if node.step is not None:
                found.setdefault(node.step, []).append(node)
        return {step: tuple(nodes) for step, nodes in found.items()}

    def steps(self, *kinds: StepKind) -> tuple[Node, ...]:
        """The steps and decisions of these kinds, kind after kind."""
        by_step = self.by_step
        if len(kinds) == 1:
            return by_step.get(kinds[0], ())
        return tuple([node for kind in kinds if kind in by_step for node in by_step[kind]])

    @cached_property
    def by_kind(self) -> dict[Kind, tuple[Node, ...]]:
        """Nodes by what they are to the graph."""
        found: dict[Kind, list[Node]] = {kind: [] for kind in _KINDS}
        for node in self.flow.nodes:
            found[node.kind].append(node)
        return {kind: tuple(nodes) for kind, nodes in found.items()}

    @property
    def tasks(self) -> tuple[Node, ...]:
        """The steps that are no decisions."""
        return self.by_kind[TASK]

    @cached_property
    def decisions(self) -> tuple[Node, ...]:
        """The nodes of which exactly one exit is taken; where branches merely meet again, nothing is decided."""
        exits = self.flow.exits
        return tuple([node for node in self.by_kind[DECISION]
                      if len(exits[node.id]) > 1 or not self.merges(node)])

    def merges(self, node: Node) -> bool:
        """Whether *node* only brings alternatives together: no step, several entries, one exit."""
        flow = self.flow
        return (node.kind is DECISION and node.step is None and len(flow.exits[node.id]) == 1
                and len(flow.entries[node.id]) > 1)

    @cached_property
    def deciding(self) -> tuple[Node, ...]:
        """Where the case is decided: the decisions and steps of kind 决定."""
        return self.steps(StepKind.DECIDE)

    @cached_property
    def organs(self) -> dict[str, str]:
        """The organ that acts at each step: another one by its lane, the office's own lanes as one."""
        found = {}
        for node in self.flow.nodes:
            if node.step is not None:
                role = self.role(node)
                if role not in (Role.APPLICANT, Role.THIRD_PARTY):
                    found[node.id] = node.lane if role is Role.ORGAN else ""
        return found

    @cached_property
    def side_by_side(self) -> bool:
        """Whether two or more organs work at the same time before the case is decided."""
        for split in self.by_kind[SPLIT]:
            if not self.any_after(split, self.deciding):
                continue
            branches = [self.onward[link.target] for link in self.forward[split.id]]
            later = reduce(and_, branches)
            working = [{organ for node, organ in self.organs.items() if self.bit[node] & branch & ~later}
                       for branch in branches]
            if any(one and other and len(one | other) > 1 for one, other in combinations(working, 2)):
                return True
        return False

    def supplied_after(self, node: Node) -> tuple[Node, ...]:
        """The steps in which the applicant supplies what *node* asks for: the office does nothing in between."""
        flow, found, seen = self.flow, [], {node.id}
        waiting = [node]
        for at in waiting:
            for link in flow.exits[at.id]:
                after = flow.node_by_id[link.target]
                if after.id in seen:
                    continue
                seen.add(after.id)
                if after.step is StepKind.SUPPLY:
                    found.append(after)
                elif self._awaits(after):
                    waiting.append(after)
        return tuple(found)

    def _awaits(self, node: Node) -> bool:
        """Whether only the applicant acts at *node*, or it asks what the applicant did (是否按期补正？)."""
        if node.kind is DECISION:
            return node.step in (None, StepKind.HANDLE)
        return node.kind is TASK and self.role(node) in (Role.APPLICANT, Role.SYSTEM)

    @cached_property
    def corrections(self) -> tuple[tuple[Node, Node], ...]:
        """The notices of what is missing, each with the step in which the applicant supplies it."""
        return tuple([(notice, supply) for notice in self.steps(StepKind.NOTIFY)
                      for supply in self.supplied_after(notice)])

    def ends(self, *outcomes: Outcome) -> tuple[Node, ...]:
        """The ends with one of these outcomes."""
        return tuple([node for node in self.by_kind[END] if node.outcome in outcomes])

    @cached_property
    def lanes(self) -> dict[str, Lane]:
        """Every lane by its id."""
        return {lane.id: lane for lane in self.flow.lanes}

    def role(self, node: Node) -> Role:
        """Who acts at *node*."""
        return self.lanes[node.lane].role

    def lane_name(self, node: Node) -> str:
        """The name at the head of *node*'s lane."""
        return self.lanes[node.lane].name

    def answers(self, decision: Node) -> tuple[str, ...]:
        """The labels at the exits of *decision*."""
        return tuple(link.label for link in self.flow.exits[decision.id])

    # ---- before and after, loops left out

    @property
    def forward(self) -> dict[str, tuple[Link, ...]]:
        """The exits of every node without those that go back."""
        return self._ordered.forward

    @property
    def returning(self) -> frozenset[str]:
        """The links that go back to an earlier step: those their author sent back, and any that still close a loop."""
        return self._ordered.returning

    @property
    def order(self) -> tuple[str, ...]:
        """Node ids so that each comes after those before it (loops left out)."""
        return self._ordered.nodes

    @cached_property
    def _ordered(self) -> _Order:
        """The flow without the links that go back. Loops are looked for where there is no order."""
        back = [link for link in self.flow.links if link.back]
        found = self._without(back)
        return found if len(found.nodes) == len(found.forward) else self._without(self._closing(back))

    def _without(self, back: list[Link]) -> _Order:
        """What is in order without the links *back*: nothing in or after a loop."""
        forward = dict(self.flow.exits)
        waiting = {node: len(links) for node, links in self.flow.entries.items()}
        for gone in back:
            forward[gone.source] = tuple([link for link in forward[gone.source] if link is not gone])
            waiting[gone.target] -= 1
        ready = [node for node, count in waiting.items() if not count]
        first = tuple(ready)
        for node in ready:
            for link in forward[node]:
                target = link.target
                waiting[target] -= 1
                if not waiting[target]:
                    ready.append(target)
        return _Order(tuple(ready), first, forward, frozenset([link.id for link in back]))

    def _closing(self, back: list[Link]) -> list[Link]:
        """The links *back*, and those that close a loop without them."""
        found = {link.id for link in back}
        state: dict[str, int] = {}
        for first in self.flow.nodes:
            if first.id in state:
                continue
            state[first.id] = 1
            stack: list[tuple[str, Iterator[Link]]] = [(first.id, iter(self.flow.exits[first.id]))]
            while stack:
                node, links = stack[-1]
                for link in links:
                    if link.id in found:
                        continue
                    seen = state.get(link.target)
                    if seen == 1:
                        found.add(link.id)
                    elif seen is None:
                        state[link.target] = 1
                        stack.append((link.target, iter(self.flow.exits[link.target])))
                        break
                else:
                    state[node] = 2
                    stack.pop()
        return [link for link in self.flow.links if link.id in found]

    @cached_property
    def turning(self) -> int:
        """The bits of the nodes from which a link goes back."""
        return self.bits(self.flow.node_by_id[link.source] for link in self.flow.links if link.id in self.returning)

    @cached_property
    def before(self) -> dict[str, tuple[str, ...]]:
        """What comes just before each node, loops left out."""
        returning = self.returning
        return {node: tuple([link.source for link in links if link.id not in returning])
                for node, links in self.flow.entries.items()}

    @cached_property
    def bit(self) -> dict[str, int]:
        """A bit for each node: sets of nodes are numbers, which keeps the questions below quick."""
        return {node: 1 << at for at, node in enumerate(self.order)}

    @cached_property
    def onward(self) -> dict[str, int]:
        """The bits of each node and of what can come later without going back."""
        bit, forward, found = self.bit, self.forward, dict[str, int]()
        for node in reversed(self.order):
            bits = bit[node]
            for link in forward[node]:
                bits |= found[link.target]
            found[node] = bits
        return found

    def after(self, node: str) -> int:
        """The bits of what can come later than *node* without going back."""
        return self.onward[node] ^ self.bit[node]

    @cached_property
    def _next(self) -> tuple[int, ...]:
        """The bits of what follows each node at once, ways back among them, in the order of the bits."""
        bit, exits = self.bit, self.flow.exits
        found = []
        for node in self.order:
            bits = 0
            for link in exits[node]:
                bits |= bit[link.target]
            found.append(bits)
        return tuple(found)

    def bits(self, nodes: Iterable[Node]) -> int:
        """The bits of *nodes*."""
        found = 0
        for node in nodes:
            found |= self.bit[node.id]
        return found

    def follows(self, before: Node, after: Node) -> bool:
        """Whether *after* can come later than *before* without going back."""
        return bool(self.after(before.id) & self.bit[after.id])

    def any_after(self, before: Node, nodes: Iterable[Node]) -> bool:
        """Whether one of *nodes* can come later than *before*."""
        return bool(self.after(before.id) & self.bits(nodes))

    def always_before(self, nodes: Iterable[Node], target: Node) -> bool:
        """Whether every way from the start to *target* passes one of *nodes* (or it is one of them)."""
        blocked, goal = self.bits(nodes), self.bit[target.id]
        return bool(blocked & goal) or not self._leads(self.bits(self.by_kind[START]), goal, blocked)

    def always_after(self, source: Node, nodes: Iterable[Node]) -> bool:
        """Whether every way from *source* to an end passes one of *nodes*."""
        first = self.bits(self.flow.node_by_id[link.target] for link in self.flow.exits[source.id])
        return not self._leads(first, self.bits(self.by_kind[END]), self.bits(nodes))

    def leads(self, first: Node, goals: Iterable[Node], avoiding: Iterable[Node] = ()) -> bool:
        """Whether a way leads from *first* to one of *goals* without *avoiding*; loops may be gone."""
        return self._leads(self.bit[first.id], self.bits(goals), self.bits(avoiding))

    def _leads(self, first: int, goal: int, blocked: int) -> bool:
        asked = first, goal, blocked
        found = self._answers.get(asked)
        if found is None:
            found = self._answers[asked] = self._led(*asked)
        return found

    @cached_property
    def _answers(self) -> dict[tuple[int, int, int], bool]:
        return {}

    def _led(self, first: int, goal: int, blocked: int) -> bool:
        if not blocked and self._later(first) & goal:
            return True
        after = self._next
        seen = waiting = first & ~blocked
        while waiting:
            if waiting & goal:
                return True
            low = waiting & -waiting
            new = after[low.bit_length() - 1] & ~seen & ~blocked
            seen |= new
            waiting = (waiting ^ low) | new
        return False

    def _later(self, bits: int) -> int:
        """The bits of these nodes and of what can come later than one of them without going back."""
        found, order, onward = 0, self.order, self.onward
        while bits:
            low = bits & -bits
            found |= onward[order[low.bit_length() - 1]]
            bits ^= low
        return found

    # ---- answers that cost more

    @cached_property
    def verdict(self) -> Verdict:
        """Whether every case can come to a proper end."""
        from .soundness import decide

        return decide(self.flow, whole=self._whole())

    def _whole(self) -> bool:
        """Whether it is plain that every node lies between the one start and an end.

        Only the start has nothing before it, and where no end lies ahead, a way back leads to where one does.
        """
        starts, onward, exits = self.by_kind[START], self.onward, self.flow.exits
        if len(starts) != 1 or self._ordered.first != (starts[0].id,):
            return False
        ends = self.bits(self.by_kind[END])
        ending = {node for node, bits in onward.items() if bits & ends}
        for node in onward if len(ending) < len(onward) else ():          # the last comes first
            if node not in ending:
                if ending.isdisjoint([link.target for link in exits[node]]):
                    return False
                ending.add(node)
        return True

    @cached_property
    def measure(self) -> Measure:
        """The longest and shortest counted ways."""
        from .time import measure

        return measure(self)

    # ---- papers

    def taken(self, node: Node) -> tuple[str, ...]:
        """The names of what *node* takes in."""
        return self._names(node.takes) if node.takes else ()

    def issued(self, node: Node) -> tuple[str, ...]:
        """The names of what *node* issues."""
        return self._names(node.issues) if node.issues else ()

    @cached_property
    def all_taken(self) -> tuple[str, ...]:
        """The names of all that steps take in."""
        return tuple([name for node in self.flow.nodes if node.takes for name in self.taken(node)])

    @cached_property
    def all_issued(self) -> tuple[str, ...]:
        """The names of all that steps issue."""
        return tuple([name for node in self.flow.nodes if node.issues for name in self.issued(node)])

    def _names(self, papers: tuple[str, ...]) -> tuple[str, ...]:
        documents = self.flow.document_by_id
        return tuple([documents[paper].name for paper in papers])
