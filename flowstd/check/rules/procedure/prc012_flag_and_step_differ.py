"""PRC012: the item says a special procedure, the flow says none, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind

STEPS = {
    "听证": StepKind.HEAR, "招标": StepKind.TENDER, "拍卖": StepKind.TENDER, "检验": StepKind.TEST, "检测": StepKind.TEST,
    "检疫": StepKind.TEST, "鉴定": StepKind.APPRAISE, "专家评审": StepKind.REVIEW, "现场勘验": StepKind.INSPECT,
    "公示": StepKind.ANNOUNCE, "公告": StepKind.ANNOUNCE, "考试": StepKind.EXAM,
}


def check(subject: Subject) -> Iterator[Fault]:
    declared = subject.item.special_procedures
    for word in declared:
        if word in STEPS and not subject.steps(STEPS[word]):
            yield Fault(Text(f"事项要素写有特别程序“{word}”，流程里没有这一步",
                             f"the item declares the special procedure {word}, and the flow has no such step"),
                        Text(f"在流程里加上{word}，或从“特别程序”里去掉", "add the step, or take it out of 特别程序"))
    if not declared:
        return
    for kind in dict.fromkeys(STEPS.values()):
        words = [word for word, step in STEPS.items() if step is kind]
        if not any(word in declared for word in words):
            for node in subject.steps(kind):
                yield Fault(Text(f"流程里有{said(node).zh}，“特别程序”没有写{'或'.join(words)}",
                                 f"the flow has {said(node).en}, and 特别程序 does not name it"),
                            Text(f"在“特别程序”里加上{words[0]}", f"add {words[0]} to 特别程序"), node.id)


def bad() -> Subject:
    return ordinary({"special_procedures": ["听证"]})


def good() -> Subject:
    return ordinary({"special_procedures": ["听证"]}, special=["听证"])


RULE = Rule(
    code="PRC012", name="flag-and-step-differ", since="0.1", reads="case",
    summary=Text("“特别程序”与流程里的步骤不一致。",
                 "The declared special procedures and the steps of the flow differ."),
    why=Text("同一事项的要素和流程图不能各说各话。", "An item and its chart must tell the same story."),
    source=practice("政务服务事项要素", "特别程序"),
    bad=bad, good=good, check=check,
)
