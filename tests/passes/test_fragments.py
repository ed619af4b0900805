"""Fragments as boxes: as sound, with the same outcomes and the same time, or left as they are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from flowstd.base.errors import UnknownName
from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from flowstd.check.soundness import decide
from flowstd.dsl import (
    applicant,
    back,
    end,
    flow_of,
    fragment,
    hours,
    onward,
    parallel,
    result,
    reviewer,
    window,
    workdays,
)
from flowstd.dsl.blocks import Block
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow, Node
from flowstd.passes.fragments import fragments_collapsed
from flowstd.pipeline import compile_case
from tests import blocks
from tests.conftest import ROOT

LAW = "行政许可法 第四十五条"


def around(inside: Block) -> Flow:
    return flow_of(applicant.submit("提交申请") >> fragment("审查环节", inside) >> window.deliver("送达") >> end.granted)


def seen(flow: Flow) -> list[str]:
    return [node.label for node in fragments_collapsed(flow).nodes]


def box(flow: Flow) -> Node:
    return next(node for node in fragments_collapsed(flow).nodes if node.label == "审查环节")


def test_a_fragment_is_one_box_in_its_place() -> None:
    flow = around(reviewer.examine("初审") >> reviewer.examine("复审"))

    assert seen(flow) == ["开始", "提交申请", "审查环节", "送达", "办结"]
    assert box(flow).kind is Kind.CALL
    assert [(link.source, link.target) for link in fragments_collapsed(flow).links] == [
        ("start", "申请人/提交申请"), ("申请人/提交申请", box(flow).id), (box(flow).id, "窗口/送达"), ("窗口/送达", flow.nodes[-1].id)]


def test_the_longest_way_that_counts_is_its_time() -> None:
    flow = around(reviewer.examine("初审", within=workdays(2)) >> parallel(
        reviewer.examine("甲", within=workdays(3)) >> reviewer.examine("乙", within=workdays(4)),
        reviewer.examine("丙", within=workdays(5)), reviewer.test("检测", within=workdays(30), excluded_by=LAW),
        name="会审"))

    assert box(flow).within == workdays(9)
    assert box(flow).excluded_by is None


def test_a_return_inside_is_not_counted_twice() -> None:
    flow = around(reviewer.examine("初审", within=workdays(2)) >> reviewer.ask(
        "是否同意？", {"是": onward, "否": reviewer.do("重拟", within=workdays(1)) >> back("初审")}))

    assert box(flow).within == workdays(3)


def test_time_that_does_not_count_stays_out_of_the_limit() -> None:
    flow = around(reviewer.test("检测", within=workdays(30), excluded_by=LAW) >> reviewer.do("取报告"))

    assert box(flow).within == workdays(30)
    assert box(flow).excluded_by is not None


def test_no_step_says_its_time_and_neither_does_the_box() -> None:
    assert box(around(reviewer.examine("初审") >> reviewer.examine("复审"))).within is None


def test_papers_and_law_are_those_of_all_steps() -> None:
    flow = around(window.do("收件", materials=["申请表", "身份证明"], issues="收件凭证") >> reviewer.examine(
        "复审", materials="收件凭证", issues=result("许可证"), law="行政许可法 第三十二条", note="可邮寄", onsite=True))
    made, name = box(flow), {paper.id: paper.name for paper in flow.documents}

    assert [name[paper] for paper in made.takes] == ["申请表", "身份证明"]
    assert [name[paper] for paper in made.issues] == ["收件凭证", "许可证"]
    assert [law.article for law in made.bases] == ["第三十二条"]
    assert (made.note, made.onsite) == ("可邮寄", True)


@pytest.mark.parametrize("inside", [
    reviewer.examine("初审"),                                                                  # one step is no fragment
    reviewer.examine("初审") >> reviewer.ask("是否通过？", {"是": onward, "否": end.refused}),            # something ends
    reviewer.examine("初审") >> reviewer.ask("是否通过？", {"是": onward, "否": back("提交申请")}),         # a second way out
    reviewer.examine("初审", within=hours(4)) >> reviewer.examine("复审", within=workdays(2)),            # no one term
])
def test_what_one_box_cannot_say_is_drawn_whole(inside: Block) -> None:
    flow = around(inside)

    assert fragments_collapsed(flow) == flow


def test_a_return_from_outside_into_the_middle_keeps_it_whole() -> None:
    flow = flow_of(fragment("受理环节", window.do("收件") >> window.do("登记")) >> window.ask(
        "是否有误？", {"否": onward, "是": back("登记")}) >> end.done)

    assert fragments_collapsed(flow) == flow


def test_the_outer_of_two_fragments_is_the_box() -> None:
    inner = fragment("内", reviewer.do("甲") >> reviewer.do("乙"))

    assert seen(around(inner >> reviewer.do("丙"))) == ["开始", "提交申请", "审查环节", "送达", "办结"]


def test_the_inner_is_the_box_where_the_outer_cannot_be() -> None:
    inner = fragment("内", reviewer.do("甲") >> reviewer.do("乙"))

    assert seen(around(inner >> reviewer.ask("是否通过？", {"是": onward, "否": end.refused}))) == [
        "开始", "提交申请", "内", "是否通过？", "不予许可", "送达", "办结"]


def test_a_name_used_twice_is_two_boxes() -> None:
    def checked(name: str) -> Block:
        return fragment("核查", reviewer.do(f"{name}一") >> reviewer.do(f"{name}二"))

    flow = flow_of(checked("甲") >> window.do("转办") >> checked("乙") >> end.done)

    assert seen(flow).count("核查") == 2


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(flow=blocks.flows(length=6))
def test_a_collapsed_flow_is_as_sound_and_ends_alike(flow: Flow) -> None:
    made = fragments_collapsed(flow)

    assert decide(flow).sound
    assert decide(made).sound
    assert [node for node in made.nodes if node.kind is Kind.END] == [node for node in flow.nodes
                                                                      if node.kind is Kind.END]
    assert fragments_collapsed(made) == made


def test_a_chart_draws_the_boxes_and_keeps_the_whole_process() -> None:
    flow = around(reviewer.examine("初审") >> reviewer.examine("复审"))
    chart = flow.compile(collapse="always")

    assert "审查环节" in chart.svg() and "复审" not in chart.svg()
    assert "复审" in chart.bpmn() and "复审" in chart.json()
    assert chart.findings == flow.compile().findings


def long_chain(steps: int) -> Block:
    """Steps enough, one below the other, to fill a page."""
    chain = reviewer.examine("第1步")
    for number in range(2, steps + 1):
        chain = chain >> reviewer.examine(f"第{number}步")
    return chain


@pytest.mark.parametrize(("inside", "outside", "collapsed"), [(3, 0, False), (25, 0, True), (3, 25, False)])
def test_to_fit_one_page_only_what_would_not_fit_is_collapsed(inside: int, outside: int, collapsed: bool) -> None:
    """A short one is drawn whole; a long one as boxes; one that boxes do not help is drawn whole."""
    flow = around(long_chain(inside)) if not outside else flow_of(
        applicant.submit("提交申请") >> fragment("审查环节", long_chain(inside)) >> window.do("转办")
        >> long_chain_of_windows(outside) >> end.done)
    chart = flow.compile(collapse="fit")

    assert ("审查环节" in {node.label for node in chart.drawn.nodes}) is collapsed
    assert ([page.paper for page in chart.sheet().pages] == ["A4 portrait"]) is (outside == 0)


def long_chain_of_windows(steps: int) -> Block:
    chain = window.do("窗口第1步")
    for number in range(2, steps + 1):
        chain = chain >> window.do(f"窗口第{number}步")
    return chain


def test_an_unknown_way_to_collapse_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match='did you mean "fit"'):
        around(long_chain(2)).compile(collapse="fits")


def test_most_of_the_bureau_hangs_in_the_hall_on_one_a4_page() -> None:
    """Ninety-five in a hundred, text of 9 pt, title block and footer included."""
    catalogue = open_catalogue(ROOT / "examples" / "bureau")
    sheets = [compile_case(case, **catalogue.look._asdict()).sheet() for case in load(catalogue)]
    on_a4 = [sheet for sheet in sheets
             if [(page.paper, page.view.scale >= 1000) for page in sheet.pages] == [("A4 portrait", True)]]

    assert len(sheets) == 344
    assert len(on_a4) >= 0.95 * len(sheets)
