"""TIM019: a site visit is promised within fewer than three working days."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import Unit, workdays
from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import told
from flowstd.ir.kinds import StepKind

LEAST = 3          # working days


def check(subject: Subject) -> Iterator[Fault]:
    promised = subject.item.promised
    if promised is None or promised.unit is not Unit.WORKDAYS or not promised.count < LEAST:
        return
    for node in subject.steps(StepKind.INSPECT):
        name = said(node)
        yield Fault(Text(f"要{name.zh}，承诺却只有{promised.zh}",
                         f"{name.en} is needed, and {told(promised).en} are promised"),
                    Text("核对承诺是否做得到，或者免去现场勘验",
                         "see whether the promise can be kept, or do without the visit"), node.id)


def bad() -> Subject:
    return ordinary({"promised": "2工作日"}, limit=workdays(2), special=["现场勘验"])


def good() -> Subject:
    return ordinary({"promised": "5工作日"}, limit=workdays(5), special=["现场勘验"])


RULE = Rule(
    code="TIM019", name="hasty-site-check", since="0.1", reads="case",
    summary=Text("有现场勘验，承诺却不足三个工作日。", "A site visit, and less than three working days promised."),
    why=Text("派人、到场、出记录，两天多半做不完。",
             "To send people, visit and report usually takes longer than two days."),
    source=practice("事项要素核查工具", "现场勘验与办结时限"),
    bad=bad, good=good, check=check, about=(StepKind.INSPECT,),
)
