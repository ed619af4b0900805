"""The best order of lanes: the calmest of the likely ones, with the applicant first, and of the declared one."""

from __future__ import annotations

from functools import reduce
from itertools import permutations
from operator import rshift

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowstd.base.errors import UnknownName
from flowstd.dsl import applicant, end, flow_of, organ, parallel, reviewer, window
from flowstd.ir.kinds import Role
from flowstd.ir.model import Flow
from flowstd.layout.from_ir import lay_out
from flowstd.layout.model import Drawing
from flowstd.layout.quality import measure
from flowstd.passes.lane_order import LARGE, LIKELY, _orders, likely_orders
from tests import shapes

FLOW = flow_of(applicant.submit("提交申请") >> reviewer.examine("预审") >> window.accept("受理") >> applicant.do("缴费")
               >> window.deliver("送达") >> end.granted)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(flow=shapes.flows())
def test_only_the_order_changes_and_the_applicant_stays_first(flow: Flow) -> None:
    declared, *others = likely_orders(flow)

    assert declared is flow and len(others) <= LIKELY
    assert len({made.lanes for made in (flow, *others)}) == 1 + len(others)
    for made in others:
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

    assert set(_orders(lanes, hands)) == set(permutations(range(count)))


def test_many_lanes_are_ordered_too() -> None:
    offices = [organ(f"第{number}局") for number in (1, 5, 2, 6, 3, 7, 4, 8)]
    by_name = sorted(offices, key=lambda lane: lane.name)
    block = applicant.submit("提交申请")
    for lane in offices:                                       # first named in one order,
        block = block >> lane.do(f"签收{lane.name}")
    for _ in range(4):                                         # then at work in another
        for lane in by_name:
            block = block >> lane.do(f"办理{_}{lane.name}")
    names = [lane.name for lane in likely_orders(flow_of(block >> end.done))[1].lanes]

    assert names[0] == "申请人"
    assert names[1:] in (sorted(names[1:]), sorted(names[1:], reverse=True))


def test_a_good_order_is_left_alone() -> None:
    flow = flow_of(applicant.submit("提交申请") >> window.accept("受理") >> reviewer.examine("审查") >> end.granted)

    assert flow.compile(lane_order="best").drawn.lanes is flow.lanes


OFFICES = {"窗": window, "审": reviewer, "甲": organ("甲局"), "乙": organ("乙局")}


def parted(*branches: str) -> Flow:
    """A flow whose branches are worked on by the offices that each names; the last is who sums up."""
    *several, last = branches
    parts = [reduce(rshift, [OFFICES[office].do(f"办理{at}{number}") for at, office in enumerate(branch)])
             for number, branch in enumerate(several)]
    return flow_of(applicant.submit("提交申请") >> window.accept("受理") >> parallel(*parts)
                   >> OFFICES[last].do("汇总") >> end.done)


@pytest.mark.parametrize("direction", ["down", "right"])
@pytest.mark.parametrize("flow", [
    FLOW, parted("乙窗", "乙", "乙"), parted("甲", "甲窗", "乙"), parted("审", "审乙", "窗"), parted("乙", "乙窗", "审", "乙"),
    parted("审", "乙", "甲窗", "甲"), parted("甲乙", "乙", "甲", "审"), parted("乙", "审窗", "甲", "审")])
def test_no_likely_order_is_calmer_nor_the_declared_one(flow: Flow, direction: str) -> None:
    def unrest(drawing: Drawing) -> tuple[int, int]:
        found = measure(drawing)
        return found.crossings, found.length

    best = unrest(flow.compile(lane_order="best", direction=direction).drawing())

    assert best == min(unrest(lay_out(one, direction)) for one in likely_orders(flow))
    assert best <= unrest(lay_out(flow, direction))


def test_of_a_large_chart_two_orders_are_drawn() -> None:
    steps = [lane.do(f"{lane.name}办理{number}") for number in range(LARGE // 2) for lane in (applicant, window)]

    assert len(likely_orders(flow_of(reduce(rshift, [reviewer.do("预审"), *steps]) >> end.done))) == 2


def test_a_chart_is_drawn_in_the_order_asked_for() -> None:
    bands = [band.name for band in FLOW.compile(lane_order="best").drawing().bands]

    assert bands == ["申请人", "窗口", "审查人员"]
    with pytest.raises(UnknownName, match="bset"):
        FLOW.compile(lane_order="bset")
