"""COD006: two scenarios under one handling code."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.rules.code.cod004_handling_code import is_handling_code
from flowstd.check.sample import catalogue
from flowstd.check.subject import Subject

CODE = "11379900MB00000000337011700300001"


def check(subject: Subject) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for case in subject.cases:
        code = case.item.code
        if is_handling_code(code) and first.setdefault(code, case.key) != case.key:
            yield Fault(Text(f"业务办理项编码“{code}”已经用于 {first[code]}",
                             f"the handling code {code} already stands for {first[code]}"),
                        Text("每个情形编一个序号", "give every scenario a number of its own"),
                        where=case.item.where, item=case.key)


def bad() -> Subject:
    return catalogue({"code": CODE}, {"code": CODE, "scenario": "变更"})


def good() -> Subject:
    return catalogue({"code": CODE}, {"code": CODE[:-1] + "2", "scenario": "变更"})


RULE = Rule(
    code="COD006", name="code-twice", since="0.1", reads="catalogue",
    summary=Text("两个情形共用一个业务办理项编码。", "Two scenarios share one handling code."),
    why=Text("平台按业务办理项编码找流程，一个编码只能对应一个情形。",
             "Platforms find a flow by its handling code: one code stands for one scenario."),
    source=modelled("GB/T 39554.1-2020", "业务办理项编码"),
    bad=bad, good=good, check=check,
)
