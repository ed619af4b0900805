"""Phase 2: the rank of every node along the flow.

A step stands one rank after the last step before it, except where the case is
handed over to another lane and nothing stands between: then both stand level
and the line runs straight across. That is what keeps official charts short.
"""

from __future__ import annotations

from typing import NamedTuple

from .shape import Shape

LOW, HIGH = 0, 1


class Ranks(NamedTuple):
    """What the later phases need to know of the story."""

    rank: list[int]
    count: int
    onward: list[int]              # the successor the story continues with, -1 at an end
    main: list[bool]               # on the path from the start to the favoured end
    level: list[bool]              # per link: both ends stand on one rank, line straight across


def assign_ranks(shape: Shape, back: list[bool], order: list[int], *, beside: bool = True) -> Ranks:
    """Ranks such that every forward link runs to a later rank, or level where it may.

    *beside*: exceptions within a lane may stand level beside their decision.
    """
    into, out = _neighbours(shape, back)
    onward = _onward(shape, order, out)
    main = _main(shape, order, onward, into)
    sides = _sides(shape, out, back, onward, beside)
    board = _Board(shape)
    level = [False] * len(shape.edges)
    for node in order:
        _settle(node, shape, into[node], sides, board, level, main)
    return Ranks(board.rank, max(board.rank, default=-1) + 1, onward, main, level)


def _neighbours(shape: Shape, back: list[bool]) -> tuple[list[list[int]], list[list[int]]]:
    into: list[list[int]] = [[] for _ in shape.nodes]
    out: list[list[int]] = [[] for _ in shape.nodes]
    for number, edge in enumerate(shape.edges):
        if not back[number]:
            into[edge.target].append(number)
            out[edge.source].append(number)
    return into, out


def _onward(shape: Shape, order: list[int], out: list[list[int]]) -> list[int]:
    """For each node the link the story goes on with: towards the favoured end, then the longest way, then declared first."""
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


def _sides(shape: Shape, out: list[list[int]], back: list[bool], onward: list[int], beside: bool) -> dict[int, int]:
    """Which links may run level, and on which side of their source: at most one a side, the story first."""
    nodes = shape.nodes
    sides: dict[int, int] = {}
    for node, links in enumerate(out):
        if nodes[node].duty in ("split", "join", "start") and len(links) != 1 or nodes[node].outline == "bar":
            continue
        taken = [False, False]
        here = nodes[node].lane
        for number in sorted(links, key=lambda link: link != onward[node]):
            target = nodes[shape.edges[number].target]
            if target.outline == "bar" or target.lane == here:
                continue
            side = HIGH if target.lane > here else LOW
            if not taken[side]:
                taken[side] = True
                sides[number] = side
        if beside and nodes[node].outline == "diamond" and onward[node] not in sides:
            for number in links:
                target = nodes[shape.edges[number].target]
                if number == onward[node] or target.outline == "bar" or target.lane != here:
                    continue
                side = HIGH if not taken[HIGH] else LOW
                if not taken[side]:
                    taken[side] = True
                    sides[number] = side
    return sides


class _Board:
    """Who stands where so far."""

    def __init__(self, shape: Shape) -> None:
        self.rank = [0] * len(shape.nodes)
        self.cells: dict[tuple[int, int], list[int]] = {}
        self.crossed: set[tuple[int, int]] = set()        # (rank, lane) under a level line
        self.used = [[False, False] for _ in shape.nodes]  # level lines at either side of a node

    def put(self, node: int, rank: int, lane: int) -> None:
        self.rank[node] = rank
        self.cells.setdefault((rank, lane), []).append(node)


def _settle(node: int, shape: Shape, links: list[int], sides: dict[int, int], board: _Board, level: list[bool],
            main: list[bool]) -> None:
    lane = shape.nodes[node].lane
    rank = 1 + max((board.rank[shape.edges[link].source] for link in links), default=-1)
    last = [link for link in links if board.rank[shape.edges[link].source] == rank - 1]
    if last and _may_stand_level(node, rank - 1, last, shape, sides, board):
        for link in last:
            _draw_level(link, shape, sides[link], rank - 1, board)
            level[link] = True
        board.put(node, rank - 1, lane)
        return
    crowd = 2 if len(links) == 1 and shape.nodes[shape.edges[links[0]].source].outline == "bar" else 1
    for _ in range(6):
        here = board.cells.get((rank, lane), [])
        walled = any(all(board.used[other]) for other in here)
        if (rank, lane) not in board.crossed and not walled and len(here) <= crowd:
            break
        rank += 1
    while (rank, lane) in board.crossed:
        rank += 1
    board.put(node, rank, lane)


def _may_stand_level(node: int, rank: int, links: list[int], shape: Shape, sides: dict[int, int], board: _Board) -> bool:
    lane = shape.nodes[node].lane
    if shape.nodes[node].outline == "bar" or len(links) > 2 or any(link not in sides for link in links):
        return False
    if len(links) == 2 and sides[links[0]] == sides[links[1]]:
        return False
    for link in links:
        source = shape.edges[link].source
        from_lane = shape.nodes[source].lane
        if board.used[source][sides[link]]:
            return False
        if from_lane == lane:
            if len(board.cells.get((rank, lane), [])) > 1:
                return False
            continue
        if board.cells.get((rank, lane)) or (rank, lane) in board.crossed:
            return False
        if any(other != source and board.used[other][sides[link]] for other in board.cells[(rank, from_lane)]):
            return False
        step = 1 if lane > from_lane else -1
        for between in range(from_lane + step, lane, step):
            if board.cells.get((rank, between)) or (rank, between) in board.crossed:
                return False
    return True


def _draw_level(link: int, shape: Shape, side: int, rank: int, board: _Board) -> None:
    edge = shape.edges[link]
    a, b = shape.nodes[edge.source].lane, shape.nodes[edge.target].lane
    board.used[edge.source][side] = True
    board.used[edge.target][1 - side] = True
    for between in range(min(a, b) + 1, max(a, b)):
        board.crossed.add((rank, between))
