"""Merging gateways and what they stand before: one box for the engine, two shapes on the plane."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings

from flowstd.bpmn import gates, layout
from flowstd.bpmn.elements import Elements, elements_of
from flowstd.bpmn.gates import DEPTH
from flowstd.bpmn.geometry import meet
from flowstd.bpmn.layout import Laid, least_of, size_of
from flowstd.bpmn.outside import GATEWAY, Name
from flowstd.dsl import applicant, back, decider, end, flow_of, reviewer, window
from flowstd.ir.kinds import Kind, Outcome
from flowstd.ir.model import Flow, Lane, Link, Node
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


@pytest.mark.parametrize("exits", [4, 8])
def test_a_start_that_many_lines_leave_is_round_and_has_the_room_for_it(exits: int) -> None:
    lane = Lane(id="窗口", name="窗口")
    nodes = [Node(id="s", kind=Kind.START, label="开始", lane="窗口"),
             *[Node(id=f"t{n}", kind=Kind.TASK, label=f"t{n}", lane="窗口") for n in range(exits)],
             Node(id="e", kind=Kind.END, label="办结", lane="窗口", outcome=Outcome.DONE)]
    ends = [("s", f"t{n}", "是") for n in range(exits)] + [(f"t{n}", "e", "") for n in range(exits)]
    elements, laid = plane_of(Flow(title="备案", lanes=(lane,), nodes=tuple(nodes), links=tuple(
        [Link(id=f"{a}>{b}", source=a, target=b, label=label) for a, b, label in ends])))
    start = laid.parts[0]

    assert elements.parts[0].tag == "startEvent" and start.w == start.h > size_of("startEvent", "")[0]
    assert laid.lanes[0][0] <= start.y and start.bottom <= laid.lanes[0][1]
    assert not [part for part in laid.parts[1:] if meet(start, part, 0)]


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
