"""MAT002: a material of which nobody says how it is to be brought."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject

ASKED = (("need", "材料必要性"), ("kind", "材料类型"), ("form", "材料形式"), ("source", "来源渠道"))


def check(subject: Subject) -> Iterator[Fault]:
    for material in subject.item.materials:
        missing = [title for name, title in ASKED if not getattr(material, name)]
        if material.copies is None and "纸质" in material.form:
            missing.append("纸质材料份数")
        if missing:
            yield Fault(Text(f"材料“{material.name}”没有写{'、'.join(missing)}",
                             f'"{material.name}" lacks {", ".join(missing)}'),
                        Text(f"填写{'、'.join(missing)}", f"fill in {', '.join(missing)}"), where=material.where)


def bad() -> Subject:
    return ordinary({"materials": [{"name": "申请表", "need": "必要"}]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="MAT002", name="material-unspecified", since="0.1", reads="item",
    summary=Text("材料没有写必要性、类型、形式、来源或份数。",
                 "A material lacks its necessity, type, form, source or copies."),
    why=Text("原件还是复印件、几份、从哪里来，都要先知道。",
             "Original or copy, how many, from where: people must know before they come."),
    source=practice("政务服务事项要素", "申请材料"),
    bad=bad, good=good, check=check,
)
