"""NAM005: a decision that asks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said

ASKING = re.compile(r"[？?]$|是否|能否|有无|如何|怎样|哪")


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.decisions:
        if not ASKING.search(node.label):
            yield Fault(Text(f"判断{said(node).zh}不是一个问题", f"the decision {said(node).en} asks nothing"),
                        Text("写成问句，例如“材料是否齐全？”", 'write it as a question: "材料是否齐全？"'), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.check("形式审查", 齐全=end.done, 不齐全=end.not_accepted))


def good() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.check("材料是否齐全？", 是=end.done, 否=end.not_accepted))


RULE = Rule(
    code="NAM005", name="no-question", since="0.1", reads="flow",
    summary=Text("判断不是问句。", "A decision is not a question."),
    why=Text("菱形里是问题，出口是回答，读起来才顺。",
             "A question in the diamond, answers at its exits: so it can be read."),
    source=modelled("eCH-0158", "GW-003"),
    bad=bad, good=good, check=check,
)
