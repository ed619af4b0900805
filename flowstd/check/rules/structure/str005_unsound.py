"""STR005: some cases can never come to one proper end."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject
from flowstd.check.tell import told
from flowstd.check.trouble import Wrong

ELSEWHERE = (Wrong.NO_START, Wrong.UNREACHED, Wrong.NO_END)      # STR001 and STR002 tell these


def check(subject: Subject) -> Iterator[Fault]:
    silent = {trouble.node for trouble in subject.verdict.troubles if trouble.kind in ELSEWHERE}
    for trouble in subject.verdict.troubles:
        stranded = trouble.kind in (Wrong.STUCK, Wrong.NEVER, Wrong.LOOPS) and trouble.node in silent
        if trouble.kind not in (*ELSEWHERE, Wrong.TOO_LARGE) and not stranded:
            message, fix = told(subject.flow, trouble)
            yield Fault(message, fix, trouble.node)


def bad() -> Subject:
    return graph("开始>+会审 +会审>现场勘验 +会审>?专家评审 现场勘验>=会审 ?专家评审:通过>=会审 "
                 "?专家评审:不通过>!不予许可 =会审>!准予")


def good() -> Subject:
    return graph("开始>+会审 +会审>现场勘验 +会审>专家评审 现场勘验>=会审 专家评审>=会审 "
                 "=会审>?评审是否通过 ?评审是否通过:是>!准予 ?评审是否通过:否>!不予许可")


RULE = Rule(
    code="STR005", name="unsound", since="0.1", reads="flow",
    summary=Text("有的情形永远办不完，或者一件事会办结两次、一个步骤会办两次。",
                 "Some cases can never end, or end twice, or do a step twice."),
    why=Text("照这样的图办事，总有人卡在中间等一个不会来的结果。",
             "Whoever follows such a chart will one day wait for a result that cannot come."),
    source=modelled("van der Aalst 1998", "workflow net soundness"),
    bad=bad, good=good, check=check,
)
