"""The best order of lanes: the applicant first, no order better, and the declared one where it is as good."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowstd.base.errors import UnknownName
from flowstd.dsl import applicant, end, flow_of, organ, reviewer, window
from flowstd.ir.kinds import Role
from flowstd.ir.model import Flow
from flowstd.layout.from_ir import lay_out
from flowstd.layout.quality import measure
from flowstd.passes.lane_order import _best, best_lanes, cost
from tests import shapes

FLOW = flow_of(applicant.submit("提交申请") >> reviewer.examine("预审") >> window.accept("受理") >> applicant.do("缴费")
               >> window.deliver("送达") >> end.granted)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(flow=shapes.flows())
def test_only_the_order_changes_and_the_applicant_stays_first(flow: Flow) -> None:
    made = best_lanes(flow)

    assert sorted(lane.id for lane in made.lanes) == sorted(lane.id for lane in flow.lanes)
    assert (made.nodes, made.links, made.documents) == (flow.nodes, flow.links, flow.documents)
    firsts = [lane.role is Role.APPLICANT for lane in made.lanes]
    assert firsts == sorted(firsts, reverse=True)


@settings(max_examples=60, deadline=None)
@given(count=st.integers(2, 6),
       hands=st.dictionaries(st.tuples(st.integers(0, 2), st.integers(3, 5)), st.integers(1, 9)))
def test_of_few_lanes_no_order_is_better(count: int, hands: dict[tuple[int, int], int]) -> None:
    lanes = tuple(lane.model_copy(update={"id": str(number), "role": Role.ORGAN})
                  for number, lane in zip(range(count), FLOW.lanes * 2, strict=False))
    hands = {pair: times for pair, times in hands.items() if pair[1] < count}

    assert cost(_best(lanes, hands), hands) == min(cost(order, hands) for order in permutations(range(count)))


def test_many_lanes_are_ordered_too() -> None:
    offices = [organ(f"第{number}局") for number in (1, 5, 2, 6, 3, 7, 4, 8)]
    by_name = sorted(offices, key=lambda lane: lane.name)
    block = applicant.submit("提交申请")
    for lane in offices:                                       # first named in one order,
        block = block >> lane.do(f"签收{lane.name}")
    for _ in range(4):                                         # then at work in another
        for lane in by_name:
            block = block >> lane.do(f"办理{_}{lane.name}")
    names = [lane.name for lane in best_lanes(flow_of(block >> end.done)).lanes]

    assert names[0] == "申请人"
    assert names[1:] in (sorted(names[1:]), sorted(names[1:], reverse=True))


def test_a_good_order_is_left_alone() -> None:
    flow = flow_of(applicant.submit("提交申请") >> window.accept("受理") >> reviewer.examine("审查") >> end.granted)

    assert best_lanes(flow) is flow


def test_the_drawing_is_shorter_for_it() -> None:
    assert measure(lay_out(best_lanes(FLOW))).length < measure(lay_out(FLOW)).length


def test_a_chart_is_drawn_in_the_order_asked_for() -> None:
    bands = [band.name for band in FLOW.compile(lane_order="best").drawing().bands]

    assert bands == ["申请人", "窗口", "审查人员"]
    with pytest.raises(UnknownName, match="bset"):
        FLOW.compile(lane_order="bset")
