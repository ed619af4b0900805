"""UNI001: one catalogue item has another name, basis or type elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import catalogue
from flowstd.check.subject import Subject
from flowstd.check.uniform import divided

BASIC = ("name", "item_type", "legal_bases")


def check(subject: Subject) -> Iterator[Fault]:
    yield from divided(subject, BASIC)


def bad() -> Subject:
    return catalogue({"code": "A1", "authority": "甲区"}, {"code": "B1", "authority": "乙区", "name": "户外广告许可"})


def good() -> Subject:
    return catalogue({"code": "A1", "authority": "甲区"}, {"code": "B1", "authority": "乙区"})


RULE = Rule(
    code="UNI001", name="basics-differ", since="0.1", reads="catalogue",
    summary=Text("同一基本目录事项在不同实施主体的名称、依据或类型不一致。",
                 "One catalogue item differs in name, basis or type between implementers."),
    why=Text("名称、编码、依据、类型，各级应当相同。", "Name, code, basis and type are the same at every level."),
    source=practice("四级四同", "名称、编码、依据、类型"),
    bad=bad, good=good, check=check,
)
