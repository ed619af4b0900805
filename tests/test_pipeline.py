"""What an author's own program may ask of a chart, and what it is told where it asks amiss."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from flowstd import Case, Chart, Flow, FlowstdError, Item, applicant, compile_case, compile_flow, end, flow_of
from flowstd.base.extras import available
from tests.conftest import need

BLOCK = applicant.submit("提交申请") >> end.done
FLOW = flow_of(BLOCK)


@pytest.mark.parametrize(("asked", "message"), [
    (lambda: compile_flow(BLOCK), "Flow is meant here, not Sequence"),                      # type: ignore[arg-type]
    (lambda: compile_flow(FLOW, item="户外广告设施设置许可"), "Item is meant here, not str"),   # type: ignore[arg-type]
    (lambda: compile_case(FLOW), "Case is meant here, not Flow"),                           # type: ignore[arg-type]
    (lambda: compile_flow(FLOW, view="inner"), 'no view "inner"'),
    (lambda: FLOW.compile().drawing("up"), 'no direction "up"'),
    (lambda: FLOW.compile().svg(99), "no page 99: this chart has pages 1 to 1"),
    (lambda: FLOW.compile().svg(0), "no page 0"),
    (lambda: FLOW.compile().svg(-1), "no page -1"),
    (lambda: FLOW.compile().svg("1"), "no page '1'"),                                       # type: ignore[arg-type]
])
def test_a_slip_in_a_call_is_told(asked: Callable[[], object], message: str) -> None:
    with pytest.raises(FlowstdError, match=message):
        asked()


@pytest.mark.parametrize(("options", "message"), [
    ({"page": 99}, "no page 99"), ({"page": 0}, "no page 0"), ({"scale": "2"}, "scale is a number, not '2'"),
    ({"scale": 0}, "no PNG of 0 × 0 pixels"), ({"scale": float("nan")}, "no PNG of nan × nan pixels"),
])
def test_a_slip_in_asking_for_a_picture_is_told(options: dict[str, Any], message: str) -> None:
    need(available("png"), "resvg-py")
    with pytest.raises(FlowstdError, match=message):
        FLOW.compile().png(**options)


def test_a_page_is_not_taken_for_the_one_that_was_drawn_before() -> None:
    chart = FLOW.compile()
    chart.svg(1)

    with pytest.raises(FlowstdError):
        chart.svg("1")                                           # type: ignore[arg-type]


def test_flows_and_cases_compile_to_charts() -> None:
    case = Item(name="户外广告设施设置许可", item_type="行政许可").scenario("新办", BLOCK)

    assert isinstance(case, Case) and isinstance(case.flow, Flow)
    assert isinstance(case.compile(), Chart) and isinstance(case.flow.compile(), Chart)
