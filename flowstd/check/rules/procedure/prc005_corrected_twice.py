"""PRC005: gaps are told more than once, or a completed file is not looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    accepting, again = subject.steps(StepKind.ACCEPT), subject.steps(StepKind.CHECK, StepKind.RECEIVE)
    notices = tuple({node.id: (node, supply) for node, supply in subject.corrections
                     if not any(subject.follows(one, node) for one in accepting)}.values())
    for node, _ in notices[1:]:
        first = said(notices[0][0])
        yield Fault(Text(f"{first.zh}之外又有{said(node).zh}：补正要求应当一次告知",
                         f"{said(node).en} comes on top of {first.en}: everything is told in one notice"),
                    Text("把全部补正内容并入一次告知", "put everything that is missing into one notice"), node.id)
    for _, supply in notices:
        if subject.leads(supply, accepting, avoiding=again):
            yield Fault(Text(f"{said(supply).zh}之后没有再看材料是否齐全就到{said(accepting[0]).zh}",
                             f"after {said(supply).en} nobody looks at the file again before {said(accepting[0]).en}"),
                        Text("用 back(…) 回到材料是否齐全的判断",
                             "go back(…) to the question whether the file is complete"), supply.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交许可申请") >> window.check("材料是否齐全？", {
        "否": window.notify("一次性告知补正",
                           within=workdays(5)) >> applicant.supply("补正材料") >> window.accept("受理")
        >> end.granted,
        "是": end.not_accepted}))


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC005", name="corrected-twice", since="0.1", reads="flow",
    summary=Text("补正告知不止一次，或者补正后不再审查材料。",
                 "What is missing is told more than once, or a completed file is not checked again."),
    why=Text("一次告知需要补正的全部内容，不能让人反复跑。",
             "Everything is told at once, so that nobody comes again and again."),
    source=licensing("第三十二条第一款第四项、第七十二条第四项"),
    bad=bad, good=good, check=check, about=(StepKind.NOTIFY,),
)
