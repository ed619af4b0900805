"""MAT007: the chart takes a material that the item does not list."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    names = [material.name for material in subject.item.materials]
    if not names:
        return
    for node in subject.steps(StepKind.SUBMIT):
        for name in subject.taken(node):
            if not any(name in one or one in name for one in names):
                yield Fault(Text(f"{said(node).zh}要交“{name}”，申请材料清单里没有",
                                 f'{said(node).en} takes "{name}", which is not on the list of materials'),
                            Text(f"在申请材料里加上“{name}”，或从步骤里去掉",
                                 "add it to 申请材料, or take it out of the step"), node.id)


def bad() -> Subject:
    return ordinary({"materials": ["申请表"]}, materials=["申请表", "场地平面图"])


def good() -> Subject:
    return ordinary({"materials": ["申请表", "场地平面图"]}, materials=["申请表", "场地平面图"])


RULE = Rule(
    code="MAT007", name="unlisted-material", since="0.1", reads="case",
    summary=Text("流程收取的材料不在申请材料清单里。", "The flow takes a material that is not on the item's list."),
    why=Text("清单之外不得要求提供材料。", "Nothing is demanded that the list does not name."),
    source=licensing("第三十条第一款"),
    bad=bad, good=good, check=check, about=(StepKind.SUBMIT,),
)
