"""MAT001: a material that could be anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject

VAGUE = re.compile(r"^(?:法律、?法规规定的)?(?:其他|有关|相关|必要)的?.{0,6}(?:证明|材料|资料|文件|手续)?$|等(?:材料|资料)?$|视情况")


def check(subject: Subject) -> Iterator[Fault]:
    seen: set[str] = set()
    for material in subject.declared.materials if subject.declared is not None else ():
        seen.add(material.name)
        if _is_vague(material.name):
            yield _vague(material.name, where=material.where)
    if any(map(_is_vague, subject.all_taken)):
        for node in subject.flow.nodes:
            for name in subject.taken(node):
                if name not in seen and _is_vague(name):
                    yield _vague(name, node=node.id)


@lru_cache(4096)
def _is_vague(name: str) -> bool:
    return VAGUE.search(name) is not None


def _vague(name: str, node: str = "", where: Where = NOWHERE) -> Fault:
    return Fault(Text(f"材料“{name}”说不清是什么", f'the material "{name}" could be anything'),
                 Text("写出材料的全称；不能确定的不要列", "give its full name; what cannot be named is not demanded"),
                 node, where=where)


def bad() -> Subject:
    return ordinary({"materials": ["申请表", "其他相关材料"]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="MAT001", name="vague-material", since="0.1", reads="flow",
    summary=Text("“其他材料”“相关证明”之类的兜底材料。", "A catch-all such as 其他材料 or 相关证明."),
    why=Text("需要提交的全部材料应当列明；兜底的一条会让人白跑。",
             "All materials are listed by name; a catch-all sends people home again."),
    source=licensing("第三十条第一款"),
    bad=bad, good=good, check=check,
)
