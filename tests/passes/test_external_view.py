"""The applicant's chart: the same contacts, outcomes and limits as the office's own, and as sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings

from flowstd.base.term import hours, workdays
from flowstd.check.soundness import decide
from flowstd.check.subject import Subject
from flowstd.check.time import Way, measure
from flowstd.dsl import applicant, back, decider, end, flow_of, onward, organ, parallel, result, reviewer, window
from flowstd.dsl.blocks import Block
from flowstd.dsl.templates import TEMPLATES
from flowstd.ir.kinds import DocumentKind, Kind, Role, StepKind
from flowstd.ir.model import Flow, Lane
from flowstd.passes.collapse import _Draft
from flowstd.passes.external_view import external_view
from flowstd.pipeline import compile_flow
from tests.blocks import flows
from tests.check.random_flows import random_flow

LAW = "行政许可法 第四十五条"


def inside(*blocks: Block) -> Flow:
    """A licence in which *blocks* stand between acceptance and decision."""
    flow = applicant.submit("提交申请") >> window.accept("受理", within=workdays(0))
    for block in blocks:
        flow = flow >> block
    return flow_of(flow >> decider.decide("是否准予？", {
        "准予": window.certify("制证", issues=result("许可证"), within=workdays(2)) >> window.deliver("送达", within=workdays(3))
        >> end.granted,
        "不予": decider.refuse("作出不予许可决定") >> end.refused}, within=workdays(2)))


def steps(flow: Flow) -> list[str]:
    """What stands between acceptance and decision, with its limit."""
    labels = [f"{node.label} {node.within.zh}" if node.within else node.label for node in flow.nodes]
    return labels[labels.index("受理 当场") + 1:labels.index("是否准予？ 2个工作日")]


def the_same(flow: Flow, seen: Flow) -> None:
    """Assert all that a view must keep; what is published and archived takes none of the applicant's time."""
    before, after = measure(Subject(untimed(flow))), measure(Subject(untimed(seen)))
    for name in ("counted", "before", "after"):
        assert total(getattr(before, name)) == total(getattr(after, name)), name
    quickest, quickest_seen = before.shortest, after.shortest
    assert (quickest is None) == (quickest_seen is None)
    assert quickest is None or quickest_seen is None or quickest.total.hours <= quickest_seen.total.hours
    assert ends(flow) == ends(seen)
    assert decide(flow).sound == decide(seen).sound


def untimed(flow: Flow) -> Flow:
    """*flow* without the time that the office takes for itself."""
    return flow.model_copy(update={"nodes": tuple(
        node.model_copy(update={"within": None}) if node.step in (StepKind.PUBLISH, StepKind.ARCHIVE) else node
        for node in flow.nodes)})


def total(way: Way | None) -> object:
    return None if way is None else way.total


def ends(flow: Flow) -> list[tuple[str, object]]:
    return [(node.id, node.outcome) for node in flow.nodes if node.kind is Kind.END]


def contacts(flow: Flow) -> list[tuple[str, str]]:
    """What the applicant does, is told or takes part in, in the order of the story."""
    mine = {lane.id for lane in flow.lanes if lane.role in (Role.APPLICANT, Role.THIRD_PARTY)}
    outward = (StepKind.NOTIFY, StepKind.DELIVER, StepKind.HEAR, StepKind.INSPECT, StepKind.PAY, StepKind.ACCEPT)
    windows = {lane.id for lane in flow.lanes if lane.role is Role.WINDOW}
    brought = {paper.id for paper in flow.documents if paper.kind is DocumentKind.MATERIAL}
    return [(node.id, node.label) for node in flow.nodes
            if node.kind is not Kind.END and (
                node.lane in mine or node.step in outward or node.onsite or brought.intersection(node.takes)
                or (node.step is StepKind.REFUSE and node.lane in windows))]


# ---- shapes

def test_steps_in_a_row_are_one_with_their_limits_added() -> None:
    flow = inside(reviewer.examine("初核", within=workdays(3)), reviewer.examine("复核", within=workdays(4)),
                  decider.do("会签", within=workdays(1)))

    assert steps(external_view(flow)) == ["审查 8个工作日"]
    the_same(flow, external_view(flow))


def test_what_is_done_together_names_the_step() -> None:
    flow = inside(reviewer.preliminary("初步审查", within=workdays(3)), reviewer.forward("报送省局"))

    assert steps(external_view(flow)) == ["初审、报送 3个工作日"]


def test_parallel_branches_of_one_organ_are_one_and_the_slowest_counts() -> None:
    flow = inside(parallel(reviewer.examine("甲科室审查", within=workdays(3)),
                           reviewer.examine("乙科室审查", within=workdays(5))
                           >> reviewer.examine("乙科室复核", within=workdays(1)), name="会审"))

    assert steps(external_view(flow)) == ["会审 6个工作日"]
    the_same(flow, external_view(flow))


