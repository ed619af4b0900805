"""One more line in a finished picture."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flowstd.bpmn.ends import End, ends_along, ends_of, ends_on
from flowstd.bpmn.route import Field
from flowstd.layout.model import Point, Rect

LEFT, RIGHT = Rect(0, 0, 100, 80), Rect(600, 0, 100, 80)
rects = st.builds(Rect, st.integers(120, 500), st.integers(-200, 200), st.integers(20, 120), st.integers(20, 120))


def field(*solids: Rect) -> Field:
    found = Field()
    for rect in solids:
        found.solid(rect)
    return found


def way(found: Field, a: Rect = LEFT, b: Rect = RIGHT):
    return found.way(ends_of(a, "task"), ends_of(b, "task"))


def test_where_nothing_stands_a_line_is_straight() -> None:
    assert way(field(LEFT, RIGHT)) == (Point(100, 40), Point(600, 40))


@given(between=st.lists(rects, max_size=8))
def test_a_line_is_right_angled_and_meets_no_shape(between: list[Rect]) -> None:
    points = way(field(LEFT, RIGHT, *between))

    assert points is not None
    for a, b in pairwise(points):
        assert (a.x == b.x) != (a.y == b.y)
        for rect in between:
            assert not (rect.x < max(a.x, b.x) and min(a.x, b.x) < rect.right
                        and rect.y < max(a.y, b.y) and min(a.y, b.y) < rect.bottom)


@given(count=st.integers(2, 6))
def test_no_line_runs_upon_another(count: int) -> None:
    found = field(LEFT, RIGHT)
    lines = []
    for _ in range(count):
        points = way(found)
        assert points is not None
        found.line(points)
        lines.append(points)
    pieces = [(number, a, b) for number, line in enumerate(lines) for a, b in pairwise(line)]
    for number, a, b in pieces:
        for other, c, d in pieces:
            if number < other and a.y == b.y == c.y == d.y:
                assert max(a.x, b.x) <= min(c.x, d.x) or max(c.x, d.x) <= min(a.x, b.x)
            if number < other and a.x == b.x == c.x == d.x:
                assert max(a.y, b.y) <= min(c.y, d.y) or max(c.y, d.y) <= min(a.y, b.y)


def test_a_walled_in_shape_is_not_reached() -> None:
    walls = (Rect(560, -60, 180, 30), Rect(560, 110, 180, 30), Rect(560, -60, 30, 200), Rect(710, -60, 30, 200))

    assert way(field(LEFT, RIGHT, *walls)) is None


def test_a_frame_is_crossed_and_not_run_along() -> None:
    found = field(LEFT, RIGHT)
    found.frame(Rect(300, -100, 200, 140))                  # its lower border lies in the straight way
    points = way(found)

    assert points is not None and points != (Point(100, 40), Point(600, 40))


def test_a_name_is_not_crossed() -> None:
    found = field(LEFT, RIGHT)
    found.name(Rect(300, 30, 60, 20))

    assert way(found) != (Point(100, 40), Point(600, 40))
    assert not found.is_free(Rect(310, 20, 20, 20))
    assert found.is_free(Rect(310, 60, 20, 20))


def test_ends_lie_on_the_border_of_their_shape() -> None:
    circle, diamond = Rect(0, 0, 36, 36), Rect(0, 0, 50, 50)

    assert all(abs((end.at.x - 18) ** 2 + (end.at.y - 18) ** 2 - 324) < 40 for end in ends_of(circle, "endEvent"))
    assert all(abs(abs(end.at.x - 25) + abs(end.at.y - 25) - 25) <= 1 for end in ends_of(diamond, "exclusiveGateway"))
    assert {end.at.y for end in ends_along(Rect(0, 0, 900, 100), [50])} == {0, 100}
    assert [end.out for end in ends_on((Point(0, 0), Point(10, 0)))] == [1, 3]


def test_the_first_turn_is_off_the_bounds_of_the_shape() -> None:
    assert End(Point(37, 12), 0, Rect(0, 0, 50, 50)).tip(5) == Point(55, 12)
