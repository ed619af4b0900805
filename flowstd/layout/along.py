"""How far along the flow every rank and channel lies: as early as boxes, labels and lines allow.

A high box asks for room in its own column only: a rank whose boxes stand
elsewhere may begin beside it. Ranks stay level, and nothing changes places.
"""

from __future__ import annotations

from typing import NamedTuple

from .p4_route import Routes
from .tracks import Tracks

TRACK = 10                # px between two lines side by side
ARROW = 13                # px a line runs straight before it enters a box
LEAVE = 10                # px a line runs straight after it leaves a box
CHANNEL = 16              # px between two boxes with nothing between them
PASSING = 8               # px between a box and a line that passes it
MARGIN = 10               # px before the first box and after the last


class Room(NamedTuple):
    """What a box keeps free along the flow, in px from its middle."""

    before: int           # half of it, or more for a label beside it
    after: int            # half of it
    label: int = 0        # from there to under the labels below it; 0: none


def lay_along(routes: Routes, tracks: Tracks, rooms: list[Room],
              docks: dict[tuple[int, bool], int]) -> tuple[list[int], int]:
    """The middle of every rank and the first track of every channel, and where the chart ends, in px.

    *rooms*: of each node. *docks*: how far from the middle of its side each line leaves and enters.
    """
    grid = routes.grid
    boxes: list[list[tuple[int, Room]]] = [[] for _ in range(grid.rows)]
    for node, room in enumerate(rooms):
        boxes[grid.y[node]].append((grid.x[node], room))
    runs, passing, reach = _lines(routes, tracks, docks)
    columns = _Columns(grid.lines)
    middle = [0] * grid.rows
    last = 0                                     # the last line that runs across, wherever it runs
    for y in range(grid.rows):
        if y % 2:
            at = max([last + TRACK + reach[y] if last else 0,
                      *(columns.before_box(x) + room.before for x, room in boxes[y]),
                      *(columns.before_line(x) - offset for x, offset in passing[y])])
            for x, room in boxes[y]:
                columns.stand(x, at + room.after, room.label)
            for x, offset in passing[y]:
                columns.draw(x, at + offset)
            last = at + reach[y]
        elif runs[y]:
            at = max([last + TRACK if last else PASSING,
                      *(columns.before_run(x) - track * TRACK for track, first, end in runs[y]
                        for x in range(first, end + 1))])
            for track, first, end in runs[y]:
                for x in range(first, end + 1):
                    columns.draw(x, at + track * TRACK)
            last = at + (tracks.channel_count[y] - 1) * TRACK
        else:
            at = last
        middle[y] = at
    return middle, max(last + PASSING, columns.end())


def _lines(routes: Routes, tracks: Tracks, docks: dict[tuple[int, bool], int]) -> tuple[
        list[list[tuple[int, int, int]]], list[list[tuple[int, int]]], list[int]]:
    """Of each channel its runs (track, first and last grid line); of each rank the lines that pass it (grid line,
    px from its middle), and how far from its middle the outermost line runs."""
    runs: list[list[tuple[int, int, int]]] = [[] for _ in range(routes.grid.rows)]
    passing: list[list[tuple[int, int]]] = [[] for _ in range(routes.grid.rows)]
    reach = [0] * routes.grid.rows
    for link, path in enumerate(routes.paths):
        last = len(path) - 2
        for segment in range(last + 1):
            (x1, y), (x2, y2) = path[segment], path[segment + 1]
            if y != y2:
                continue
            first, end = (x1, x2) if x1 < x2 else (x2, x1)
            if y % 2 == 0:
                runs[y].append((tracks.track[link][segment], first, end))
                continue
            offset = docks[link, False] if segment == 0 else docks[link, True] if segment == last else 0
            reach[y] = max(reach[y], abs(offset))
            boxes = {path[0][0] if segment == 0 else -1, path[-1][0] if segment == last else -1}
            passing[y] += [(x, offset) for x in range(first, end + 1) if x not in boxes]
    return runs, passing, reach


class _Columns:
    """What the next thing in each column has to keep clear of: the end of the last box, label and line there."""

    def __init__(self, lines: int) -> None:
        self.box = [0] * lines
        self.label = [0] * lines
        self.line = [0] * lines

    def stand(self, x: int, end: int, label: int) -> None:
        self.box[x] = end
        self.label[x] = end + label if label else 0

    def draw(self, x: int, at: int) -> None:
        self.line[x] = at if at > self.line[x] else self.line[x]

    def before_box(self, x: int) -> int:
        """Where the next box of a column may begin."""
        begin = self.box[x] + CHANNEL if self.box[x] else MARGIN
        if self.line[x]:
            begin = max(begin, self.line[x] + ARROW)
        return max(begin, self.label[x] + ARROW - 4) if self.label[x] else begin

    def before_run(self, x: int) -> int:
        """Where the next line in a channel may cross a column."""
        at = max(self.box[x] + LEAVE if self.box[x] else 0, self.label[x])
        return max(at, self.line[x] + TRACK) if self.line[x] else at

    def before_line(self, x: int) -> int:
        """Where the next line along a rank may pass a column."""
        at = max(self.box[x] + PASSING if self.box[x] else 0, self.label[x])
        return max(at, self.line[x] + TRACK) if self.line[x] else at

    def end(self) -> int:
        """Where the chart ends for what stands in the columns."""
        return max(max(box + MARGIN if box else 0, label) for box, label in zip(self.box, self.label, strict=True))
