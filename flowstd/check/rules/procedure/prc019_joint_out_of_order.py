"""PRC019: organs work side by side before the case is accepted, or decide one by one."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Kind, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    if not subject.joint:
        return
    accepting = subject.steps(StepKind.ACCEPT)
    for split in subject.by_kind[Kind.SPLIT]:
        if accepting and not subject.always_before(accepting, split):
            yield Fault(Text(f"{said(split).zh}排在受理之前", f"{said(split).en} comes before the acceptance"),
                        Text("一个窗口先受理，再分送各部门",
                             "let one counter accept first, then send it to the organs"), split.id)
        joins = [join for join in subject.by_kind[Kind.JOIN] if subject.follows(split, join)]
        inside = [node for node in subject.deciding if subject.follows(split, node) and subject.any_after(node, joins)]
        for node in inside:
            yield Fault(Text(f"{said(node).zh}在并联的一个分支里，没有汇总各部门意见",
                             f"{said(node).en} stands in one parallel branch, before the opinions come together"),
                        Text("各部门分别提出意见，汇合后统一决定",
                             "let the organs give opinions, join them, then decide"), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, decider, end, organ, parallel, window

    return of(applicant.submit("提交联合申请") >> parallel(
        organ("部门甲").examine("审查"), organ("部门乙").examine("审查")) >> window.accept("受理")
        >> decider.decide("是否准予许可？", 准予=end.granted, 不予=end.refused))


def good() -> Subject:
    return ordinary({"statutory": "45工作日", "promised": "45工作日"}, template="joint")


RULE = Rule(
    code="PRC019", name="joint-out-of-order", since="0.1", reads="flow",
    summary=Text("并联审批先于受理，或者各部门各自决定。",
                 "Joint handling begins before acceptance, or each organ decides on its own."),
    why=Text("一个部门受理，转告有关部门分别提出意见后统一办理。",
             "One department accepts, the others give their opinions, and the case is decided as one."),
    source=licensing("第二十六条第二款"),
    bad=bad, good=good, check=check, about=(Kind.SPLIT,),
)
