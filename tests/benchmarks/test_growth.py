"""Large and perverse charts end in time; the limits are several times what they took, since machines differ."""

from __future__ import annotations

import time

import pytest

from flowstd.layout.engine import arrange
from flowstd.layout.faults import faults_of_arrangement
from tests.benchmarks import import_growth
from tests.benchmarks.growth import KINDS, process

SLACK = 4                        # of a slow or busy machine


@pytest.mark.parametrize("kind", KINDS)
def test_three_hundred_nodes_of_any_kind_take_seconds_at_most(kind: str) -> None:
    shape = KINDS[kind](300)
    began = time.process_time()
    arrangement = arrange(shape)
    taken = time.process_time() - began

    assert taken < 1.5 * SLACK
    assert faults_of_arrangement(shape, arrangement) == ()


def test_a_process_of_a_thousand_nodes_takes_half_a_second() -> None:
    shape = process(1000)
    began = time.process_time()
    arrangement = arrange(shape)
    taken = time.process_time() - began

    assert taken < 0.5 * SLACK
    assert faults_of_arrangement(shape, arrangement) == ()


@pytest.mark.parametrize("kind", import_growth.KINDS)
def test_bpmn_of_eight_hundred_gateways_is_python_in_a_second(kind: str) -> None:
    assert import_growth.seconds(kind, 800) < 1.2 * SLACK
