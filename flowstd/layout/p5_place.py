"""Phase 5: from lines of the grid to px.

Columns are as wide and rows as high as their boxes and labels need, gutters and
channels as wide as their tracks need, lanes at least as wide as their heads.
"""

from __future__ import annotations

from math import sqrt

from .along import TRACK, Room, lay_along
from .docks import place_docks
from .grid import EARLY, LATE, LOW, side_of
from .p4_route import Routes
from .shape import ROUND, Arrangement, EdgePath, NodeShape, Shape
from .tracks import Tracks, assign_tracks

EDGE_GUTTER = 8           # px between a box and the edge of its lane
INNER_GUTTER = 16         # px between two columns
BESIDE = 10               # px between a box and a line beside it
LABEL = 4                 # px between a label and its line or box


def place(shape: Shape, routes: Routes) -> Arrangement:
    """Coordinates of everything, from the routed grid."""
    tracks = assign_tracks(routes)
    docks, shape = place_docks(shape, routes, tracks)
    sheet = _Sheet(shape, routes, tracks, docks)
    corners = tuple(sheet.corner_of(node) for node in range(len(shape.nodes)))
    edges = tuple(sheet.path_of(link) for link in range(len(shape.edges)))
    return Arrangement(sheet.across, sheet.along, sheet.lanes, corners, tuple(routes.aside_high), edges,
                       tuple([(node.across, node.along) for node in shape.nodes]))


