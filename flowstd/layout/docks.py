"""Where lines meet a box: at the middle of a side, or spread evenly when several share it."""

from __future__ import annotations

from .grid import EARLY, HIGH, LATE, LOW
from .p4_route import Routes
from .shape import NodeShape, Shape
from .tracks import Tracks

CLEAR = 8                 # px between two lines that pass each other at a side
STEP = 28                 # px between docks where there is room
LABEL_CLEAR = 10          # px between a label and the next line

_TOWARD = {LATE: (0, 1), EARLY: (0, -1), HIGH: (1, 0), LOW: (-1, 0)}       # the line of the grid beside a box


def place_docks(shape: Shape, routes: Routes, tracks: Tracks) -> tuple[dict[tuple[int, bool], int], Shape]:
    """How far from the middle of its side each link leaves (False) or enters (True), in px.

    Also the shape, with every box grown on whose side there was no room for all its lines.
    """
    docks: dict[tuple[int, bool], int] = {}
    crowded: list[tuple[list[tuple[int, bool]], int]] = []
    for at, ends in enumerate(routes.met):
        if not ends:
            continue
        if len(ends) == 1 and ends[0] not in routes.shifted:
            docks[ends[0]] = 0
        else:
            crowded.append((sorted(ends), at))
    if crowded:
        nodes = list(shape.nodes)
        for here, at in sorted(crowded):
            _spread(shape, nodes, at // 4, at % 4, _nets(here, routes), routes, tracks, docks)
        shape = shape._replace(nodes=tuple(nodes))
    _keep_apart(shape, routes, tracks, docks)
    return docks, shape


def _nets(ends: list[tuple[int, bool]], routes: Routes) -> list[list[tuple[int, bool]]]:
    """Every exit by itself; entries that join together, but those that must stand beside the middle by themselves."""
    nets: list[list[tuple[int, bool]]] = []
    entering: dict[int, list[tuple[int, bool]]] = {}
    for end in ends:
        if end[1] and end not in routes.shifted:
            entering.setdefault(_goal(routes, end), []).append(end)
        else:
            nets.append([end])
    return [*entering.values(), *nets]


def _goal(routes: Routes, end: tuple[int, bool]) -> int:
    """By what a line that enters is known in the end: equal for those that join."""
    return routes.ways[end[0]].trunks[-1]


def _spread(shape: Shape, nodes: list[NodeShape], node: int, side: int, nets: list[list[tuple[int, bool]]],
            routes: Routes, tracks: Tracks, docks: dict[tuple[int, bool], int]) -> None:
    keyed = sorted((_key(net, side, routes, tracks), net) for net in nets)
    middle = next((i for i, (_, net) in enumerate(keyed) if any(_is_long(routes, end) for end in net)), None)
    if len(keyed) == 1:
        end = keyed[0][1][0]
        offset = STEP // 2 if end in routes.shifted else 0
        for end in keyed[0][1]:
            docks[end] = offset
        return
    around = len(keyed) - 1 if middle is None else 2 * max(middle, len(keyed) - 1 - middle)
    # the outermost labels stand outside; those between need room before the next line
    inner = [link for _, net in keyed[1:-1] for link, enters in net if not enters]
    labels = max((shape.edges[link].label_across for link in inner), default=0)
    if any(enters for _, net in keyed for _, enters in net):
        labels = max(shape.edges[link].label_across for _, net in keyed for link, _ in net)
    labelled = side == LATE and labels
    least = labels + LABEL_CLEAR if labelled else CLEAR
    room = least * around + 12
    if _size(nodes[node], side) < room:
        nodes[node] = _grown(nodes[node], side, room + room % 2)
    step = min(max(STEP, least), (_size(nodes[node], side) - 12) // max(1, around)) // 2 * 2
    for i, (_, net) in enumerate(keyed):
        offset = step * (i - middle) if middle is not None else step * (2 * i - len(keyed) + 1) // 2
        for end in net:
            docks[end] = offset


def _grown(node: NodeShape, side: int, size: int) -> NodeShape:
    if side in (EARLY, LATE):
        return node._replace(across=size + node.hung[LOW] + node.hung[HIGH])
    return node._replace(along=size + node.hung[EARLY] + node.hung[LATE])


def _size(node: NodeShape, side: int) -> int:
    """The length of a side without what hangs beside it."""
    if side in (EARLY, LATE):
        return node.across - node.hung[LOW] - node.hung[HIGH]
    return node.along - node.hung[EARLY] - node.hung[LATE]


def _is_long(routes: Routes, end: tuple[int, bool]) -> bool:
    """Whether the line goes on past the next channel or gutter, and so keeps to the middle."""
    way = routes.ways[end[0]]
    return not (way.enters_short if end[1] else way.leaves_short)


def _key(net: list[tuple[int, bool]], side: int, routes: Routes, tracks: Tracks) -> tuple[int, int, int]:
    """Order along a side in which the lines of the nets do not cross each other."""
    keys = []
    for end in net:
        if _is_long(routes, end):
            keys.append((0, 0, end[0]))
            continue
        path = routes.ways[end[0]].path
        if end[1]:
            path = path[::-1]
        segments = tracks.track[end[0]]
        track = segments[-2] if end[1] else segments[1]
        nearest_first = side in (LATE, HIGH)
        depth = track if nearest_first else -track
        turn = (path[2][0] - path[1][0]) if side in (EARLY, LATE) else (path[2][1] - path[1][1])
        keys.append((-1, depth, end[0]) if turn < 0 else (1, -depth, end[0]))
    keys.sort()
    return keys[len(keys) // 2]


def _keep_apart(shape: Shape, routes: Routes, tracks: Tracks, docks: dict[tuple[int, bool], int]) -> None:
    """Move a dock where its stub would lie on the stub that faces it across a channel or gutter."""
    met = routes.met
    short: list[tuple[tuple[int, bool], tuple[int, bool], int]] = []
    for link, (edge, way) in enumerate(zip(shape.edges, routes.ways, strict=True)):
        if way.leaves_short:
            at = 4 * edge.source + way.leaves
            short.append((min(met[at] or ()), (link, False), at))
        if way.enters_short:
            at = 4 * edge.target + way.enters
            short.append((min(met[at] or ()), (link, True), at))
    facing: dict[tuple[int, int], tuple[list[tuple[int, bool]], list[tuple[int, bool]]]] = {}
    for _, end, at in sorted(short):                  # side by side
        node, side = divmod(at, 4)
        (dx, dy), x, y = _TOWARD[side], routes.grid.x[node], routes.grid.y[node]
        facing.setdefault((x + dx, y + dy), ([], []))[0 if side in (LATE, HIGH) else 1].append(end)
    for firsts, seconds in facing.values():
        for second in seconds:
            for _ in range(12):
                hit = next((first for first in firsts if _meet(routes, tracks, first, second, docks)), None)
                if hit is None:
                    break
                moving = second if second in routes.shifted or hit not in routes.shifted else hit
                _move(shape, routes, moving, docks)


def _meet(routes: Routes, tracks: Tracks, first: tuple[int, bool], second: tuple[int, bool],
          docks: dict[tuple[int, bool], int]) -> bool:
    if abs(docks[first] - docks[second]) >= CLEAR or _trunk(routes, first) == _trunk(routes, second):
        return False
    return _track_at(tracks, first) >= _track_at(tracks, second)


def _trunk(routes: Routes, end: tuple[int, bool]) -> int:
    """By what a line is known in the channel or gutter next to that end: equal for lines that share it."""
    return routes.ways[end[0]].trunks[-2 if end[1] else 1]


def _track_at(tracks: Tracks, end: tuple[int, bool]) -> int:
    segments = tracks.track[end[0]]
    return segments[-2] if end[1] else segments[1]


def _move(shape: Shape, routes: Routes, end: tuple[int, bool], docks: dict[tuple[int, bool], int]) -> None:
    """Take *end* to the next free place on its side."""
    edge, way = shape.edges[end[0]], routes.ways[end[0]]
    node, side = (edge.target, way.enters) if end[1] else (edge.source, way.leaves)
    limit = _size(shape.nodes[node], side) // 2 - 6
    here = routes.met[4 * node + side] or ()
    moving = [end]
    if end[1] and end not in routes.shifted:
        moving = [other for other in here if other[1] and other not in routes.shifted
                  and _goal(routes, other) == _goal(routes, end)]
    others = [docks[other] for other in here if other not in moving]
    start = docks[end]
    for distance in range(CLEAR + 2, 2 * limit + 2, 2):
        for offset in (start + distance, start - distance):
            if abs(offset) <= limit and all(abs(offset - other) >= CLEAR for other in others):
                docks.update(dict.fromkeys(moving, offset))
                return
    docks.update(dict.fromkeys(moving, start + CLEAR))
