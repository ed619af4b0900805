"""TIM009: the time to ask for a hearing is not five working days."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import Unit, workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import told
from flowstd.ir.kinds import Kind, Role, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.flow.nodes:
        if node.step is StepKind.HEAR or node.kind is Kind.END or "听证" not in node.label:
            continue
        term = node.within
        if subject.role(node) is not Role.APPLICANT:
            continue
        if term is None:
            if node.kind is Kind.DECISION and subject.any_after(node, subject.steps(StepKind.HEAR)):
                name = said(node)
                yield Fault(Text(f"{name.zh}没有写提出听证申请的期限",
                                 f"{name.en} does not say by when a hearing is asked for"),
                            Text("写 within=workdays(5)", "write within=workdays(5)"), node.id)
            continue
        if term.unit is not Unit.WORKDAYS or term.count != count("T08"):
            name, right = said(node), told(workdays(count("T08")))
            yield Fault(Text(f"{name.zh}写的是{term.zh}，提出听证申请的期限是{right.zh}",
                             f"{name.en} gives {told(term).en}; a hearing is asked for within {right.en}"),
                        Text("写 within=workdays(5)", "write within=workdays(5)"), node.id)


def bad() -> Subject:
    return _asked(3)


def good() -> Subject:
    return _asked(5)


def _asked(count: int) -> Subject:
    from flowstd.dsl import applicant, onward, reviewer

    return ordinary(slots={"before_decision": reviewer.notify("告知听证权利", issues="听证权利告知书",
                                                              within=workdays(0))
                           >> applicant.ask("是否要求听证？", {"是": reviewer.hear("举行听证"), "否": onward},
                                            within=workdays(count), excluded_by="行政许可法 第四十五条")})


RULE = Rule(
    code="TIM009", name="wrong-hearing-window", since="0.1", reads="flow",
    summary=Text("提出听证申请的期限不是五个工作日。", "The time to ask for a hearing is not five working days."),
    why=Text("申请人、利害关系人在被告知听证权利之日起五日内可以提出听证申请，机关不能缩短。",
             "Applicants and others concerned have five days from the notice of their right; no office may cut them "
             "short."),
    source=LIMITS["T08"].source,
    bad=bad, good=good, check=check,
)
