"""Every rule fires on its bad example, is silent on its good one, and says all it must say."""

from __future__ import annotations

import re

import pytest

from flowstd.check import registry
from flowstd.check.mend import MENDABLE
from flowstd.check.rule import Rule
from flowstd.check.run import NEEDS, check
from flowstd.check.sample import graph, of, ordinary
from flowstd.check.subject import Subject
from flowstd.dsl import (
    Block,
    applicant,
    back,
    decider,
    end,
    organ,
    parallel,
    reviewer,
    system,
    third_party,
    window,
    workdays,
)
from flowstd.dsl.words import Lane
from flowstd.ir.kinds import Role

RULES = registry.rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_fires_on_its_bad_example_and_not_on_its_good_one(rule: Rule) -> None:
    faults = list(rule.check(rule.bad()))

    assert faults
    assert list(rule.check(rule.good())) == []
    for fault in faults:
        for text in (fault.message, fault.fix):
            assert text is not None, "a fault says how to mend it"
            assert re.search("[\u4e00-\u9fff]", text.zh)
            assert not re.search("None|<flowstd|StepKind", text.zh + text.en)
            assert not re.search("  |^ | $", text.en)


@pytest.mark.parametrize(("flow", "told"), [
    ("开始>?可 ?可:否>!办结 ?可:是>审查 审查>补正 补正>复核 复核>审查",
     "从“复核”出发走不到任何结束，只会循环：“复核” → “审查” → “补正” → “复核”"),
    ("开始>?可 ?可:否>!办结 ?可:是>审查 审查>审查", "从“审查”出发走不到任何结束，只会循环：“审查” → “审查”"),
    ("开始>?可 ?可:否>!办结 ?可:是>审查 审查>公示", "从“公示”出发走不到任何结束"),
    ("开始>?可 ?可:否>!办结 ?可:是>1 1>2 2>3 3>4 4>5 5>6 6>7 7>8 8>1",
     "从“8”出发走不到任何结束，只会循环：“8” → “1” → “2” → “3” → “4” → “5” → … → “8”"),
])
def test_steps_that_only_go_round_are_told_once_and_by_name(flow: str, told: str) -> None:
    found = [finding.message.zh for finding in check(graph(flow)) if finding.code in ("STR002", "STR005")]

    assert found == [told]


