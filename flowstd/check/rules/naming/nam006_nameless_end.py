"""NAM006: an end that does not say how the case ended."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import END

PLAIN = ("", "结束", "完成", "流程结束", "end", "终点", "结果")


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.by_kind[END]:
        if node.label.strip().lower() in PLAIN:
            yield Fault(Text(f"结束{said(node).zh}没有说明办结状态",
                             f"the end {said(node).en} does not say how the case ended"),
                        Text("写办结状态，例如 end.granted(\"办结\")、end.refused(\"不予许可\")",
                             'name the state: end.granted("办结"), end.refused("不予许可")'), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.accept("受理") >> end.done("结束"))


def good() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.accept("受理") >> end.done("办结"))


RULE = Rule(
    code="NAM006", name="nameless-end", since="0.1", reads="flow",
    summary=Text("结束没有写办结状态。", "An end does not name its state."),
    why=Text("准予、不予、不予受理、转出，办事人要看得出是哪一种。",
             "Granted, refused, not accepted, transferred: people must see which."),
    source=modelled("eCH-0158", "EVT-007"),
    bad=bad, good=good, check=check,
)
