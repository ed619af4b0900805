"""The longest and the shortest way: against every way gone one by one, and on the cases the law knows."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from flowstd.base.term import Term, days, hours, workdays
from flowstd.check.due import due_dates
from flowstd.check.limits import LIMITS
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject
from flowstd.check.time import Total, longest
from flowstd.dsl import applicant, back, decider, end, onward, parallel, reviewer, third_party, window
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow
from flowstd.item.calendar import YearNotInCalendar

from .random_flows import random_flow


def decided(*steps) -> Subject:
    """Accepted, *steps*, decided on the spot."""
    block = applicant.submit("提交申请") >> window.accept("受理", within=workdays(3))
    for step in steps:
        block = block >> step
    return of(block >> decider.decide("是否准予？", {"准予": end.granted, "不予": end.refused}, within=workdays(1)))


def count(subject: Subject) -> int:
    way = subject.measure.counted
    assert way is not None
    return way.total.hours // 8


def test_the_clock_starts_when_the_case_is_accepted_and_stops_at_the_decision() -> None:
    subject = of(window.receive("收件", within=workdays(4)) >> window.accept("受理", within=workdays(3))
                 >> reviewer.examine("审查", within=workdays(5))
                 >> decider.decide("是否准予？", {"准予": window.deliver("送达", within=workdays(9)) >> end.granted,
                                               "不予": end.refused}, within=workdays(2)))

    assert count(subject) == 7
    assert subject.measure.before is not None and subject.measure.before.total.zh == "7个工作日"
    assert subject.measure.after is not None and subject.measure.after.total.zh == "9个工作日"


def test_parallel_branches_count_once_by_the_slowest() -> None:
    subject = decided(parallel(reviewer.inspect("现场勘验", within=workdays(2)),
                               reviewer.examine("材料审查", within=workdays(5)) >> reviewer.do("复核", within=workdays(1))))

    assert count(subject) == 7
    assert [node.label for node in subject.measure.counted.steps] == ["材料审查", "复核", "是否准予？"]


def test_a_branch_with_a_condition_counts_at_the_longest_and_not_at_the_shortest() -> None:
    def measured(**branches: int) -> tuple[int, int]:
        certain = [reviewer.inspect("现场勘验", within=workdays(branches.pop("certain")))] if "certain" in branches else []
        subject = decided(parallel(*certain, {name: reviewer.do(name, within=workdays(days))
                                              for name, days in branches.items()}))
        assert subject.measure.shortest is not None
        return count(subject), subject.measure.shortest.total.hours // 8

    assert measured(certain=2, 听证=5) == (6, 3)
    assert measured(certain=5, 听证=2, 评审=3) == (6, 6)
    assert measured(听证=5, 评审=3) == (6, 4)                  # one of them at least


def test_a_decision_takes_its_slower_exit_at_the_longest_and_its_quicker_at_the_shortest() -> None:
    subject = decided(reviewer.ask("是否需要勘验？", 是=reviewer.inspect("现场勘验", within=workdays(8)), 否=onward))

    assert count(subject) == 9
    assert subject.measure.shortest.total.zh == "1个工作日"


def test_what_lies_on_a_way_back_counts_once() -> None:
    subject = decided(reviewer.examine("审查", within=workdays(5)), reviewer.ask(
        "是否合格？", 否=reviewer.notify("责令整改", within=workdays(2)) >> applicant.supply("整改", within=workdays(30))
        >> back("审查"), 是=onward, default="是"))

    assert [node.label for node in subject.measure.counted.steps] == ["审查", "责令整改", "是否准予？"]
    assert count(subject) == 8


def test_what_the_law_excludes_and_an_extension_do_not_count() -> None:
    subject = decided(third_party.review("专家评审", within=workdays(10), excluded_by="行政许可法 第四十五条"),
                      decider.do("批准延长期限", within=workdays(10)))

    assert count(subject) == 1


def test_units_are_added_each_on_its_own() -> None:
    total = Total.of([workdays(3), hours(4), days(2), workdays(1), workdays(0)])

    assert total.zh == "4个工作日加2个自然日加4小时"
    assert total.en == "4 working days and 2 calendar days and 4 hours"
    assert not total.comparable(workdays(20)) and not total.exceeds(workdays(1))
    assert Total.of([workdays(1), hours(9)]).exceeds(workdays(2))


def every_way(subject: Subject, terms: dict[str, int]) -> list[int]:
    """What every way from the start to the ends takes, all gone one by one; parallel branches must not be there."""
    found = []

    def go(node: str, so_far: int) -> None:
        so_far += terms[node]
        if subject.flow.node_by_id[node].kind is Kind.END:
            found.append(so_far)
        for link in subject.forward[node]:
            go(link.target, so_far)

    go("n0", 0)
    return found


def test_longest_and_shortest_equal_the_best_of_every_way() -> None:
    compared = 0
    for seed in range(400):
        rng = Random(seed)
        drawn = random_flow(rng, 6)
        if any(node.kind in (Kind.SPLIT, Kind.JOIN) for node in drawn.nodes):
            continue
        terms = {node.id: rng.randint(0, 9) if node.kind in (Kind.TASK, Kind.DECISION) else 0 for node in drawn.nodes}
        flow = Flow(lanes=drawn.lanes, links=drawn.links, nodes=tuple(
            node.model_copy(update={"within": Term(count=terms[node.id], unit="workdays")}) for node in drawn.nodes))
        subject = Subject(flow)
        ways = every_way(subject, terms)
        if not ways or subject.returning:
            continue
        counted = frozenset(terms)
        ends, start = subject.by_kind[Kind.END], subject.by_kind[Kind.START]
        most, least = longest(subject, start, ends, counted), longest(subject, start, ends, counted, quickest=True)
        assert most is not None and most.total.hours // 8 == max(ways), seed
        assert least is not None and least.total.hours // 8 == min(ways), seed
        compared += 1
    assert compared > 60


def test_every_limit_of_the_law_is_there_with_its_article() -> None:
    assert list(LIMITS) == [*(f"T{n:02}" for n in range(1, 15)), "T15a", "T15b"]
    for limit in LIMITS.values():
        assert limit.source.title == "行政许可法" and limit.source.article.startswith("第")
        assert limit.source.checked_on == date(2026, 11, 23) and limit.source.evidence == "reprint"


@pytest.mark.parametrize(("accepted", "on"),
                         [(date(2026, 2, 10), date(2026, 3, 16)), (date(2025, 9, 26), date(2025, 10, 30)),
                                              (date(2026, 9, 18), date(2026, 10, 22))])
def test_due_by_law(accepted: date, on: date) -> None:
    assert on in [one.on for one in due_dates(ordinary(), accepted) if one.what.en == "decision, by law"]


def test_due_names_what_does_not_count() -> None:
    dates = due_dates(ordinary(special=["专家评审"]), date(2026, 4, 28))

    decisions = [one for one in dates if one.what.en.startswith("decision")]
    assert len(decisions) == 3
    assert all("专家评审 10个工作日不计算在内" in one.why.zh for one in decisions)


def test_due_tells_the_dates_it_knows() -> None:
    dates = due_dates(ordinary(), date(2026, 12, 10))

    assert [(one.on, one.what.en) for one in dates] == [
        (date(2026, 12, 24), "decision, as the steps say"), (date(2026, 12, 24), "decision, as promised"),
        (None, "decision, by law"),
        (None, "service of the certificate, ten working days after the decision as the steps say")]
    assert "2027" in dates[-1].why.zh


def test_due_refuses_years_whose_days_off_are_not_known() -> None:
    with pytest.raises(YearNotInCalendar):
        due_dates(ordinary(), date(2031, 1, 5))
