"""Every rule fires on its bad example, is silent on its good one, and says all it must say."""

from __future__ import annotations

import re

import pytest

from flowstd.check import registry
from flowstd.check.mend import MENDABLE
from flowstd.check.rule import Rule
from flowstd.check.run import check
from flowstd.check.sample import of
from flowstd.dsl import applicant, decider, end, parallel, reviewer, workdays

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
