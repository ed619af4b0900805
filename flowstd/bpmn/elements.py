"""The BPMN elements that stand for a flow, before they are text or have a place.

Four things are added to the flow's own nodes: a merging gateway before a
decision or split that several links enter (one gateway may not both join and
fork), an element for each paper beside a step and for each store that it fills,
one for each remark, and a sub-process with its own start and end round each
fragment that can stand as one.

A parallel part with conditions begins and ends in an inclusive gateway; where
that would not do (:mod:`.inclusive`), each branch with a condition first asks
whether it is needed, with a way round it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from flowstd.ir.graph import merges
from flowstd.ir.kinds import DECISION, SPLIT, TASK, DocumentKind, Outcome, Role
from flowstd.ir.model import Flow, Link, Node

from .dialect import ALWAYS, Engine
from .fragments import fragments_of
from .ids import encode, variable
from .inclusive import ANYWAY, NO, WHICH, YES, branching, question
from .table import STORES, element, prefix

_FAVOURED = frozenset({Outcome.GRANTED, Outcome.DONE})
_FORKS = frozenset({DECISION, SPLIT})
_UNCONDITIONAL = ("", False)
BEGINS, ENDS = "开始", "结束"      # of a sub-process
TOGETHER = 2               # more papers of one step than this are drawn as one pile


class Part(NamedTuple):
    """One flow node of the file."""

    id: str
    tag: str
    name: str
    lane: int
    node: Node | None                # None: a gateway of ours, a sub-process, or where one begins or ends
    favoured: bool = False           # an end that the story should lead to
    home: int = -1                   # index of the sub-process it stands in; -1: none
    beside: str = ""                 # of a gateway of ours: the node that it belongs to
    asks: str = ""                   # of one before a branch with a condition: that


class Way(NamedTuple):
    """One sequence flow, or a message."""

    id: str
    source: int                      # index of its part
    target: int
    name: str
    condition: str                   # empty: none
    default: bool                    # taken when no condition holds
    link: Link | None                # None: it only leads on, from a part that is no node or round a branch
    back: bool = False               # returns to an earlier step
    at: int = -1                     # of a link in a sub-process: its place among all links
    message: bool = False            # no sequence flow: what a step tells another pool


class Paper(NamedTuple):
    """One data object, or a pile of them, beside a step."""

    id: str
    part: int                        # index of the step
    issued: bool                     # the step issues it; else it takes it in
    name: str
    documents: tuple[str, ...]       # ids in the flow
    store: bool = False              # no paper, but where what the step writes is kept for good


class Remark(NamedTuple):
    """A text annotation beside a step."""

    id: str
    part: int
    text: str


_Thing = TypeVar("_Thing", Part, Way, Paper, Remark)


class Elements(NamedTuple):
    """All of one flow, in declaration order."""

    lanes: tuple[str, ...]           # ids
    parts: tuple[Part, ...]
    ways: tuple[Way, ...]
    papers: tuple[Paper, ...]
    remarks: tuple[Remark, ...]


def elements_of(flow: Flow, engine: Engine = "") -> Elements:
    """The elements that stand for *flow* in a file for *engine*, or for every tool; equal flows give equal elements."""
    made = _Parts(flow, engine)
    ways = [*_links(flow, made), *_merged(made), *_round_fragments(flow, made), *_round_branches(made)]
    return Elements(tuple(["Lane_" + encode(lane.id) for lane in flow.lanes]), _distinct(made.parts), _distinct(ways),
                    _distinct(list(_papers(flow, made.exit))), _distinct(list(_remarks(flow, made.exit))))


def _distinct(things: list[_Thing]) -> tuple[_Thing, ...]:
    """The same, each with an id of its own: of two names that sound alike, the hashes may be alike too."""
    if len({thing.id for thing in things}) == len(things):
        return tuple(things)
    used: set[str] = set()
    return tuple(thing._replace(id=_unused(thing.id, used)) for thing in things)


class _Parts:
    """The parts of a flow, and where its links meet them."""

    def __init__(self, flow: Flow, engine: Engine) -> None:
        self.parts: list[Part] = []
        self.inclusive, self.asked = branching(flow, engine)
        self.asks: dict[str, int] = {}           # first link of a branch → the gateway that asks whether it is needed
        self.meets: dict[str, int] = {}          # its last link → the gateway where the way round it comes back
        self.entry: dict[str, int] = {}          # node id → the part that links to it enter
        self.exit: dict[str, int] = {}
        self.home: dict[str, int] = {}           # node id → the sub-process it stands in
        self.ends: dict[int, int] = {}           # sub-process → the end in it
        self.merged: list[str] = []              # ids of the nodes with a merging gateway before them
        self.fragments = fragments_of(flow)
        lanes = {lane.id: (number, lane.role) for number, lane in enumerate(flow.lanes)}
        first, last = {one.nodes[0]: one for one in self.fragments}, {one.nodes[-1] for one in self.fragments}
        names: set[str] = set()
        for node in flow.nodes:
            key, (lane, role) = node.id, lanes[node.lane]
            if key in first:
                one = first[key]
                name = encode(one.name if one.name not in names else f"{one.name}→{one.entry}")
                names.add(one.name)
                self.home |= dict.fromkeys(one.nodes, len(self.parts))
                self.parts.append(Part(f"Fragment_{name}", "subProcess", one.name, lane, None))
                self.parts.append(Part(f"Entry_{name}", "startEvent", BEGINS, lane, None, home=self.home[key]))
            self._put(flow, node, lane, role)
            if key in last:
                home = self.home[key]
                name = self.parts[home].id.removeprefix("Fragment_")
                self.ends[home] = len(self.parts)
                self.parts.append(Part(f"Exit_{name}", "endEvent", ENDS, lane, None, favoured=True, home=home))

    def _put(self, flow: Flow, node: Node, lane: int, role: Role) -> None:
        key, kind, parts = node.id, node.kind, self.parts
        name, home = encode(key), self.home.get(key, -1)
        if kind in _FORKS and self._entered(flow, node) > 1 and not merges(flow, node):
            self.merged.append(key)
            self.entry[key] = len(parts)
            parts.append(Part(f"Merge_{name}", "exclusiveGateway", "", lane, None, home=home, beside=key))
        if self.asked:
            self._ends_of_branches(node, lane)
        self.exit[key] = len(parts)
        self.entry.setdefault(key, len(parts))
        tag, label = element(node, role), node.label
        if key in self.inclusive:
            tag, label = "inclusiveGateway", label or (WHICH if kind is SPLIT else "")
        parts.append(Part(prefix(kind) + name, tag, label, lane, node, node.outcome in _FAVOURED, home))
        if self.asked:
            self._begins_of_branches(node, lane)

    def _ends_of_branches(self, join: Node, lane: int) -> None:
        for _, link in self.asked:
            if link.target == join.id:
                self.meets[link.id] = len(self.parts)
                self.parts.append(Part(f"Met_{encode(link.id)}", "exclusiveGateway", "", lane, None, beside=join.id))

    def _begins_of_branches(self, split: Node, lane: int) -> None:
        for link, _ in self.asked:
            if link.source == split.id:
                self.asks[link.id] = len(self.parts)
                self.parts.append(Part(f"Asked_{encode(link.id)}", "exclusiveGateway", question(link.label), lane, None,
                                       beside=split.id, asks=link.label))

    def _entered(self, flow: Flow, node: Node) -> int:
        """How many ways enter a node; those from outside its sub-process come by one."""
        entries = flow.entries[node.id]
        if not self.home:
            return len(entries)
        home = self.home.get(node.id)
        inside = sum([self.home.get(link.source) == home for link in entries])
        return inside + (inside < len(entries))

    def target(self, link: Link) -> int:
        """The part that a link leads to: out of a sub-process to its end, into one to the whole of it."""
        if not self.home and not self.meets:
            return self.entry[link.target]
        home, there = self.home.get(link.source), self.home.get(link.target)
        if home == there:
            return self.meets.get(link.id, self.entry[link.target])
        return self.ends[home] if home is not None else self.home[link.target]


def _links(flow: Flow, made: _Parts) -> Iterable[Way]:
    conditions = dict(_conditions(flow, made))
    for number, link in enumerate(flow.links):
        key, source = link.id, link.source
        name, begin, at = encode(key), made.exit[source], number if source in made.home else -1
        condition, default = conditions.get(key, _UNCONDITIONAL)
        if key in made.asks:
            asks = made.asks[key]
            yield Way("Flow_" + name, begin, asks, "", "", default, link, link.back, at)
            yield Way("Needed_" + name, asks, made.target(link), YES, condition, False, None)
        else:
            label = ANYWAY if condition == ALWAYS else link.label
            yield Way("Flow_" + name, begin, made.target(link), label, condition, default, link, link.back, at)


def _conditions(flow: Flow, made: _Parts) -> Iterable[tuple[str, tuple[str, bool]]]:
    """The condition of each link that has one, and whether it is taken when no other holds."""
    variables: set[str] = set()
    for node in flow.nodes:
        if node.kind not in _FORKS:
            continue
        exits = flow.exits[node.id]
        gateway = made.parts[made.exit[node.id]].id
        if node.kind is DECISION and len(exits) > 1:
            answer = _unused(variable(gateway), variables)
            default = next((link for link in exits if link.default), exits[-1])
            for link in exits:
                condition = "" if link is default else f"{answer} == {_quoted(link.label or link.target)}"
                yield link.id, (condition, link is default)
        elif node.kind is SPLIT:
            for link in exits:
                if link.id in made.asks or (node.id in made.inclusive and link.label):
                    needed = _unused(variable(f"{gateway}_{encode(link.label)}"), variables)
                    yield link.id, (f'{needed} == "{YES}"', False)
                elif node.id in made.inclusive:
                    yield link.id, (ALWAYS, False)


def _merged(made: _Parts) -> Iterable[Way]:
    for key in made.merged:
        yield Way("Merged_" + encode(key), made.entry[key], made.exit[key], "", "", False, None)


def _round_fragments(flow: Flow, made: _Parts) -> Iterable[Way]:
    """From where a sub-process begins to its first step, and from the whole of it on."""
    for one in made.fragments:
        home = made.home[one.entry]
        key = made.parts[home].id.removeprefix("Fragment_")
        yield Way(f"Entered_{key}", home + 1, made.entry[one.entry], "", "", False, None)
        left = [made.meets[link.id] for link in flow.entries[one.target]
                if link.id in made.meets and made.home.get(link.source) == home]
        target = left[0] if left else made.home.get(one.target, made.entry[one.target])
        yield Way(f"Left_{key}", home, target, "", "", False, None)


def _round_branches(made: _Parts) -> Iterable[Way]:
    """The way round a branch that is not needed, and from where it comes back to the join."""
    for begin, end in made.asked:
        asks, meets = made.asks[begin.id], made.meets[end.id]
        yield Way(f"Spared_{encode(begin.id)}", asks, meets, NO, "", True, None)
        yield Way(f"Met_{encode(end.id)}.on", meets, made.entry[end.target], "", "", False, None)


def _papers(flow: Flow, exit_: dict[str, int]) -> Iterable[Paper]:
    for node in flow.nodes:
        if node.takes:
            yield from _sheets(flow, node, exit_, node.takes, issued=False)
        if node.issues:
            yield from _sheets(flow, node, exit_, node.issues, issued=True)
        if node.step in STORES and node.kind is TASK:
            yield Paper(f"Store_{encode(node.id)}", exit_[node.id], True, STORES[node.step], (), store=True)


def _sheets(flow: Flow, node: Node, exit_: dict[str, int], documents: tuple[str, ...], *,
            issued: bool) -> Iterable[Paper]:
    """What stands for the *documents* that a step takes in or issues."""
    verb = "Issues" if issued else "Takes"
    if len(documents) > TOGETHER:
        material = flow.document_by_id[documents[0]].kind is DocumentKind.MATERIAL
        yield Paper(f"{verb}_{encode(node.id)}", exit_[node.id], issued,
                    f"{'材料' if material else '文书'}（{len(documents)}份）", documents)
        return
    for number, document in enumerate(documents):
        again = f"→{number}" if document in documents[:number] else ""
        yield Paper(f"{verb}_{encode(f'{node.id}→{document}{again}')}", exit_[node.id], issued,
                    flow.document_by_id[document].name, (document,))


def _remarks(flow: Flow, exit_: dict[str, int]) -> Iterable[Remark]:
    for node in flow.nodes:
        if node.note:
            yield Remark(f"Note_{encode(node.id)}", exit_[node.id], node.note)


@lru_cache(maxsize=20_000)
def _quoted(answer: str) -> str:
    """*answer* as a text literal that Python, JavaScript and FEEL read alike."""
    answer = answer.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(answer.split()) + '"'


def _unused(name: str, used: set[str]) -> str:
    """*name*, or with a number if another decision has it."""
    found, number = name, 1
    while found in used:
        number += 1
        found = f"{name}_{number}"
    used.add(found)
    return found
