"""LAW003: a lower instrument is named before a higher one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from flowstd.base.text import Text
from flowstd.check.instrument import Rank, standing
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    for lower, higher in pairwise(subject.item.legal_bases):
        if _order(standing(lower).highest) > _order(standing(higher).lowest):
            yield Fault(Text(f"设定依据{lower.zh}排在上位的{higher.zh}之前",
                             f"{lower.zh} is named before {higher.zh}, which is higher"),
                        Text("按法律、行政法规、地方性法规、规章的顺序排列",
                             "order them: laws, regulations, local regulations, rules"))


def _order(rank: Rank) -> Rank:
    return Rank.RULE if rank is Rank.PROVINCIAL else rank           # rules of either kind stand side by side


def bad() -> Subject:
    return ordinary({"legal_bases": ["《示例市户外广告设施管理条例》第十条", "《广告法》第四十一条"]})


def good() -> Subject:
    return ordinary({"legal_bases": ["《广告法》第四十一条", "《示例市户外广告设施管理条例》第十条"]})


RULE = Rule(
    code="LAW003", name="lower-first", since="0.1", reads="item",
    summary=Text("设定依据没有按层级排列。", "Legal bases are not in the order of their rank."),
    why=Text("上位法在前，一眼看出权力从哪里来。", "With the highest first, one sees where the power comes from."),
    source=practice("政务服务事项要素", "设定依据"),
    bad=bad, good=good, check=check,
)
