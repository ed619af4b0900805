"""Where lines meet a box: at the middle of a side, or spread evenly when several share it."""

from __future__ import annotations

from collections.abc import Iterable

from .grid import EARLY, HIGH, LATE, LOW
from .p4_route import End, Ends, Routes
from .shape import NodeShape, Shape
from .tracks import Tracks

CLEAR = 8                 # px between two lines that pass each other at a side
STEP = 28                 # px between docks where there is room
LABEL_CLEAR = 10          # px between a label and the next line
STROKE = 1                # px from the border of a bar to the middle of its stroke


class Docks:
    """How far from the middle of its side each line leaves and enters, in px."""

    __slots__ = ("entering", "leaving")

    def __init__(self, links: int) -> None:
        self.leaving = [0] * links
        self.entering = [0] * links

    def __getitem__(self, end: End) -> int:
        return (self.entering if end[1] else self.leaving)[end[0]]

    def put(self, ends: Iterable[End], offset: int) -> None:
        """Let *ends* dock there."""
        for link, enters in ends:
            (self.entering if enters else self.leaving)[link] = offset


def place_docks(shape: Shape, routes: Routes, tracks: Tracks) -> tuple[Docks, Shape]:
    """Where each line docks, and the shape with every box grown on whose side there was no room for all its lines."""
    docks = Docks(len(shape.edges))
    shifted = routes.shifted
    crowded = [(sorted(ends), at) for at, ends in enumerate(routes.met)
               if ends and (len(ends) > 1 or (shifted and ends[0] in shifted))]
    if crowded:
        nodes = list(shape.nodes)
        for here, at in sorted(crowded):
            _spread(shape, nodes, at // 4, at % 4, _nets(here, routes), routes, tracks, docks)
        shape = shape._replace(nodes=tuple(nodes))
    _enter_gates(shape, routes, docks)
    _keep_apart(shape, routes, tracks, docks)
    _meet_strokes(shape, routes, docks)
    return docks, shape


def _enter_gates(shape: Shape, routes: Routes, docks: Docks) -> None:
    """What enters a box with a gateway at its sides enters the gateway."""
    for node, box in enumerate(shape.nodes):
        if box.gate:
            for ends in (routes.met[4 * node + side] or () for side in (LOW, HIGH)):
                for end in ends:
                    if end[1]:
                        docks.put((end,), docks[end] - box.to_gate)


def _meet_strokes(shape: Shape, routes: Routes, docks: Docks) -> None:
    """Beside a bar there is nothing to meet but its two strokes: lines enter by the first and leave by the last.

    Where a return runs straight between two that stand level, all stay in the middle.
    """
    for node, box in enumerate(shape.nodes):
        if box.outline == "bar":
            middle = box.along // 2
            for ends in (routes.met[4 * node + side] or () for side in (LOW, HIGH)):
                if all(routes.ways[link].corners for link, _ in ends):
                    docks.put([end for end in ends if end[1]], STROKE - middle)
                    docks.put([end for end in ends if not end[1]], box.along - STROKE - middle)


def _nets(ends: list[End], routes: Routes) -> list[list[End]]:
    """Every exit by itself; entries that join together, those that must stand beside the middle apart."""
    nets: list[list[End]] = []
    entering: dict[tuple[int, bool], list[End]] = {}
    for end in ends:
        if end[1]:
            entering.setdefault((_goal(routes, end), end in routes.shifted), []).append(end)
        else:
            nets.append([end])
    return [*entering.values(), *nets]


def _goal(routes: Routes, end: End) -> int:
    """By what a line that enters is known in the end: equal for those that join."""
    return routes.ways[end[0]].trunks[-1]


def _spread(shape: Shape, nodes: list[NodeShape], node: int, side: int, nets: list[list[End]],
            routes: Routes, tracks: Tracks, docks: Docks) -> None:
    if len(nets) == 1:
        docks.put(nets[0], STEP // 2 if nets[0][0] in routes.shifted else 0)
        return
    keyed = sorted([(_key(net, side, routes, tracks), net) for net in nets])
    middle = next((i for i, (_, net) in enumerate(keyed) if True in [_is_long(routes, end) for end in net]), None)
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
        docks.put(net, offset)


def _grown(node: NodeShape, side: int, size: int) -> NodeShape:
    if side in (EARLY, LATE):
        return node._replace(across=size + node.hung[LOW] + node.hung[HIGH])
    return node._replace(along=size + node.hung[EARLY] + node.hung[LATE])


def _size(node: NodeShape, side: int) -> int:
    """The length of a side without what hangs beside it."""
    if side in (EARLY, LATE):
        return node.across - node.hung[LOW] - node.hung[HIGH]
    return node.along - node.hung[EARLY] - node.hung[LATE]


def _is_long(routes: Routes, end: End) -> bool:
    """Whether the line goes on past the next channel or gutter, and so keeps to the middle."""
    way = routes.ways[end[0]]
    return not (way.enters_short if end[1] else way.leaves_short)


def _key(net: list[End], side: int, routes: Routes, tracks: Tracks) -> tuple[int, int, int]:
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


def _keep_apart(shape: Shape, routes: Routes, tracks: Tracks, docks: Docks) -> None:
    """Move a dock where its stub would lie on the stub that faces it across a channel or gutter."""
    for firsts, seconds in _facing(shape, routes):
        for second in seconds:
            for _ in range(12):
                hit = next((first for first in firsts if _meet(routes, tracks, first, second, docks)), None)
                if hit is None:
                    break
                moving = second if second in routes.shifted or hit not in routes.shifted else hit
                _move(shape, routes, moving, docks)


def _facing(shape: Shape, routes: Routes) -> list[tuple[list[End], list[End]]]:
    """Ends of lines that turn at one point, from its early or low side and from the other; side by side."""
    before: dict[tuple[int, int], list[End]] = {}        # by the point
    beyond: dict[tuple[int, int], list[End]] = {}
    for link, way in enumerate(routes.ways):
        if way.leaves_short:
            (beyond if way.leaves in (EARLY, LOW) else before).setdefault(way.path[1], []).append((link, False))
        if way.enters_short:
            (beyond if way.enters in (EARLY, LOW) else before).setdefault(way.path[-2], []).append((link, True))
    facing = [(ends, beyond[point]) for point, ends in before.items() if point in beyond]
    if not facing:
        return facing

    def beside(end: End) -> tuple[End, End]:
        return min(_beside(shape, routes, end)), end

    return sorted([(sorted(firsts, key=beside), sorted(seconds, key=beside)) for firsts, seconds in facing],
                  key=lambda both: min(beside(both[0][0]), beside(both[1][0])))


def _beside(shape: Shape, routes: Routes, end: End) -> Ends:
    """All ends at the side of the box where that *end* is."""
    link, enters = end
    edge, way = shape.edges[link], routes.ways[link]
    return routes.met[4 * edge.target + way.enters if enters else 4 * edge.source + way.leaves] or ()


def _meet(routes: Routes, tracks: Tracks, first: End, second: End,
          docks: Docks) -> bool:
    if abs(docks[first] - docks[second]) >= CLEAR or _trunk(routes, first) == _trunk(routes, second):
        return False
    return _track_at(tracks, first) >= _track_at(tracks, second)


def _trunk(routes: Routes, end: End) -> int:
    """By what a line is known in the channel or gutter next to that end: equal for lines that share it."""
    return routes.ways[end[0]].trunks[-2 if end[1] else 1]


def _track_at(tracks: Tracks, end: End) -> int:
    segments = tracks.track[end[0]]
    return segments[-2] if end[1] else segments[1]


def _move(shape: Shape, routes: Routes, end: End, docks: Docks) -> None:
    """Take *end* to the next free place on its side."""
    edge, way = shape.edges[end[0]], routes.ways[end[0]]
    node, side = (edge.target, way.enters) if end[1] else (edge.source, way.leaves)
    limit = _size(shape.nodes[node], side) // 2 - 6
    here = routes.met[4 * node + side] or ()
    moving = [end]
    if end[1]:
        moving = [other for other in here if other[1] and (other in routes.shifted) == (end in routes.shifted)
                  and _goal(routes, other) == _goal(routes, end)]
    others = [docks[other] for other in here if other not in moving]
    start = docks[end]
    for distance in range(CLEAR + 2, 2 * limit + 2, 2):
        for offset in (start + distance, start - distance):
            if abs(offset) <= limit and all(abs(offset - other) >= CLEAR for other in others):
                docks.put(moving, offset)
                return
    docks.put(moving, start + CLEAR)
