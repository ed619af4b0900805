"""Cuts pass nothing but lines that run straight through, and the best ones are found."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowstd.ir.model import Flow
from flowstd.layout.cuts import Axis, Cut, best, cuts, lane_cuts
from flowstd.layout.from_ir import lay_out
from flowstd.layout.model import Drawing, Rect
from tests import shapes
from tests.layout.flows import chain, question

trying = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def parted(rect: Rect, axis: Axis, at: int) -> bool:
    return rect.y < at < rect.bottom if axis == "y" else rect.x < at < rect.right


def boxes(drawing: Drawing) -> list[Rect]:
    return [symbol.rect for symbol in drawing.symbols] + [aside.rect for aside in drawing.asides] + [
        wire.label.rect for wire in drawing.wires if wire.label]


@pytest.mark.parametrize("axis", ["x", "y"])
@trying
@given(flow=shapes.flows())
def test_no_cut_parts_a_box_or_runs_along_a_line(axis: Axis, flow: Flow) -> None:
    drawing = lay_out(flow)
    other = 1 if axis == "y" else 0

    for cut in cuts(drawing, axis):
        assert not any(parted(rect, axis, cut.at) for rect in boxes(drawing))
        met = set()
        for wire in drawing.wires:
            for a, b in pairwise(wire.points):
                assert not (a[other] == b[other] == cut.at)
                if min(a[other], b[other]) < cut.at < max(a[other], b[other]):
                    met.add(a[1 - other])
        assert cut.lines == tuple(sorted(met))


@trying
@given(flow=shapes.flows())
def test_lanes_are_cut_at_their_borders_or_into_broad_parts(flow: Flow) -> None:
    drawing = lay_out(flow)
    borders = {band.rect.x for band in drawing.bands}

    for cut in lane_cuts(drawing, 60):
        inside = [band.rect for band in drawing.bands if parted(band.rect, "x", cut.at)]
        assert cut.at in borders or min(cut.at - inside[0].x, inside[0].right - cut.at) >= 60


def test_between_two_steps_one_line_is_cut() -> None:
    assert [cut.lines for cut in cuts(lay_out(chain("受理", "审查")), "y")] == [(cuts_x(chain("受理")),)] * 2


def cuts_x(flow: Flow) -> int:
    step = lay_out(flow).symbols[1].rect
    return step.x + step.w // 2


def test_the_words_at_an_exit_stay_with_their_question() -> None:
    drawing = lay_out(question("是否准予？"))
    label = next(wire.label for wire in drawing.wires if wire.label)
    ask = drawing.symbols[1].rect

    assert not any(ask.y < cut.at < label.rect.bottom for cut in cuts(drawing, "y"))


@settings(max_examples=200, deadline=None)
@given(gaps=st.lists(st.integers(1, 12), min_size=1, max_size=7),
       prices=st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_the_best_way_to_cut_is_the_best_of_all_ways(gaps: list[int], prices: list[int]) -> None:
    places = [sum(gaps[:number]) for number in range(len(gaps) + 1)]
    bounds = [Cut(place, ()) for place in places]

    def price(low: int, high: int, most: float) -> float | None:
        return 5.0 + prices[high] if places[high] - places[low] <= 15 else None

    def cost(way: tuple[int, ...]) -> float:
        parts = [price(low, high, inf) for low, high in pairwise(way)]
        return inf if None in parts else sum(part for part in parts if part is not None)

    inner = range(1, len(bounds) - 1)
    ways = [(0, *some, len(bounds) - 1) for count in range(len(bounds)) for some in combinations(inner, count)]
    found = best(bounds, 15, price)

    assert found is not None and found == best(bounds, 15, price, 5.0)
    assert cost(found) == min(map(cost, ways))


def test_a_part_that_is_too_large_for_every_page_is_told() -> None:
    assert best([Cut(0, ()), Cut(100, ())], 50, lambda low, high, most: 1.0) is None
