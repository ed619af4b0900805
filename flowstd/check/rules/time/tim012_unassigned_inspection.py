"""TIM012: nobody is assigned in time to inspect, test or quarantine."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import Term, workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import Total
from flowstd.check.words import days_named, mentions, people_named, wording
from flowstd.ir.kinds import StepKind
from flowstd.ir.model import Node


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.steps(StepKind.TEST):
        before = [step for step in subject.tasks if subject.follows(step, node) and mentions(step, "指派")]
        if not any(_two_in_time(step, step.within if step is not node else None) for step in (node, *before)
                   if mentions(step, "指派")):
            name = said(node)
            yield Fault(Text(f"{name.zh}没有写受理后五日内指派两名以上工作人员",
                             f"{name.en} does not say that two officers are assigned within five days of acceptance"),
                        Text("写 note=\"受理后五日内指派两名以上人员\"",
                             'write note="受理后五日内指派两名以上人员"'), node.id)


def _two_in_time(step: Node, within: Term | None) -> bool:
    """Whether *step* says that two or more are assigned within five days, in words or by the time that it may take."""
    text = wording(step)
    days = days_named(text)
    soon = days <= count("T11") if days is not None else within is not None and not Total.of([within]).exceeds(
        workdays(count("T11")))
    return soon and (people_named(text) or 0) >= 2


def bad() -> Subject:
    from flowstd.dsl import third_party

    return ordinary(slots={"before_decision": third_party.test("检验检测", within=workdays(10), issues="检测报告")})


def good() -> Subject:
    return ordinary(special=["检验检测"])


RULE = Rule(
    code="TIM012", name="unassigned-inspection", since="0.1", reads="flow",
    summary=Text("检验、检测、检疫没有在受理后五日内指派两名以上人员。",
                 "No two officers are assigned to inspect or test within five days of acceptance."),
    why=Text("行政机关实施检验、检测、检疫，应当自受理之日起五日内指派两名以上工作人员。",
             "The organ assigns two or more officers within five days of acceptance."),
    source=LIMITS["T11"].source,
    bad=bad, good=good, check=check, about=(StepKind.TEST,),
)
