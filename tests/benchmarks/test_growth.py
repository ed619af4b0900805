"""Large and perverse charts: the work grows by a bounded power of their size. It is counted in calls."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from flowstd.layout.engine import arrange
from flowstd.layout.faults import faults_of_arrangement
from flowstd.layout.shape import Arrangement, Shape
from tests.benchmarks.growth import KINDS, process


def counted(shape: Shape) -> tuple[int, Arrangement]:
    """How many calls it takes to arrange *shape*, and what comes of it."""
    calls = 0

    def seen(frame: FrameType, event: str, about: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        found = arrange(shape)
    finally:
        sys.setprofile(before)
    return calls, found


@pytest.mark.parametrize("kind", KINDS)
def test_twice_as_many_nodes_of_any_kind_take_less_than_five_times_the_work(kind: str) -> None:
    shape = KINDS[kind](300)
    calls, found = counted(shape)

    assert calls < 5 * counted(KINDS[kind](150))[0]
    assert faults_of_arrangement(shape, found) == ()


def test_a_process_of_a_thousand_nodes_grows_with_an_exponent_of_1_3_at_most() -> None:
    shape = process(1000)
    calls, found = counted(shape)

    assert calls < 2 ** 1.3 * counted(process(500))[0]
    assert faults_of_arrangement(shape, found) == ()
