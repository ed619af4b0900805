"""Where a rule stops: the unlawful flow that it finds, and the lawful one beside it that it leaves alone."""

from __future__ import annotations

import pytest

from flowstd.base.term import Term, days, months
from flowstd.check import registry
from flowstd.check.sample import licence, of, ordinary
from flowstd.check.subject import Subject
from flowstd.dsl import (
    Block,
    applicant,
    back,
    decider,
    end,
    onward,
    parallel,
    reviewer,
    system,
    third_party,
    window,
    workdays,
)

RULES = {rule.code: rule for rule in registry.rules()}


def found(code: str, subject: Subject) -> list[str]:
    """What one rule says of *subject*."""
    return [fault.message.zh for fault in RULES[code].check(subject)]


# ---- STR008


@pytest.mark.parametrize("answers", [
    ("给予", "不予"), ("合格", "不予"), ("确认", "不予"), ("通过", "退回修改"), ("同意", "退回"), ("合格", "需整改"), ("有", "没有"), ("是", "退回"),
    ("是", "不需要许可", "不属于职权"),
])
def test_an_opposite_may_be_in_other_words(answers: tuple[str, ...]) -> None:
    assert found("STR008", asked("结果如何？", {answer: end.done(answer) for answer in answers})) == []


@pytest.mark.parametrize("answers", [("是", "可当场更正"), ("是", "符合"), ("准予", "同意"), ("合格", "有")])
def test_an_answer_without_its_opposite_is_found(answers: tuple[str, ...]) -> None:
    assert found("STR008", asked("结果如何？", {answer: end.done(answer) for answer in answers}))


# ---- PRC001, PRC015, PRC016: how a licence may end


@pytest.mark.parametrize("ends", [end.granted, end.done])
def test_a_licence_that_is_done_is_held_to_what_a_grant_is_held_to(ends: Block) -> None:
    short = ordinary(slots={"before_decision": reviewer.ask("是否简易情形？", {"是": ends, "否": onward})})

    assert [len(found(code, short)) for code in ("PRC001", "PRC015", "PRC016")] == [2, 2, 2]


@pytest.mark.parametrize(("steps", "faults"), [
    ((window.certify("制证"), window.deliver("送达")), 0),
    ((window.deliver("送达"), window.certify("制证")), 1),
    ((window.certify("制作正本"), window.deliver("送达正本"), window.certify("制作副本"), window.deliver("送达副本")), 0),
    ((window.certify("制证"), window.deliver("送达"), system.certify("归集电子证照")), 0),
])
def test_a_certificate_is_made_before_it_is_served(steps: tuple[Block, ...], faults: int) -> None:
    process = applicant.submit("提交许可申请")
    for step in steps:
        process = process >> step

    assert len(found("PRC015", of(process >> end.granted))) == faults


def test_the_file_is_archived_last_but_for_what_watching_brings() -> None:
    early = ordinary(slots={"before_publish": window.archive("材料归档")})
    watched = ordinary(slots={"after_archive": reviewer.supervise("事后核查") >> window.deliver("送达核查结果")})

    assert found("PRC016", early) == ["“材料归档”之后还有“公开许可决定”：案卷不全就归了档"]
    assert found("PRC016", watched) == []


def test_a_service_may_be_done_without_a_certificate() -> None:
    assert found("PRC015", ordinary({"item_type": "公共服务"}, template="public_service")) == []


# ---- STR011, PRC029: who acts


@pytest.mark.parametrize("step", [
    applicant.notify("告知不需要许可", issues="不受理告知书"), applicant.inspect("现场勘验"), applicant.hear("举行听证"),
    applicant.test("检验检测"), applicant.exam("组织考试"),
])
def test_the_applicant_does_not_do_the_office_s_work(step: Block) -> None:
    assert found("STR011", of(applicant.submit("提交申请") >> step >> end.done))


@pytest.mark.parametrize("step", [
    applicant.notify("通知债权人"), applicant.hear("参加听证"), applicant.test("委托有资质的机构检测"), applicant.exam("参加考试"),
    applicant.announce("登报公告遗失声明"),
])
def test_the_applicant_may_have_a_part_in_it(step: Block) -> None:
    assert found("STR011", of(applicant.submit("提交申请") >> step >> end.done)) == []


def test_an_organisation_that_a_law_authorises_may_decide() -> None:
    process = RULES["PRC029"].bad().flow

    assert found("PRC029", Subject(process, licence()))
    assert found("PRC029", Subject(process, licence(authority_kind="授权组织"))) == []


# ---- PRC002, PRC003, PRC005, TIM001, TIM021: what is missing is told, asked for and supplied