def test_each_organ_of_a_joint_examination_stays_with_one_step() -> None:
    def examined(name: str) -> Block:
        return organ(name).examine("登记收文", within=workdays(1)) >> organ(name).examine("出具意见", within=workdays(4))

    flow = inside(parallel(examined("住建局"), examined("消防队"), name="并联审查"))
    seen = external_view(flow)

    assert steps(seen) == ["并联审查", "审查 5个工作日", "审查 5个工作日", ""]
    assert {lane.name for lane in seen.lanes} >= {"住建局", "消防队"}
    the_same(flow, seen)


def test_a_question_among_the_office_itself_is_not_seen() -> None:
    flow = inside(reviewer.examine("审查", within=workdays(2)),
                  reviewer.ask("是否复杂？", {"是": decider.do("集体讨论", within=workdays(4)), "否": onward}))

    assert steps(external_view(flow)) == ["审查 6个工作日"]
    the_same(flow, external_view(flow))


def test_work_sent_back_inside_is_not_seen_and_its_time_is_kept() -> None:
    flow = inside(reviewer.examine("起草审查意见", within=workdays(2)),
                  decider.ask("是否同意意见？",
                              {"同意": onward, "退回": reviewer.examine("重新审查", within=workdays(3)) >> back("起草审查意见")},
                              within=workdays(1)))

    assert steps(external_view(flow)) == ["审查 6个工作日"]
    the_same(flow, external_view(flow))


def test_a_question_with_a_consequence_outside_stays() -> None:
    flow = inside(reviewer.ask("是否需要听证？", {"是": reviewer.notify("告知听证权利") >> reviewer.hear("举行听证"), "否": onward}))

    assert steps(external_view(flow)) == ["是否需要听证？", "告知听证权利", "举行听证"]


@pytest.mark.parametrize("step", [
    reviewer.examine("请申请人到场核对", onsite=True), reviewer.examine("核收原件", materials="原件"), reviewer.inspect("现场勘验"),
    reviewer.notify("告知延期"), decider.do("批准延长期限", within=workdays(10)),
])
def test_what_the_applicant_meets_stays_as_it_is(step: Block) -> None:
    flow = inside(reviewer.examine("甲", within=workdays(1)), step, reviewer.examine("乙", within=workdays(1)))
    seen = external_view(flow)

    assert len(steps(seen)) == 3
    assert contacts(seen) == contacts(flow)
    the_same(flow, seen)


def test_time_that_does_not_count_is_not_added_to_time_that_does() -> None:
    flow = inside(reviewer.examine("审查", within=workdays(3)),
                  reviewer.review("专家评审", within=workdays(20), excluded_by=LAW),
                  reviewer.review("复评", within=workdays(5), excluded_by=LAW))

    assert steps(external_view(flow)) == ["审查 3个工作日", "评审 25个工作日"]
    the_same(flow, external_view(flow))


def test_terms_in_two_units_stay_two_steps() -> None:
    flow = inside(reviewer.examine("甲", within=workdays(3)), reviewer.examine("乙", within=hours(4)),
                  reviewer.examine("丙", within=workdays(0)))

    assert steps(external_view(flow)) == ["甲 3个工作日", "审查 4小时"]
    the_same(flow, external_view(flow))


def test_posts_criteria_and_empty_lanes_are_the_office_s_own() -> None:
    flow = inside(reviewer.examine("审查", post="审查岗", criteria="真实、合法", within=workdays(3)),
                  decider.do("签批", post="首席代表"))
    seen = external_view(inside(reviewer.examine("审查", post="审查岗"), organ("档案馆").archive("移交"),
                                organ("档案馆").archive("立卷")))

    assert all(not node.post and not node.criteria for made in (external_view(flow), seen) for node in made.nodes)
    assert all(any(node.lane == lane.id for node in seen.nodes) for lane in seen.lanes)


def test_results_and_legal_bases_of_what_is_put_together_are_kept() -> None:
    flow = inside(reviewer.examine("审查", law="行政许可法 第三十四条", issues="审查意见"),
                  reviewer.certify("制证", issues=result("许可证")))
    seen = external_view(flow)
    one = next(node for node in seen.nodes if node.label == "审查、制证")

    assert [seen.document_by_id[paper].name for paper in one.issues] == ["许可证"]
    assert [source.zh for source in one.bases] == ["《行政许可法》第三十四条"]
    assert "审查意见" not in {paper.name for paper in seen.documents}


def test_a_flow_without_an_inside_comes_back_with_the_same_steps() -> None:
    flow = flow_of(applicant.submit("申请") >> window.accept("受理") >> window.deliver("送达") >> end.done)

    seen = external_view(flow)

    assert [(node.id, node.lane) for node in seen.nodes] == [
        (node.id, "申请人" if node.kind is Kind.END else node.lane) for node in flow.nodes]
    assert seen.links == flow.links and external_view(seen) == seen


