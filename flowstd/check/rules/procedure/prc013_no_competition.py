"""PRC013: what the law has competed for is simply granted."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.legal import LegalSource
from flowstd.base.text import Text
from flowstd.check.instrument import Rank
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.check.words import otherwise, remarks
from flowstd.ir.kinds import StepKind

SCARCE = ("第十二条第二项", "第十二条第（二）项", "第十二条第(二)项", "第十二条第一款第二项")
LAW = licensing("第五十三条")


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    if subject.steps(StepKind.TENDER) or not any(map(_scarce, item.legal_bases)):
        return
    notes = (item.statutory_note, item.promised_note, *(remarks(node) for node in subject.deciding))
    if not any("另有规定" in note and otherwise(note, LAW, Rank.REGULATION) for note in notes):
        yield Fault(Text("依据是《行政许可法》第十二条第二项（有限资源、公共资源、特定行业准入），流程里没有招标、拍卖",
                         "the basis is 《行政许可法》第十二条第二项 (scarce or public resources), and the flow has no tender or "
                         "auction"),
                    Text("加一步招标、拍卖；法律、行政法规另有规定的，在“法定办结时限说明”写明“依《…》第…条另有规定”",
                         "add a tender or auction; where another law provides otherwise, write into 法定办结时限说明: "
                         "依《…》第…条另有规定"))


def _scarce(source: LegalSource) -> bool:
    return "行政许可法" in source.title and source.article.replace(" ", "").startswith(SCARCE)


def bad() -> Subject:
    return ordinary({"legal_bases": ["《行政许可法》第十二条第二项"]})


def good() -> Subject:
    return ordinary({"legal_bases": ["《行政许可法》第十二条第二项"], "special_procedures": ["招标"]}, special=["招标拍卖"])


RULE = Rule(
    code="PRC013", name="no-competition", since="0.1", reads="case",
    summary=Text("有限资源的许可没有招标、拍卖。", "A licence for scarce resources without tender or auction."),
    why=Text("有限自然资源、公共资源和特定行业准入的许可，应当通过招标、拍卖等公平竞争的方式决定；另有规定的除外。",
             "Licences for scarce or public resources are decided by fair competition, unless another law provides "
             "otherwise."),
    source=LAW,
    bad=bad, good=good, check=check,
)
