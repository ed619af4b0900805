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
    first: list[int]              # the first line across of each lane
    x: list[int]                  # column line of each node
    y: list[int]                  # row line of each node


def make_grid(shape: Shape, ranks: Ranks, columns: Columns) -> Grid:
    """The lines for *columns* and *ranks*; lane l with k columns has 2k+1 lines."""
    first: list[int] = []
    is_column: list[bool] = []
    for count in columns.in_lane:
        first.append(len(is_column))
        is_column += [False, True] * count
        is_column.append(False)
    x = [first[node.lane] + 2 * column + 1 for node, column in zip(shape.nodes, columns.of, strict=True)]
    return Grid(len(is_column), 2 * ranks.total + 1, is_column, first, x, [2 * rank + 1 for rank in ranks.rank])
