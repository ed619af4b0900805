"""ITM006: a paper is demanded among the conditions and missing among the materials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject

PAPER = re.compile(r"[\u4e00-\u9fff]{1,8}(?:证明|证书|执照|许可证|复印件|原件)")
LEADING = "应当需要须取得提交提供具有持有出具的和及与或者"


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    names = [material.name for material in item.materials]
    for condition in item.acceptance_conditions:
        listed_too = next((name for name in names if len(name) > 3 and name in condition), "")
        if listed_too:
            yield Fault(Text(f"受理条件里写了材料“{listed_too}”：{condition[:40]}",
                             f'the conditions name the material "{listed_too}": {condition[:40]}'),
                        Text("条件写要满足什么，材料写要带什么",
                             "conditions say what must hold, materials what to bring"))
            continue
        for found in PAPER.findall(condition) if names else ():
            paper = found.lstrip(LEADING)
            if "提交" in condition or "提供" in condition:
                yield Fault(Text(f"受理条件要求提供“{paper}”，申请材料里没有",
                                 f'the conditions ask for "{paper}", which is not among the materials'),
                            Text(f"在申请材料里加上“{paper}”，或删去这个要求",
                                 "add it to the materials, or drop the demand"))


def bad() -> Subject:
    return ordinary({"acceptance_conditions": ["提供无犯罪记录证明"]})


def good() -> Subject:
    return ordinary({"acceptance_conditions": ["申请人为依法登记的企业"]})


RULE = Rule(
    code="ITM006", name="paper-among-conditions", since="0.1", reads="item",
    summary=Text("受理条件里要求的材料不在申请材料中。",
                 "A paper that the conditions demand is not among the materials."),
    why=Text("藏在条件里的材料，办事人要到窗口才知道。",
             "A paper hidden among the conditions is found out at the counter only."),
    source=practice("事项要素核查工具", "受理条件与申请材料"),
    bad=bad, good=good, check=check,
)
