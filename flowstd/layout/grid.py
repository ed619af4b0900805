"""The grid that links are routed on: rows and columns that hold boxes, channels and gutters between them.

Across, every lane is gutter, column, gutter, column, ..., gutter; along, every
rank is a row with a channel before it and one after the last.
"""

from __future__ import annotations

from typing import NamedTuple

from .p2_ranks import Ranks
from .p3_order import Columns
from .shape import Shape

EARLY, LATE, LOW, HIGH = 0, 1, 2, 3          # the sides of a box: against the flow, with it, and the two beside it

Path = tuple[tuple[int, int], ...]            # (line across, line along): odd rows are ranks


class Grid(NamedTuple):
    """The lines that boxes stand on."""

    lines: int                    # lines across
    rows: int                     # lines along: 2 × ranks + 1; row 2r+1 is rank r
    is_column: list[bool]
    lane_of: list[int]            # lane of each line across
    x: list[int]                  # column line of each node
    y: list[int]                  # row line of each node


def make_grid(shape: Shape, ranks: Ranks, columns: Columns) -> Grid:
    """The lines for *columns* and *ranks*; lane l with k columns has 2k+1 lines."""
    first: list[int] = []
    is_column: list[bool] = []
    lane_of: list[int] = []
    for lane, count in enumerate(columns.in_lane):
        first.append(len(is_column))
        is_column += [i % 2 == 1 for i in range(2 * count + 1)]
        lane_of += [lane] * (2 * count + 1)
    x = [first[node.lane] + 2 * column + 1 for node, column in zip(shape.nodes, columns.of, strict=True)]
    return Grid(len(is_column), 2 * ranks.total + 1, is_column, lane_of, x, [2 * rank + 1 for rank in ranks.rank])


def stub_at(path: Path, i: int) -> tuple[int, int, bool, int]:
    """Where a line end meets the channel or gutter in which corner *i* lies.

    The channel or gutter, the column or row it is met in, whether the end comes
    from the early or low side, and the segment that lies in the channel or
    gutter. Channels and gutters are told apart by sign: channel y is y, gutter x is -x-1.
    """
    x, y = path[i]
    for (px, py), segment in ((path[i - 1], i), (path[i + 1], i - 1)):
        if y % 2 == 0 and px == x:                 # the part along the flow, met in a column
            return y, x, py < y, segment
        if y % 2 == 1 and py == y:                 # the part across the flow, met in a row
            return -x - 1, y, px < x, segment
    raise AssertionError("a corner joins a line along and a line across")
