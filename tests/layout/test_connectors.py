"""Connectors along an edge: in the order of their lines, apart, and no line meets another on its way."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from flowstd.layout.connectors import APART, KINK, spread

Stretch = tuple[int, int, int, int]


def ways(lines: list[int], places: tuple[int, ...], turns: tuple[int, ...], depth: int) -> list[list[Stretch]]:
    return [[(line, 0, line, turn), (min(line, place), turn, max(line, place), turn), (place, turn, place, depth)]
            for line, place, turn in zip(lines, places, turns, strict=True)]


def meet(one: Stretch, other: Stretch) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(st.integers(8, 592), min_size=1, max_size=8, unique=True).map(sorted),
       border=st.integers(150, 450), wide=st.integers(26, 60), clear=st.integers(2, 40))
def test_lines_reach_their_circles_without_meeting(lines: list[int], border: int, wide: int, clear: int) -> None:
    found = spread(lines, [wide] * len(lines), [(0, border), (border, 600)], [clear] * len(lines))

    assert found is not None
    assert all(b - a >= wide + APART - 2 for a, b in pairwise(found.places))
    assert all(wide // 2 <= place <= 600 - wide // 2 for place in found.places)
    drawn = ways(lines, found.places, found.turns, found.depth)
    assert not any(meet(a, b) for one, other in combinations(drawn, 2) for a in one for b in other)
    assert not any(place == border for line, place in zip(lines, found.places, strict=True) if line != border)


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(st.integers(60, 240), min_size=1, max_size=6, unique=True).map(sorted), wide=st.integers(26, 40))
def test_a_line_runs_straight_or_turns_aside_so_far_that_it_is_seen(lines: list[int], wide: int) -> None:
    found = spread(lines, [wide] * len(lines), [(0, 800)], [24] * len(lines))

    assert found is not None
    assert all(line == place or abs(line - place) >= KINK for line, place in zip(lines, found.places, strict=True))


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(st.integers(8, 592), min_size=1, max_size=8, unique=True).map(sorted),
       border=st.integers(150, 450), wide=st.integers(26, 60), clear=st.integers(2, 40))
def test_a_line_turns_aside_only_if_something_is_in_its_way(lines: list[int], border: int, wide: int,
                                                            clear: int) -> None:
    found = spread(lines, [wide] * len(lines), [(0, border), (border, 600)], [clear] * len(lines))

    assert found is not None
    edge = (wide + APART + 1) // 2
    for number, line in enumerate(lines):
        others = [place for other, place in enumerate(found.places) if other != number]
        assert (line == found.places[number] or line < edge or line > 600 - edge or abs(line - border) < clear
                or any(abs(line - place) < wide + APART for place in others))


def test_lines_that_are_far_apart_run_straight() -> None:
    found = spread([50, 150, 300], [40, 40, 40], [(0, 400)], [24] * 3)

    assert found is not None and found.places == (50, 150, 300)


def test_a_circle_stays_in_the_lane_of_its_line() -> None:
    found = spread([95, 105], [40, 40], [(0, 100), (100, 200)], [24, 24])

    assert found is not None and found.places[0] < 80 and found.places[1] > 120


def test_a_line_beside_the_border_of_a_lane_runs_straight_into_its_circle() -> None:
    """The circle may reach over the border; the words beside it do not."""
    near, nearer = spread([89], [28], [(0, 100), (100, 200)], [8]), spread([95], [28], [(0, 100), (100, 200)], [8])

    assert near is not None and near.places == (89,)
    assert nearer is not None and nearer.places == (82,)


def test_circles_on_both_sides_of_a_border_keep_apart() -> None:
    found = spread([89, 111], [28, 28], [(0, 100), (100, 200)], [8, 8])

    assert found is not None and found.places[1] - found.places[0] >= 28 + APART


def test_an_edge_that_is_too_short_is_told() -> None:
    assert spread([10, 20, 30], [40, 40, 40], [(0, 100)], [24] * 3) is None
