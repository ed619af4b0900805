"""What people see, as we approved it: every item in ``tests/golden`` and its chart in each format.

A change that is meant: ``pytest --accept``, open the pictures that changed,
and commit them with the reason.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from flowstd.pipeline import Chart
from tests.conftest import GOLDEN

CASES = sorted(path.parent.name for path in GOLDEN.glob("*/item.py"))
Approved = Callable[[Path, str], None]


@cache
def chart(case: str) -> Chart:
    """The chart of one item."""
    made: Chart = runpy.run_path(str(GOLDEN / case / "item.py"))["case"].compile()
    return made


@pytest.mark.parametrize("case", CASES)
def test_the_chart_is_the_one_we_approved(case: str, approved: Approved) -> None:
    approved(GOLDEN / case / "chart.svg", chart(case).svg())


@pytest.mark.parametrize("case", CASES)
def test_the_process_is_the_one_we_approved(case: str, approved: Approved) -> None:
    approved(GOLDEN / case / "chart.bpmn", chart(case).bpmn())


def test_there_are_goldens_and_none_is_left_over() -> None:
    written = {path.parent.name for path in GOLDEN.glob("*/*") if path.name != "item.py"}

    assert len(CASES) == 3
    assert written == set(CASES)
