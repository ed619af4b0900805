"""Phase 5: from lines of the grid to px.

Columns are as wide and rows as high as their boxes and labels need, gutters and
channels as wide as their tracks need, lanes at least as wide as their heads.
"""

from __future__ import annotations

from math import sqrt

from .along import TRACK, Room, lay_along
from .docks import Docks, place_docks
from .grid import EARLY, LATE, LOW
from .p4_route import Routes
from .shape import ROUND, Arrangement, EdgePath, NodeShape, Shape
from .tracks import Tracks
from .ways import Way

EDGE_GUTTER = 8           # px between a box and the edge of its lane
INNER_GUTTER = 16         # px between two columns
BESIDE = 10               # px between a box and a line beside it
LABEL = 4                 # px between a label and its line or box

Points = tuple[tuple[int, int], ...]
_NOTHING = (0, 0, 0, 0)   # hangs on a box


def place(shape: Shape, routes: Routes, tracks: Tracks) -> Arrangement:
    """Coordinates of everything, from the routed grid."""
    docks, shape = place_docks(shape, routes, tracks)
    sheet = _Sheet(shape, routes, tracks, docks)
    return Arrangement(sheet.across, sheet.along, sheet.lanes, tuple(sheet.corners), tuple(routes.aside_high),
                       tuple(sheet.paths()),
                       tuple([(node.across, node.along) for node in shape.nodes]))


