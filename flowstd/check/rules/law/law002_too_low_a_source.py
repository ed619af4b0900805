"""LAW002: a licence that no law has set up."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.instrument import Rank, standing
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject

LOWEST = Rank.PROVINCIAL              # its rules may set up a licence for a year (第十五条)


def check(subject: Subject) -> Iterator[Fault]:
    bases = subject.item.legal_bases
    if bases and all(standing(source).highest > LOWEST for source in bases):
        names = "、".join(source.zh for source in bases)
        yield Fault(Text(f"设定依据只有{names}，不能设定行政许可", f"{names} cannot set up a licence"),
                    Text("写明设定许可的法律、行政法规、国务院决定、地方性法规或者省级政府规章（名称看不出来的，写上“国务院令第…号”"
                         "“人大常委会公告第…号”）；都没有的，不是行政许可",
                         "name the law, administrative regulation, State Council decision, local regulation or "
                         "provincial rule that does (where the title does not show which it is, with its number: "
                         "国务院令第…号, 人大常委会公告第…号); where there is none, this is no licence"))


def bad() -> Subject:
    return ordinary({"legal_bases": ["《关于加强户外广告管理的通知》第三条"]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="LAW002", name="too-low-a-source", since="0.1", reads="item",
    summary=Text("行政许可的设定依据层级不够。", "The basis of a licence is too low an instrument."),
    why=Text("其他规范性文件一律不得设定行政许可。", "No other normative document may set up a licence."),
    source=licensing("第十四条至第十七条"),
    bad=bad, good=good, check=check,
)
