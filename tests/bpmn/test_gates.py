"""Merging gateways and what they stand before: one box for the engine, two shapes on the plane."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings

from flowstd.bpmn import gates, layout
from flowstd.bpmn.elements import Elements, elements_of
from flowstd.bpmn.gates import DEPTH
from flowstd.bpmn.layout import Laid, least_of
from flowstd.bpmn.outside import GATEWAY, Name
from flowstd.dsl import applicant, back, decider, end, flow_of, reviewer, window
from flowstd.ir.model import Flow
from flowstd.layout import from_ir
from flowstd.layout.engine import Engine
from flowstd.layout.shape import Arrangement, EdgePath
from tests import shapes


def corrected() -> Flow:
    check = "材料是否齐全？"
    return flow_of(
        applicant.submit("提交申请")
        >> window.check(check, 是=window.accept("受理"),
                        否=window.notify("告知补正") >> applicant.supply("补正材料") >> back(check))
        >> reviewer.review("审查") >> decider.decide("是否准予？", 准予=end.granted, 不予=end.refused))


def plane_of(flow: Flow) -> tuple[Elements, Laid]:
    elements = elements_of(flow)
    return elements, layout.place(elements, least_of(flow, flow.title)).laid


def merging(elements: Elements) -> list[int]:
    return [number for number, part in enumerate(elements.parts) if part.id.startswith("Merge_")]


def test_a_gateway_stands_right_before_its_decision() -> None:
    elements, laid = plane_of(corrected())
    (gate,) = merging(elements)
    merge, decision = laid.parts[gate], laid.parts[gate + 1]

    assert (merge.w, merge.h) == (GATEWAY, GATEWAY)
    assert (decision.x - merge.x, decision.y) == (DEPTH, merge.y)
    (between,) = [way for way, points in zip(elements.ways, laid.ways, strict=True) if way.source == gate]
    assert laid.ways[elements.ways.index(between)] == (
        (merge.right, merge.y + merge.h // 2), (decision.x, decision.y + decision.h // 2))


def test_the_diagram_takes_the_routes_of_the_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    from flowstd.layout import engine
    from flowstd.pipeline import compile_flow

    routed = []
    route = engine.route
    monkeypatch.setattr(from_ir, "_ENGINE", Engine())
    monkeypatch.setattr(engine, "route", lambda *args, **more: routed.append(args) or route(*args, **more))
    from_ir._ARRANGED.forget()
    chart = compile_flow(corrected())
    chart.drawing()
    before = len(routed)
    chart.bpmn()

    assert before and len(routed) == before


@settings(max_examples=150, deadline=None)
@given(flow=shapes.flows())
def test_every_line_meets_the_border_of_its_ends_at_right_angles(flow: Flow) -> None:
    elements, laid = plane_of(flow)

    for way, points in zip(elements.ways, laid.ways, strict=True):
        assert all((x1 == x2) != (y1 == y2) for (x1, y1), (x2, y2) in pairwise(points))
        for part, (x, y) in ((way.source, points[0]), (way.target, points[-1])):
            rect = laid.parts[part]
            assert rect.x <= x <= rect.right and rect.y <= y <= rect.bottom


ENDS = {                     # the last two points of a line; the gateway stands at (100, 200), the decision after it
    "from before": ((125, 150), (125, 200), True), "at a side": ((0, 225), (100, 225), True),
    "level with the decision": ((0, 225 + DEPTH), (100, 225), False), "from behind": ((125, 400), (125, 324), False),
}


@pytest.mark.parametrize("case", ENDS)
def test_a_line_that_enters_elsewhere_leaves_the_gateways_places_of_their_own(case: str) -> None:
    before, end, enters = ENDS[case]

    assert gates._enters((before, end), (100, 200), (GATEWAY, GATEWAY), None) is enters


def test_a_line_that_would_run_through_the_name_of_the_decision_does_so_too() -> None:
    wide = Name(True, (300, 14), (300, 14), (22, 0, 2 * DEPTH))

    assert not gates._enters(((0, 225), (100, 225)), (100, 200), (GATEWAY, GATEWAY), wide)
    assert gates._enters(((300, 225), (150, 225)), (100, 200), (GATEWAY, GATEWAY), wide)


def test_a_line_that_leaves_by_the_gateway_does_so_too() -> None:
    elements, _ = plane_of(corrected())
    (gate,) = merging(elements)
    places = [number - (number > gate) for number in range(len(elements.parts))]
    names: list[Name | None] = [None] * len(places)
    box = (0, 0)
    paths = tuple([
        EdgePath(((25, -9), (25, 0)) if way.target == gate else ((25, 0), (25, -9)), None, False)
        for way in elements.ways if way.source != gate])
    count = len(places) - 1
    at = Arrangement(100, 100, (), (box,) * count, (False,) * count, paths, ((GATEWAY, GATEWAY + DEPTH),) * count)

    assert gates.apart(elements, {gate: gate + 1}, places, names, at) is None
