"""What is told of two versions is all that is different, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from flowstd import Flow, Item, applicant, back, decider, diff, end, reviewer, window, workdays
from flowstd.ir.diff import ELEMENT, LANE, LINE, STEP, Diff, Sign
from tests.blocks import flows


def process(accept=None, extra=None, deliver="送达", who=reviewer, no="否"):
    start = applicant.submit("提交申请", materials=["申请表"]) >> window.check("材料是否齐全？", **{
        "是": accept or window.accept("受理", within=workdays(5)),
        no: window.notify("一次性告知补正") >> applicant.supply("补正材料") >> back("材料是否齐全？")})
    middle = start >> extra if extra is not None else start
    return middle >> who.examine("审查") >> decider.decide(
        "是否准予？", 准予=window.deliver(deliver) >> end.granted, 不予=end.refused)


def told(found: Diff) -> list[tuple[str, str, str]]:
    return [(change.sign.value, change.kind.en, change.name) for change in found.changes]


def test_the_same_is_no_difference():
    found = diff(process(), process())

    assert not found and found.changes == ()


@pytest.mark.parametrize(("accept", "what", "before", "after"), [
    (window.accept("受理", within=workdays(3)), "时限", "5个工作日", "3个工作日"),
    (window.accept("受理"), "时限", "5个工作日", ""),
    (window.accept("受理", within=workdays(5), issues="受理通知书"), "文书", "", "受理通知书"),
    (window.accept("准予受理", within=workdays(5)), "名称", "受理", "准予受理"),
    (window.accept("受理", within=workdays(5), note="当面"), "备注", "", "当面"),
])
def test_a_step_that_says_something_else(accept, what, before, after):
    change, = diff(process(), process(accept)).changes

    assert (change.sign, change.kind) == (Sign.CHANGED, STEP)
    assert [(edit.what.zh, edit.before, edit.after) for edit in change.edits] == [(what, before, after)]


def test_a_step_that_comes_in_between():
    found = diff(process(), process(extra=reviewer.inspect("现场勘验")))

    assert told(found) == [("added", "step", "现场勘验"), ("added", "line", "受理 → 现场勘验"),
                           ("added", "line", "现场勘验 → 审查"), ("removed", "line", "受理 → 审查")]


def test_a_step_that_goes_is_the_other_way_round():
    found = diff(process(extra=reviewer.inspect("现场勘验")), process())

    assert [(change.sign, change.kind) for change in found.changes] == [
        (Sign.REMOVED, STEP), (Sign.ADDED, LINE), (Sign.REMOVED, LINE), (Sign.REMOVED, LINE)]


def test_a_step_that_another_lane_takes_over():
    found = diff(process(), process(who=decider))

    assert told(found) == [("changed", "step", "审查"), ("removed", "lane", "审查人员")] or told(found) == [
        ("removed", "lane", "审查人员"), ("changed", "step", "审查")]
    assert found.changes[-1].edits[0].what.zh == "主体"


def test_an_exit_that_is_called_something_else():
    change, = diff(process(), process(no="不齐全")).changes

    assert change.kind == LINE and change.edits[0][1:] == ("否", "不齐全")


def test_several_steps_that_are_renamed_at_once():
    old = applicant.submit("甲") >> window.accept("乙") >> reviewer.examine("丙") >> end.done
    new = applicant.submit("子") >> window.accept("乙") >> reviewer.examine("丑") >> end.done

    assert [change.sign for change in diff(old, new).changes] == [Sign.CHANGED, Sign.CHANGED]


def test_cases_differ_in_their_elements_too():
    def case(days: int, name: str = "户外广告设施设置许可"):
        item = Item(name=name, item_type="行政许可", promised=workdays(days))
        return item.scenario("新办", process())

    found = diff(case(10), case(8, "户外广告许可"))
    assert [(change.kind, change.name, change.edits[0].before, change.edits[0].after) for change in found.changes] == [
        (ELEMENT, "事项名称", "户外广告设施设置许可", "户外广告许可"),
        (ELEMENT, "承诺办结时限", "10个工作日", "8个工作日")]
    assert not diff(case(10).compile(), case(10).compile(view="external"))


@settings(max_examples=15)
@given(flows())
def test_no_flow_differs_from_itself(flow: Flow) -> None:
    assert not diff(flow, flow)


@settings(max_examples=15)
@given(flows(), flows())
def test_one_way_adds_what_the_other_removes(one: Flow, other: Flow) -> None:
    there, here = diff(one, other), diff(other, one)

    for kind in (STEP, LINE, LANE):
        signs = [[change.sign for change in found.changes if change.kind == kind] for found in (there, here)]
        assert signs[0].count(Sign.ADDED) == signs[1].count(Sign.REMOVED)
        assert signs[0].count(Sign.CHANGED) == signs[1].count(Sign.CHANGED)
    steps = [change.sign for change in there.changes if change.kind == STEP]
    assert steps.count(Sign.ADDED) - steps.count(Sign.REMOVED) == len(other.nodes) - len(one.nodes)
