"""NAM002: Latin brackets in a Chinese name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.mend import Reworded
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    name = subject.item.name
    if ("(" in name or ")" in name) and re.search("[\u4e00-\u9fff]", name):
        wide = name.replace("(", "（").replace(")", "）")
        yield Fault(Text(f"事项名称用了半角括号：{name}", f"the name has Latin brackets: {name}"),
                    Text(f"改为“{wide}”", f"write {wide}"), mend=Reworded((("name", wide),)))


def bad() -> Subject:
    return ordinary({"name": "户外广告设施设置许可(变更)"})


def good() -> Subject:
    return ordinary({"name": "户外广告设施设置许可（变更）"})


RULE = Rule(
    code="NAM002", name="narrow-bracket", since="0.1", reads="item",
    summary=Text("中文名称里用了半角括号。", "A Chinese name has Latin brackets."),
    why=Text("同一个名称写成两样，检索就会漏。", "One name written in two ways is missed by a search."),
    source=practice("标点符号用法", ""),
    bad=bad, good=good, check=check,
)
