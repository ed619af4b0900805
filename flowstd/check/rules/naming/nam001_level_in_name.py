"""NAM001: a name that carries its level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.mend import Reworded
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.item import Item
from flowstd.item.profile import profile

PLACE = "国家|省|设区的市|市|州|县|区|乡镇|镇|乡|街道|村|社区"
LEVEL = re.compile(rf"[（(](?:{PLACE})级?(?:[/、](?:{PLACE})级?)*级?[权限]*[）)]")


def check(subject: Subject) -> Iterator[Fault]:
    found = LEVEL.search(subject.item.name)
    if found and "级" in found[0]:
        plain = LEVEL.sub("", subject.item.name)
        yield Fault(Text(f"事项名称带有层级“{found[0]}”", f"the name carries the level {found[0]}"),
                    Text(f"名称写“{plain}”，层级写在“行使层级”", f"name it {plain}; the level belongs into 行使层级"),
                    mend=_mend(subject.item, plain, found[0]))


def _mend(item: Item, plain: str, marker: str) -> Reworded | None:
    """The plain name, and the level where it belongs; None where the code list knows no such level."""
    told = [part if part.endswith("级") else part + "级" for part in re.split("[/、]", marker.strip("（）()"))]
    if not set(told) <= set(profile(item.profile).list("level").words):
        return None
    levels = tuple(dict.fromkeys((*item.levels, *told)))
    return Reworded((("name", plain), *((("levels", levels),) if levels != item.levels else ())))


def bad() -> Subject:
    return ordinary({"name": "户外广告设施设置许可（县级）"})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="NAM001", name="level-in-name", since="0.1", reads="item",
    summary=Text("事项名称带有（县级）等层级标注。", "The name carries a level marker such as （县级）."),
    why=Text("同一事项在国家、省、市、县名称应当一致，层级另有要素。",
             "One item has one name from the state to the county; its level is an element of its own."),
    source=practice("四级四同", "名称"),
    bad=bad, good=good, check=check,
)
