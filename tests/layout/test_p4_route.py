"""Phase 4: every link has its way through the grid, past every box, and nobody runs on another's line."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.grid import Grid, Path
from flowstd.layout.p4_route import Routes
from flowstd.layout.shape import Shape
from flowstd.layout.taken import MIDDLE, Taken, must_cross
from flowstd.layout.ways import Way, Ways
from tests import shapes
from tests.layout.phases import END, QUESTION, STEP, chart, routed, trying


def units(path: Path) -> list[tuple[tuple[int, int], tuple[int, int], Path]]:
    """The steps of a way from crossing to crossing, each with the way ahead of it; stubs at its ends left out."""
    found = []
    for number, (a, b) in enumerate(pairwise(path)):
        (x1, y1), (x2, y2) = sorted((a, b))
        short = x2 - x1 + y2 - y1 == 1
        if not (short and number in (0, len(path) - 2)):
            found += [((x, y1), (x + 1, y1), path[number + 1:]) for x in range(x1, x2)]
            found += [((x1, y), (x1, y + 1), path[number + 1:]) for y in range(y1, y2)]
    return found


def over(path: Path) -> list[tuple[int, int]]:
    """The crossings of the grid that a way runs over, without its ends."""
    return [at for (a, b) in pairwise(path) for x1, y1, x2, y2 in [(*min(a, b), *max(a, b))]
            for at in [(x, y) for x in range(x1, x2 + 1) for y in range(y1, y2 + 1)] if at not in (path[0], path[-1])]


def bends(routes: Routes) -> list[int]:
    return [len(path) - 2 for path in routes.paths]


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_a_way_leads_from_its_source_to_its_target(shape: Shape, narrow: bool) -> None:
    routes = routed(shape, narrow)
    grid = routes.grid

    for edge, path in zip(shape.edges, routes.paths, strict=True):
        assert path[0] == (grid.x[edge.source], grid.y[edge.source])
        assert path[-1] == (grid.x[edge.target], grid.y[edge.target])


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_a_way_turns_by_right_angles_and_stays_on_the_grid(shape: Shape, narrow: bool) -> None:
    routes = routed(shape, narrow)

    for path in routes.paths:
        upright = [a[0] == b[0] for a, b in pairwise(path)]
        assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in pairwise(path))
        assert all(one != other for one, other in pairwise(upright))
        assert all(0 <= x < routes.grid.lines and 0 <= y < routes.grid.rows for x, y in path)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_no_way_leads_through_a_box(shape: Shape, narrow: bool) -> None:
    routes = routed(shape, narrow)
    boxes = set(zip(routes.grid.x, routes.grid.y, strict=True))

    assert len(boxes) == len(shape.nodes)
    assert all(boxes.isdisjoint(over(path)) for path in routes.paths)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_a_row_or_column_is_shared_only_by_lines_that_go_on_together(shape: Shape, narrow: bool) -> None:
    routes = routed(shape, narrow)
    owners: dict[tuple[tuple[int, int], tuple[int, int]], Path] = {}

    for path in routes.paths:
        for a, b, ahead in units(path):
            in_column = a[0] == b[0] and routes.grid.is_column[a[0]]
            in_row = a[1] == b[1] and a[1] % 2 == 1
            if in_column or in_row:
                assert owners.setdefault((a, b), ahead) == ahead


@trying
@given(shape=shapes.shapes())
def test_rows_and_columns_are_where_the_boxes_stand(shape: Shape) -> None:
    grid = routed(shape).grid

    assert all(grid.is_column[x] and y % 2 == 1 for x, y in zip(grid.x, grid.y, strict=True))
    assert all(bisect_right(grid.first, x) - 1 == node.lane for x, node in zip(grid.x, shape.nodes, strict=True))
    assert grid.first == sorted(set(grid.first))


def test_a_story_of_one_lane_has_no_bend() -> None:
    assert bends(routed(chart(STEP, STEP, STEP, END, links="0>1 1>2 2>3"))) == [0, 0, 0]


def test_a_hand_over_has_no_bend() -> None:
    assert bends(routed(chart(STEP, STEP._replace(lane=1), END._replace(lane=1), links="0>1 1>2", lanes=2))) == [0, 0]


def test_a_correction_returns_on_the_outside_and_leaves_the_story_straight() -> None:
    routes = routed(chart(STEP, QUESTION, STEP, END, links="0>1 1>2 2>3 1<0"))
    column = routes.grid.x[0]

    assert bends(routes)[:3] == [0, 0, 0]
    assert any(x != column for x, _ in routes.paths[3])


def test_lines_to_one_end_come_together() -> None:
    shape = chart(QUESTION, STEP, QUESTION, STEP, END, links="0>1 1>2 2>3 3>4 0>4 2>4")
    routes = routed(shape)

    assert routes.paths[4][-2:] == routes.paths[5][-2:]


def test_a_step_that_returns_to_itself_goes_round() -> None:
    path = routed(chart(STEP, END, links="0>0 0>1")).paths[0]

    assert len(path) >= 5
    assert path[0] == path[-1]


@pytest.mark.parametrize(("one", "other", "least"), [
    ((2, 8, True, True), (4, 6, True, True), 0),          # one within the other, both from above: it lies before
    ((2, 8, True, True), (4, 6, True, False), 1),         # it goes on through
    ((2, 8, True, True), (4, 10, True, True), 1),         # each must lie before the other
    ((2, 8, True, True), (4, 10, False, True), 0),
    ((2, 8, True, False), (4, 10, True, False), 0),
    ((2, 4, True, False), (6, 8, True, False), 0),        # they do not meet
    ((2, 6, False, True), (2, 8, True, False), 1),        # they face each other: the second lies before, and is passed
    ((2, 6, True, True), (2, 8, False, False), 0),
    ((2, 8, True, False), (2, 8, False, True), 1),        # they change places
    ((2, 8, True, True), (2, 8, False, False), 0),
])
def test_lines_side_by_side_in_a_channel_cross_only_as_often_as_they_must(
        one: tuple[int, int, bool, bool], other: tuple[int, int, bool, bool], least: int) -> None:
    holds = [True] * 11
    assert must_cross(*one, *other, holds) == must_cross(*other, *one, holds) == least


def test_two_that_face_each_other_in_a_gutter_have_tracks_of_their_own_there() -> None:
    assert must_cross(2, 8, True, False, 2, 8, False, True, [False] * 11) == 0


def test_the_books_count_crossings_in_channels() -> None:
    taken, ways = Taken(Grid(11, 5, [x % 2 == 1 for x in range(11)], [0], [1], [1])), Ways()
    over, through = ways.way((1, 1), (1, 2), (9, 2), (9, 3)), ways.way((3, 3), (3, 2), (7, 2), (7, 1))

    taken.book(over, MIDDLE, 1)
    assert taken.crossings(through) == 1
    taken.book(over, MIDDLE, -1)
    assert taken.crossings(through) == 0


def test_a_way_has_been_looked_at_before_another_thread_may_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Ways()
    known: list[int] = []
    monkeypatch.setattr(Way, "look", lambda way: known.append(len(store._found)))
    store.near(1, 1, 1, 3, False, False)

    assert (known, len(store._found)) == ([0], 1)
