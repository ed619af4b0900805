"""Parts of a flow that may be seen as one step, found by local rules and put together.

Four shapes are one step, when nothing in them need be seen: steps in a row;
branches of a question that come together again; parallel branches; a question
that sends back. Each rule puts one shape together, and they are tried until
none fits, so that shapes inside shapes go as well. A rule never changes what
can happen outside: what was sound stays sound, what ends ends alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from flowstd.base.term import Term
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow, Link, Node

from .terms import added, longest, one_unit
from .wiring import Wiring


@dataclass(frozen=True, slots=True)
class Box:
    """One node of the collapsed flow: a node as it is, or several that are seen as one."""

    node: Node                        # the first of them, whose id and place the box takes
    kind: Kind
    organ: str                        # who acts; only steps of one organ come together; "": it must be seen as it is
    steps: tuple[Node, ...]           # what it stands for, in the order of the story
    within: Term | None = None
    name: str = ""                    # of the parallel part that it was

    @property
    def excluded(self) -> bool | None:
        """Whether its time is kept out of the limit; None where it takes none."""
        if any(step.excluded_by for step in self.steps):
            return True
        return False if self.within is not None and self.within.count else None


def collapsed(flow: Flow, organ_of: Callable[[Node], str]) -> tuple[tuple[Box, ...], tuple[Link, ...]]:
    """The boxes and lines of *flow* when all that may be seen as one step is.

    *organ_of* says who acts at a node, or "" for a node that must be seen. Splits and joins are seen as long as
    anything between them is.
    """
    draft = _Draft(flow, organ_of)
    while draft.round():
        pass
    return tuple(draft.boxes.values()), tuple(draft.links.values())


class _Draft(Wiring):
    """A flow while its parts are put together."""

    def __init__(self, flow: Flow, organ_of: Callable[[Node], str]) -> None:
        super().__init__(flow)
        self.boxes = {node.id: Box(node, node.kind, organ_of(node), (node,), node.within) for node in flow.nodes}
        self.rules = (self.meeting, self.row, self.question, self.parallel, self.loop)

    def round(self) -> bool:
        """Try every rule at every box; whether one fitted."""
        fitted = False
        for name in list(self.boxes):
            for rule in self.rules:
                if name in self.boxes:
                    fitted |= rule(name)
        return fitted

    # ---- the rules: whether one fitted at the box called *name*

    def meeting(self, name: str) -> bool:
        """A place where alternatives meet, at which only one arrives any more."""
        box = self.boxes[name]
        if (box.kind is not Kind.DECISION or box.node.label or box.node.step or box.within
                or len(self.exits[name]) != 1 or len(self.entries[name]) != 1 or self._goes_back(self.exits[name])):
            return False
        entry, exit_ = self.entries[name][0], self.exits[name][0]
        target = self.links[exit_].target
        if target == name:
            return False
        self.cut(exit_)
        self.aim(entry, target)
        self._drop(name)
        return True

    def row(self, name: str) -> bool:
        """Two steps in a row."""
        box = self.boxes[name]
        if not self._step(name) or len(self.exits[name]) != 1 or self._goes_back(self.exits[name]):
            return False
        after = self.links[self.exits[name][0]].target
        if after == name or not self._step(after) or len(self.entries[after]) != 1 or len(self.exits[after]) > 1:
            return False
        next_ = self.boxes[after]
        if not _alike((box, next_)) or not _addable((box, next_)):
            return False
        self.cut(self.exits[name][0])
        for link in list(self.exits[after]):
            self.start(link, name)
        self._drop(after)
        within = added((box.within, next_.within))
        self.boxes[name] = replace(box, steps=box.steps + next_.steps, within=within, name="")
        return True

    def question(self, name: str) -> bool:
        """A question whose answers all come to the same place."""
        box = self.boxes[name]
        found = self._branches(name) if box.kind is Kind.DECISION and box.organ else None
        if found is None:
            return False
        branches, lasts, target = found
        parts = (box, *(self.boxes[branch] for branch in branches))
        if (target in (name, *branches) or (len(lasts) > 1 and self.boxes[target].kind is Kind.JOIN)
                or not _alike(parts) or not _addable(parts)):
            return False
        within = added((box.within, longest([part.within for part in parts[1:]])))
        self._swallow(name, branches, lasts)
        self.boxes[name] = replace(box, kind=Kind.TASK, steps=tuple(step for part in parts for step in part.steps),
                                   within=within)
        return True

    def parallel(self, name: str) -> bool:
        """Parallel branches of one organ."""
        box = self.boxes[name]
        found = self._branches(name) if box.kind is Kind.SPLIT else None
        if found is None:
            return False
        branches, lasts, target = found
        parts = tuple(self.boxes[branch] for branch in branches)
        if (not parts or self.boxes[target].kind is not Kind.JOIN or set(self.entries[target]) != set(lasts)
                or len(self.exits[target]) != 1 or not _alike(parts) or not _addable(parts)):
            return False
        first = branches[0]
        self._swallow(name, branches[1:], lasts, keep=first)
        out = self.exits[target][0]
        self.cut(self.exits[first][0])
        for link in list(self.entries[name]):
            self.aim(link, first)
        self.cut(self.exits[name][0])
        self.start(out, first)
        self._drop(name)
        self._drop(target)
        self.boxes[first] = replace(parts[0], steps=tuple(step for part in parts for step in part.steps),
                                    within=longest([part.within for part in parts]), name=box.node.label)
        return True

    def loop(self, name: str) -> bool:
        """A question that sends back, perhaps by a step, to itself or to the step before it."""
        box = self.boxes[name]
        if box.kind is not Kind.DECISION or not box.organ:
            return False
        entry = self._before(name)
        again = [link for link in self.exits[name] if self._returns(link, entry)]
        if not again or len(self.exits[name]) != len(again) + 1:
            return False
        detours = [target for target in (self.links[link].target for link in again) if target != entry]
        parts = (*((self.boxes[entry],) if entry != name else ()), box, *(self.boxes[detour] for detour in detours))
        if not _alike(parts) or not _addable(parts):
            return False
        within = added((*(part.within for part in parts[:len(parts) - len(detours)]),
                       longest([self.boxes[detour].within for detour in detours])))
        for link in again:
            self.cut(link)
        for detour in detours:
            self.cut(self.exits[detour][0])
            self._drop(detour)
        out = self.exits[name][0]
        self.links[out] = self.links[out].model_copy(update={"label": "", "default": False})
        if entry != name:
            self.cut(self.entries[name][0])
            self.start(out, entry)
            self._drop(name)
        self.boxes[entry] = replace(self.boxes[entry], kind=Kind.TASK, within=within, name="",
                                    steps=tuple(step for part in parts for step in part.steps))
        return True

    # ---- shapes

    def _step(self, name: str) -> bool:
        return self.boxes[name].kind is Kind.TASK and bool(self.boxes[name].organ)

    def _single(self, name: str) -> bool:
        """A step that may be put together with others, with one way in and one way on."""
        return (self._step(name) and len(self.entries[name]) == 1 and len(self.exits[name]) == 1
                and not self._goes_back(self.exits[name]))

    def _branches(self, name: str) -> tuple[list[str], list[str], str] | None:
        """Single steps behind *name*, the lines by which its ways arrive, and the one place where they arrive."""
        if not self.exits[name] or self._goes_back(self.exits[name]):
            return None
        branches, lasts = [], []
        targets: dict[str, None] = {}
        for link in self.exits[name]:
            target = self.links[link].target
            if self._single(target):
                branches.append(target)
                link = self.exits[target][0]
            lasts.append(link)
            targets[self.links[link].target] = None
        return (branches, lasts, next(iter(targets))) if len(targets) == 1 else None

    def _before(self, name: str) -> str:
        """The step before a question, where it may be put together with it; else the question itself."""
        if len(self.entries[name]) != 1:
            return name
        link = self.links[self.entries[name][0]]
        before = link.source
        if link.back or before == name or not self._step(before) or len(self.exits[before]) != 1:
            return name
        return before

    def _returns(self, link: str, entry: str) -> bool:
        """Whether *link* leads back to *entry*, at once or by one step that does nothing else."""
        target = self.links[link].target
        if target == entry:
            return True
        return (self._step(target) and len(self.entries[target]) == 1 and len(self.exits[target]) == 1
                and self.links[self.exits[target][0]].target == entry)

    def _goes_back(self, links: Iterable[str]) -> bool:
        return any(self.links[link].back for link in links)

    # ---- changes

    def _swallow(self, name: str, branches: list[str], lasts: list[str], keep: str = "") -> None:
        """Take away the branches behind *name* and all lines but one to where they arrive."""
        if not keep:
            first = lasts[0]
            for link in list(self.exits[name]):
                if link != first:
                    self.cut(link)
            self.start(first, name)
            self.links[first] = self.links[first].model_copy(update={"label": "", "default": False})
        kept = {*self.exits[keep], *self.entries[keep]} if keep else {lasts[0]}
        for branch in branches:
            for link in (*self.entries[branch], *self.exits[branch]):
                if link not in kept:
                    self.cut(link)
            self._drop(branch)
        for link in lasts:
            if link not in kept and link in self.links:
                self.cut(link)

    def _drop(self, name: str) -> None:
        del self.boxes[name]
        self.forget(name)


# ---- time

def _alike(parts: Iterable[Box]) -> bool:
    """Whether all are of one organ, and all of their time counts towards the limit or none."""
    parts = tuple(parts)
    classes = {part.excluded for part in parts} - {None}
    return len({part.organ for part in parts}) == 1 and len(classes) <= 1


def _addable(parts: Iterable[Box]) -> bool:
    """Whether their terms make one term."""
    return one_unit(part.within for part in parts)
