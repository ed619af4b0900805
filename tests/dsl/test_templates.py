"""Every template builds, in every form; the statutory skeleton is whole; mistakes are told with a remedy."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.base.errors import BadElement, BadFlow, FlowstdError, UnknownName
from flowstd.base.legal import Evidence
from flowstd.base.term import Term, days, workdays
from flowstd.dsl import end, flow_of, reviewer
from flowstd.dsl.templates import PROCEDURES, TEMPLATES, ordinary_licence, template
from flowstd.dsl.templates.slots import BRANCHING
from flowstd.dsl.templates.terms import share
from flowstd.ir.graph import after
from flowstd.ir.kinds import Kind, Outcome, Role, StepKind
from flowstd.ir.model import Flow, Link, Node
from tests.blocks import lies_between_start_and_end

LICENCES = ("ordinary_licence", "preliminary_review", "joint", "immediate", "commitment", "tolerance", "registration",
            "change", "renewal", "replacement", "cancellation")
WITH_SPECIAL = ("ordinary_licence", "change", "renewal", "confirmation")
DECIDING = (*LICENCES, "confirmation", "benefit")
COMPLETE = "材料是否齐全、符合法定形式？"
SUBSETS = tuple(chain.from_iterable(combinations(PROCEDURES, size) for size in range(len(PROCEDURES) + 1)))

NODES = {                      # steps, questions, ends and the start: what stands on the chart
    "ordinary_licence": 22, "preliminary_review": 23, "joint": 26, "immediate": 21, "commitment": 28, "tolerance": 28,
    "registration": 25, "change": 22, "renewal": 22, "replacement": 22, "cancellation": 23, "confirmation": 21,
    "benefit": 22, "filing": 14, "public_service": 12,
}


def made(name: str, **parameters: object) -> Flow:
    return flow_of(template(name)(**parameters))


def labelled(flow: Flow, label: str) -> Node:
    (found,) = [node for node in flow.nodes if node.label == label]
    return found


def of_kind(flow: Flow, *kinds: StepKind) -> list[Node]:
    return [node for node in flow.nodes if node.step in kinds]


def named(flow: Flow, *, ending: Outcome) -> Node:
    (found,) = [node for node in flow.nodes if node.outcome is ending]
    return found


def exit_of(flow: Flow, question: Node, answer: str) -> Node:
    (link,) = [link for link in flow.exits[question.id] if link.label == answer]
    return flow.node_by_id[link.target]


def way_to_end(flow: Flow, node: Node) -> list[Node]:
    """The nodes from *node* to the end, where only one way leads on."""
    way = [node]
    while way[-1].kind is not Kind.END:
        (link,) = flow.exits[way[-1].id]
        way.append(flow.node_by_id[link.target])
    return way


def counted_days(flow: Flow, start: str, goal: str) -> int:
    """The longest way from *start* to *goal* in what counts towards the limit; ways back are not taken."""
    def longest(name: str) -> int | None:
        node = flow.node_by_id[name]
        own = node.within.count if node.within and not node.excluded_by else 0
        if name == goal:
            return own
        found = [longest(link.target) for link in flow.exits[name] if not link.back]
        arrived = [days for days in found if days is not None]
        return own + max(arrived) if arrived else None

    total = longest(start)
    assert total is not None
    return total


# ---- every template


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_gives_a_whole_chart_of_the_size_we_know(name: str) -> None:
    flow = made(name)

    assert lies_between_start_and_end(flow)
    assert len(flow.nodes) == NODES[name]
    assert flow.lanes[0].role is Role.APPLICANT
    assert flow.nodes[1].step is StepKind.SUBMIT


@pytest.mark.parametrize("name", TEMPLATES)
def test_labels_are_short_and_questions_are_questions(name: str) -> None:
    for node in made(name).nodes:
        assert len(node.label) <= (16 if node.kind is Kind.DECISION else 12)
        assert node.label.endswith("？") == (node.kind is Kind.DECISION)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_step_of_the_office_has_its_limit(name: str) -> None:
    flow = made(name)
    roles = {lane.id: lane.role for lane in flow.lanes}

    assert [node.label for node in flow.nodes
            if node.kind is Kind.TASK and roles[node.lane] is not Role.APPLICANT and node.within is None] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_ends_are_told_apart(name: str) -> None:
    found = [node.label for node in made(name).nodes if node.kind is Kind.END]

    assert len(found) == len(set(found)) >= 2


@pytest.mark.parametrize("name", TEMPLATES)
def test_law_is_dated_and_says_where_it_was_read(name: str) -> None:
    cited = [law for node in made(name).nodes
             for law in (*node.bases, *([node.excluded_by] if node.excluded_by else []))]

    assert all(law.evidence is Evidence.REPRINT and law.checked_on and law.in_force_from and law.article
               for law in cited)
    assert any(law.title == "行政许可法" for law in cited) == (name in LICENCES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_record_says_what_can_be_given(name: str) -> None:
    record = template(name)

    assert record.summary and record.title != name and template(record.title) is record
    assert {"materials", "posts", "slots"} <= set(record.parameters)
    assert all(parameter.default is not parameter.empty for parameter in record.parameters.values())


def test_steps_point_at_the_line_that_asked_for_the_template() -> None:
    flow = made("ordinary_licence")

    assert {node.where.file for node in flow.nodes} == {__file__}


# ---- the statutory skeleton


@pytest.mark.parametrize("name", LICENCES)
def test_all_outcomes_of_acceptance_are_there(name: str) -> None:
    flow = made(name)
    first, complete = [node for node in flow.nodes if node.step is StepKind.CHECK][:2]
    exits = [link.label for link in flow.exits[first.id]]

    assert first.label.startswith("是否属于本机关") and len(exits) == 3
    needless = way_to_end(flow, exit_of(flow, first, exits[1]))
    assert [node.within for node in needless[:-1]] == [workdays(0)]
    assert needless[-1].outcome is Outcome.NOT_ACCEPTED and needless[-1].label.startswith("不需要")
    elsewhere = way_to_end(flow, exit_of(flow, first, exits[2]))
    assert elsewhere[0].step is StepKind.REFUSE and elsewhere[0].issues == ("不予受理决定书",)
    assert elsewhere[0].within == workdays(0) and "告知向" in elsewhere[0].note
    assert elsewhere[-1].label == "不予受理"
    assert complete.label == COMPLETE
    accepted = of_kind(flow, StepKind.ACCEPT)[0]
    assert "受理通知书" in accepted.issues and "注明日期" in accepted.criteria
    assert accepted.id in after(flow, [complete.id])


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "public_service"])
def test_corrections_come_back_to_the_question_whether_the_file_is_complete(name: str) -> None:
    flow = made(name)
    complete = labelled(flow, COMPLETE)

    at_once = exit_of(flow, complete, "可当场更正")
    assert flow.exits[at_once.id] == (_back(flow, at_once, complete),)
    told = exit_of(flow, complete, "否")
    assert told.label == "一次性告知补正" and told.within == workdays(5) and told.issues == ("补正告知书",)
    (supplied,) = [flow.node_by_id[link.target] for link in flow.exits[told.id]]
    assert supplied.step is StepKind.SUPPLY
    assert flow.exits[supplied.id] == (_back(flow, supplied, complete),)
    assert len([node for node in flow.nodes if node.label == "一次性告知补正"]) == 1


def _back(flow: Flow, source: Node, target: Node) -> Link:
    (link,) = [link for link in flow.links if link.source == source.id and link.target == target.id]
    assert link.back
    return link


@pytest.mark.parametrize("name", DECIDING)
def test_a_refusal_has_reasons_and_remedies_and_is_served(name: str) -> None:
    flow = made(name)
    (decision,) = of_kind(flow, StepKind.DECIDE)

    refused = way_to_end(flow, flow.node_by_id[flow.exits[decision.id][-1].target])
    assert [node.step for node in refused[:-1]] == [StepKind.REFUSE, StepKind.DELIVER]
    assert "说明理由" in refused[0].note and "复议" in refused[0].note and "诉讼" in refused[0].note
    assert refused[0].issues and refused[-1].outcome is Outcome.REFUSED
    assert flow.exits[decision.id][-1].default


@pytest.mark.parametrize("name", LICENCES)
def test_a_grant_is_certified_served_in_time_and_archived(name: str) -> None:
    flow = made(name)
    (decision,) = of_kind(flow, StepKind.DECIDE)
    granted = flow.exits[decision.id][0].target
    end_of_case = named(flow, ending=Outcome.GRANTED)
    served = next(node for node in of_kind(flow, StepKind.DELIVER) if node.id in after(flow, [granted]))
    order = [node.step for node in flow.nodes if node.id in after(flow, [granted]) and node.kind is Kind.TASK
             and end_of_case.id in after(flow, [node.id])]

    assert order.index(StepKind.CERTIFY) < order.index(StepKind.DELIVER)
    assert order[-1] is StepKind.ARCHIVE
    assert counted_days(flow, granted, served.id) <= 10
    assert (StepKind.PUBLISH in order) == (name != "immediate")


@pytest.mark.parametrize(("name", "most"), [("ordinary_licence", 20), ("preliminary_review", 20), ("joint", 45),
                                            ("immediate", 1), ("commitment", 0), ("tolerance", 20), ("registration", 3),
                                            ("change", 10), ("renewal", 15), ("replacement", 5), ("cancellation", 5),
                                            ("confirmation", 30), ("benefit", 30)])
def test_the_steps_that_count_add_up_to_the_limit(name: str, most: int) -> None:
    flow = made(name)

    assert counted_days(flow, of_kind(flow, StepKind.ACCEPT)[0].id, of_kind(flow, StepKind.DECIDE)[0].id) == most


@pytest.mark.parametrize("name", LICENCES)
def test_who_examines_does_not_decide(name: str) -> None:
    flow = made(name)
    examining = of_kind(flow, StepKind.EXAMINE, StepKind.PRELIMINARY)
    (decision,) = of_kind(flow, StepKind.DECIDE)

    assert examining
    assert all((node.lane, node.post) != (decision.lane, decision.post) and node.lane != decision.lane
               for node in examining)


# ---- special procedures


@pytest.mark.parametrize("name", WITH_SPECIAL)
def test_every_combination_of_special_procedures_builds_in_lawful_order(name: str) -> None:
    for special in SUBSETS:
        flow = made(name, special=list(reversed(special)))
        accepted, (decision,) = of_kind(flow, StepKind.ACCEPT)[0], of_kind(flow, StepKind.DECIDE)
        held = [node for node in flow.nodes if node.group == "特别程序"]
        limit = template(name).parameters["limit"].default

        assert len(of_kind(flow, *_KINDS.values())) == len(special)
        assert [node.step for node in of_kind(flow, *_KINDS.values())] == [
            _KINDS[one] for one in PROCEDURES if one in special]
        assert all(node.id in after(flow, [accepted.id]) and decision.id in after(flow, [node.id]) for node in held)
        assert lies_between_start_and_end(flow)
        assert counted_days(flow, accepted.id, decision.id) == limit.count


_KINDS = {"inspection": StepKind.INSPECT, "testing": StepKind.TEST, "appraisal": StepKind.APPRAISE,
          "expert_review": StepKind.REVIEW, "exam": StepKind.EXAM, "tender": StepKind.TENDER,
          "announcement": StepKind.ANNOUNCE, "hearing": StepKind.HEAR}
CLOSED_LIST = ("testing", "appraisal", "expert_review", "tender", "hearing")          # 行政许可法 第四十五条


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_only_the_closed_list_is_not_counted_and_its_length_is_told_in_writing(procedure: str) -> None:
    flow = made("ordinary_licence", special=[procedure])
    (held,) = of_kind(flow, _KINDS[procedure])
    told = [node for node in flow.nodes if node.label == "告知特别程序时限"]

    assert (held.excluded_by is not None) == (procedure in CLOSED_LIST)
    assert bool(told and told[0].bases) == (procedure in CLOSED_LIST)
    if held.excluded_by:
        assert held.excluded_by.article == "第四十五条"
        assert told[0].issues and held.id in after(flow, [told[0].id])


@pytest.mark.parametrize("name", WITH_SPECIAL)
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_case_that_goes_to_somebody_else_goes_with_a_paper(name: str, procedure: str) -> None:
    flow = made(name, special=[procedure])
    roles = {lane.id: lane.role for lane in flow.lanes}

    assert [link.id for link in flow.links
            if roles[flow.node_by_id[link.target].lane] is Role.THIRD_PARTY
            and roles[flow.node_by_id[link.source].lane] is not Role.THIRD_PARTY
            and not flow.node_by_id[link.source].issues] == []


def test_nothing_is_kept_out_of_a_limit_that_the_licensing_law_does_not_set() -> None:
    flow = made("confirmation", special=list(PROCEDURES))

    assert [node.label for node in flow.nodes if node.excluded_by] == []


def test_a_hearing_keeps_its_terms_and_is_not_led_by_who_examines() -> None:
    flow = made("ordinary_licence", special=["听证"])
    (hearing,) = of_kind(flow, StepKind.HEAR)
    asked = labelled(flow, "是否要求听证？")

    assert asked.within == workdays(5) and hearing.within == workdays(20)
    assert "七日前" in labelled(flow, "通知听证时间地点").note
    assert hearing.lane != labelled(flow, "审查申请材料").lane
    assert labelled(flow, "是否准予许可？").id in after(flow, [exit_of(flow, asked, "否").id])


def test_a_procedure_keeps_the_term_it_is_given() -> None:
    flow = made("ordinary_licence", limit=workdays(10), special=["现场勘验", "专家评审"],
                special_limits={"现场勘验": workdays(2), "expert_review": workdays(30)})

    assert labelled(flow, "现场勘验").within == workdays(2)
    assert labelled(flow, "专家评审").within == workdays(30)
    assert counted_days(flow, of_kind(flow, StepKind.ACCEPT)[0].id, of_kind(flow, StepKind.DECIDE)[0].id) == 10


# ---- what makes each family what it is


def test_a_preliminary_review_asks_for_nothing_twice() -> None:
    flow = made("preliminary_review", higher="省广播电视局")
    forwarded = of_kind(flow, StepKind.FORWARD)[0]

    assert len(of_kind(flow, StepKind.SUBMIT)) == 1
    assert of_kind(flow, StepKind.DECIDE)[0].lane == "省广播电视局"
    assert not [node for node in of_kind(flow, StepKind.SUPPLY) if node.id in after(flow, [forwarded.id])]
    assert forwarded.issues == ("初审意见和全部材料",)


def test_joint_handling_splits_after_acceptance_and_meets_before_the_decision() -> None:
    organs = ["公安交警大队", "园林绿化中心", "供水公司"]
    flow = made("joint", organs=organs)
    (split,) = [node for node in flow.nodes if node.kind is Kind.SPLIT]
    (join,) = [node for node in flow.nodes if node.kind is Kind.JOIN]

    assert split.id in after(flow, [of_kind(flow, StepKind.ACCEPT)[0].id])
    assert of_kind(flow, StepKind.DECIDE)[0].id in after(flow, [join.id])
    assert [flow.node_by_id[link.target].lane for link in flow.exits[split.id]] == organs


@pytest.mark.parametrize("organs", [[], ["甲"], ["甲", "甲"]])
def test_joint_handling_needs_two_organs(organs: list[str]) -> None:
    with pytest.raises(BadElement, match="two or more"):
        made("joint", organs=organs)


def test_an_immediate_case_takes_a_day_at_most() -> None:
    flow = made("immediate", limit=workdays(0))

    assert counted_days(flow, "start", of_kind(flow, StepKind.DECIDE)[0].id) == 0
    with pytest.raises(BadElement, match="5个工作日") as raised:
        made("immediate", limit=workdays(5))
    assert raised.value.fix and "ordinary_licence" in raised.value.fix.en


def test_a_commitment_is_told_promised_granted_at_once_verified_and_may_be_revoked() -> None:
    flow = made("commitment")
    order = [node.step for node in flow.nodes]
    (decision,) = of_kind(flow, StepKind.DECIDE)
    (revoked,) = of_kind(flow, StepKind.REVOKE)

    assert labelled(flow, "告知条件和后果").issues == labelled(flow, "签署承诺书").takes
    assert order.index(StepKind.PLEDGE) < order.index(StepKind.DECIDE) < order.index(StepKind.SUPERVISE)
    assert decision.within == workdays(0)
    assert way_to_end(flow, revoked)[-1].outcome is Outcome.REVOKED


def test_tolerance_waits_for_what_was_promised() -> None:
    flow = made("tolerance", tolerated=["场所平面图"], due=workdays(3))
    (decision,) = of_kind(flow, StepKind.DECIDE)
    closing, supplied = labelled(flow, "容缺材料是否补齐？"), labelled(flow, "补交容缺材料")

    assert exit_of(flow, labelled(flow, COMPLETE), "主件齐全可容缺").issues == ("容缺受理告知书",)
    assert of_kind(flow, StepKind.ACCEPT)[0].id in after(flow, [of_kind(flow, StepKind.PLEDGE)[0].id])
    assert supplied.takes == ("场所平面图",) and supplied.within == workdays(3)
    assert exit_of(flow, closing, "无容缺或已补齐") == decision
    assert way_to_end(flow, exit_of(flow, closing, "逾期"))[-1].outcome is Outcome.WITHDRAWN


def test_a_renewal_is_asked_for_in_time_and_silence_prolongs() -> None:
    flow = made("renewal", lead="有效期届满四十五日前提出")

    assert labelled(flow, "提交延续申请").note == "有效期届满四十五日前提出"
    assert "视为准予延续" in of_kind(flow, StepKind.DECIDE)[0].note


def test_a_filing_grants_and_refuses_nothing() -> None:
    flow = made("filing")

    assert not of_kind(flow, StepKind.DECIDE)
    assert {node.outcome for node in flow.nodes if node.outcome} == {Outcome.DONE, Outcome.NOT_ACCEPTED}


def test_a_benefit_is_investigated_by_two_announced_and_paid() -> None:
    flow = made("benefit")
    order = [node.step for node in flow.nodes]

    assert "两名" in of_kind(flow, StepKind.INSPECT)[0].post
    assert (order.index(StepKind.INSPECT) < order.index(StepKind.ANNOUNCE) < order.index(StepKind.DECIDE)
            < order.index(StepKind.DISBURSE) < order.index(StepKind.ARCHIVE))


def test_a_result_is_a_document_of_its_own() -> None:
    flow = made("ordinary_licence", result="卫生许可证")

    assert flow.document_by_id["卫生许可证"].kind == "result"
    assert labelled(flow, "制作卫生许可证").issues == ("准予行政许可决定书", "卫生许可证")


# ---- slots


def slots_of(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, slot) for name in names for slot in template(name).slots]


@pytest.mark.parametrize(("name", "slot"), slots_of(TEMPLATES))
def test_every_slot_takes_a_step(name: str, slot: str) -> None:
    added = reviewer.do("插入的步骤", within=workdays(0))
    before_it, flow = made(name), made(name, slots={slot: added >> end.done("另行办结")
                                                    if slot.removeprefix("replace_") in BRANCHING else added})
    place = labelled(flow, "插入的步骤")

    assert lies_between_start_and_end(flow)
    if slot.startswith("replace_"):
        gone = {node.id for node in before_it.nodes} - {node.id for node in flow.nodes}
        assert gone or slot == "replace_special"
    else:
        assert {node.id for node in before_it.nodes} < {node.id for node in flow.nodes}
        assert flow.entries[place.id] and flow.exits[place.id]


def test_slots_stand_where_their_names_say() -> None:
    flow = made("ordinary_licence", slots={"before_decision": reviewer.do("集体审议", within=workdays(0)),
                                           "after_examination": reviewer.do("复核", within=workdays(0)),
                                           "replace_publish": reviewer.publish("网上公开", within=workdays(7))})

    assert [flow.node_by_id[link.target].label for link in flow.exits[labelled(flow, "集体审议").id]] == ["是否准予许可？"]
    assert [flow.node_by_id[link.source].label for link in flow.entries[labelled(flow, "复核").id]] == ["审查申请材料"]
    assert "公开许可决定" not in {node.label for node in flow.nodes}


def test_a_slot_cannot_take_the_place_of_an_end() -> None:
    with pytest.raises(BadFlow):
        made("ordinary_licence", slots={"before_decision": end.done})


# ---- mistakes


@pytest.mark.parametrize(("build", "says", "remedy"), [
    (lambda: template("ordinary_license"), 'no template "ordinary_license"', 'did you mean "ordinary_licence"?'),
    (lambda: template("一般许客"), 'no template "一般许客"', 'did you mean "一般许可"?'),
    (lambda: template("filing")(material=["备案表"]), 'template "filing" has no parameter "material"',
     'did you mean "materials"?'),
    (lambda: ordinary_licence(limits=workdays(5)), 'no parameter "limits"', 'did you mean "limit"?'),
    (lambda: ordinary_licence(slots={"before_descision": reviewer.do("集体审议")}), 'no slot "before_descision"',
     'did you mean "before_decision"?'),
    (lambda: ordinary_licence(slots={"after_decision": reviewer.do("集体审议")}), 'no slot "after_decision"',
     'did you mean "before_decision"?'),
    (lambda: ordinary_licence(special=["inspektion"]), 'no special procedure "inspektion"',
     'did you mean "inspection"?'),
    (lambda: ordinary_licence(special=["专家评论"]), 'no special procedure "专家评论"', 'did you mean "专家评审"?'),
    (lambda: ordinary_licence(special_limits={"hearing": workdays(5)}), '"hearing" in special_limits=',
     'add "hearing" to special='),
    (lambda: ordinary_licence(posts={"decided": "局长"}), 'no post "decided"', 'did you mean "decide"?'),
])
def test_an_unknown_name_is_told_with_the_nearest(build: object, says: str, remedy: str) -> None:
    with pytest.raises(UnknownName) as raised:
        build()  # type: ignore[operator]

    assert says in raised.value.what.en and remedy in raised.value.fix.en
    assert raised.value.where.file == __file__


@pytest.mark.parametrize(("parameters", "says"), [
    ({"limit": 20}, "limit= may not be int 20"),
    ({"limit": "20个工作日"}, "limit= may not be str"),
    ({"materials": "申请表"}, "materials= may not be str"),
    ({"materials": [1]}, "materials= may not be list"),
    ({"result": ""}, "result= may not be str"),
    ({"slots": {"before_decision": "集体审议"}}, "slots= may not be dict"),
    ({"limit": workdays(5), "special": ["现场勘验"], "special_limits": {"现场勘验": workdays(9)}}, "longer than the total"),
    ({"special": ["现场勘验"], "special_limits": {"现场勘验": days(2)}}, "in another unit"),
    ({"result": "许可\x00证"}, "control character"),
])
def test_a_value_that_cannot_be_is_told_at_the_authors_line(parameters: dict[str, object], says: str) -> None:
    with pytest.raises(FlowstdError) as raised:
        ordinary_licence(**parameters)  # type: ignore[arg-type]

    assert says in raised.value.what.en
    assert raised.value.fix and raised.value.where.file == __file__


@given(count=st.integers(0, 400), weights=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), min_size=1))
def test_shares_add_up(count: int, weights: dict[str, int]) -> None:
    shares = share(workdays(count), weights)

    assert sum(term.count for term in shares.values()) == count
    assert list(shares) == list(weights)
    assert count < len(weights) or all(term.count for term in shares.values())


@given(limit=st.integers(0, 60), special=st.lists(st.sampled_from(list(PROCEDURES)), unique=True))
def test_any_limit_is_kept(limit: int, special: list[str]) -> None:
    flow = made("ordinary_licence", limit=Term(count=limit, unit=workdays(1).unit), special=special)

    assert counted_days(flow, of_kind(flow, StepKind.ACCEPT)[0].id, of_kind(flow, StepKind.DECIDE)[0].id) == limit
