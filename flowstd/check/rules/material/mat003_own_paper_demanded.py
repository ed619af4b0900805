"""MAT003: people must bring what the administration itself has issued."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    for material in subject.item.materials:
        if material.source == "政府部门核发" and material.need == "必要" and "电子" not in material.form:
            yield Fault(Text(f"“{material.name}”由政府部门核发，仍要申请人带纸质件",
                             f'"{material.name}" is issued by the administration, and people must still bring it on '
                             'paper'),
                        Text("改为数据共享核验或电子证照，材料必要性改为非必要",
                             "obtain it by sharing, or take it electronically"),
                        where=material.where)


def bad() -> Subject:
    return ordinary({"materials": [{"name": "营业执照", "need": "必要", "kind": "复印件", "form": "纸质",
                                    "source": "政府部门核发", "copies": 1}]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="MAT003", name="own-paper-demanded", since="0.1", reads="item",
    summary=Text("要求提交政府部门自己核发的纸质材料。", "A paper is demanded that the administration itself issued."),
    why=Text("行政机关之间应当共享许可信息，不让人来回送证。", "Organs share what they know; people are no couriers."),
    source=licensing("第三十三条"),
    bad=bad, good=good, check=check,
)