def test_the_rules_that_mend_themselves_are_named() -> None:
    assert {rule.code for rule in RULES if any(fault.mend for fault in rule.check(rule.bad()))} == set(MENDABLE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_record_is_whole(rule: Rule) -> None:
    assert registry.modules()[rule.code].rpartition(".")[2] == f"{rule.code}_{rule.name}".lower().replace("-", "_")
    for text in (rule.summary, rule.why):
        assert text.zh.endswith("。") and text.en.endswith(".")
    if rule.source is not None:
        assert rule.source.checked_on is not None


def test_branches_that_meet_again_inside_a_parallel_part_are_no_decision() -> None:
    subject = of(applicant.submit("提交申请") >> parallel(
        reviewer.ask("是否勘验？", 是=reviewer.inspect("现场勘验", within=workdays(1), post="两名以上工作人员"),
                     否=reviewer.do("书面审查", within=workdays(1))),
        reviewer.examine("审查", within=workdays(1)), name="会审")
        >> decider.decide("是否同意？", 是=end.granted, 否=end.refused, within=workdays(1)))

    assert any(subject.merges(node) for node in subject.flow.nodes)
    assert check(subject) == ()


def test_a_refusal_may_give_its_reasons_in_a_question_of_its_own() -> None:
    question = "材料是否齐全、符合法定形式？"
    subject = ordinary(slots={"replace_acceptance": window.check(question, {
        "是": window.accept("受理", issues="受理通知书"),
        "可当场更正": applicant.supply("当场更正") >> back(question),
        "否": window.notify("一次性告知补正", within=workdays(5), note="逾期不告知即为受理", issues="补正告知书")
        >> applicant.supply("补正材料") >> back(question),
        "不予受理": window.ask("什么原因？", {
            "不需要许可": window.notify("告知不需要许可", issues="不受理告知书"),
            "不属于职权": window.refuse("出具不予受理决定", issues="不予受理决定书", note="告知向有关行政机关申请"),
        }) >> end.not_accepted})})

    assert "PRC004" not in {finding.code for finding in check(subject)}


def together(block: Block, note: str = "") -> Subject:
    """A licence with *block* between acceptance and decision, and forty-five days by law."""
    return ordinary({"statutory": "45工作日", "promised": "45工作日", "statutory_note": note},
                    slots={"before_decision": block})


@pytest.mark.parametrize("lead", [organ("市住建局"), reviewer])
def test_two_organs_that_work_side_by_side_have_forty_five_days(lead: Lane) -> None:
    subject = together(parallel(lead.examine("审查并出具意见", within=workdays(30), issues="审查意见"),
                                organ("市公安局").examine("审查并出具意见", within=workdays(30), issues="公安意见")))

    assert subject.joint
    assert not {"TIM002", "TIM003", "TIM023"} & {finding.code for finding in check(subject)}


@pytest.mark.parametrize(("note", "codes"), [
    ("", {"TIM002"}), ("《行政许可法》第四十二条第二款", {"TIM002", "TIM023"}),
    ("两个以上部门联合办理，《行政许可法》第四十二条第二款", set())])
def test_organs_asked_in_turn_act_as_one_when_the_item_says_so(note: str, codes: set[str]) -> None:
    subject = together(organ("市公安局").do("回复意见", within=workdays(15), issues="复函")
                       >> organ("市住建局").do("回复意见", within=workdays(15), issues="复函二"), note)

    assert {finding.code for finding in check(subject)} & {"TIM002", "TIM003", "TIM023"} == codes


def test_one_organ_alone_handles_nothing_jointly() -> None:
    subject = together(parallel(reviewer.examine("审查", within=workdays(25)), window.do("核对", within=workdays(2)),
                                third_party.do("协助", within=workdays(2))), "联合办理")

    assert not subject.joint and "TIM002" in {finding.code for finding in check(subject)}


def test_who_is_told_of_a_decision_has_not_made_it() -> None:
    told = parallel(window.deliver("送达许可证", within=workdays(1)), organ("市监管局").receive("接收推送信息"))

    assert not ordinary(slots={"replace_deliver": told}).joint


def found_by(subject: Subject, code: str) -> bool:
    return code in {finding.code for finding in check(subject)}


@pytest.mark.parametrize(("lead", "early"), [("届满一个月前提出", True), ("届满三十日前提出", True), ("届满十日前提出", False)])
def test_a_month_before_is_thirty_days_before(lead: str, early: bool) -> None:
    assert found_by(ordinary(template="renewal", scenario="延续", lead=f"有效期{lead}"), "TIM013") is not early


@pytest.mark.parametrize(("criteria", "machine"), [
    ("条件明确，无裁量", True), ("不涉及自由裁量", True), ("由系统自由裁量", False), ("没有标准，由系统裁量", False)])
def test_a_machine_decides_where_nothing_is_left_to_it(criteria: str, machine: bool) -> None:
    subject = of(applicant.submit("提交申请")
                 >> system.decide("是否符合条件？", 是=end.granted, 否=end.refused, criteria=criteria))

    assert found_by(subject, "PRC023") is not machine


def test_two_windows_of_one_hall_are_one_unit() -> None:
    hall = window.named("统一出件窗口").deliver("送达许可证", within=workdays(1))

    assert not found_by(ordinary(slots={"replace_deliver": hall}), "PRC017")
    assert found_by(ordinary(slots={"replace_deliver": reviewer.deliver("送达许可证", within=workdays(1))}), "PRC017")


def flows_in_the_examples() -> list[Subject]:
    """The examples of all rules, and each once more with half of its steps, and once with all of its roles, effaced."""
    found = [make() for rule in RULES if rule.reads != "catalogue" for make in (rule.bad, rule.good)]
    for number, subject in enumerate(found[:]):
        nodes = tuple(node.model_copy(update={"step": None}) if (at + number) % 2 else node
                      for at, node in enumerate(subject.flow.nodes))
        lanes = tuple(lane.model_copy(update={"role": Role.REVIEWER}) for lane in subject.flow.lanes)
        for update in ({"nodes": nodes}, {"lanes": lanes}):
            beside = subject.beside
            found.append(Subject(subject.flow.model_copy(update=update), beside.item, beside.scenario, beside.picture))
    return found


def test_a_rule_is_silent_where_nothing_is_there_that_it_is_about() -> None:
    asked = {rule.code: 0 for rule in RULES if rule.about}
    for subject in flows_in_the_examples():
        for rule in RULES:
            if not rule.concerns(subject.present) and NEEDS[rule.reads] <= subject.at_hand:
                asked[rule.code] += 1
                assert list(rule.check(subject)) == [], (rule.code, subject.flow.title)
    assert len(asked) > 20
    assert all(count > 20 for count in asked.values()), asked
