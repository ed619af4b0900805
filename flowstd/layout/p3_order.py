"""Phase 3: the column of every node within its lane.

Steps of one lane that follow each other form a chain and share a column, so
the story runs straight down. The chains of a lane are then packed into as few
columns as the ranks allow, each where its links want it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from .p2_ranks import Ranks
from .shape import Shape

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


def assign_columns(shape: Shape, back: list[bool], ranks: Ranks, *, narrow: bool = False) -> Columns:
    """A column for every node so that no two nodes share rank, lane and column."""
    chains = _chains(shape, back, ranks)
    packing = _Packing(shape, back, ranks, chains, NARROW_COLUMN if narrow else NEW_COLUMN)
    heads = [chain[0] for chain in chains]
    order = sorted(range(len(chains)), key=lambda c: (not ranks.main[heads[c]], ranks.rank[heads[c]], heads[c]))
    for chain in order:
        packing.place(chain)
    for _ in range(2):
        for chain in order:
            packing.move(chain)
    return packing.columns()


def _chains(shape: Shape, back: list[bool], ranks: Ranks) -> list[list[int]]:
    """Runs of same-lane nodes to be set straight below each other, each node in exactly one."""
    below = [-1] * len(shape.nodes)
    above = [-1] * len(shape.nodes)

    def join(number: int) -> None:
        source, target = shape.edges[number].source, shape.edges[number].target
        if (not back[number] and below[source] < 0 and above[target] < 0
                and shape.nodes[source].lane == shape.nodes[target].lane and ranks.rank[source] < ranks.rank[target]):
            below[source], above[target] = target, source

    links = sorted(range(len(shape.edges)), key=lambda e: (
        not (ranks.main[shape.edges[e].source] and ranks.main[shape.edges[e].target]),
        ranks.onward[shape.edges[e].source] != e,
        abs(ranks.rank[shape.edges[e].target] - ranks.rank[shape.edges[e].source]), e))
    for number in links:
        join(number)
    chains = []
    for node in range(len(shape.nodes)):
        if above[node] < 0:
            chain = [node]
            while below[chain[-1]] >= 0:
                chain.append(below[chain[-1]])
            chains.append(chain)
    return chains


class _Column:
    """Chains below each other, by the rank they begin on."""

    __slots__ = ("begins", "chains", "ends")

    def __init__(self) -> None:
        self.begins: list[int] = []
        self.ends: list[int] = []
        self.chains: list[int] = []

    def last_before(self, rank: int) -> int:
        """The last rank of the chain that begins on *rank* or last before it; -1 where none does."""
        place = bisect_right(self.begins, rank)
        return self.ends[place - 1] if place else -1

    def add(self, chain: int, begin: int, end: int) -> None:
        place = bisect_right(self.begins, begin)
        self.begins.insert(place, begin)
        self.ends.insert(place, end)
        self.chains.insert(place, chain)

    def remove(self, chain: int) -> None:
        place = self.chains.index(chain)
        del self.begins[place], self.ends[place], self.chains[place]


class _Packing:
    """The chains of every lane in columns."""

    def __init__(self, shape: Shape, back: list[bool], ranks: Ranks, chains: list[list[int]],
                 price: float) -> None:
        self.price = price
        self.shape, self.ranks, self.chains = shape, ranks, chains
        self.lanes: list[list[_Column]] = [[] for _ in range(shape.lanes)]
        self.chain_of = [0] * len(shape.nodes)
        for number, chain in enumerate(chains):
            for node in chain:
                self.chain_of[node] = number
        self.links: list[list[tuple[int, bool, bool]]] = [[] for _ in shape.nodes]   # (other node, level, back)
        for number, edge in enumerate(shape.edges):
            if edge.source != edge.target:
                self.links[edge.source].append((edge.target, ranks.level[number], back[number]))
                self.links[edge.target].append((edge.source, ranks.level[number], back[number]))
        self.cells = ranks.cells
        self.column_of: dict[int, _Column] = {}

    def place(self, chain: int) -> None:
        """Put *chain* into the cheapest column, opening one where that pays."""
        lane = self.lanes[self.shape.nodes[self.chains[chain][0]].lane]
        best: tuple[float, int, bool] | None = None
        middle = self._spine(lane)
        astray = ASTRAY if self.ranks.main[self.chains[chain][0]] else 0.1
        for position, column in enumerate(lane):
            if self._fits(chain, column):
                cost = self._cost(chain, position, lane) + astray * abs(position - middle)
                if best is None or cost < best[0]:
                    best = (cost, position, False)
        price = 0.0 if not lane else self.price + (CROWDED_COLUMN if self._columns_so_far() >= CROWDED else 0.0)
        if best is None or best[0] > price:
            for position in (len(lane), 0) if lane else (0,):
                lane.insert(position, _Column())
                cost = price + self._cost(chain, position, lane) + astray * abs(position - middle)
                lane.pop(position)
                if best is None or cost < best[0] - 1e-9:
                    best = (cost, position, True)
        assert best is not None
        _, position, new = best
        if new:
            lane.insert(position, _Column())
        rank = self.ranks.rank
        lane[position].add(chain, rank[self.chains[chain][0]], rank[self.chains[chain][-1]])
        self.column_of[chain] = lane[position]

    def move(self, chain: int) -> None:
        """Take *chain* out and place it again, now that the others are there."""
        lane = self.lanes[self.shape.nodes[self.chains[chain][0]].lane]
        if len(lane) == 1:
            return
        column = self.column_of.pop(chain)
        column.remove(chain)
        if not column.chains:
            lane.remove(column)
        self.place(chain)

    def columns(self) -> Columns:
        of = [0] * len(self.shape.nodes)
        for lane in self.lanes:
            for position, column in enumerate(lane):
                for chain in column.chains:
                    for node in self.chains[chain]:
                        of[node] = position
        return Columns(of, [max(1, len(lane)) for lane in self.lanes])

    def _spine(self, lane: list[_Column]) -> int:
        for position, column in enumerate(lane):
            if any(self.ranks.main[self.chains[chain][0]] for chain in column.chains):
                return position
        return 0

    def _columns_so_far(self) -> int:
        return sum(max(1, len(lane)) for lane in self.lanes)

    def _fits(self, chain: int, column: _Column) -> bool:
        rank = self.ranks.rank
        return column.last_before(rank[self.chains[chain][-1]]) < rank[self.chains[chain][0]]

    def _position(self, node: int, lane: list[_Column]) -> int:
        column = self.column_of.get(self.chain_of[node])
        return -1 if column is None else lane.index(column)

    def _cost(self, chain: int, position: int, lane: list[_Column]) -> float:
        nodes = sum(self._node_cost(node, position, lane) for node in self.chains[chain])
        return nodes + self._gap_cost(chain, position, lane)

    def _node_cost(self, node: int, position: int, lane: list[_Column]) -> float:
        here = self.shape.nodes[node].lane
        cost = 0.0
        cell = self.cells[self.ranks.rank[node], here]
        row = [(self._position(other, lane), other) for other in cell if other != node]
        if row:
            mine = cell.index(node)
            cost += sum(OUT_OF_ORDER for at, other in row if at >= 0 and (at < position) != (cell.index(other) < mine))
        for target, level, runs_back in self.links[node]:
            there = self.shape.nodes[target].lane
            if there != here:
                outward = len(lane) - 1 - position if there > here else position
                cost += OUTWARD * outward
                if not level and outward:
                    cost += self._chains_between(node, position, lane, target, runs_back)
                if level:
                    cost += sum(BLOCKED for at, _ in row if at >= 0 and _beyond(at, position, there, here))
                continue
            at = self._position(target, lane)
            if at < 0:
                continue
            apart = abs(at - position)
            if level:
                cost += 0.0 if apart == 1 else BLOCKED
            elif runs_back:
                cost += 0.3 * apart
            elif apart:
                cost += SIDEWAYS + PER_COLUMN * apart
        for at, other in row:
            if at < 0:
                continue
            for target, level, _ in self.links[other]:
                there = self.shape.nodes[target].lane
                if level and there != here and _beyond(position, at, there, here):
                    cost += BLOCKED
        return cost

    def _chains_between(self, node: int, position: int, lane: list[_Column], target: int, runs_back: bool) -> float:
        """What it costs that a link to another lane crosses the chains on its way out of this one."""
        rank = self.ranks.rank
        first = rank[node] - 1 if (rank[target] < rank[node]) != runs_back else rank[node]
        higher = self.shape.nodes[target].lane > self.shape.nodes[node].lane
        columns = lane[position + 1:] if higher else lane[:position]
        return sum(THROUGH_CHAIN for column in columns if column.last_before(first) > first)

    def _gap_cost(self, chain: int, position: int, lane: list[_Column]) -> float:
        """Level lines of other nodes that a chain would cross between its own."""
        nodes = self.chains[chain]
        lane_number = self.shape.nodes[nodes[0]].lane
        rank = self.ranks.rank
        cost = 0.0
        for a, b in pairwise(nodes):
            for between in range(rank[a] + 1, rank[b]):
                for other in self.cells.get((between, lane_number), ()):
                    at = self._position(other, lane)
                    for target, level, _ in self.links[other]:
                        there = self.shape.nodes[target].lane
                        if at >= 0 and level and there != lane_number and _beyond(position, at, there, lane_number):
                            cost += CROSSED
        return cost


def _beyond(column: int, other: int, there: int, here: int) -> bool:
    """Whether *column* lies beyond the *other* on the way from lane *here* to lane *there*."""
    return column > other if there > here else column < other