class _Sheet:
    """The px of every grid line."""

    def __init__(self, shape: Shape, routes: Routes, tracks: Tracks, docks: Docks) -> None:
        self.shape, self.routes, self.tracks, self.docks = shape, routes, tracks, docks
        grid, nodes = routes.grid, shape.nodes
        # from the corner of each box
        self.middles = [(node.across // 2, node.along // 2) if node.hung == _NOTHING
                        else (node.middle_across, node.middle_along) for node in nodes]
        self.low = [0] * grid.lines              # room each column needs on either side of its middle
        self.high = [0] * grid.lines
        self.rooms: list[Room] = []
        self._make_room_for_boxes()
        self.lowest = self._lowest_of_several()
        for link, edge in enumerate(shape.edges):
            if edge.label_across:
                self._make_room_for_label(link)
        self._lay_across()
        self.middle_y, self.along = lay_along(routes, tracks, self.rooms, docks)
        self.corners = [(self.middle_x[x] - across, self.middle_y[y] - along)          # low, early, of each box
                        for x, y, (across, along) in zip(grid.x, grid.y, self.middles, strict=True)]

    # ---- room

    def _make_room_for_boxes(self) -> None:
        low_of, high_of = self.low, self.high
        for box, x, (middle, along), papers_high in zip(self.shape.nodes, self.routes.grid.x, self.middles,
                                                        self.routes.aside_high, strict=True):
            low, high = middle + box.low, box.across - middle + box.high
            if box.aside:
                low, high = (low, high + box.aside) if papers_high else (low + box.aside, high)
            if low > low_of[x]:
                low_of[x] = low
            if high > high_of[x]:
                high_of[x] = high
            long = box.along
            more = (box.reach - long + 1) // 2 if box.reach > long else 0
            self.rooms.append((along + more, long - along + more, 0))

    def _make_room_for_label(self, link: int) -> None:
        edge, side = self.shape.edges[link], self.routes.ways[link].leaves
        box, (before, after, label) = self.shape.nodes[edge.source], self.rooms[edge.source]
        x, middle = self.routes.grid.x[edge.source], self.middles[edge.source][0]
        if side == LATE:
            offset = self.docks.leaving[link]
            if link in self.lowest:
                self.low[x] = max(self.low[x], edge.label_across + LABEL + 2 - offset)
            else:
                self.high[x] = max(self.high[x], edge.label_across + LABEL + 2 + offset)
            self.rooms[edge.source] = before, after, max(label, edge.label_along + LABEL)
        else:
            wide = edge.label_across + 2 * LABEL - EDGE_GUTTER // 2
            wide += middle + box.low if side == LOW else box.across - middle + box.high
            if side == LOW:
                self.low[x] = max(self.low[x], wide)
            else:
                self.high[x] = max(self.high[x], wide)
            need = edge.label_along + LABEL + abs(self.docks.leaving[link])
            self.rooms[edge.source] = max(before, need), after, label

    def _lowest_of_several(self) -> set[int]:
        """Links that leave below a box, at the low side of all others there: their label is on the outside."""
        found = set()
        for ends in self.routes.met[LATE::4]:
            if ends and len(ends) > 1:
                (first, (link, enters)), (second, _), *_ = sorted([(self.docks[end], end) for end in ends])
                if first < second and not enters:
                    found.add(link)
        return found

    # ---- px

    def _lay_across(self) -> None:
        grid, counts, low, high = self.routes.grid, self.tracks.gutter_count, self.low, self.high
        middle_x = [0] * grid.lines              # middle of a column, first track of a gutter
        lanes: list[tuple[int, int]] = []
        at = 0
        least = self.shape.lane_least or (0,) * self.shape.lanes
        for first, last, wanted in zip(grid.first, [*grid.first[1:], grid.lines], least, strict=True):
            start = at
            widths = [INNER_GUTTER] * (last - first)
            widths[1::2] = [low[x] + high[x] for x in range(first + 1, last, 2)]       # its columns
            widths[0] = widths[-1] = EDGE_GUTTER
            for x in range(first, last, 2):      # its gutters
                if counts[x]:
                    widths[x - first] = max(widths[x - first], 2 * BESIDE + (counts[x] - 1) * TRACK)
            short = max(0, wanted - sum(widths))
            at += short // 2
            for x, width in enumerate(widths, first):
                if grid.is_column[x]:
                    middle_x[x] = at + low[x]
                elif counts[x]:
                    middle_x[x] = at + (width - (counts[x] - 1) * TRACK) // 2
                at += width
            at += short - short // 2
            lanes.append((start, at))
        self.middle_x, self.lanes, self.across = middle_x, tuple(lanes), at

    def paths(self) -> list[EdgePath]:
        """The points of every link, and the place of its label."""
        docks, y = self.docks, self.routes.grid.y
        # of the sides of each box
        middles = [((x + across, y), (x + across, y + box.along), (x, y + along), (x + box.across, y + along))
                   for box, (x, y), (across, along) in zip(self.shape.nodes, self.corners, self.middles, strict=True)]
        found = []
        for link, (edge, way, offset, entering) in enumerate(zip(
                self.shape.edges, self.routes.ways, docks.leaving, docks.entering, strict=True)):
            source, target = edge.source, edge.target
            start = self._dock(source, way.leaves, offset) if offset else middles[source][way.leaves]
            end = self._dock(target, way.enters, entering, enters=True) if entering else middles[target][way.enters]
            points = self._corners_of(link, way, start, end) if way.corners else (start, end)
            found.append(EdgePath(points, self._label_of(link, start) if edge.label_across else None,
                                  y[target] < y[source] or source == target))
        return found

    def _corners_of(self, link: int, way: Way, start: tuple[int, int], end: tuple[int, int]) -> Points:
        tracks = self.tracks.track[link]
        points = [start]
        at = start[0] if way.leaves in (EARLY, LATE) else start[1]       # where the segment before the corner lies
        last = len(way.corners)
        for segment, upright, line, _, _ in way.runs[1:]:
            px = self.middle_x[line] if upright else self.middle_y[line]
            if tracks[segment] >= 0:
                px += tracks[segment] * TRACK
            elif segment == last:
                px += self.docks.entering[link]
            points.append((px, at) if upright else (at, px))
            at = px
        points.append(end)
        return tuple(_straightened(points))

    def _dock(self, node: int, side: int, offset: int, *, enters: bool = False) -> tuple[int, int]:
        """Where a line meets a box beside the middle of its side."""
        (x, y), (across, along) = self.corners[node], self.middles[node]
        box = self.shape.nodes[node]
        gate = box.gate if enters else 0
        long = gate or box.along - box.hung[EARLY]                         # of what is met
        if side in (EARLY, LATE):
            inset = _slant(box, offset, box.across, long)
            return x + across + offset, y + inset if side == EARLY else y + box.along - inset
        inset = _slant(box, offset + box.to_gate if gate else offset, long, box.across)
        return (x + inset if side == LOW else x + box.across - inset), y + along + offset

    def _label_of(self, link: int, start: tuple[int, int]) -> tuple[int, int]:
        edge, side = self.shape.edges[link], self.routes.ways[link].leaves
        x, y = start
        if side == LATE:
            late_edge = self.middle_y[self.routes.grid.y[edge.source]] + self.rooms[edge.source][1]
            if link in self.lowest:
                return x - LABEL - edge.label_across, max(y, late_edge) + 1
            return x + LABEL, max(y, late_edge) + 1
        corner, box = self.corners[edge.source], self.shape.nodes[edge.source]
        if side == LOW:
            return corner[0] - box.low - LABEL - edge.label_across, y - LABEL // 2 - edge.label_along
        return corner[0] + box.across + box.high + LABEL, y - LABEL // 2 - edge.label_along


def _slant(box: NodeShape, offset: int, size: int, depth: int) -> int:
    """How far inside its bounding box a diamond's or stadium's border lies at *offset* from the middle of a side."""
    if box.outline == "diamond":
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
