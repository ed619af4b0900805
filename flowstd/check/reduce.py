"""Rules that make a token game smaller and keep its verdict: what they melt to one line is proved sound.

Known from workflow graphs: a step in a row is a line; two lines from a choice
into a merge are one, and so are two from a split into its join; a choice that
repeats itself is no obstacle; a choice after a choice is one choice, a split
after a split is one split, a join before a join is one join.
"""

from __future__ import annotations

from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow

from .net import Firing, Net

CHOICE, SPLIT, JOIN = "choice", "split", "join"    # in: any entry, any, all; out: one exit, all, all
_CORE = {Kind.JOIN: JOIN, Kind.DECISION: CHOICE}


class Core:
    """What is left of a flow: nodes with entries and exits as lists of node numbers."""

    def __init__(self, flow: Flow) -> None:
        nodes, exits, entries = flow.nodes, flow.exits, flow.entries
        # most steps stand in a row and are part of a line from the first; a ring of such steps has no way in
        in_row = {name for name, links in exits.items() if len(links) == 1 == len(entries[name])}
        index = {name: at for at, name in enumerate(exits) if name not in in_row}
        self.source, self.sink = -1, len(nodes)
        self.kind: dict[int, str] = {self.sink: CHOICE}
        for at in index.values():
            self.kind[at] = _CORE.get(nodes[at].kind, SPLIT)
        self.exits: dict[int, list[int]] = {at: [] for at in self.kind}
        self.entries: dict[int, list[int]] = {at: [] for at in self.kind}
        for name, at in index.items():
            for link in exits[name]:
                target = link.target
                while target in in_row:
                    target = exits[target][0].target
                self.link(at, index[target])
            if nodes[at].kind is Kind.START:
                self.source = at
            elif nodes[at].kind is Kind.END:
                self.link(at, self.sink)
        for at in index.values():
            self._plain(at)

    @property
    def trivial(self) -> bool:
        """Whether nothing but the way from the start to the end is left."""
        return len(self.kind) == 2 and self.exits[self.source] == [self.sink]

    def reduce(self) -> None:
        """Apply the rules until none fits."""
        waiting = dict.fromkeys(self.kind)
        while waiting:
            at, _ = waiting.popitem()
            if at in self.kind:
                for other in self._shrink(at):
                    waiting[other] = None

    def melt(self, inside: frozenset[int]) -> None:
        """Let one line stand for the nodes *inside*, which have one way in and one way out."""
        (before,) = [source for node in inside for source in self.entries[node] if source not in inside]
        (after,) = [target for node in inside for target in self.exits[node] if target not in inside]
        for node in sorted(inside):
            self._remove(node)
        self.link(before, after)

    def net(self) -> Net:
        """The token game of what is left."""
        lines = [(source, target) for source in self.exits for target in self.exits[source]]
        out: dict[int, list[int]] = {at: [] for at in self.kind}
        into: dict[int, list[int]] = {at: [] for at in self.kind}
        for bit, (source, target) in enumerate(lines):
            out[source].append(bit)
            into[target].append(bit)
        done = 1 << len(lines)
        firings: list[tuple[Firing, ...]] = [()] * len(lines)
        for at, kind in self.kind.items():
            puts = done if at == self.sink else sum(1 << bit for bit in out[at])
            takes = sum(1 << bit for bit in into[at])
            for bit in into[at]:
                if kind == JOIN:
                    firings[bit] = (Firing(takes, puts, at),)
                elif kind == CHOICE and at != self.sink:
                    firings[bit] = tuple(Firing(1 << bit, 1 << way, at, way) for way in out[at])
                else:
                    firings[bit] = (Firing(1 << bit, puts, at),)
        return Net((sum(1 << bit for bit in out[self.source]),), tuple(firings), done)

    # ---- one node at a time; each rule returns the nodes worth another look

    def _shrink(self, at: int) -> list[int]:
        into, out = self.entries[at], self.exits[at]
        near = [*into, *out]
        if len(out) > 1 and (self._merge_lines(at) or self._drop_self(at)):
            return [at, *near]
        if at == self.source or at == self.sink:
            return []
        if len(into) == 1 and len(out) == 1:
            return self._melt(at, near)
        if self._into_next(at) or self._into_previous(at):
            return near
        return []

    def _merge_lines(self, at: int) -> bool:
        """Two lines from a choice into a merge, or from a split into a join, are one."""
        found = False
        targets = dict.fromkeys(self.exits[at])
        for target in targets if len(targets) < len(self.exits[at]) else ():
            if self.exits[at].count(target) > 1 and (self.kind[at] == CHOICE) == (self.kind[target] != JOIN):
                while self.exits[at].count(target) > 1:
                    self._unlink(at, target)
                self._plain(at)
                self._plain(target)
                found = True
        return found

    def _drop_self(self, at: int) -> bool:
        """A choice that can return to itself can as well go on."""
        if self.kind[at] == CHOICE and at in self.exits[at] and len(set(self.exits[at])) > 1:
            self._unlink(at, at)
            return True
        return False

    def _melt(self, at: int, near: list[int]) -> list[int]:
        before, after = near
        if before == at:
            return []
        del self.kind[at], self.entries[at], self.exits[at]        # most nodes go this way
        out, into = self.exits[before], self.entries[after]
        out.remove(at)
        into.remove(at)
        out.append(after)
        into.append(before)
        return near

    def _into_next(self, at: int) -> bool:
        """A merge before a merge, or a join before a join, is one."""
        if len(self.exits[at]) != 1:
            return False
        after = self.exits[at][0]
        if after == at or (self.kind[at] == JOIN) != (self.kind[after] == JOIN):
            return False
        entries = list(self.entries[at])
        self._remove(at)
        for before in entries:
            self.link(before, after)
        return True

    def _into_previous(self, at: int) -> bool:
        """A choice after a choice, or a split after a split or join, is one."""
        if len(self.entries[at]) != 1:
            return False
        before = self.entries[at][0]
        if before == at or (self.kind[at] == CHOICE) != (self.kind[before] == CHOICE):
            return False
        exits = list(self.exits[at])
        self._remove(at)
        for after in exits:
            self.link(before, after)
        self._plain(before)
        return True

    def _plain(self, at: int) -> None:
        """With one exit a split is a merge; with one entry a join is a split."""
        if self.kind[at] == JOIN and len(self.entries[at]) == 1:
            self.kind[at] = SPLIT
        if self.kind[at] == SPLIT and len(self.exits[at]) == 1 and at != self.source:
            self.kind[at] = CHOICE

    def link(self, source: int, target: int) -> None:
        """Lead a line from *source* to *target*."""
        self.exits[source].append(target)
        self.entries[target].append(source)

    def _unlink(self, source: int, target: int) -> None:
        self.exits[source].remove(target)
        self.entries[target].remove(source)

    def _remove(self, at: int) -> None:
        for before in self.entries.pop(at):
            self.exits[before].remove(at)
        for after in self.exits.pop(at):
            self.entries[after].remove(at)
        del self.kind[at]
