"""No change of the engine makes charts worse unseen: the figures of every chart against the ones we approved.

``tests/golden/quality.json`` holds crossings, corners, length of line (px) and
area (px²) of each chart. Faults fail at once; figures fail when their sum
grows by more than its margin. ``pytest --accept`` writes them anew; the
difference is then read in review, chart by chart.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import pytest

from flowstd.ir.case import Case
from flowstd.ir.model import Flow
from flowstd.layout.from_ir import lay_out
from flowstd.layout.model import Direction, Drawing
from flowstd.layout.quality import faults, measure
from tests.benchmarks.corpus import corpus
from tests.conftest import EXAMPLES, GOLDEN

BASELINE = GOLDEN / "quality.json"
FIGURES = ("crossings", "corners", "length", "area")
MARGINS = {"crossings": 0.05, "corners": 0.02, "length": 0.02, "area": 0.02}      # share of the approved sum
Figures = dict[str, list[int]]


def seeded() -> dict[str, Flow]:
    return {flow.title: flow for flow in corpus()}


def bureau() -> dict[str, Flow]:
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import load

    cases = list(load(open_catalogue(EXAMPLES / "bureau")))
    assert all(isinstance(case, Case) for case in cases), "the example catalogue has items that cannot be read"
    return {case.key: case.flow for case in cases if isinstance(case, Case)}


SETS: dict[str, Callable[[], dict[str, Flow]]] = {"seeded": seeded, "bureau": bureau}
CASES: list[tuple[str, Direction]] = [("seeded", "down"), ("seeded", "right"), ("bureau", "down"), ("bureau", "right")]


@cache
def drawings(name: str, direction: Direction) -> dict[str, Drawing]:
    return {key: lay_out(flow, direction) for key, flow in SETS[name]().items()}


def figures(drawing: Drawing) -> list[int]:
    quality = measure(drawing)
    return [quality.crossings, quality.bends, quality.length, drawing.width * drawing.height]


@pytest.mark.parametrize(("name", "direction"), CASES)
def test_no_chart_has_a_fault(name: str, direction: Direction) -> None:
    bad = {key: [str(fault) for fault in found]
           for key, drawing in drawings(name, direction).items() if (found := faults(drawing))}

    assert not bad


@pytest.mark.parametrize(("name", "direction"), CASES)
def test_charts_are_no_worse_than_the_ones_we_approved(name: str, direction: Direction,
                                                       request: pytest.FixtureRequest) -> None:
    key = f"{name} {direction}"
    now = {chart: figures(drawing) for chart, drawing in drawings(name, direction).items()}
    approved: dict[str, Figures] = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    if request.config.getoption("--accept"):
        approved[key] = now
        BASELINE.parent.mkdir(parents=True, exist_ok=True)
        BASELINE.write_text(written(approved), encoding="utf-8", newline="")
    assert key in approved, "no baseline yet: look at the charts, then run pytest --accept"
    report = compared(approved[key], now)
    print("\n".join(report))

    known = [chart for chart in now if chart in approved[key]]
    assert len(known) >= 0.9 * len(now), "many charts are new: look at them, then run pytest --accept"
    assert not worse({chart: approved[key][chart] for chart in known}, {chart: now[chart] for chart in known}), \
        "\n".join(report)


def worse(approved: Figures, now: Figures) -> list[str]:
    """The figures whose sum has grown by more than its margin."""
    return [figure for index, figure in enumerate(FIGURES)
            if total(now, index) > total(approved, index) * (1 + MARGINS[figure])]


def compared(approved: Figures, now: Figures) -> list[str]:
    """Each figure then and now, and the charts that changed most by crossings and length."""
    lines = [f"{figure:10} {total(approved, index)} → {total(now, index)}" for index, figure in enumerate(FIGURES)]
    changed = [(key, approved[key], now[key]) for key in now if key in approved and approved[key] != now[key]]
    changed.sort(key=lambda one: (one[1][0] - one[2][0], one[1][2] - one[2][2]))
    return [*lines, f"{len(changed)} charts changed",
            *(f"  {key}: {was} → {is_now}" for key, was, is_now in changed[:12])]


def total(charts: Figures, index: int) -> int:
    return sum(chart[index] for chart in charts.values())


def written(baseline: dict[str, Figures]) -> str:
    """JSON with one chart a line, so that a difference reads chart by chart."""
    parts = []
    for key in (f"{name} {direction}" for name, direction in CASES):
        if key in baseline:
            charts = ",\n".join(f"  {json.dumps(chart, ensure_ascii=False)}: {row}"
                                for chart, row in baseline[key].items())
            parts.append(f'"{key}": {{\n{charts}\n}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def test_a_figure_that_grows_beyond_its_margin_is_worse() -> None:
    was = {"a": [10, 100, 1000, 10000], "b": [10, 100, 1000, 10000]}

    assert worse(was, was) == []
    assert worse(was, {"a": [11, 102, 1020, 10200], "b": was["b"]}) == []
    assert worse(was, {"a": [12, 100, 1000, 10000], "b": was["b"]}) == ["crossings"]
    assert worse(was, {"a": [10, 105, 1041, 9000], "b": was["b"]}) == ["corners", "length"]
    assert compared(was, {"a": [12, 100, 1000, 10000], "b": was["b"]})[-1] \
        == "  a: [10, 100, 1000, 10000] → [12, 100, 1000, 10000]"
