"""Declarations → Flow: the graph that a process means, and ids that stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.check.run import run
from flowstd.check.soundness import decide
from flowstd.dsl import (
    applicant,
    back,
    call,
    days,
    decider,
    end,
    flow_of,
    fragment,
    onward,
    organ,
    parallel,
    result,
    reviewer,
    system,
    third_party,
    window,
    workdays,
)
from flowstd.dsl.blocks import Back, Block, Sequence, walk
from flowstd.dsl.wording import slug
from flowstd.ir.graph import arrivals
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Flow
from tests.blocks import LANES, blocks, lies_between_start_and_end, rewritten, steps_of


def ski() -> Block:
    return (
        applicant.submit("提交申请", materials=["申请表", "场所证明"])
        >> window.check(
            "材料是否齐全、符合法定形式？",
            是=window.accept("受理", issues="受理通知书", within=workdays(1)),
            否=window.notify("一次性告知补正", within=workdays(5)) >> applicant.supply("补正材料")
            >> back("材料是否齐全、符合法定形式？"),
            不属于职权=window.refuse("不予受理", issues="不予受理通知书") >> end.not_accepted)
        >> parallel(reviewer.inspect("现场勘验", within=workdays(2)),
                    third_party.review("专家评审", excluded_by="行政许可法 第四十五条"))
        >> decider.decide(
            "是否准予许可？",
            准予=window.certify("制证", issues=result("许可证")) >> window.deliver("送达", within=days(2)) >> end.granted,
            不予=decider.refuse("作出不予许可决定", issues="不予许可决定书") >> end.refused))


def lines(flow: Flow) -> list[str]:
    """Every link in short: source -label-> target, marked where it goes back or is the default."""
    return [f"{link.source} -{link.label}-> {link.target}{' back' * link.back}{' default' * link.default}"
            for link in flow.links]


def test_a_whole_process_becomes_one_graph() -> None:
    flow = flow_of(ski(), "滑雪")

    assert flow.title == "滑雪"
    assert [(lane.id, lane.role) for lane in flow.lanes] == [
        ("申请人", Role.APPLICANT), ("窗口", Role.WINDOW), ("审查人员", Role.REVIEWER),
        ("第三方机构", Role.THIRD_PARTY), ("决定人", Role.DECIDER)]
    assert [node.id for node in flow.nodes] == [
        "start", "申请人/提交申请", "窗口/材料是否齐全符合法定形式", "窗口/受理", "窗口/一次性告知补正", "申请人/补正材料",
        "窗口/不予受理", "end/not-accepted/不予受理", "parallel/1/split", "审查人员/现场勘验", "第三方机构/专家评审",
        "parallel/1/join", "决定人/是否准予许可", "窗口/制证", "窗口/送达", "end/granted/办结", "决定人/作出不予许可决定",
        "end/refused/不予许可"]
    assert lines(flow) == [
        "start --> 申请人/提交申请",
        "申请人/提交申请 --> 窗口/材料是否齐全符合法定形式",
        "窗口/材料是否齐全符合法定形式 -是-> 窗口/受理",
        "窗口/材料是否齐全符合法定形式 -否-> 窗口/一次性告知补正",
        "窗口/材料是否齐全符合法定形式 -不属于职权-> 窗口/不予受理 default",
        "窗口/受理 --> parallel/1/split",
        "窗口/一次性告知补正 --> 申请人/补正材料",
        "申请人/补正材料 --> 窗口/材料是否齐全符合法定形式 back",
        "窗口/不予受理 --> end/not-accepted/不予受理",
        "parallel/1/split --> 审查人员/现场勘验",
        "parallel/1/split --> 第三方机构/专家评审",
        "审查人员/现场勘验 --> parallel/1/join",
        "第三方机构/专家评审 --> parallel/1/join",
        "parallel/1/join --> 决定人/是否准予许可",
        "决定人/是否准予许可 -准予-> 窗口/制证",
        "决定人/是否准予许可 -不予-> 决定人/作出不予许可决定 default",
        "窗口/制证 --> 窗口/送达",
        "窗口/送达 --> end/granted/办结",
        "决定人/作出不予许可决定 --> end/refused/不予许可"]


def test_a_step_says_all_that_was_said_of_it() -> None:
    flow = flow_of(window.accept(
        "受理", within=workdays(1), materials=["申请表", "身份证明"], issues="受理通知书", law=["行政许可法 第三十二条"],
        excluded_by="行政许可法 第四十五条", criteria="齐全", post="受理岗", onsite=True, note="可邮寄") >> end.done)
    node = flow.node_by_id["窗口/受理"]

    assert (node.kind, node.step, node.label) == (Kind.TASK, StepKind.ACCEPT, "受理")
    assert (node.within, node.takes, node.issues) == (workdays(1), ("申请表", "身份证明"), ("受理通知书",))
    assert [base.zh for base in node.bases] == ["《行政许可法》第三十二条"]
    assert node.excluded_by is not None and node.excluded_by.article == "第四十五条"
    assert (node.criteria, node.post, node.onsite, node.note) == ("齐全", "受理岗", True, "可邮寄")


def test_a_decision_says_what_it_asks_and_how() -> None:
    flow = flow_of(decider.decide("可？", {"准予": end.granted, "不予": end.refused}, within=workdays(3), default="准予"))
    node = flow.node_by_id["决定人/可"]

    assert (node.kind, node.step, node.within) == (Kind.DECISION, StepKind.DECIDE, workdays(3))
    assert [link.default for link in flow.exits[node.id]] == [True, False]


def test_deciding_without_exits_is_a_step() -> None:
    flow = flow_of(decider.decide("作出准予许可决定") >> end.granted)

    assert (flow.nodes[1].kind, flow.nodes[1].step) == (Kind.TASK, StepKind.DECIDE)


def test_an_exit_that_goes_onward_leads_straight_to_what_follows() -> None:
    flow = flow_of(window.ask("要听证？", 是=reviewer.hear("听证"), 否=onward) >> window.deliver("送达") >> end.done)

    assert lines(flow)[1:4] == ["窗口/要听证 -是-> 审查人员/听证", "窗口/要听证 -否-> 窗口/送达 default",
                                "审查人员/听证 --> 窗口/送达"]


def test_alternatives_inside_a_parallel_branch_meet_before_the_join() -> None:
    flow = flow_of(parallel(window.ask("合格？", 是=onward, 否=window.do("整改")), reviewer.do("审查"), name="并联")
                   >> end.done)

    assert [link.source for link in flow.entries["parallel/并联/join"]] == ["parallel/并联/1/merge", "审查人员/审查"]
    assert [link.source for link in flow.entries["parallel/并联/1/merge"]] == ["窗口/合格", "窗口/整改"]
    assert flow.node_by_id["parallel/并联/1/merge"].kind is Kind.DECISION
    assert decide(flow).sound
    assert not [finding for finding in run(flow) if finding.code.startswith("STR")]


def test_split_and_join_stand_in_the_lane_of_the_step_before() -> None:
    branches = parallel(reviewer.do("甲"), third_party.do("乙"))
    first, later = flow_of(branches >> end.done), flow_of(window.do("丙") >> branches >> end.done)

    assert [node.lane for node in first.nodes if node.kind in (Kind.START, Kind.SPLIT, Kind.JOIN)] == ["审查人员"] * 3
    assert [node.lane for node in later.nodes if node.kind in (Kind.SPLIT, Kind.JOIN)] == ["窗口"] * 2


def test_the_same_end_is_one_node() -> None:
    flow = flow_of(window.ask("甲？", 是=end.refused, 否=reviewer.do("乙")) >> reviewer.ask(
        "丙？", 是=end.refused, 否=end.refused("不予备案")))

    assert [(node.id, node.outcome) for node in flow.nodes if node.kind is Kind.END] == [
        ("end/refused/不予许可", Outcome.REFUSED), ("end/refused/不予备案", Outcome.REFUSED)]
    assert len(flow.entries["end/refused/不予许可"]) == 2


def test_two_exits_may_lead_to_one_end() -> None:
    flow = flow_of(window.do("甲") >> window.ask("乙？", 是=end.done, 否=end.done))

    assert lines(flow)[2:] == ["窗口/乙 -是-> end/done/办结", "窗口/乙 -否-> end/done/办结 default"]


def test_the_applicant_comes_first() -> None:
    flow = flow_of(window.do("甲") >> organ("乙局").do("乙") >> applicant.pay("缴费") >> end.done)

    assert [lane.name for lane in flow.lanes] == ["申请人", "窗口", "乙局"]


def test_a_lane_with_another_name_is_another_lane() -> None:
    flow = flow_of(window.do("受理") >> window.named("综合窗口（A）").do("受理") >> end.done)

    assert [(lane.id, lane.name, lane.role) for lane in flow.lanes] == [
        ("窗口", "窗口", Role.WINDOW), ("综合窗口A", "综合窗口（A）", Role.WINDOW)]


def test_a_document_is_one_and_knows_what_it_is() -> None:
    flow = flow_of(window.do("甲", materials=["申请表", "决定书", "申请表"]) >> window.do("乙", issues="决定书")
                   >> window.do("丙", materials=[result("许可证")]) >> window.do("丁", issues=["许可证"]) >> end.done)

    assert [(paper.id, paper.kind) for paper in flow.documents] == [
        ("申请表", DocumentKind.MATERIAL), ("决定书", DocumentKind.NOTICE), ("许可证", DocumentKind.RESULT)]
    assert flow.node_by_id["窗口/甲"].takes == ("申请表", "决定书")


def test_fragments_name_the_group_of_their_steps() -> None:
    flow = flow_of(fragment("审查", window.do("甲") >> fragment("勘验", window.do("乙"))) >> window.do("丙") >> end.done)

    assert [node.group for node in flow.nodes] == ["", "审查", "审查/勘验", "", ""]


def test_a_call_names_the_other_chart() -> None:
    flow = flow_of(window.do("甲") >> call("0001", "营业执照", within=workdays(3)) >> end.done)
    node = flow.node_by_id["call/营业执照"]

    assert (node.kind, node.calls, node.lane, node.within) == (Kind.CALL, "0001", "窗口", workdays(3))


@pytest.mark.parametrize("name", ["窗口/受理", "受理", "受理！", "再受理"])
def test_back_finds_a_step_by_any_of_its_names(name: str) -> None:
    wanted = "窗口/再受理" if name == "再受理" else "窗口/受理"
    first = window.do("受理", id="再受理") if name == "再受理" else window.do("受理")
    other = reviewer.do("受理") if name == "窗口/受理" else reviewer.do("审查")
    flow = flow_of(first >> other >> window.ask("可？", 是=end.done, 否=back(name)))

    assert [link.target for link in flow.links if link.back] == [wanted]


def test_back_may_return_to_a_call_or_to_a_parallel_part() -> None:
    flow = flow_of(
        window.do("甲") >> call("1", "乙") >> parallel(window.do("丙"), reviewer.do("丁"), name="并联审查")
        >> window.ask("可？", 是=end.done, 否=back("并联审查"), 重来=back("乙")))

    assert [link.target for link in flow.links if link.back] == ["parallel/并联审查/split", "call/乙"]


def test_a_branch_with_a_condition_bears_it_at_its_first_link() -> None:
    flow = flow_of(parallel(reviewer.inspect("现场勘验"), {"技术复杂": third_party.review("专家评审")}, 需要=reviewer.hear("听证"))
                   >> end.done)

    assert [(link.id, link.label) for link in flow.exits["parallel/1/split"]] == [
        ("parallel/1/split→审查人员/现场勘验", ""),
        ("parallel/1/split→技术复杂→第三方机构/专家评审", "技术复杂"),
        ("parallel/1/split→需要→审查人员/听证", "需要")]


def test_back_within_one_parallel_branch() -> None:
    flow = flow_of(parallel(window.do("甲") >> window.ask("可？", 是=onward, 否=window.do("改") >> back("甲")),
                            reviewer.do("乙")) >> end.done)

    assert decide(flow).sound
    assert [link.id for link in flow.links if link.back] == ["窗口/改→窗口/甲"]


def test_every_node_knows_its_line() -> None:
    flow = flow_of(ski())

    assert all(node.where.file == __file__ and node.where.line for node in flow.nodes)
    assert len({node.where for node in flow.nodes if node.kind is Kind.TASK}) == 10
    assert all(link.where.line for link in flow.links)


def test_blocks_are_values() -> None:
    assert ski() == ski() and hash(ski()) == hash(ski())
    assert window.accept("受理") != window.register("受理")
    with pytest.raises(AttributeError):
        window.accept("受理").label = "其他"  # type: ignore[misc]


# ---- what must hold of every process


@given(blocks())
def test_every_process_is_sound(block: Block) -> None:
    flow = flow_of(block)

    assert lies_between_start_and_end(flow)
    assert decide(flow).sound


@given(blocks())
def test_every_decision_has_one_default_and_different_labels(block: Block) -> None:
    flow = flow_of(block)
    for node in flow.nodes:
        exits = flow.exits[node.id]
        if node.kind is Kind.DECISION and node.label:
            assert sum(link.default for link in exits) == 1
            assert len({link.label for link in exits}) == len(exits) >= 2
        else:
            assert not any(link.default or (link.label and node.kind is not Kind.SPLIT) for link in exits)
            assert len(exits) == 1 or node.kind in (Kind.SPLIT, Kind.END)


@given(blocks())
def test_every_split_has_the_join_that_was_written_with_it(block: Block) -> None:
    flow = flow_of(block)
    for node in flow.nodes:
        if node.kind is Kind.SPLIT:
            join = node.id.removesuffix("split") + "join"
            assert arrivals(flow, node) == flow.entries[join]


@given(blocks(), st.data())
def test_renaming_a_step_changes_one_id(block: Block, data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(steps_of(block)))

    def rename(was: Block, now: Block) -> Block:
        if was is old:
            return replace(now, label="改名之后")
        if isinstance(now, Back) and slug(now.target) == slug(old.label):
            return replace(now, target="改名之后")
        return now

    before = [node.id for node in flow_of(block).nodes]
    after = [node.id for node in flow_of(rewritten(block, rename)).nodes]
    changed = [(was, now) for was, now in zip(before, after, strict=True) if was != now]
    assert changed == [(f"{slug(old.actor.name)}/{slug(old.label)}", f"{slug(old.actor.name)}/改名之后")]


@given(blocks(), st.data())
def test_renaming_a_step_that_has_an_id_changes_none(block: Block, data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(steps_of(block)))

    def ids(label: str) -> list[str]:
        def change(was: Block, now: Block) -> Block:
            return replace(now, label=label, details=old.details._replace(id=old.label)) if was is old else now

        return [node.id for node in flow_of(rewritten(block, change)).nodes]

    assert ids(old.label) == ids("改名之后") == [node.id for node in flow_of(block).nodes]


@given(blocks(), st.data())
def test_adding_a_step_changes_no_other_id(block: Block, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(_places(block)))
    new = data.draw(st.sampled_from((*LANES, organ("另一机关")))).do("新增的步骤")
    before = data.draw(st.booleans())

    def add(was: Block, now: Block) -> Block:
        if was is not place:
            return now
        return now >> new if now.flows_on and not before else new >> now

    def ids(written: Block) -> list[str]:
        # where alternatives meet at the end of a branch stands a merge: a step put there is the meeting point itself
        return [node.id for node in flow_of(written).nodes if not node.id.endswith("/merge")]

    old, now = ids(block), ids(rewritten(block, add))
    assert [name for name in now if name != f"{slug(new.actor.name)}/新增的步骤"] == old
    assert len(now) == len(old) + 1


@given(blocks())
def test_a_flow_comes_back_from_its_json(block: Block) -> None:
    flow = flow_of(block, "标题")
    text = flow.to_json()

    assert Flow.from_json(text) == flow
    assert Flow.from_json(text).to_json() == text


def _places(block: Block) -> list[Block]:
    """Every part of *block* that a step may be put before or after."""
    return [one for one in walk(block) if not isinstance(one, Sequence)]


def test_system_and_third_party_have_their_roles() -> None:
    flow = flow_of(system.do("核对") >> third_party.test("检测") >> end.done)

    assert [lane.role for lane in flow.lanes] == [Role.SYSTEM, Role.THIRD_PARTY]
