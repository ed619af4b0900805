"""The sources that rules rest on, as data.

What was read in a reprint says so: take the official text before relying on it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from flowstd.base.legal import Evidence, LegalSource

if TYPE_CHECKING:
    from flowstd.item import Item

CHECKED = date(2026, 11, 23)


LICENSING = "行政许可法"


@cache
def licensing(article: str) -> LegalSource:
    """One article of 《行政许可法》, as amended on 23 April 2019.

    >>> licensing("第四十二条第一款").zh
    '《行政许可法》第四十二条第一款'
    """
    return LegalSource(title=LICENSING, article=article, in_force_from=date(2019, 4, 23), checked_on=CHECKED,
                       evidence=Evidence.REPRINT)


@cache
def jinan(article: str) -> LegalSource:
    """One article of the measures of Jinan, which bind its own organs: see :func:`measures`."""
    return LegalSource(title="济南市政务服务标准化管理办法", article=article, in_force_from=date(2024, 12, 25), checked_on=CHECKED,
                       evidence=Evidence.REPRINT)


def measures(article: str, item: Item | None) -> LegalSource:
    """The same article for *item*: in other cities it is no more than a model.

    >>> measures("第三条", None).zh
    '办事惯例（参照《济南市政务服务标准化管理办法》第三条）'
    """
    own = item is not None and ("济南" in item.authority or item.authority_code[2:6] == "3701")
    return jinan(article) if own else as_model(jinan(article))


@cache
def as_model(source: LegalSource) -> LegalSource:
    """*source* where it does not bind: offices go by it nevertheless."""
    return practice(f"参照{source.zh}")


@cache
def modelled(title: str, article: str = "", number: str = "") -> LegalSource:
    """An instrument or convention known from programs or copies that follow it; its own text was not read."""
    return LegalSource(title=title, article=article, number=number, checked_on=CHECKED, evidence=Evidence.MODELLED)


@cache
def practice(title: str, article: str = "", number: str = "") -> LegalSource:
    """What offices do, seen in their systems, guides or tools."""
    return LegalSource(title=title, article=article, number=number, checked_on=CHECKED, evidence=Evidence.PRACTICE)