class _Sheet:
    """The px of every grid line."""

    def __init__(self, shape: Shape, routes: Routes, tracks: Tracks, docks: dict[tuple[int, bool], int]) -> None:
        self.shape, self.routes, self.tracks, self.docks = shape, routes, tracks, docks
        grid = routes.grid
        self.low = [0] * grid.lines              # room each column needs on either side of its middle
        self.high = [0] * grid.lines
        self.rooms = [Room(0, 0)] * len(shape.nodes)
        self.below: list[list[tuple[int, bool]]] = [[] for _ in shape.nodes]      # ends at the late side of each box
        for link, path in enumerate(routes.paths):
            if side_of(path[0], path[1]) == LATE:
                self.below[shape.edges[link].source].append((link, False))
            if side_of(path[-1], path[-2]) == LATE:
                self.below[shape.edges[link].target].append((link, True))
        for node in range(len(shape.nodes)):
            self._make_room_for_box(node)
        for link, edge in enumerate(shape.edges):
            if edge.label_across:
                self._make_room_for_label(link)
        self._lay_across()
        self.middle_y, self.along = lay_along(routes, tracks, self.rooms, docks)

    # ---- room

    def _make_room_for_box(self, node: int) -> None:
        box, grid = self.shape.nodes[node], self.routes.grid
        x = grid.x[node]
        aside_high = self.routes.aside_high[node]
        low = box.middle_across + box.low + (0 if aside_high else box.aside)
        high = box.across - box.middle_across + box.high + (box.aside if aside_high else 0)
        self.low[x], self.high[x] = max(self.low[x], low), max(self.high[x], high)
        more = max(0, box.reach - box.along + 1) // 2
        self.rooms[node] = Room(box.middle_along + more, box.along - box.middle_along + more)

    def _make_room_for_label(self, link: int) -> None:
        edge, path = self.shape.edges[link], self.routes.paths[link]
        box = self.shape.nodes[edge.source]
        x, room = path[0][0], self.rooms[edge.source]
        side = side_of(path[0], path[1])
        if side == LATE:
            offset = self.docks[link, False]
            if self._label_on_low_side(link):
                self.low[x] = max(self.low[x], edge.label_across + LABEL + 2 - offset)
            else:
                self.high[x] = max(self.high[x], edge.label_across + LABEL + 2 + offset)
            self.rooms[edge.source] = room._replace(label=max(room.label, edge.label_along + LABEL))
        else:
            wide = edge.label_across + 2 * LABEL - EDGE_GUTTER // 2
            wide += box.middle_across + box.low if side == LOW else box.across - box.middle_across + box.high
            if side == LOW:
                self.low[x] = max(self.low[x], wide)
            else:
                self.high[x] = max(self.high[x], wide)
            need = edge.label_along + LABEL + abs(self.docks[link, False])
            self.rooms[edge.source] = room._replace(before=max(room.before, need))

    def _label_on_low_side(self, link: int) -> bool:
        """The lowest of several lines below a box has its label on the outside."""
        source, mine = self.shape.edges[link].source, self.docks[link, False]
        beside = [self.docks[end] for end in self.below[source] if end != (link, False)]
        return bool(beside) and mine < min(beside)

    # ---- px

    def _lay_across(self) -> None:
        grid, count = self.routes.grid, self.tracks.gutter_count
        self.middle_x = [0] * grid.lines         # middle of a column, first track of a gutter
        lanes: list[tuple[int, int]] = []
        at = 0
        least = self.shape.lane_least or (0,) * self.shape.lanes
        for lane in range(self.shape.lanes):
            lines = [x for x in range(grid.lines) if grid.lane_of[x] == lane]
            start = at
            widths = [self._width(x, x in (lines[0], lines[-1])) for x in lines]
            short = max(0, least[lane] - sum(widths))
            at += short // 2
            for x, width in zip(lines, widths, strict=True):
                if grid.is_column[x]:
                    self.middle_x[x] = at + self.low[x]
                elif count[x]:
                    self.middle_x[x] = at + (width - (count[x] - 1) * TRACK) // 2
                at += width
            at += short - short // 2
            lanes.append((start, at))
        self.lanes = tuple(lanes)
        self.across = at

    def _width(self, x: int, at_edge: bool) -> int:
        if self.routes.grid.is_column[x]:
            return self.low[x] + self.high[x]
        count = self.tracks.gutter_count[x]
        plain = EDGE_GUTTER if at_edge else INNER_GUTTER
        return max(plain, 2 * BESIDE + (count - 1) * TRACK) if count else plain

    def corner_of(self, node: int) -> tuple[int, int]:
        """The low, early corner of a box."""
        box, grid = self.shape.nodes[node], self.routes.grid
        return self.middle_x[grid.x[node]] - box.middle_across, self.middle_y[grid.y[node]] - box.middle_along

    def path_of(self, link: int) -> EdgePath:
        """The points of a link, and the place of its label."""
        path, edge = self.routes.paths[link], self.shape.edges[link]
        last = len(path) - 2
        places = []
        for segment in range(last + 1):
            (x1, y1), (x2, _) = path[segment], path[segment + 1]
            offset = self.docks[link, False] if segment == 0 else self.docks[link, True] if segment == last else 0
            track = self.tracks.track[link][segment]
            if x1 == x2:
                places.append(self.middle_x[x1] + (track * TRACK if track >= 0 else offset))
            else:
                places.append(self.middle_y[y1] + (track * TRACK if track >= 0 else offset))
        start = self._dock(edge.source, side_of(path[0], path[1]), self.docks[link, False])
        end = self._dock(edge.target, side_of(path[-1], path[-2]), self.docks[link, True])
        points = [start]
        for i in range(1, len(path) - 1):
            along_before = path[i - 1][0] == path[i][0]
            points.append((places[i - 1], places[i]) if along_before else (places[i], places[i - 1]))
        points.append(end)
        runs_back = self.routes.grid.y[edge.target] < self.routes.grid.y[edge.source] or edge.source == edge.target
        label = self._label_of(link, start) if edge.label_across else None
        return EdgePath(tuple(_straightened(points)), label, runs_back)

    def _dock(self, node: int, side: int, offset: int) -> tuple[int, int]:
        box = self.shape.nodes[node]
        x, y = self.corner_of(node)
        cx, cy = x + box.middle_across, y + box.middle_along
        if side in (EARLY, LATE):
            inset = _slant(box, offset, box.across, box.along)
            return cx + offset, y + inset if side == EARLY else y + box.along - inset
        inset = _slant(box, offset, box.along, box.across)
        return (x + inset if side == LOW else x + box.across - inset), cy + offset

    def _label_of(self, link: int, start: tuple[int, int]) -> tuple[int, int]:
        edge, path = self.shape.edges[link], self.routes.paths[link]
        side = side_of(path[0], path[1])
        x, y = start
        if side == LATE:
            box = self.shape.nodes[edge.source]
            late_edge = self.middle_y[self.routes.grid.y[edge.source]] + self.rooms[edge.source].after
            if self._label_on_low_side(link):
                return x - LABEL - edge.label_across, max(y, late_edge) + 1
            return x + LABEL, max(y, late_edge) + 1
        corner, box = self.corner_of(edge.source), self.shape.nodes[edge.source]
        if side == LOW:
            return corner[0] - box.low - LABEL - edge.label_across, y - LABEL // 2 - edge.label_along
        return corner[0] + box.across + box.high + LABEL, y - LABEL // 2 - edge.label_along


def _slant(box: NodeShape, offset: int, size: int, depth: int) -> int:
    """How far inside its bounding box a diamond's or stadium's border lies at *offset* from the middle of a side."""
    if box.outline == "diamond" and offset:
        return round(abs(offset) * depth / size)
    if box.outline == "round":
        radius = min(size / 2, depth / 2, ROUND)
        past = abs(offset) - (size / 2 - radius)
        return round(radius - sqrt(max(0.0, radius * radius - past * past))) if past > 0 else 0
    return 0


def _straightened(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same line without repeated points and without corners on a straight stretch."""
    out: list[tuple[int, int]] = []
    for point in points:
        if out and out[-1] == point:
            continue
        if len(out) >= 2 and (out[-2][0] == out[-1][0] == point[0] or out[-2][1] == out[-1][1] == point[1]):
            out[-1] = point
        else:
            out.append(point)
    return out

