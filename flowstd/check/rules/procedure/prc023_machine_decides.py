"""PRC023: a computer decides, and nothing says that it may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said
from flowstd.check.words import remarks
from flowstd.ir.kinds import Role

NONE = re.compile(r"(?:无|没有|不涉及|不含|不存在)[^，。；、]{0,6}裁量")


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.deciding:
        if subject.role(node) is Role.SYSTEM and not node.bases and not NONE.search(f"{node.label} {remarks(node)}"):
            yield Fault(Text(f"{said(node).zh}由系统自动作出，没有写明依据或者无裁量空间",
                             f"{said(node).en} is taken by the system, and nothing says on what basis or that there "
                             "is no discretion"),
                        Text("写 law= 和 criteria=\"条件明确，无裁量\"，或者改由人员决定",
                             'give law= and criteria="条件明确，无裁量", or let a person decide'), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, system

    return of(applicant.submit("提交申请") >> system.decide("是否符合条件？", 是=end.granted, 否=end.refused))


def good() -> Subject:
    from flowstd.dsl import applicant, end, system

    return of(applicant.submit("提交申请") >> system.decide("是否符合条件？", 是=end.granted, 否=end.refused,
                                                          criteria="条件明确，无裁量"))


RULE = Rule(
    code="PRC023", name="machine-decides", since="0.1", reads="flow",
    summary=Text("系统自动作出决定，没有写明依据。", "The system decides, and no basis is given."),
    why=Text("只有条件明确、没有裁量的事项，才能由系统自动决定。",
             "Only where there is no discretion may a system decide."),
    source=practice("秒批、智能审批", ""),
    bad=bad, good=good, check=check, about=(Role.SYSTEM,),
)
