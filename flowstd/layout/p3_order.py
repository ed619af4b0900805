"""Phase 3: the column of every node within its lane.

Steps of one lane that follow each other form a chain and share a column, so
the story runs straight down. The chains of a lane are then packed into as few
columns as the ranks allow, each where its links want it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import accumulate, pairwise
from typing import NamedTuple

from .p2_ranks import Ranks
from .shape import Shape
from .story import Story

NEW_COLUMN = 3.0          # what a further column must save, in bends
NARROW_COLUMN = 9.0       # the same, where the sheet is narrow
CROWDED = 5               # columns that fit a portrait page at reading size
CROWDED_COLUMN = 4.0
BLOCKED = 6.0             # a level line that finds a box in its way
THROUGH_CHAIN = 2.5       # a link to another lane that crosses a chain
CROSSED = 1.5             # a level line across a chain
OUT_OF_ORDER = 2.0        # against the order that the ranks were made with
SIDEWAYS = 1.5            # a link that changes column
PER_COLUMN = 0.5
ASTRAY = 1.0              # the story beside the column in which it has run so far
OUTWARD = 0.4             # a link to another lane, for each column it has to pass


class Columns(NamedTuple):
    """Columns lane by lane, low to high."""

    of: list[int]                 # column of each node, counted within its lane
    in_lane: list[int]            # how many columns each lane has, at least one


def assign_columns(shape: Shape, story: Story, ranks: Ranks, *, narrow: bool = False) -> Columns:
    """A column for every node so that no two nodes share rank, lane and column."""
    chains = _chains(story, ranks)
    packing = _Packing(shape, story, ranks, chains, NARROW_COLUMN if narrow else NEW_COLUMN)
    main, rank = story.main, ranks.rank
    order = [number for *_, number in sorted([(not main[chain[0]], rank[chain[0]], chain[0], number)
                                              for number, chain in enumerate(chains)])]
    for chain in order:
        packing.place_first(chain)
    for _ in range(2):
        moved = [packing.move(chain) for chain in order]
        if True not in moved:
            break                                   # once more would find the same
    return packing.columns()


def _chains(story: Story, ranks: Ranks) -> list[list[int]]:
    """Runs of same-lane nodes to be set straight below each other, each node in exactly one."""
    rank, lane, main, onward, back = ranks.rank, story.lane, story.main, story.onward, story.back
    below = [-1] * len(lane)
    above = [-1] * len(lane)
    links = [(not (main[source] and main[target]), onward[source] != number, rank[target] - rank[source], number)
             for number, (source, target) in enumerate(zip(story.source, story.target, strict=True))
             if not back[number] and lane[source] == lane[target] and rank[source] < rank[target]]
    for _, _, _, number in sorted(links):
        source, target = story.source[number], story.target[number]
        if below[source] < 0 and above[target] < 0:
            below[source], above[target] = target, source
    chains = []
    for node in range(len(lane)):
        if above[node] < 0:
            chain = [node]
            while below[chain[-1]] >= 0:
                chain.append(below[chain[-1]])
            chains.append(chain)
    return chains


class _Column:
    """Chains below each other, by the rank they begin on."""

    __slots__ = ("chains", "main", "position")

    def __init__(self) -> None:
        self.chains: list[tuple[int, int, int]] = []      # first rank, last rank, number
        self.main = 0                          # how many of them the story runs down
        self.position = 0                      # in its lane

    def last_before(self, rank: int) -> int:
        """The last rank of the chain that begins on *rank* or last before it; -1 where none does."""
        place = bisect_left(self.chains, (rank + 1,))
        return self.chains[place - 1][1] if place else -1


class _Packing:
    """The chains of every lane in columns."""

    def __init__(self, shape: Shape, story: Story, ranks: Ranks, chains: list[list[int]], price: float) -> None:
        self.price = price
        self.lane_of, self.main, self.rank, self.cells = story.lane, story.main, ranks.rank, ranks.cells
        self.chains = chains
        # of the lane in which a place is sought: by rank, how many chains that go on below it stand before each column
        self.passed: dict[int, list[int]] = {}
        self.more = 0                                       # columns beyond the first of each lane
        self.lanes: list[list[_Column]] = [[] for _ in range(shape.lanes)]
        self.column_of: list[_Column | None] = [None] * len(shape.nodes)             # of each node that is placed
        self.changes = [0] * shape.lanes                    # how often something has been placed elsewhere in each lane
        # when each chain was placed: after how many of them, and whether there were columns enough already
        self.placed_when = [(-1, False)] * len(chains)
        self.spans = [(self.rank[nodes[0]], self.rank[nodes[-1]], number) for number, nodes in enumerate(chains)]
        chain_of = [0] * len(shape.nodes)
        for number, nodes in enumerate(chains):
            for node in nodes:
                chain_of[node] = number
        # of nodes with links to other chains: (other, its lane, level, back); and the lanes that level lines lead to
        self.links: dict[int, list[tuple[int, int, bool, bool]]] = {}
        self.level_to: dict[int, list[int]] = {}
        for source, target, level, back in zip(story.source, story.target, ranks.level, story.back, strict=True):
            if chain_of[source] == chain_of[target]:
                continue
            here, there = self.lane_of[source], self.lane_of[target]
            self.links.setdefault(source, []).append((target, there, level, back))
            self.links.setdefault(target, []).append((source, here, level, back))
            if level and here != there:
                self.level_to.setdefault(source, []).append(there)
                self.level_to.setdefault(target, []).append(here)
        # nodes whose place costs anything: those with such links, and those with others beside them on their rank
        self.matters = set(self.links)
        for cell in self.cells.values():
            if len(cell) > 1:
                self.matters.update(cell)

    def place(self, chain: int) -> _Column:
        """Put *chain* into the cheapest column, opening one where that pays."""
        nodes = self.chains[chain]
        lane = self.lanes[self.lane_of[nodes[0]]]
        column = self._cheapest(chain, lane) if lane else self._opened(lane, 0)
        insort(column.chains, self.spans[chain])
        column.main += self.main[nodes[0]]
        for node in nodes:
            self.column_of[node] = column
        return column

    def place_first(self, chain: int) -> None:
        """Put *chain* in a lane in which it was not."""
        lane, crowded = self.lane_of[self.chains[chain][0]], self._is_crowded()
        self.place(chain)
        self.changes[lane] += 1
        self.placed_when[chain] = self.changes[lane], crowded

    def move(self, chain: int) -> bool:
        """Take *chain* out and place it again, now that the others are there; whether it went elsewhere.

        Where it stands depends on its lane, and on whether there are columns enough: while both are as they were, so
        is this.
        """
        nodes = self.chains[chain]
        number = self.lane_of[nodes[0]]
        lane, column = self.lanes[number], self.column_of[nodes[0]]
        if len(lane) == 1 or column is None:
            return False
        before, alone = column.position, len(column.chains) == 1
        crowded = self._is_crowded(without=alone)
        if self.placed_when[chain] == (self.changes[number], crowded):
            return False
        for node in nodes:
            self.column_of[node] = None
        column.chains.remove(self.spans[chain])
        column.main -= self.main[nodes[0]]
        if alone:
            lane.remove(column)
            _number(lane)
            self.more -= 1
        new = self.place(chain)
        moved = (new.position, len(new.chains) == 1) != (before, alone)
        self.changes[number] += moved
        self.placed_when[chain] = self.changes[number], crowded
        return moved

    def columns(self) -> Columns:
        return Columns([column.position if column else 0 for column in self.column_of],
                       [max(1, len(lane)) for lane in self.lanes])

    def _cheapest(self, chain: int, lane: list[_Column]) -> _Column:
        best: tuple[float, int, bool] | None = None
        self.passed = {}
        middle, last = self._spine(lane), len(lane) - 1
        astray = ASTRAY if self.main[self.chains[chain][0]] else 0.1
        begin, end, _ = self.spans[chain]
        for position, column in enumerate(lane):
            if column.last_before(end) < begin:
                cost = self._cost(chain, position, (0, last)) + astray * abs(position - middle)
                if best is None or cost < best[0]:
                    best = (cost, position, False)
        price = self.price + (CROWDED_COLUMN if self._is_crowded() else 0.0)
        if best is None or best[0] > price:
            for position, outer in ((last + 1, (0, last + 1)), (-1, (-1, last))):
                cost = price + self._cost(chain, position, outer) + astray * abs(max(0, position) - middle)
                if best is None or cost < best[0] - 1e-9:
                    best = (cost, position, True)
        assert best is not None
        _, position, new = best
        if new:
            self.more += 1
            return self._opened(lane, max(0, position))
        return lane[position]

    def _is_crowded(self, *, without: int = 0) -> bool:
        """Whether there are columns enough, *without* so many of them."""
        return len(self.lanes) + self.more - without >= CROWDED

    @staticmethod
    def _opened(lane: list[_Column], position: int) -> _Column:
        lane.insert(position, _Column())
        _number(lane)
        return lane[position]

    @staticmethod
    def _spine(lane: list[_Column]) -> int:
        for column in lane:
            if column.main:
                return column.position
        return 0

    # ---- what a place costs

    def _cost(self, chain: int, position: int, outer: tuple[int, int]) -> float:
        """What it costs to stand a *chain* at *position*; the outermost positions of the lane are *outer*."""
        nodes, (first, last, _) = self.chains[chain], self.spans[chain]
        cost = 0.0
        for node in nodes:
            if node in self.matters:
                cost += self._node_cost(node, position, outer)
        if last - first >= len(nodes):
            cost += self._gap_cost(nodes, position)
        return cost

    def _node_cost(self, node: int, position: int, outer: tuple[int, int]) -> float:
        here = self.lane_of[node]
        cost = 0.0
        cell = self.cells[self.rank[node], here]
        row = [(column.position, other) for other in cell
               if other != node and (column := self.column_of[other]) is not None] if len(cell) > 1 else ()
        if row:
            mine = cell.index(node)
            cost += sum([OUT_OF_ORDER for at, other in row if (at < position) != (cell.index(other) < mine)])
        for target, there, level, runs_back in self.links.get(node, ()):
            if there != here:
                outward = outer[1] - position if there > here else position - outer[0]
                if outward:
                    cost += OUTWARD * outward
                    if not level:
                        cost += self._chains_between(node, position, target, runs_back)
                if level and row:
                    cost += sum([BLOCKED for at, _ in row if _beyond(at, position, there, here)])
                continue
            column = self.column_of[target]
            if column is None:
                continue
            apart = abs(column.position - position)
            if level:
                cost += 0.0 if apart == 1 else BLOCKED
            elif runs_back:
                cost += 0.3 * apart
            elif apart:
                cost += SIDEWAYS + PER_COLUMN * apart
        for at, other in row:
            for there in self.level_to.get(other, ()):
                if _beyond(position, at, there, here):
                    cost += BLOCKED
        return cost

    def _chains_between(self, node: int, position: int, target: int, runs_back: bool) -> float:
        """What it costs that a link to another lane crosses the chains on its way out of this one."""
        rank = self.rank
        first = rank[node] - 1 if (rank[target] < rank[node]) != runs_back else rank[node]
        passed = self.passed.get(first)
        if passed is None:
            lane = self.lanes[self.lane_of[node]]
            passed = self.passed[first] = [0, *accumulate([column.last_before(first) > first for column in lane])]
        if self.lane_of[target] > self.lane_of[node]:
            return THROUGH_CHAIN * (passed[-1] - passed[position + 1])
        return THROUGH_CHAIN * passed[position]

    def _gap_cost(self, nodes: list[int], position: int) -> float:
        """Level lines of other nodes that a chain would cross between its own."""
        here, rank = self.lane_of[nodes[0]], self.rank
        cost = 0.0
        for a, b in pairwise(nodes):
            for between in range(rank[a] + 1, rank[b]):
                for other in self.cells.get((between, here), ()):
                    column = self.column_of[other]
                    if column is None:
                        continue
                    for there in self.level_to.get(other, ()):
                        if _beyond(position, column.position, there, here):
                            cost += CROSSED
        return cost


def _number(lane: list[_Column]) -> None:
    for position, column in enumerate(lane):
        column.position = position


def _beyond(column: int, other: int, there: int, here: int) -> bool:
    """Whether *column* lies beyond the *other* on the way from lane *here* to lane *there*."""
    return column > other if there > here else column < other
