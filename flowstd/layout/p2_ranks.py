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
    cells: dict[tuple[int, int], list[int]]   # (rank, lane) → its nodes from low to high


def assign_ranks(shape: Shape, back: list[bool], order: list[int], *, narrow: bool = False) -> Ranks:
    """Ranks such that every forward link runs to a later rank, or level where it may.

    *narrow*: for charts that would be too wide for their sheet; fewer nodes of
    one lane stand on one rank, so that the chart grows along the flow instead.
    """
    into, out = _neighbours(shape, back)
    onward = _onward(shape, order, out)
    main = _main(shape, order, onward, into)
    sides = _sides(shape, out, back, onward, beside=not narrow)
    board = _Board(shape)
    level = [False] * len(shape.edges)
    for node in order:
        _settle(node, shape, into[node], sides, board, level, onward, narrow=narrow)
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


def _sides(shape: Shape, out: list[list[int]], back: list[bool], onward: list[int], *,
           beside: bool) -> dict[int, int]:
    """Which links may run level, and on which side of their source: at most one a side, the story first.

    Links to other lanes come first, then returns keep a side free, then
    exceptions within the lane stand beside their decision on the side they lean to.
    """
    nodes, edges = shape.nodes, shape.edges
    pull = _pull(shape)
    returns: list[list[int]] = [[] for _ in nodes]
    for number, edge in enumerate(edges):
        if back[number]:
            returns[edge.source].append(number)
    sides: dict[int, int] = {}
    wanted = [[False, False] for _ in nodes]
    for node, links in enumerate(out):
        if nodes[node].outline == "bar" or (nodes[node].duty == "start" and len(links) != 1):
            continue
        here = nodes[node].lane
        taken = [False, False]
        if beside and nodes[node].outline == "diamond":
            _let_pass(node, links, shape, out, onward, pull, sides, taken)
        for number in sorted(links, key=lambda link: _outer_first(link, shape, out, onward)):
            target = nodes[edges[number].target]
            if target.outline == "bar" or target.lane == here:
                continue
            side = HIGH if target.lane > here else LOW
            if not taken[side]:
                taken[side] = True
                sides[number] = side
        wanted[node] = taken
        if nodes[node].outline != "diamond":
            continue
        for number in returns[node]:
            lane = nodes[edges[number].target].lane
            side = LOW if lane < here else HIGH
            taken[side if not taken[side] else 1 - side] = True
        if not beside or onward[node] in sides:
            continue
        for number in links:
            target = nodes[edges[number].target]
            if number == onward[node] or target.outline == "bar" or target.lane != here:
                continue
            lean = pull[edges[number].target] - here
            liked = (LOW,) if lean < 0 else (HIGH,) if lean > 0 else (HIGH, LOW)
            for side in liked:
                if not taken[side]:
                    taken[side] = True
                    sides[number] = side
                    break
    for number, side in list(sides.items()):
        target = edges[number].target
        if nodes[target].outline == "diamond" and wanted[target][1 - side]:
            del sides[number]          # its exits need that side more
    return sides


def _let_pass(node: int, links: list[int], shape: Shape, out: list[list[int]], onward: list[int], pull: list[float],
              sides: dict[int, int], taken: list[bool]) -> None:
    """An exception that leads beyond the lane into which the story turns passes above it: it gets the story's side."""
    story = onward[node]
    if story < 0:
        return
    here, there = shape.nodes[node].lane, shape.nodes[shape.edges[story].target].lane
    if there == here or not any(shape.nodes[shape.edges[after].target].lane == there
                                for after in out[shape.edges[story].target]):
        return
    side = HIGH if there > here else LOW
    for number in links:
        target = shape.edges[number].target
        lead = pull[target]
        beyond = lead >= there if side == HIGH else lead <= there
        if (number != story and shape.nodes[target].lane == here and shape.nodes[target].outline != "bar" and beyond
                and _ends_soon(target, shape, out)):
            taken[side] = True
            sides[number] = side
            return


