"""What somebody answers for is left out; what matches nothing, has expired or rests on nothing is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flowstd.base.finding import Finding
from flowstd.base.term import workdays
from flowstd.check.run import check_catalogue, run, settled, settled_among
from flowstd.check.sample import catalogue, ordinary
from flowstd.check.subject import Subject
from flowstd.ir.case import Case
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


def two(second: dict[str, Any], *allow: dict[str, str]) -> tuple[Case, ...]:
    """One item at two implementers; the second says otherwise in *second* and allows that."""
    return catalogue({"code": "A1", "authority": "甲区"},
                     {"code": "B1", "authority": "乙区", **second, "allow": list(allow)}).cases


IDLE = {"rule": "UNI002", "reason": "本区试点"}


@pytest.mark.parametrize(("second", "allow", "codes"), [
    ({"statutory": "15工作日"}, IDLE, []), ({}, IDLE, ["ALW001"]), ({}, {"rule": "UNI999", "reason": "无"}, []),
    ({}, {**IDLE, "until": "2026-01-31"}, []),
    ({"statutory": "15工作日"}, {**IDLE, "until": "2026-01-31"}, ["UNI002"])])
def test_an_allowance_for_a_difference_that_is_none_is_told(
        second: dict[str, Any], allow: dict[str, str], codes: list[str]) -> None:
    found = check_catalogue(two(second, allow), "publish", today=date(2026, 11, 23))

    assert [(one.code, one.item) for one in found] == [(code, "B1.新办") for code in codes]


def test_what_is_no_whole_catalogue_leaves_no_allowance_idle() -> None:
    assert settled_among(two({}, IDLE)[1:], "publish").findings == ()


def test_the_basic_catalogue_is_set_aside_by_an_article_only() -> None:
    item = {"catalog_code": "370117009000", "authority": "济南市城市管理局",
            "allow": [{"rule": "COD005", "reason": "历来如此"}]}
    found = settled_among(catalogue(item).cases, "publish", listed={"370117003000": "户外广告设施设置许可"})

    assert [one.code for one in found.findings] == ["ALW003"]


@pytest.mark.parametrize(("ours", "told"), [
    ({"service_targets": ["企业法人", "自然人"]}, ()),
    ({"legal_bases": ["《示例市户外广告设施管理条例》第十条", "《中华人民共和国广告法》第四十一条"]}, ()),
    ({"materials": ["平面图", "申请表"]}, ()),
    ({"materials": ["申请表"]}, ("乙区的申请材料是“申请表”，甲区是“申请表、平面图”",)),
    ({"materials": ["申请表", {"name": "平面图", "copies": 9}]},
     ("乙区的申请材料是“平面图（纸质材料份数：9）”，甲区是“平面图（纸质材料份数：1）”",)),
    ({"materials": ["申请表", {"name": "平面图", "kind": "复印件"}]},
     ("乙区的申请材料是“平面图（材料类型：复印件）”，甲区是“平面图（材料类型：原件）”",))])
def test_what_is_said_of_an_item_is_compared_not_how_it_is_ordered(ours: dict[str, Any], told: tuple[str, ...]) -> None:
    shared = {"service_targets": ["自然人", "企业法人"], "materials": ["申请表", {"name": "平面图", "kind": "原件", "copies": 1}],
              "legal_bases": ["《广告法》第四十一条", "《示例市户外广告设施管理条例》第十条"]}
    cases = catalogue({**shared, "code": "A1", "authority": "甲区"},
                      {**shared, "code": "B1", "authority": "乙区", **ours}).cases

    assert tuple(one.message.zh for one in check_catalogue(cases)) == told


def test_implementers_without_a_name_are_told_apart_by_their_code() -> None:
    other = {"authority": "", "authority_code": "11379901MB00000008", "statutory": "15工作日"}
    cases = catalogue({"authority": ""}, other).cases

    assert [one.code for one in check_catalogue(cases)] == ["UNI002"]


def test_a_caller_may_allow_for_a_flow_without_an_item() -> None:
    flow = ordinary(limit=workdays(25)).flow

    assert "TIM002" in [finding.code for finding in run(flow)]
    assert "TIM002" not in [finding.code for finding in run(flow, allow=(
        Allowance(rule="TIM002", reason="另有规定", basis="《示例条例》第五条"),))]