def test_who_examines_and_who_decides_share_a_lane_and_the_case_ends_with_the_applicant() -> None:
    seen = external_view(inside(reviewer.examine("审查")))

    assert [lane.name for lane in seen.lanes] == ["申请人", "窗口", "办理部门"]
    assert {node.lane for node in seen.nodes if node.kind is Kind.END} == {"申请人"}


# ---- properties

@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_keeps_its_limits_outcomes_and_contacts(name: str) -> None:
    flow = flow_of(TEMPLATES[name](), TEMPLATES[name].title)
    seen = external_view(flow)

    the_same(flow, seen)
    assert contacts(seen) == contacts(flow)
    assert external_view(seen) == seen


@settings(max_examples=150)
@given(flow=flows())
def test_every_process_keeps_its_limits_outcomes_and_contacts(flow: Flow) -> None:
    seen = external_view(flow)

    the_same(flow, seen)
    assert contacts(seen) == contacts(flow)
    assert external_view(seen) == seen


def test_any_graph_stays_as_sound_as_it_was_and_every_rule_is_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: Counter[str] = Counter()

    def counted(rule: str) -> Callable[[_Draft, str], bool]:
        own = getattr(_Draft, rule)

        def counting(draft: _Draft, name: str) -> bool:
            done: bool = own(draft, name)
            fitted[rule] += done
            return done

        return counting

    for rule in ("meeting", "row", "question", "parallel", "loop"):
        monkeypatch.setattr(_Draft, rule, counted(rule))
    sound = Counter(judged(seed) for seed in range(2500))

    assert min(sound.values()) > 500 and len(sound) == 2
    assert len(fitted) == 5 and min(fitted.values()) >= 30, fitted


def judged(seed: int) -> bool:
    """One random graph, mostly of steps inside one office, compared with its view."""
    rng = Random(seed)
    drawn = random_flow(rng, rng.choice((3, 4, 6, 8, 10)))
    kinds = (None, StepKind.EXAMINE, StepKind.HANDLE, StepKind.REVIEW)
    rare = (StepKind.ACCEPT, StepKind.DECIDE, StepKind.NOTIFY)
    nodes = []
    for node in drawn.nodes:
        if node.kind in (Kind.TASK, Kind.DECISION):
            meeting = node.kind is Kind.DECISION and rng.random() < 0.3
            timed = not meeting and rng.random() < 0.5
            node = node.model_copy(update={
                "step": None if meeting else rng.choice(kinds if rng.random() < 0.8 else rare),
                "label": "" if meeting else node.label, "within": workdays(rng.randint(0, 9)) if timed else None})
        nodes.append(node)
    flow = Flow(lanes=(Lane(id="科室", name="科室", role=Role.REVIEWER),), nodes=tuple(nodes), links=drawn.links)
    the_same(flow, external_view(flow))
    return decide(flow).sound


def test_a_long_chain_is_put_together() -> None:
    chain = reviewer.examine("第0步", within=workdays(1))
    for number in range(1, 1500):
        chain = chain >> reviewer.examine(f"第{number}步", within=workdays(1))

    assert steps(external_view(inside(chain))) == ["审查 1500个工作日"]


# ---- the chart

def test_a_chart_is_seen_either_way_and_its_findings_are_of_what_is_written() -> None:
    flow = inside(reviewer.examine("甲", within=workdays(30)), reviewer.examine("乙", within=workdays(30)))
    chart = compile_flow(flow)
    seen = compile_flow(flow, view="external")

    assert seen == chart.in_view("external") and seen.in_view("internal") == chart
    assert chart.in_view("internal") is chart
    assert seen.flow == external_view(flow) and seen.written == flow
    assert seen.findings == chart.findings
    assert ">审查<" in seen.svg() and ">甲<" not in seen.svg() and ">甲<" in chart.svg()


def test_the_two_charts_are_called_differently() -> None:
    from flowstd.item import Item

    case = Item(name="户外广告设施设置许可", item_type="行政许可").scenario("新办", inside(reviewer.examine("审查")))

    assert case.compile().sheet().title == "户外广告设施设置许可办理流程图（新办）"
    assert case.compile(view="external").sheet().title == "户外广告设施设置许可办事流程图（新办）"


def test_an_unknown_view_is_named_with_the_nearest() -> None:
    from flowstd.base.errors import UnknownName

    with pytest.raises(UnknownName, match='did you mean "external"'):
        compile_flow(inside(), view="externl")


def test_flows_that_differ_in_their_title_only_are_seen_and_laid_out_once() -> None:
    written = flow_of(applicant.submit("提交申请") >> window.accept("受理") >> reviewer.examine("审查") >> end.granted)
    one, other = (compile_flow(written.model_copy(update={"title": title}), view="external") for title in ("甲", "乙"))

    assert (one.flow.title, other.flow.title) == ("甲", "乙")
    assert one.flow.nodes is other.flow.nodes
    assert one.drawing().wires is other.drawing().wires
