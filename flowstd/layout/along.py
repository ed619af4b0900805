"""How far along the flow every rank and channel lies: as early as boxes, labels and lines allow.

A high box asks for room in its own column only: a rank whose boxes stand
elsewhere may begin beside it. Ranks stay level, and nothing changes places.
"""

from __future__ import annotations

from collections.abc import Sequence

from .docks import Docks
from .grid import Grid
from .p4_route import Routes
from .tracks import Tracks

TRACK = 10                # px between two lines side by side
ARROW = 13                # px a line runs straight before it enters a box
LEAVE = 10                # px a line runs straight after it leaves a box
CHANNEL = 16              # px between two boxes with nothing between them
PASSING = 8               # px between a box and a line that passes it
MARGIN = 10               # px before the first box and after the last
_NONE = -1000


# What a box keeps free along the flow, in px from its middle: before it half of it, or more for a label beside it;
# after it half of it; and from there to under the labels below it, 0 where there are none. Plain: there are many.
Room = tuple[int, int, int]
# A line across the flow: its track, or its px from the middle of a rank, and the lines of the grid that it passes.
Passing = tuple[int, tuple[int, ...]]


def lay_along(routes: Routes, tracks: Tracks, rooms: list[Room], docks: Docks) -> tuple[list[int], int]:
    """The middle of every rank and the first track of every channel, and where the chart ends, in px.

    *rooms*: of each node.
    """
    grid = routes.grid
    boxes: list[list[int]] = [[] for _ in range(grid.rows // 2)]       # of each rank
    for node, y in enumerate(grid.y):
        boxes[y // 2].append(node)
    runs, passing = _lines(routes, tracks, docks)
    front = _Front(grid, rooms)
    middle = [0] * grid.rows
    last = 0                                     # the last line that runs across, wherever it runs
    for y in range(grid.rows):
        if y % 2:
            here = passing.get(y, ())
            before, after = (max(0, -min(here)[0]), max(0, max(here)[0])) if here else (0, 0)
            at = front.rank(boxes[y // 2], here, last + TRACK + before if last else 0)
            last = at + after
        elif y in runs:
            at = front.channel(runs[y], last + TRACK if last else PASSING)
            last = at + (tracks.channel_count[y] - 1) * TRACK
        else:
            at = last
        middle[y] = at
    return middle, max(last + PASSING, front.end)


class _Front:
    """How far the chart has come in each of its columns and gutters."""

    def __init__(self, grid: Grid, rooms: list[Room]) -> None:
        lines = grid.lines
        self.column, self.rooms = grid.x, rooms      # of each box
        self.lines = [_NONE] * lines                 # the last line across each
        self.for_box = [MARGIN] * lines              # where the next box may begin, for the box and labels before it
        self.for_run = [0] * lines                   # where a line in a channel may cross the column
        self.for_line = [0] * lines                  # where a line along a rank may pass it
        self.end = 0                                 # of the last box, with the margin after it

    def rank(self, boxes: list[int], passing: Sequence[Passing], at: int) -> int:
        """The middle of the next rank, no earlier than *at*: its boxes and the lines that pass there have room."""
        lines, for_box, for_run, for_line = self.lines, self.for_box, self.for_run, self.for_line
        column, rooms = self.column, self.rooms
        for box in boxes:
            x = column[box]
            begin = for_box[x] if for_box[x] > lines[x] + ARROW else lines[x] + ARROW
            begin += rooms[box][0]
            if begin > at:
                at = begin
        for offset, passed in passing:
            for x in passed:
                free = for_line[x] if for_line[x] > lines[x] + TRACK else lines[x] + TRACK
                if free - offset > at:
                    at = free - offset
        for box in boxes:
            x, (_, after, label) = column[box], rooms[box]
            end = at + after
            for_box[x] = end + (CHANNEL if label < CHANNEL - ARROW + 4 else label + ARROW - 4)
            for_run[x] = end + (LEAVE if label < LEAVE else label)
            for_line[x] = end + (PASSING if label < PASSING else label)
            end += MARGIN if label < MARGIN else label
            if end > self.end:
                self.end = end
        for offset, passed in passing:
            for x in passed:
                if at + offset > lines[x]:
                    lines[x] = at + offset
        return at

    def channel(self, runs: list[Passing], at: int) -> int:
        """The first track of the next channel, no earlier than *at*: every run clears what lies before it."""
        lines, for_run = self.lines, self.for_run
        for track, passed in runs:
            for x in passed:
                free = for_run[x] if for_run[x] > lines[x] + TRACK else lines[x] + TRACK
                if free - track * TRACK > at:
                    at = free - track * TRACK
        for track, passed in runs:
            line = at + track * TRACK
            for x in passed:
                if line > lines[x]:
                    lines[x] = line
        return at


def _lines(routes: Routes, tracks: Tracks, docks: Docks) -> tuple[dict[int, list[Passing]], dict[int, list[Passing]]]:
    """What runs in each channel (by track), and what passes each rank (by px from its middle)."""
    runs: dict[int, list[Passing]] = {}
    passing: dict[int, list[Passing]] = {}
    for link, way in enumerate(routes.ways):
        for segment, y, lines in way.level:
            if y % 2 == 0:
                runs.setdefault(y, []).append((tracks.track[link][segment], lines))
            else:
                offset = (docks.leaving[link] if segment == 0 else
                          docks.entering[link] if segment == len(way.corners) else 0)
                passing.setdefault(y, []).append((offset, lines))
    return runs, passing
