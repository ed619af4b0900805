"""TIM003: joint handling takes longer than forty-five working days."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.rules.time.tim002_over_the_limit import exceeded
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    if subject.joint:
        yield from exceeded(subject, count("T04"))


def bad() -> Subject:
    return ordinary({"statutory": "45工作日", "promised": "45工作日"}, template="joint", limit=workdays(60))


def good() -> Subject:
    return ordinary({"statutory": "45工作日", "promised": "45工作日"}, template="joint", limit=workdays(45))


RULE = Rule(
    code="TIM003", name="joint-over-the-limit", since="0.1", reads="flow",
    summary=Text("统一办理、联合办理、集中办理超过四十五个工作日。",
                 "Joint handling takes more than forty-five working days."),
    why=Text("几个部门统一办理的，四十五日内办结；并联的部门同时计时。先后办理的，在“法定办结时限说明”写明联合办理。",
             "Several organs together have forty-five days; they work side by side, so the slowest one counts. "
             "Where they follow each other, 法定办结时限说明 says 联合办理."),
    source=LIMITS["T04"].source,
    bad=bad, good=good, check=check,
)
