"""NAM007: two items of one authority with the same name."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import catalogue
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    first: dict[tuple[str, str, str], str] = {}
    for case in subject.cases:
        name = (case.item.authority, case.item.name, case.scenario)
        other = first.setdefault(name, case.key)
        if other != case.key:
            yield Fault(Text(f"“{case.item.name}”与 {other} 重名", f'"{case.item.name}" has the same name as {other}'),
                        Text("合并两个事项，或在名称里写明区别", "merge the two, or let their names tell them apart"),
                        where=case.item.where, item=case.key)


def bad() -> Subject:
    return catalogue({"code": "A1"}, {"code": "A2"})


def good() -> Subject:
    return catalogue({"code": "A1"}, {"code": "A2", "name": "户外广告设施变更许可"})


RULE = Rule(
    code="NAM007", name="name-twice", since="0.1", reads="catalogue",
    summary=Text("同一实施主体有两个同名事项。", "Two items of one authority have the same name."),
    why=Text("重名的事项，办事人分不清该点哪一个。", "With two of one name, people do not know which to choose."),
    source=practice("政务服务事项管理", "名称唯一"),
    bad=bad, good=good, check=check,
)
