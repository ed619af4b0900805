"""PRC002: a file can be accepted, but not completed or refused."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.mend import ELSEWHERE, IN_ONE_GO
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Kind, Outcome, StepKind
from flowstd.ir.model import Node


def check(subject: Subject) -> Iterator[Fault]:
    accepting = subject.steps(StepKind.ACCEPT)
    if not accepting:
        return                            # PRC001
    checks = [node for node in subject.steps(StepKind.CHECK, StepKind.RECEIVE)
              if node.kind is Kind.DECISION and subject.any_after(node, accepting)]
    first = accepting[0]
    if not checks:
        yield Fault(Text(f"{said(first).zh}之前没有判断材料是否齐全",
                         f"nobody asks whether the file is complete before {said(first).en}"),
                    Text("加一个判断：window.check(\"材料是否齐全、符合法定形式？\", …)",
                         'add a decision: window.check("材料是否齐全、符合法定形式？", …)'), first.id)
        return
    name = said(checks[-1])
    if not _completed(subject, accepting):
        yield Fault(Text(f"{name.zh}没有“一次性告知补正”的出路", f"{name.en} has no exit for what is missing"),
                    Text("加一个分支：告知补正 >> 申请人补正 >> 回到这个判断",
                         "add an exit: notify what is missing >> the applicant supplies it >> back to this question"),
                    checks[-1].id, mend=IN_ONE_GO.at(checks[-1].id, subject.answers(checks[-1])))
    refused = [end for end in subject.ends(Outcome.NOT_ACCEPTED, Outcome.TRANSFERRED)
               if subject.any_after(checks[0], (end,)) and not subject.always_before(accepting, end)]
    if not refused:
        yield Fault(Text(f"{said(checks[0]).zh}没有“不予受理”的出路",
                         f"{said(checks[0]).en} has no exit for a refusal to accept"),
                    Text("加一个分支：出具不予受理决定 >> end.not_accepted",
                         "add an exit: refuse in writing >> end.not_accepted"),
                    checks[0].id, mend=ELSEWHERE.at(checks[0].id, subject.answers(checks[0])))


def _completed(subject: Subject, accepting: tuple[Node, ...]) -> bool:
    """Whether an applicant who is told what is missing can supply it before the acceptance."""
    return any(not any(subject.follows(one, notice) for one in accepting) for notice, _ in subject.corrections)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交许可申请") >> window.check("材料是否齐全？", {
        "是": window.accept("受理") >> end.granted, "否": window.refuse("退回材料") >> end.not_accepted}))


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC002", name="acceptance-incomplete", since="0.1", reads="flow",
    summary=Text("形式审查缺少补正或者不予受理的出路。",
                 "The form check has no exit for a correction, or none for a refusal."),
    why=Text("材料不齐的一次告知补正，不属于职权的不予受理，齐全的受理：每一种都要有去处。",
             "What is missing is told at once, what is for another organ is refused, what is complete is accepted."),
    source=licensing("第三十二条"),
    bad=bad, good=good, check=check, about=(StepKind.ACCEPT,),
)
