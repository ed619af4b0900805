"""Phase 2: the rank of every node along the flow.

A step stands one rank after the last step before it, except where the case is
handed over to another lane and nothing stands between: then both stand level
and the line runs straight across. That is what keeps official charts short.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from .level import HIGH, LOW, First, level_sides
from .shape import Shape
from .story import Story

# how ranks may be given: which of two exits to one lane runs level, and whether exceptions are set apart
Manner = tuple[First, bool]
MANNERS: tuple[Manner, ...] = (("fitting", False), ("story", False), ("exception", False), ("fitting", True))
ORDINARY = 100                     # nodes up to which more than one plan is made for fewer crossings
BESIDE, BRANCHES = 2, 4            # how many nodes of one lane may stand on one rank; of branches of a split


class Ranks(NamedTuple):
    """Where everything stands along the flow."""

    rank: list[int]
    total: int
    level: list[bool]              # per link: both ends stand on one rank, line straight across
    cells: dict[tuple[int, int], list[int]]   # (rank, lane) → its nodes from low to high


def rankings(shape: Shape, story: Story, *, narrow: bool = False) -> Iterator[Ranks]:
    """The ranks of charts that are not too large in every manner that gives other ranks than those before it."""
    found: list[Ranks] = []
    tried: list[tuple[dict[int, int], bool]] = []
    for first, apart in MANNERS if len(shape.nodes) <= ORDINARY else MANNERS[:1]:
        sides = level_sides(shape, story, beside=not narrow, first=first)
        if (sides, apart) in tried:
            continue
        tried.append((sides, apart))
        ranks = assign_ranks(shape, story, sides, narrow=narrow, apart=apart)
        if ranks not in found:
            found.append(ranks)
            yield ranks


def assign_ranks(shape: Shape, story: Story, sides: dict[int, int], *, narrow: bool = False,
                 apart: bool = False) -> Ranks:
    """Ranks such that every forward link runs to a later rank, or level where it may.

    *sides*: of their sources, for links that may. *narrow*: for charts that
    would be too wide for their sheet; fewer nodes of one lane stand on one
    rank, so that the chart grows along the flow instead. *apart*: exceptions
    are set before the story, and a question of the story waits for a rank of
    its own.
    """
    board = _Board(shape, story, sides, narrow=narrow)
    for node in _exceptions_first(story) if apart else story.order:
        asks = apart and story.main[node] and shape.nodes[node].outline == "diamond"
        board.settle(node, alone=asks and True in [link in sides for link in story.out[node]])
    return Ranks(board.rank, max(board.rank, default=-1) + 1, board.level, board.cells)


def _exceptions_first(story: Story) -> list[int]:
    """The same nodes, none before what leads to it; those beside the story as soon as they may be."""
    place = [0] * len(story.order)
    for number, node in enumerate(story.order):
        place[node] = number
    waiting = [len(links) for links in story.into]
    ready = [(story.main[node], place[node], node) for node in story.order if not waiting[node]]
    heapify(ready)
    found = []
    while ready:
        node = heappop(ready)[2]
        found.append(node)
        for link in story.out[node]:
            target = story.target[link]
            waiting[target] -= 1
            if not waiting[target]:
                heappush(ready, (story.main[target], place[target], target))
    return found


class _Board:
    """Who stands where so far; within a cell (rank and lane) from low to high."""

    def __init__(self, shape: Shape, story: Story, sides: dict[int, int], *, narrow: bool) -> None:
        self.shape, self.story, self.sides, self.narrow = shape, story, sides, narrow
        self.rank = [0] * len(shape.nodes)
        self.level = [False] * len(shape.edges)
        self.lean = [0] * len(shape.nodes)                   # steps to the high side of where the lane's story runs
        self.cells: dict[tuple[int, int], list[int]] = {}
        self.kept: dict[tuple[int, int], list[int]] = {}     # in the cell below a node, for what the story goes on with
        self.walls: dict[tuple[int, int], list[bool]] = {}   # level lines over the low and high border of a cell

    def settle(self, node: int, *, alone: bool) -> None:
        """Give *node* its rank: level with those before it where that may be, else the first with room below them."""
        story, ranks, sources = self.story, self.rank, self.story.source
        lane, links = story.lane[node], story.into[node]
        if len(links) == 1:
            rank, last = ranks[sources[links[0]]] + 1, links
        else:
            rank = max([ranks[sources[link]] for link in links], default=-1) + 1
            if len({sources[link] for link in links}) < len(links):
                rank += 1                  # several links between two nodes need room to part and meet
            last = [link for link in links if ranks[sources[link]] == rank - 1]
        if last and last[0] in self.sides and self._may_stand_level(node, rank - 1, last):
            side = self.sides[last[0]]
            self._put_last(node, rank - 1, lane, side if story.lane[story.source[last[0]]] == lane else 1 - side)
            for link in last:
                self._draw_level(link, rank - 1)
        else:
            branch = len(links) == 1 and self.shape.nodes[sources[links[0]]].duty == "split"
            lean = 0
            for link in links:
                if story.lane[sources[link]] == lane:
                    lean = self.lean[sources[link]]
                    break
            self._drop(node, rank, lane, lean, 1 if alone else BRANCHES if branch and not self.narrow else BESIDE)
        onward = story.onward[node]
        if onward >= 0 and story.lane[story.target[onward]] == lane:
            self.kept.setdefault((ranks[node] + 1, lane), []).append(story.target[onward])

    # ---- below those before it

    def _drop(self, node: int, rank: int, lane: int, lean: int, most: int) -> None:
        """Put *node* on the first rank from *rank* on with room for it: a place kept for the story counts as taken."""
        leans = self.lean
        while True:
            at = rank, lane
            low, high = self.walls.get(at, _OPEN)
            if not (low and high):
                here = self.cells.get(at, ())
                taken = len(here)
                for other in self.kept.get(at, ()):
                    if other != node and other not in here:
                        taken += 1
                if taken < most or (lean and not self.narrow and lean not in [leans[other] for other in here]):
                    self._put(node, rank, lane, lean)
                    return
            rank += 1

    def _put(self, node: int, rank: int, lane: int, lean: int) -> None:
        """Stand *node* in a cell, among those that lean less and more; away from a wall if there is one."""
        self.rank[node], self.lean[node] = rank, lean
        cell = self.cells.get((rank, lane))
        if cell is None:
            self.cells[rank, lane] = [node]
            return
        leans = [self.lean[other] for other in cell]
        place = len([1 for other in leans if other < lean])
        if lean in leans:
            place = 0 if lean < 0 else len(cell)           # never between two that stand beside each other
        low, high = self.walls.get((rank, lane), _OPEN)
        if place == len(cell) and high:
            place = 0
        elif place == 0 and low:
            place = len(cell)
        cell.insert(place, node)

    # ---- level with those before it

    def _may_stand_level(self, node: int, rank: int, links: list[int]) -> bool:
        sides, lanes, sources = self.sides, self.story.lane, self.story.source
        if len(links) > 2 or self.story.bars[node] or False in [link in sides for link in links]:
            return False
        if len(links) == 2 and sides[links[0]] == sides[links[1]]:
            return False
        lane = lanes[node]
        for link in links:
            side, source = sides[link], sources[link]
            from_lane = lanes[source]
            if self.cells[rank, from_lane][-1 if side == HIGH else 0] != source or self._walled(rank, from_lane, side):
                return False
            if from_lane == lane:
                continue
            taken = len(self.cells.get((rank, lane), ()))
            if taken > 1 or (taken and len(links) > 1) or self._walled(rank, lane, 1 - side):
                return False
            step = 1 if lane > from_lane else -1
            for between in range(from_lane + step, lane, step):
                if self.cells.get((rank, between)) or True in self.walls.get((rank, between), _OPEN):
                    return False
        return True

    def _walled(self, rank: int, lane: int, side: int) -> bool:
        return self.walls.get((rank, lane), _OPEN)[side]

    def _put_last(self, node: int, rank: int, lane: int, side: int) -> None:
        """Stand *node* in a cell as the last on that *side*."""
        cell = self.cells.setdefault((rank, lane), [])
        self.rank[node], self.lean[node] = rank, 0
        if cell:
            self.lean[node] = self.lean[cell[-1 if side == HIGH else 0]] + (1 if side == HIGH else -1)
        cell.insert(len(cell) if side == HIGH else 0, node)

    def _draw_level(self, link: int, rank: int) -> None:
        self.level[link] = True
        story, side = self.story, self.sides[link]
        a, b = story.lane[story.source[link]], story.lane[story.target[link]]
        if a == b:
            return
        self._cross(rank, a, side)
        self._cross(rank, b, 1 - side)
        if abs(a - b) > 1:
            for between in range(min(a, b) + 1, max(a, b)):
                self._cross(rank, between, LOW)
                self._cross(rank, between, HIGH)

    def _cross(self, rank: int, lane: int, side: int) -> None:
        self.walls.setdefault((rank, lane), [False, False])[side] = True


_OPEN = [False, False]