CORRECTING = ("PRC002", "PRC003", "PRC005", "TIM001", "TIM021")


def corrected(note: str = "逾期不告知即为受理", days: int = 5, then: Block | None = None) -> Subject:
    """A licence in which the applicant is asked whether the gaps are filled before they are."""
    whole = "材料是否齐全、符合法定形式？"
    filled = applicant.supply("补正材料", materials="补正材料")
    return ordinary(slots={"replace_acceptance": window.check(whole, {
        "是": window.accept("受理", within=workdays(0), issues="受理通知书"),
        "可当场更正": applicant.ask("能否当场更正？", {"能": applicant.supply("当场更正") >> back(whole),
                                             "不能": end.withdrawn("撤回申请")}),
        "不需要许可": window.notify("告知不需要许可", within=workdays(0), issues="不受理告知书") >> end.not_accepted("不需要许可"),
        "不属于职权": window.refuse("不予受理", within=workdays(0), issues="不予受理决定书",
                               note="告知向有关行政机关申请") >> end.not_accepted("不予受理"),
        "否": window.notify("一次性告知补正", within=workdays(days), issues="补正告知书", note=note)
        >> applicant.ask("是否按期补正？", {
            "是": filled >> (then or back(whole)), "否": end.withdrawn("视为撤回申请")})})})


def test_a_question_between_notice_and_correction_is_lawful() -> None:
    assert [code for code in CORRECTING if found(code, corrected())] == []


def test_a_question_between_notice_and_correction_hides_nothing() -> None:
    assert found("TIM001", corrected(days=30))
    assert found("TIM021", corrected(note=""))
    assert found("PRC005", corrected(then=window.accept("受理补正的材料", within=workdays(0))))


# ---- PRC009, TIM012: two or more


@pytest.mark.parametrize(("post", "enough"), [
    ("两名以上工作人员", True), ("3名以上执法人员", True), ("2 名工作人员", True), ("双人核查", True), ("不少于两人", True),
    ("一人，不足两名时可单独勘验", False), ("审查岗", False),
])
def test_two_officers_are_read_as_a_number(post: str, enough: bool) -> None:
    subject = ordinary(slots={"before_decision": reviewer.inspect("现场勘验", within=workdays(2), post=post)})

    assert bool(found("PRC009", subject)) is not enough


@pytest.mark.parametrize(("assigning", "in_time"), [
    (reviewer.do("指派两名检验人员", within=workdays(5)), True),
    (reviewer.do("指派检验人员", within=workdays(0), post="3名以上"), True),
    (reviewer.do("指派一名检验人员", within=workdays(2)), False),
    (reviewer.do("指派两名检验人员", within=workdays(15)), False),
    (reviewer.do("指派检验人员", within=workdays(2)), False),
])
def test_two_are_assigned_to_a_test_within_five_days(assigning: Block, in_time: bool) -> None:
    subject = ordinary(slots={"before_decision": assigning >> reviewer.test("检验", within=workdays(1))})

    assert bool(found("TIM012", subject)) is not in_time


# ---- PRC026


def visiting(*steps: Block, declared: int) -> Subject:
    """A service with *steps*, and an item that declares so many visits."""
    process = applicant.submit("提交申请", onsite=True)
    for step in steps:
        process = process >> step
    return of(process >> end.done, licence(onsite_visits=declared, onsite_reason="核验原件"))


QUESTION = window.check("材料是否齐全？", 是=onward, 否=window.notify("一次性告知补正") >> applicant.supply(
    "到窗口补正", onsite=True) >> back("材料是否齐全？"))
BESIDE = parallel(applicant.do("到场勘验", onsite=True), applicant.do("到院体检", onsite=True))
EITHER = window.ask("领证方式？", 现场=applicant.do("到窗口领证", onsite=True), 邮寄=onward)


@pytest.mark.parametrize(("steps", "visits"), [
    ((), 1), ((QUESTION,), 2), ((BESIDE,), 3), ((EITHER,), 2), ((QUESTION, BESIDE, EITHER), 5),
])
def test_visits_are_counted_in_loops_and_in_parallel(steps: tuple[Block, ...], visits: int) -> None:
    assert found("PRC026", visiting(*steps, declared=visits)) == []
    assert f"流程最多要到现场 {visits} 次" in found("PRC026", visiting(*steps, declared=visits + 1))[0]


# ---- TIM017


def test_a_decision_has_a_limit_and_a_question_on_the_way_needs_none() -> None:
    subject = of(reviewer.ask("是否复杂？", 是=onward, 否=onward)
                 >> decider.decide("是否准予？", 准予=end.granted, 不予=end.refused))

    assert found("TIM017", subject) == ["“是否准予？”没有写时限"]


