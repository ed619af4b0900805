"""What somebody answers for is left out; what matches nothing, has expired or rests on nothing is told."""

from __future__ import annotations

from datetime import date
from typing import Any

from flowstd.base.finding import Finding
from flowstd.base.term import workdays
from flowstd.check.run import check_catalogue, run, settled
from flowstd.check.sample import catalogue, ordinary
from flowstd.check.subject import Subject
from flowstd.item import Allowance


def slow(**allowance: Any) -> Subject:
    """A case whose steps take longer than promised, with an allowance."""
    return ordinary({"promised": "5工作日", "allow": [{"reason": "系统改造期间", **allowance}] if allowance else []})


def codes(subject: Subject, today: date | None = None) -> list[str]:
    found: tuple[Finding, ...] = run(subject.flow, subject.item, subject.scenario, "publish", today=today)
    return [finding.code for finding in found]


def test_what_is_allowed_is_left_out() -> None:
    assert codes(slow()) == ["TIM016"]
    assert codes(slow(rule="TIM016")) == []
    assert codes(slow(rule="path-above-promise")) == []


def test_what_was_set_aside_is_known_with_its_reason() -> None:
    ((finding, allowance),) = settled(slow(rule="TIM016"), "publish").allowed

    assert (finding.code, allowance.reason) == ("TIM016", "系统改造期间")


def test_an_allowance_may_be_for_one_step_or_scenario_only() -> None:
    assert codes(slow(rule="TIM016", step="是否准予许可？")) == []
    assert codes(slow(rule="TIM016", step="审查申请材料")) == ["TIM016", "ALW001"]
    assert codes(slow(rule="TIM016", scenario="变更")) == ["TIM016"]


def test_an_allowance_that_matches_nothing_is_told() -> None:
    assert codes(slow(rule="TIM015")) == ["TIM016", "ALW001"]
    assert codes(slow(rule="TIM999")) == ["TIM016", "ALW001"]


def test_an_allowance_ends_on_its_day() -> None:
    subject = slow(rule="TIM016", until="2026-06-30")

    assert codes(subject, date(2026, 6, 30)) == []
    assert codes(subject, date(2026, 7, 1)) == ["TIM016", "ALW002"]
    assert codes(subject) == []


def test_the_law_is_set_aside_by_law_only() -> None:
    late = {"promised": "25工作日", "statutory": "25工作日"}
    allowance = {"rule": "TIM002", "reason": "另有规定"}
    bare = ordinary({**late, "allow": [allowance]}, limit=workdays(25))
    based = ordinary({**late, "allow": [{**allowance, "basis": "《示例条例》第五条"}]}, limit=workdays(25))

    assert codes(bare) == ["ALW003"]
    assert codes(based) == []


def test_a_divergence_with_its_reason_is_left_out() -> None:
    second = {"code": "B1", "authority": "乙区", "statutory": "15工作日"}
    allowance = {"rule": "UNI002", "reason": "本区试点"}

    assert [one.code for one in check_catalogue(catalogue({"code": "A1"}, second).cases)] == ["UNI002"]
    assert check_catalogue(catalogue({"code": "A1"}, {**second, "allow": [allowance]}).cases) == ()


def test_a_caller_may_allow_for_a_flow_without_an_item() -> None:
    flow = ordinary(limit=workdays(25)).flow

    assert "TIM002" in [finding.code for finding in run(flow)]
    assert "TIM002" not in [finding.code for finding in run(flow, allow=(
        Allowance(rule="TIM002", reason="另有规定", basis="《示例条例》第五条"),))]