def _outer_first(link: int, shape: Shape, out: list[list[int]], onward: list[int]) -> tuple[int, int]:
    """Of several exits to one side the farthest runs level, so that none crosses another.

    Where two lead to one lane, the exception runs level if it ends soon and
    the story goes on down that lane; else the story does.
    """
    edge = shape.edges[link]
    lane = shape.nodes[edge.target].lane
    story = onward[edge.source]
    if story == link:
        goes_down = any(shape.nodes[shape.edges[after].target].lane == lane for after in out[edge.target])
        return -abs(lane - shape.nodes[edge.source].lane), 1 if goes_down else -1
    return -abs(lane - shape.nodes[edge.source].lane), 0 if _ends_soon(edge.target, shape, out) else 2


def _ends_soon(node: int, shape: Shape, out: list[list[int]]) -> bool:
    """Whether a case that reaches *node* ends within two further steps of one kind of way."""
    for _ in range(3):
        if not out[node]:
            return True
        if len(out[node]) > 1:
            return False
        node = shape.edges[out[node][0]].target
    return False


def _pull(shape: Shape) -> list[float]:
    """The mean lane of where each node leads: which way an exception leans."""
    total, count = [0] * len(shape.nodes), [0] * len(shape.nodes)
    for edge in shape.edges:
        total[edge.source] += shape.nodes[edge.target].lane
        count[edge.source] += 1
    return [total[n] / count[n] if count[n] else float(shape.nodes[n].lane) for n in range(len(shape.nodes))]


class _Board:
    """Who stands where so far; within a cell (rank and lane) from low to high."""

    def __init__(self, shape: Shape) -> None:
        self.rank = [0] * len(shape.nodes)
        self.cells: dict[tuple[int, int], list[int]] = {}
        self.kept: dict[tuple[int, int], int] = {}           # the place below a node, for the step the story goes on with
        self.walls: dict[tuple[int, int], list[bool]] = {}   # level lines over the low and high border of a cell

    def wall(self, rank: int, lane: int) -> list[bool]:
        return self.walls.get((rank, lane), _OPEN)

    def put(self, node: int, rank: int, lane: int, side: int = HIGH) -> None:
        self.rank[node] = rank
        cell = self.cells.setdefault((rank, lane), [])
        cell.insert(0 if side == LOW else len(cell), node)

    def cross(self, rank: int, lane: int, side: int) -> None:
        self.walls.setdefault((rank, lane), [False, False])[side] = True


_OPEN = [False, False]


def _settle(node: int, shape: Shape, links: list[int], sides: dict[int, int], board: _Board, level: list[bool],
            onward: list[int], *, narrow: bool) -> None:
    """Give *node* its rank: level with those before it where that may be, else the first with room below them."""
    lane = shape.nodes[node].lane
    rank = 1 + max((board.rank[shape.edges[link].source] for link in links), default=-1)
    if len({shape.edges[link].source for link in links}) < len(links):
        rank += 1                      # several links between two nodes need room to part and meet
    last = [link for link in links if board.rank[shape.edges[link].source] == rank - 1]
    if last and _may_stand_level(node, rank - 1, last, shape, sides, board):
        side = sides[last[0]] if shape.nodes[shape.edges[last[0]].source].lane == lane else HIGH
        for link in last:
            _draw_level(link, shape, sides[link], rank - 1, board)
            level[link] = True
        board.put(node, rank - 1, lane, side)
    else:
        branch = len(links) == 1 and shape.nodes[shape.edges[links[0]].source].duty == "split"
        _drop(node, rank, lane, board, most=4 if branch and not narrow else 2)
    story = onward[node]
    if story >= 0 and shape.nodes[shape.edges[story].target].lane == lane:
        board.kept[board.rank[node] + 1, lane] = shape.edges[story].target


def _drop(node: int, rank: int, lane: int, board: _Board, *, most: int) -> None:
    """Put *node* on the first rank from *rank* on with room for it: a place kept for the story counts as taken."""
    while True:
        low, high = board.wall(rank, lane)
        crowd = len(board.cells.get((rank, lane), ())) + (board.kept.get((rank, lane), node) != node)
        if not (low and high) and crowd < most:
            board.put(node, rank, lane, LOW if high else HIGH)
            return
        rank += 1


def _may_stand_level(node: int, rank: int, links: list[int], shape: Shape, sides: dict[int, int], board: _Board) -> bool:
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
        if board.cells.get((rank, lane)) or any(board.wall(rank, lane)):
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
