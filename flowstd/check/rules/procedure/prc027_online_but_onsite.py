"""PRC027: handled online, and yet people must come."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said


def check(subject: Subject) -> Iterator[Fault]:
    if subject.item.channels != ("网上办理",):
        return
    for node in subject.flow.nodes:
        if node.onsite:
            yield Fault(Text(f"办理形式只有网上办理，{said(node).zh}却要到现场",
                             f"the item is handled online only, and {said(node).en} asks people to come"),
                        Text("在“办理形式”里加上窗口办理，或去掉 onsite=True",
                             "add 窗口办理 to 办理形式, or take onsite=True away"), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant

    return ordinary({"channels": ["网上办理"], "onsite_visits": 1, "onsite_reason": "核验原件"},
                    slots={"replace_application": applicant.submit("提交许可申请", onsite=True)})


def good() -> Subject:
    return ordinary({"channels": ["网上办理"]})


RULE = Rule(
    code="PRC027", name="online-but-onsite", since="0.1", reads="case",
    summary=Text("全程网办的事项要到现场。", "An item handled online asks people to come."),
    why=Text("全程网办就不该让人跑。", "What is handled online needs no visit."),
    source=practice("政务服务事项要素", "办理形式"),
    bad=bad, good=good, check=check,
)
