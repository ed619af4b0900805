"""TIM020: the organ examines a case before it has accepted it."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind

WORK = (StepKind.EXAMINE, StepKind.PRELIMINARY, StepKind.INSPECT, StepKind.HEAR, StepKind.REVIEW, StepKind.TEST,
        StepKind.APPRAISE, StepKind.TENDER, StepKind.EXAM, StepKind.ANNOUNCE, StepKind.DECIDE)


def check(subject: Subject) -> Iterator[Fault]:
    accepting = subject.steps(StepKind.ACCEPT)
    for node in subject.steps(*WORK) if accepting else ():
        if subject.any_after(node, accepting):
            name, accept = said(node), said(accepting[0])
            yield Fault(Text(f"{name.zh}排在{accept.zh}之前，它的时间没有计入时限",
                             f"{name.en} comes before {accept.en}, so its time is outside the limit"),
                        Text(f"先受理再办理：把{name.zh}移到{accept.zh}之后",
                             f"accept first: move {name.en} behind {accept.en}"),
                        node.id)


def bad() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"before_acceptance": reviewer.inspect("现场勘验", within=workdays(2),
                                                                 post="两名以上工作人员")})


def good() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"after_acceptance": reviewer.inspect("现场勘验", within=workdays(2),
                                                                post="两名以上工作人员")})


RULE = Rule(
    code="TIM020", name="work-before-acceptance", since="0.1", reads="flow",
    summary=Text("审查、勘验等排在受理之前。", "The organ examines or visits before it has accepted."),
    why=Text("期限自受理之日起算；先办后受理，就把时间藏在期限之外。",
             "The limit runs from acceptance; work done before it hides time from the applicant."),
    source=licensing("第四十二条第一款"),
    bad=bad, good=good, check=check, about=(StepKind.ACCEPT,),
)
