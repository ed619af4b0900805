"""Findings come in a stable order, carry the author's place, and a crash of one rule stops nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flowstd.base.errors import UnknownName
from flowstd.base.finding import Level
from flowstd.check import registry
from flowstd.check import run as running
from flowstd.check.registry import codes, modules, rule, rules
from flowstd.check.rule import Fault, Rule
from flowstd.check.ruleset import levels, rulesets
from flowstd.check.run import check, run
from flowstd.check.sample import graph, ordinary
from flowstd.check.subject import Subject
from flowstd.dsl import applicant, end, flow_of, window
from flowstd.report.rules import explained


def crashing(subject: Subject) -> Iterator[Fault]:
    raise ZeroDivisionError("by design")
    yield


def broken() -> Rule:
    return Rule(**{**{name: getattr(rule("STR001"), name) for name in Rule.__slots__}, "code": "STR001",
                   "check": crashing})


def test_a_rule_that_crashes_becomes_a_finding_and_the_others_run(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [finding.code for finding in check(graph("开始>受理 受理>决定 受理>决定 决定>!办结"))]
    monkeypatch.setattr(running, "rule", lambda code: broken() if code == "STR001" else rule(code))
    running.chosen.cache_clear()
    try:
        found = check(graph("开始>受理 受理>决定 受理>决定 决定>!办结"))
    finally:
        running.chosen.cache_clear()

    assert [finding.code for finding in found] == ["INT001", *others]
    assert "STR001" in found[0].message.zh and "by design" in found[0].message.en
    assert found[0].level is Level.ERROR


def test_a_finding_points_at_the_line_that_wrote_the_step() -> None:
    flow = flow_of(applicant.submit("提交申请")
                   >> applicant.accept("受理") >> end.done)

    (finding,) = [one for one in run(flow) if one.code == "STR011"]
    assert finding.where.file.endswith("test_run.py") and finding.where.line == flow.nodes[2].where.line
    assert finding.node == "申请人/受理"


def test_the_same_chart_gives_the_same_findings_in_the_order_of_the_rules() -> None:
    subject = ordinary({"promised": "30工作日", "code": "", "contact": ""})
    first = check(subject, "publish")
    second = check(ordinary({"promised": "30工作日", "code": "", "contact": ""}), "publish")

    assert [(one.code, one.message) for one in first] == [(one.code, one.message) for one in second]
    order = list(modules())
    assert [order.index(one.code) for one in first] == sorted(order.index(one.code) for one in first)
    assert {"TIM015", "TIM024", "ITM001"} <= {one.code for one in first}


def test_a_finding_names_the_case_it_belongs_to() -> None:
    found = check(ordinary({"promised": "30工作日"}), "publish")

    assert {one.item for one in found} == {"11379900MB000000003370117003000.新办"}


def test_every_rule_has_a_level_somewhere_and_every_level_a_rule() -> None:
    named = {code for ruleset in rulesets() for kind in ("", "行政许可") for code in levels(ruleset, kind)}

    assert named == set(modules())


def test_publish_is_at_least_as_strict_as_draft() -> None:
    grave = [Level.INFO, Level.WARNING, Level.ERROR]
    for kind in ("", "行政许可", "公共服务"):
        draft, publish = levels("draft", kind), levels("publish", kind)
        assert all(grave.index(publish[code]) >= grave.index(level) for code, level in draft.items())


def test_an_unknown_ruleset_offers_the_nearest() -> None:
    with pytest.raises(UnknownName) as told:
        run(flow_of(window.accept("受理") >> end.done), ruleset="publsh")
    assert told.value.fix is not None and "publish" in told.value.fix.en


def test_rules_that_need_a_drawing_are_not_imported_without_one() -> None:
    assert not [code for code in codes(frozenset({"item"})) if code.startswith(("DRW", "UNI"))]


def test_another_package_can_bring_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name = "ours"

        @staticmethod
        def load() -> Rule:
            own = rule("STR002")
            return Rule(**{**{name: getattr(own, name) for name in Rule.__slots__}, "code": "XYZ001", "name": "ours"})

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: (Point,))
    for cached in (registry.foreign, running.chosen):
        cached.cache_clear()
    try:
        found = check(graph("开始>受理 受理>!办结 补正>受理"))
        assert ("XYZ001", Level.WARNING) in {(one.code, one.level) for one in found}
        assert rules()[-1].code == "XYZ001" and rule("XYZ001").name == "ours"
    finally:
        for cached in (registry.foreign, running.chosen, registry.rule, registry.names):
            cached.cache_clear()


@pytest.mark.parametrize(("loaded", "said"), [
    (ModuleNotFoundError("No module named 'ours'"), "ModuleNotFoundError: No module named 'ours'"),
    (("no rule",), "TypeError: ours:RULES holds a str, which is no Rule")])
def test_rules_that_cannot_be_loaded_are_told_and_the_others_run(monkeypatch: pytest.MonkeyPatch, loaded: object,
                                                                 said: str) -> None:
    class Point:
        name, value = "ours", "ours:RULES"

        @staticmethod
        def load() -> object:
            if isinstance(loaded, Exception):
                raise loaded
            return loaded

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: (Point,))
    for cached in (registry.foreign, running.chosen):
        cached.cache_clear()
    try:
        found = check(graph("开始>受理 受理>!办结 补正>受理"))
        told = [one for one in found if one.code == "INT001"]
        assert [said in one.message.en and "ours" in one.message.zh for one in told] == [True]
        assert "STR002" in {one.code for one in found}
        assert "not-loaded" in explained(rule("ours"), "en")
    finally:
        for cached in (registry.foreign, running.chosen, registry.rule, registry.names):
            cached.cache_clear()