# ---- TIM007, TIM008, TIM009: time that does not count

LAW45 = "行政许可法 第四十五条"


@pytest.mark.parametrize(("step", "counts"), [
    (reviewer.inspect("现场勘验", within=workdays(60), excluded_by="行政许可法 第四十二条"), True),
    (reviewer.examine("审查检测报告", within=workdays(60), excluded_by=LAW45), True),
    (reviewer.inspect("现场勘验", within=workdays(60), excluded_by="示例市户外广告设施管理条例 第十二条"), False),
    (reviewer.do("委托检测", within=workdays(60), excluded_by=LAW45), False),
    (third_party.test("化验", within=workdays(60), excluded_by=LAW45), False),
])
def test_what_the_law_does_not_leave_out_counts(step: Block, counts: bool) -> None:
    assert bool(found("TIM007", ordinary(slots={"before_decision": step}))) is counts


TESTED = third_party.test("检验检测", within=workdays(30), excluded_by=LAW45)


@pytest.mark.parametrize(("notice", "told"), [
    (reviewer.notify("告知利害关系人", issues="利害关系人告知书"), False),
    (reviewer.notify("告知特别程序时限", issues="特别程序时限告知书"), True),
    (reviewer.notify("告知检测安排", issues="检测通知书"), True),
    (reviewer.notify("书面告知", issues="告知书", note="检测约需三十日"), True),
    (reviewer.notify("告知特别程序时限"), False),
])
def test_a_notice_speaks_of_the_time_that_does_not_count(notice: Block, told: bool) -> None:
    assert bool(found("TIM008", ordinary(slots={"before_decision": notice >> TESTED}))) is not told


def test_the_acceptance_may_tell_it() -> None:
    accepted = window.accept("受理", issues=["受理通知书", "特别程序时限告知书"])

    assert found("TIM008", of(accepted >> TESTED >> end.granted)) == []
    assert found("TIM008", of(window.accept("受理", issues="受理通知书") >> TESTED >> end.granted))


def test_the_question_whether_to_be_heard_says_by_when() -> None:
    def heard(within: Term | None) -> list[str]:
        return found("TIM009", of(applicant.ask("是否要求听证？", {"是": decider.hear("举行听证"), "否": onward}, within=within)
                                  >> end.granted))

    assert heard(workdays(5)) == []
    assert heard(None) == ["“是否要求听证？”没有写提出听证申请的期限"]
    assert found("TIM009", of(applicant.do("准备听证") >> decider.hear("举行听证") >> end.granted)) == []


def test_the_days_of_notice_may_stand_in_the_name_of_the_step() -> None:
    def told(label: str) -> list[str]:
        return found("TIM011", of(reviewer.notify(label) >> decider.hear("举行听证") >> end.granted))

    assert told("举行听证七日前通知时间地点") == []
    assert told("举行听证三日前通知时间地点") and told("通知听证时间地点")


# ---- PRC018, PRC021


def test_a_counter_may_pass_on_what_another_one_then_accepts() -> None:
    question = window.check("材料是否齐全？", 是=onward, 否=window.notify("一次性告知补正") >> applicant.supply("补正材料")
                            >> back("材料是否齐全？"))
    accepted = window.accept("受理") >> end.done

    assert found("PRC018", of(applicant.submit("提交申请") >> window.forward("转送属地机关") >> question >> accepted)) == []
    assert found("PRC018", of(applicant.submit("提交申请") >> window.accept("受理") >> reviewer.forward("报送上级机关")
                              >> applicant.submit("再次提交材料") >> end.done))


def test_a_commitment_is_one_because_the_scenario_says_so() -> None:
    assert found("PRC021", ordinary(scenario="告知承诺"))
    assert found("PRC021", ordinary(scenario="告知承诺", template="commitment")) == []


# ---- TIM014


@pytest.mark.parametrize("subject", [
    ordinary(correction_limit=days(30)),
    ordinary(delivery_limit=days(60)),
    ordinary(slots={"before_decision": decider.do("批准延长期限", within=days(60), issues="延长期限告知书")}),
    ordinary(slots={"before_decision": reviewer.ask("类型？", {
        "简单": reviewer.examine("简易审查", within=days(9)), "复杂": reviewer.examine("复杂审查", within=workdays(12))})}),
])
def test_a_step_of_a_licence_counts_in_working_days_wherever_it_stands(subject: Subject) -> None:
    assert found("TIM014", subject)


