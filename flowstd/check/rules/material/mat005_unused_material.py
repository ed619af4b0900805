"""MAT005: a material that no step takes."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    taken = subject.all_taken
    if not taken:
        return
    for material in subject.item.materials:
        if not any(material.name in name or name in material.name for name in taken):
            yield Fault(Text(f"材料“{material.name}”在流程的哪一步都没有用到",
                             f'no step of the flow takes "{material.name}"'),
                        Text(f"在用到它的步骤写 materials=\"{material.name}\"，或不再要求",
                             f'write materials="{material.name}" at the step that takes it, or stop demanding it'),
                        where=material.where)


def bad() -> Subject:
    return ordinary({"materials": ["申请表", "场地平面图"]}, materials=["申请表"])


def good() -> Subject:
    return ordinary({"materials": ["申请表", "场地平面图"]}, materials=["申请表", "场地平面图"])


RULE = Rule(
    code="MAT005", name="unused-material", since="0.1", reads="case",
    summary=Text("申请材料没有进入流程的任何一步。", "A material enters at no step of the flow."),
    why=Text("收了不用的材料，就不该收。", "What nobody uses should not be asked for."),
    source=practice("办理流程编制", "材料与步骤对应"),
    bad=bad, good=good, check=check,
)
