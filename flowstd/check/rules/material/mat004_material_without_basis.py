"""MAT004: a material is demanded and no law says so."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    for material in subject.item.materials:
        if material.need == "必要" and material.basis is None:
            yield Fault(Text(f"必要材料“{material.name}”没有写依据",
                             f'nothing says on what basis "{material.name}" is demanded'),
                        Text("写明“要求提供材料的依据”的名称和条款；没有依据的不再要求",
                             "name the instrument and its article, or stop demanding it"), where=material.where)


def bad() -> Subject:
    return ordinary({"materials": [{"name": "安全承诺书", "need": "必要"}]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="MAT004", name="material-without-basis", since="0.1", reads="item",
    summary=Text("必要材料没有依据。", "A required material has no legal basis."),
    why=Text("不得要求申请人提交与许可事项无关的材料。",
             "Nothing may be demanded that has nothing to do with the licence."),
    source=licensing("第三十一条第一款"),
    bad=bad, good=good, check=check,
)
