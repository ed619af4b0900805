"""LAW005: a special procedure that rests on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind

SPECIAL = (StepKind.HEAR, StepKind.TENDER, StepKind.TEST, StepKind.APPRAISE, StepKind.REVIEW)


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.steps(*SPECIAL):
        if not node.bases and node.excluded_by is None:
            yield Fault(Text(f"特别程序{said(node).zh}没有写依据",
                             f"the special procedure {said(node).en} has no legal basis"),
                        Text("写 law=\"《…》第…条\"", 'write law="《…》第…条"'), node.id)


def bad() -> Subject:
    from flowstd.dsl import third_party

    return ordinary(slots={"before_decision": third_party.review("专家评审", within=workdays(10),
                                                                 issues="专家评审意见")})


def good() -> Subject:
    return ordinary(special=["专家评审"])


RULE = Rule(
    code="LAW005", name="step-without-basis", since="0.1", reads="flow",
    summary=Text("特别程序没有依据。", "A special procedure has no legal basis."),
    why=Text("依法需要的才能做，也才能不计时间。", "Only what the law needs may be asked, and may stop the clock."),
    source=licensing("第四十五条"),
    bad=bad, good=good, check=check, about=SPECIAL,
)
