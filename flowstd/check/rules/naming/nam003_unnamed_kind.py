"""NAM003: a core step that does not say what kind of step it is."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Kind, StepKind

WORDS = {"受理": "accept", "送达": "deliver", "制证": "certify", "归档": "archive", "现场勘验": "inspect",
         "听证会": "hear",
         "专家评审": "review", "补正材料": "supply", "缴费": "pay", "公示": "announce"}


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.steps(StepKind.HANDLE):
        if node.kind is not Kind.TASK:
            continue
        word = next((word for word in WORDS if word in node.label and not node.label.startswith("不")), "")
        if word:
            yield Fault(Text(f"{said(node).zh}看来是“{word}”，却写成一般的办理步骤，检查时看不到它",
                             f"{said(node).en} looks like {word}, but is written as a plain step that no check sees"),
                        Text(f"用动词 {WORDS[word]}(…) 写这一步", f"write it with the verb {WORDS[word]}(…)"), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.do("受理申请") >> end.done)


def good() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.accept("受理申请") >> end.done)


RULE = Rule(
    code="NAM003", name="unnamed-kind", since="0.1", reads="flow",
    summary=Text("受理、送达等核心步骤写成了一般的办理步骤。",
                 "A core step such as acceptance is written as a plain one."),
    why=Text("步骤的种类决定时限从哪里算起、检查看什么。",
             "What a step is decides where a limit begins and what is checked."),
    source=practice("政务服务平台环节代码", "收件、受理、审查、决定、制证、送达"),
    bad=bad, good=good, check=check, about=(StepKind.HANDLE,),
)
