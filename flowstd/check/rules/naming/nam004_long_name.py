"""NAM004: a step whose name is a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import DECISION, TASK

MOST = 14          # characters; a question may have four more


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.flow.nodes:
        if len(node.label) > MOST and node.kind in (TASK, DECISION):
            most = MOST + (4 if node.kind is DECISION else 0)
            if len(node.label) > most:
                yield Fault(Text(f"{said(node).zh}有 {len(node.label)} 个字，超过 {most} 个",
                                 f"{said(node).en} has {len(node.label)} characters, more than {most}"),
                            Text("名称写“动词＋宾语”，细节写 note= 或 criteria=",
                                 "name it by verb and object; details go into note= or criteria="),
                            node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.accept("对申请人提交的材料进行登记并予以受理") >> end.done)


def good() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.accept("受理申请") >> end.done)


RULE = Rule(
    code="NAM004", name="long-name", since="0.1", reads="flow",
    summary=Text("步骤名称过长。", "The name of a step is too long."),
    why=Text("一眼能读完的名称才是名称。", "A name is read at a glance."),
    source=modelled("eCH-0158", "ACT-001"),
    bad=bad, good=good, check=check,
)
