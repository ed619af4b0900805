"""ALW003: a rule of law is set aside and no law says so."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.instrument import Rank, overrides, standing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, settled
from flowstd.check.subject import Subject

LAW = (Evidence.OFFICIAL, Evidence.REPRINT)


def check(subject: Subject) -> Iterator[Fault]:
    for use in subject.uses:
        source = next((finding.source for finding in use.findings if finding.source is not None), None)
        basis = use.allowance.basis
        if source is None or source.evidence not in LAW or (basis is not None and _sets_aside(basis, source)):
            continue
        if basis is None or not basis.article:
            told = Text(f"允许偏离 {use.allowance.rule}（{source.zh}），没有写到条款的依据",
                        f"{use.allowance.rule} rests on {source.zh}; the allowance names no article that sets it aside")
        else:
            told = Text(f"允许偏离 {use.allowance.rule}（{source.zh}），{basis.zh}不能放开它",
                        f"{use.allowance.rule} rests on {source.zh}, which {basis.zh} cannot set aside")
        yield Fault(told, Text("写 basis=\"《…》第…条\"，法律的要求要由另一部法律、法规放开",
                               'write basis="《…》第…条": what a law asks another law or a regulation may waive'),
                    where=use.allowance.where)


def _sets_aside(basis: LegalSource, source: LegalSource) -> bool:
    """A law or regulation for what one of them asks, any other instrument for what a lower one does."""
    return overrides(basis, source, Rank.LOCAL if standing(source).highest <= Rank.LOCAL else Rank.DOCUMENT)


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
