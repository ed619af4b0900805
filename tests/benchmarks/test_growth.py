"""Large and perverse charts: the work grows by a bounded power of their size. It is counted in calls."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from flowstd.layout import ways
from flowstd.layout.engine import arrange
from flowstd.layout.faults import faults_of_arrangement
from flowstd.layout.shape import Arrangement, Shape
from tests.benchmarks import import_growth
from tests.benchmarks.growth import KINDS, process


def counted(work: Callable[[Any], Any], given: Any) -> tuple[int, Any]:
    """How many calls *work* takes with what it is given, and what comes of it."""
    calls = 0

    def seen(frame: FrameType, event: str, about: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        found = work(given)
    finally:
        sys.setprofile(before)
    return calls, found


def arranged(shape: Shape) -> Arrangement:
    """The arrangement of *shape* where no way is known yet: what one chart has found would save the next its work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ways, "_KNOWN", ways.Ways())
        return arrange(shape)


@pytest.mark.parametrize("kind", KINDS)
def test_twice_as_many_nodes_of_any_kind_take_less_than_three_times_the_work(kind: str) -> None:
    shape = KINDS[kind](300)
    calls, found = counted(arranged, shape)

    assert calls < 3 * counted(arranged, KINDS[kind](150))[0]
    assert faults_of_arrangement(shape, found) == ()


def test_a_process_of_a_thousand_nodes_grows_with_an_exponent_of_1_3_at_most() -> None:
    shape = process(1000)
    calls, found = counted(arranged, shape)

    assert calls < 2 ** 1.3 * counted(arranged, process(500))[0]
    assert faults_of_arrangement(shape, found) == ()


@pytest.mark.parametrize("kind", import_growth.KINDS)
def test_twice_as_many_gateways_in_bpmn_take_less_than_three_times_the_work(kind: str) -> None:
    one, two = (counted(import_growth.imported, import_growth.KINDS[kind](size).encode())[0] for size in (200, 400))

    assert two < 3 * one
