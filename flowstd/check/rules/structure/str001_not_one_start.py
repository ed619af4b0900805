"""STR001: a flow that begins nowhere, or in several places."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import START


def check(subject: Subject) -> Iterator[Fault]:
    starts = subject.by_kind[START]
    if not starts:
        yield Fault(Text("流程没有开始", "the flow has no start"),
                    Text("加一个开始，接到第一个步骤", "add a start that leads to the first step"))
    for node in starts[1:]:
        yield Fault(Text(f"流程有 {len(starts)} 个开始，{said(node).zh}是多余的",
                         f"the flow has {len(starts)} starts; {said(node).en} is one too many"),
                    Text("只留一个开始；不同的入口用一个判断分开",
                         "keep one start, and let a decision tell the ways in apart"), node.id)


def bad() -> Subject:
    return graph("开始>收件 开始网上>收件 收件>!办结")


def good() -> Subject:
    return graph("开始>收件 收件>!办结")


RULE = Rule(
    code="STR001", name="not-one-start", since="0.1", reads="flow",
    summary=Text("流程没有开始，或者有几个开始。", "The flow has no start, or more than one."),
    why=Text("办事人要知道从哪里办起；几个开始会让一件事同时启动几次。",
             "People must see where to begin; several starts would start one case several times."),
    source=modelled("eCH-0158", "EVT-001"),
    bad=bad, good=good, check=check,
)