def test_another_law_and_what_follows_the_licence_may_count_otherwise() -> None:
    watched = ordinary(slots={"after_deliver": reviewer.supervise("事后核查", within=months(2))
                              >> reviewer.notify("责令限期整改", within=days(15))})
    published = ordinary(slots={"before_decision": window.announce(
        "公示", within=days(7), law="《示例市户外广告设施管理条例》第十一条")})

    assert found("TIM014", watched) == found("TIM014", published) == []


def test_a_limit_that_another_law_sets_in_calendar_days_is_kept_step_by_step() -> None:
    law = "《示例市户外广告设施管理条例》第十二条"
    subject = ordinary({"statutory": "60自然日", "statutory_note": law, "promised": "60自然日", "promised_note": law},
                       limit=days(60), delivery_limit=days(5))

    assert [one[:6] for one in found("TIM014", subject)] == ["“制作许可证", "“送达许可证", "“送达不予决"]


# ---- TIM004: what is an extension


def test_a_step_that_speaks_of_an_extension_of_something_else_counts_and_is_none() -> None:
    subject = ordinary(slots={"before_decision": reviewer.examine("审查延长有效期的理由", within=workdays(60))})

    assert found("TIM002", subject)
    assert found("TIM004", subject) == []


@pytest.mark.parametrize("label", ["批准延长期限", "批准延长办理期限", "经批准延长十日", "决定延长10个工作日", "批准延长"])
def test_an_extension_is_held_to_its_own_bounds(label: str) -> None:
    subject = ordinary(slots={"before_decision": decider.do(label, within=workdays(15), issues="延长期限告知书")})

    assert found("TIM002", subject) == []
    assert found("TIM004", subject) == [f"“{label}”延长15个工作日，超过10个工作日"]


def test_telling_of_an_extension_needs_no_approval() -> None:
    assert found("TIM004", ordinary(slots={"before_decision": reviewer.notify("告知延长期限的理由", within=workdays(0))})) == []


# ---- PRC028


def asked(question: str, answers: dict[str, Block]) -> Subject:
    """A case that hangs on one question."""
    return of(applicant.submit("提交申请") >> window.accept("受理") >> decider.ask(question, answers))


@pytest.mark.parametrize(("question", "answers"), [
    ("是否准予？", {"准予": end.refused, "不予": end.granted}),
    ("是否属于本机关职权？", {"是": end.not_accepted, "不属于职权": end.granted}),
    ("承诺是否属实？", {"是": end.revoked, "否": end.done}),
    ("作出决定", {"准予": end.granted, "不予": end.granted("也办结")}),
])
def test_an_answer_that_goes_against_its_outcome_is_found(question: str, answers: dict[str, Block]) -> None:
    assert found("PRC028", asked(question, answers))


@pytest.mark.parametrize(("question", "answers", "faults"), [
    ("是否要求听证？", {"是": onward, "否": decider.hear("举行听证")}, 1),
    ("是否要求听证？", {"是": decider.hear("举行听证"), "否": onward}, 0),
    ("是否放弃听证？", {"是": onward, "否": decider.hear("举行听证")}, 0),
    ("是否需要补充勘验材料？", {"是": onward, "否": reviewer.inspect("现场勘验")}, 0),
    ("是否需要现场勘验？", {"是": onward, "否": onward}, 0),
])
def test_who_asks_for_a_procedure_has_it(question: str, answers: dict[str, Block], faults: int) -> None:
    assert len(found("PRC028", of(reviewer.ask(question, answers) >> end.granted))) == faults


@pytest.mark.parametrize(("question", "answers"), [
    ("是否存在不予许可的情形？", {"是": end.refused, "否": end.granted}),
    ("是否属于禁止设立的区域？", {"是": end.refused, "否": end.granted}),
    ("公示有无异议？", {"有": end.refused, "无": end.granted}),
    ("是否同意撤回申请？", {"同意": end.withdrawn, "不同意": end.granted}),
    ("初审是否通过？", {"是": end.transferred, "否": end.done("告知原因")}),
    ("是否符合注销条件？", {"是": end.revoked("注销"), "否": end.done("不予注销")}),
    ("是否同意调解？", {"同意": end.withdrawn, "不同意": end.granted}),
    ("是否符合当场办理条件？", {"是": end.done("当场办结"), "否": reviewer.examine("审查") >> end.granted}),
    ("检查是否合格？", {"合格": end.done, "不合格": reviewer.do("责令整改") >> end.done("整改完成")}),
])
def test_no_may_be_the_good_answer(question: str, answers: dict[str, Block]) -> None:
    assert found("PRC028", asked(question, answers)) == []
