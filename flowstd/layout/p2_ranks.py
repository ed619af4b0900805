"""Phase 2: the rank of every node along the flow.

A step stands one rank after the last step before it, except where the case is
handed over to another lane and nothing stands between: then both stand level
and the line runs straight across. That is what keeps official charts short.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import NamedTuple

from .level import HIGH, LOW, level_sides
from .shape import Shape


class Ranks(NamedTuple):
    """What the later phases need to know of the story."""

    rank: list[int]
    total: int
    onward: list[int]              # the successor the story continues with, -1 at an end
    main: list[bool]               # on the path from the start to the favoured end
    level: list[bool]              # per link: both ends stand on one rank, line straight across
    cells: dict[tuple[int, int], list[int]]   # (rank, lane) → its nodes from low to high


def assign_ranks(shape: Shape, back: list[bool], order: list[int], *, narrow: bool = False,
                 story_first: bool = False, apart: bool = False) -> Ranks:
    """Ranks such that every forward link runs to a later rank, or level where it may.

    *narrow*: for charts that would be too wide for their sheet; fewer nodes of
    one lane stand on one rank, so that the chart grows along the flow instead.
    *story_first*: of two exits to one lane the story runs level, even if the
    exception would end sooner. *apart*: exceptions are set before the story,
    and a question of the story waits for a rank of its own.
    """
    into, out = _neighbours(shape, back)
    onward = _onward(shape, order, out)
    main = _main(shape, order, onward, into)
    sides = level_sides(shape, out, back, onward, beside=not narrow, story_first=story_first)
    board = _Board(shape)
    level = [False] * len(shape.edges)
    for node in _exceptions_first(shape, order, into, out, main) if apart else order:
        asks = apart and main[node] and shape.nodes[node].outline == "diamond"
        alone = asks and any(link in sides for link in out[node])
        _settle(node, shape, into[node], sides, board, level, onward, narrow=narrow, alone=alone)
    return Ranks(board.rank, max(board.rank, default=-1) + 1, onward, main, level, board.cells)


def _neighbours(shape: Shape, back: list[bool]) -> tuple[list[list[int]], list[list[int]]]:
    into: list[list[int]] = [[] for _ in shape.nodes]
    out: list[list[int]] = [[] for _ in shape.nodes]
    for number, edge in enumerate(shape.edges):
        if not back[number]:
            into[edge.target].append(number)
            out[edge.source].append(number)
    return into, out


def _onward(shape: Shape, order: list[int], out: list[list[int]]) -> list[int]:
    """The link the story goes on with: towards the favoured end, then the longest way, then the one declared first."""
    onward = [-1] * len(shape.nodes)
    worth: list[tuple[int, int]] = [(0, 0)] * len(shape.nodes)
    for node in reversed(order):
        best = (-1, -1)
        for number in out[node]:
            value = worth[shape.edges[number].target]
            if value > best:
                best, onward[node] = value, number
        worth[node] = (max(shape.nodes[node].favoured, best[0]), best[1] + 1)
    return onward


def _main(shape: Shape, order: list[int], onward: list[int], into: list[list[int]]) -> list[bool]:
    main = [False] * len(shape.nodes)
    starts = [n for n in order if shape.nodes[n].duty == "start"] or [n for n in order if not into[n]]
    for start in starts[:1]:
        node = start
        main[node] = True
        while onward[node] >= 0:
            node = shape.edges[onward[node]].target
            main[node] = True
    return main


def _exceptions_first(shape: Shape, order: list[int], into: list[list[int]], out: list[list[int]],
                      main: list[bool]) -> list[int]:
    """The same nodes, none before what leads to it; those beside the story as soon as they may be."""
    place = {node: number for number, node in enumerate(order)}
    waiting = [len(links) for links in into]
    ready = [(main[node], place[node], node) for node in order if not waiting[node]]
    heapify(ready)
    found = []
    while ready:
        node = heappop(ready)[2]
        found.append(node)
        for link in out[node]:
            target = shape.edges[link].target
            waiting[target] -= 1
            if not waiting[target]:
                heappush(ready, (main[target], place[target], target))
    return found


class _Board:
    """Who stands where so far; within a cell (rank and lane) from low to high."""

    def __init__(self, shape: Shape) -> None:
        self.rank = [0] * len(shape.nodes)
        self.lean = [0] * len(shape.nodes)                   # steps to the high side of where the lane's story runs
        self.cells: dict[tuple[int, int], list[int]] = {}
        self.kept: dict[tuple[int, int], list[int]] = {}     # in the cell below a node, for what the story goes on with
        self.walls: dict[tuple[int, int], list[bool]] = {}   # level lines over the low and high border of a cell

    def wall(self, rank: int, lane: int) -> list[bool]:
        return self.walls.get((rank, lane), _OPEN)

    def put(self, node: int, rank: int, lane: int, lean: int) -> None:
        """Stand *node* in a cell, among those that lean less and more; away from a wall if there is one."""
        cell = self.cells.setdefault((rank, lane), [])
        place = sum(self.lean[other] < lean for other in cell)
        if any(self.lean[other] == lean for other in cell):
            place = 0 if lean < 0 else len(cell)           # never between two that stand beside each other
        self.rank[node], self.lean[node] = rank, lean
        low, high = self.wall(rank, lane)
        if place == len(cell) and high:
            place = 0
        elif place == 0 and low:
            place = len(cell)
        cell.insert(place, node)

    def put_last(self, node: int, rank: int, lane: int, side: int) -> None:
        """Stand *node* in a cell as the last on that *side*."""
        cell = self.cells.setdefault((rank, lane), [])
        self.rank[node], self.lean[node] = rank, 0
        if cell:
            self.lean[node] = self.lean[cell[-1 if side == HIGH else 0]] + (1 if side == HIGH else -1)
        cell.insert(len(cell) if side == HIGH else 0, node)

    def cross(self, rank: int, lane: int, side: int) -> None:
        self.walls.setdefault((rank, lane), [False, False])[side] = True


_OPEN = [False, False]


def _settle(node: int, shape: Shape, links: list[int], sides: dict[int, int], board: _Board, level: list[bool],
            onward: list[int], *, narrow: bool, alone: bool) -> None:
    """Give *node* its rank: level with those before it where that may be, else the first with room below them."""
    lane = shape.nodes[node].lane
    rank = 1 + max((board.rank[shape.edges[link].source] for link in links), default=-1)
    if len({shape.edges[link].source for link in links}) < len(links):
        rank += 1                      # several links between two nodes need room to part and meet
    last = [link for link in links if board.rank[shape.edges[link].source] == rank - 1]
    if last and _may_stand_level(node, rank - 1, last, shape, sides, board):
        within = shape.nodes[shape.edges[last[0]].source].lane == lane
        board.put_last(node, rank - 1, lane, sides[last[0]] if within else 1 - sides[last[0]])
        for link in last:
            _draw_level(link, shape, sides[link], rank - 1, board)
            level[link] = True
    else:
        branch = len(links) == 1 and shape.nodes[shape.edges[links[0]].source].duty == "split"
        before = [shape.edges[link].source for link in links]
        leans = [board.lean[source] for source in before if shape.nodes[source].lane == lane]
        _drop(node, rank, lane, leans[0] if leans else 0, board,
              most=1 if alone else 4 if branch and not narrow else 2)
    story = onward[node]
    if story >= 0 and shape.nodes[shape.edges[story].target].lane == lane:
        board.kept.setdefault((board.rank[node] + 1, lane), []).append(shape.edges[story].target)


def _drop(node: int, rank: int, lane: int, lean: int, board: _Board, *, most: int) -> None:
    """Put *node* on the first rank from *rank* on with room for it: a place kept for the story counts as taken."""
    while True:
        low, high = board.wall(rank, lane)
        here = board.cells.get((rank, lane), [])
        kept = [other for other in board.kept.get((rank, lane), ()) if other != node and other not in here]
        aside = lean != 0 and all(board.lean[other] != lean for other in here)
        if not (low and high) and (len(here) + len(kept) < most or aside):
            board.put(node, rank, lane, lean)
            return
        rank += 1


def _may_stand_level(node: int, rank: int, links: list[int], shape: Shape, sides: dict[int, int],
                     board: _Board) -> bool:
    lane = shape.nodes[node].lane
    if shape.nodes[node].outline == "bar" or len(links) > 2 or any(link not in sides for link in links):
        return False
    if len(links) == 2 and sides[links[0]] == sides[links[1]]:
        return False
    for link in links:
        source, side = shape.edges[link].source, sides[link]
        from_lane = shape.nodes[source].lane
        cell = board.cells[rank, from_lane]
        if cell[-1 if side == HIGH else 0] != source or board.wall(rank, from_lane)[side]:
            return False
        if from_lane == lane:
            continue
        taken = board.cells.get((rank, lane), ())
        if len(taken) > 1 or (taken and len(links) > 1) or board.wall(rank, lane)[1 - side]:
            return False
        step = 1 if lane > from_lane else -1
        for between in range(from_lane + step, lane, step):
            if board.cells.get((rank, between)) or any(board.wall(rank, between)):
                return False
    return True


def _draw_level(link: int, shape: Shape, side: int, rank: int, board: _Board) -> None:
    edge = shape.edges[link]
    a, b = shape.nodes[edge.source].lane, shape.nodes[edge.target].lane
    if a == b:
        return
    board.cross(rank, a, side)
    board.cross(rank, b, 1 - side)
    for between in range(min(a, b) + 1, max(a, b)):
        board.cross(rank, between, LOW)
        board.cross(rank, between, HIGH)
