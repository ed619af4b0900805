"""TIM005: the lower organ reviews for longer than twenty working days."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import longest, told
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    reviews = subject.steps(StepKind.PRELIMINARY)
    for node in reviews:
        way = longest(subject, subject.measure.accepting, (node,), subject.measure.counts)
        if way is not None and way.total.exceeds(workdays(count("T05"))):
            name, most = said(node), told(workdays(count("T05")))
            yield Fault(Text(f"从受理到{name.zh}完毕最长{way.total.zh}，超过{most.zh}：{way.said.zh}",
                             f"from acceptance to the end of {name.en} it can take {way.total.en}, "
                             f"more than {most.en}: {way.said.en}"),
                        Text(f"初步审查在{most.zh}内完成", f"finish the preliminary review within {most.en}"), node.id)


def bad() -> Subject:
    return ordinary(template="preliminary_review", preliminary_limit=workdays(25), limit=workdays(0))


def good() -> Subject:
    return ordinary(template="preliminary_review", preliminary_limit=workdays(10), limit=workdays(10))


RULE = Rule(
    code="TIM005", name="long-preliminary-review", since="0.1", reads="flow",
    summary=Text("下级机关初步审查超过二十个工作日。", "The lower organ's review takes more than twenty working days."),
    why=Text("下级行政机关应当自受理之日起二十日内审查完毕。",
             "The lower organ has twenty days from its own acceptance."),
    source=LIMITS["T05"].source,
    bad=bad, good=good, check=check, about=(StepKind.PRELIMINARY,),
)
