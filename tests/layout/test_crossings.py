"""Crossings as they are counted, against every pair of segments."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.crossings import crossings

Line = tuple[tuple[int, int], ...]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A right-angled line of one to six segments, none of them of no length."""
    x, y = draw(st.integers(0, 60)), draw(st.integers(0, 60))
    points, level = [(x, y)], draw(st.booleans())
    for _ in range(draw(st.integers(1, 6))):
        step = draw(st.integers(1, 40)) * draw(st.sampled_from((-1, 1)))
        x, y = (x + step, y) if level else (x, y + step)
        points.append((x, y))
        level = not level
    return tuple(points)


@given(drawn=st.lists(lines(), max_size=6))
def test_as_many_crossings_as_pairs_of_segments_that_cross(drawn: list[Line]) -> None:
    segments = [(pair, line) for line in drawn for pair in pairwise(line)]

    assert crossings(drawn) == sum(cross(*one, *other) for one, other in combinations(segments, 2))


def cross(one: tuple[tuple[int, int], tuple[int, int]], mine: Line, other: tuple[tuple[int, int], tuple[int, int]],
          its: Line) -> bool:
    """Whether two segments cross inside both, not within 2 px of where a line begins or ends."""
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    if (ax == bx) == (cx == dx):
        return False
    if ax == bx:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (cx, cy), (dx, dy), (ax, ay), (bx, by)
    if not (min(ax, bx) < cx < max(ax, bx) and min(cy, dy) < ay < max(cy, dy)):
        return False
    return all((ex - cx) ** 2 + (ey - ay) ** 2 > 4 for line in (mine, its) for ex, ey in (line[0], line[-1]))
