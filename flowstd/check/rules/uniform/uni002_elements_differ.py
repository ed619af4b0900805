"""UNI002: one catalogue item is handled on other terms elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import catalogue
from flowstd.check.subject import Subject
from flowstd.check.uniform import divided

EXTENDED = ("acceptance_conditions", "service_targets", "statutory", "materials", "results")


def check(subject: Subject) -> Iterator[Fault]:
    yield from divided(subject, EXTENDED)


def bad() -> Subject:
    return catalogue({"code": "A1", "authority": "甲区"}, {"code": "B1", "authority": "乙区", "statutory": "15工作日"})


def good() -> Subject:
    return catalogue({"code": "A1", "authority": "甲区"}, {"code": "B1", "authority": "乙区", "promised": "5工作日"})


RULE = Rule(
    code="UNI002", name="elements-differ", since="0.1", reads="catalogue",
    summary=Text("同一基本目录事项在不同实施主体的条件、对象、材料、法定时限或结果不一致。",
                 "One catalogue item differs in conditions, targets, materials, statutory limit or results."),
    why=Text("同一事项同标准办理；承诺时限、地点、电话可以不同。",
             "The same item is handled alike everywhere; only promise, place and telephone may differ."),
    source=modelled("国务院关于加快推进政务服务标准化规范化便利化的指导意见", number="国发〔2022〕5号"),
    bad=bad, good=good, check=check,
)
