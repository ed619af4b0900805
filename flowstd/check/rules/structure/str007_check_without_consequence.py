"""STR007: a check after which everything goes on the same way."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import TASK, StepKind

CHECKING = (StepKind.CHECK, StepKind.EXAMINE, StepKind.PRELIMINARY)


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.steps(*CHECKING):
        if node.kind is not TASK or subject.always_after(node, subject.decisions):
            continue
        name = said(node)
        yield Fault(Text(f"{name.zh}之后没有判断，无论结果如何都往下走",
                         f"no decision follows {name.en}: whatever it finds, the case goes on"),
                    Text(f"在{name.zh}之后加一个判断，写明不合格怎么办",
                         f"follow {name.en} with a decision that says what happens when it fails"), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, reviewer, window

    return of(applicant.submit("提交申请") >> reviewer.examine("审查材料") >> window.deliver("送达结果") >> end.granted)


def good() -> Subject:
    from flowstd.dsl import applicant, decider, end, reviewer, window

    return of(applicant.submit("提交申请") >> reviewer.examine("审查材料")
              >> decider.decide("是否准予？", 准予=window.deliver("送达结果") >> end.granted, 不予=end.refused))


RULE = Rule(
    code="STR007", name="check-without-consequence", since="0.1", reads="flow",
    summary=Text("审查之后没有判断。", "A check is followed by no decision."),
    why=Text("审查总有不合格的时候，图上要写明那时怎么办。", "A check can fail; the chart must say what happens then."),
    source=modelled("eCH-0158", "ACT-003"),
    bad=bad, good=good, check=check, about=CHECKING,
)
