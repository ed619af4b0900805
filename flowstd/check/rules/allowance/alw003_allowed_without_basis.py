"""ALW003: a rule of law is set aside and no law says so."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.legal import Evidence
from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, settled
from flowstd.check.subject import Subject

LAW = (Evidence.OFFICIAL, Evidence.REPRINT)


def check(subject: Subject) -> Iterator[Fault]:
    for use in subject.uses:
        source = next((finding.source for finding in use.findings if finding.source is not None), None)
        basis = use.allowance.basis
        if source is not None and source.evidence in LAW and (basis is None or not basis.article):
            yield Fault(Text(f"允许偏离 {use.allowance.rule}（{source.zh}），没有写到条款的依据",
                             f"{use.allowance.rule} rests on {source.zh}; the allowance names no article that sets "
                             "it aside"),
                        Text("写 basis=\"《…》第…条\"", 'write basis="《…》第…条"'), where=use.allowance.where)


def bad() -> Subject:
    return settled(ordinary({"promised": "25工作日", "statutory": "25工作日", "allow": [
        {"rule": "TIM002", "reason": "历来如此"}]}, limit=workdays(25)))


def good() -> Subject:
    return settled(ordinary({"promised": "25工作日", "statutory": "25工作日", "allow": [
        {"rule": "TIM002", "reason": "另有规定",
         "basis": "《示例市户外广告设施管理条例》第十二条"}]}, limit=workdays(25)))


RULE = Rule(
    code="ALW003", name="allowed-without-basis", since="0.1", reads="item",
    summary=Text("偏离法律规定，没有写明依据的条款。", "The law is set aside and no article is named."),
    why=Text("法律的要求，只有法律能放开。", "What the law asks only a law can waive."),
    source=None,
    bad=bad, good=good, check=check,
)
