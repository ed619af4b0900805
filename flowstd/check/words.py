"""What free text says, as far as a rule may trust it: a citation down to the article, a number of days."""

from __future__ import annotations

import re

from flowstd.base.legal import LegalSource
from flowstd.base.numeral import NUMERALS, number
from flowstd.ir.model import Node

from .instrument import Rank, overrides

_ARTICLE = re.compile(rf"《(?P<title>[^》]+)》(?:[（(](?P<number>[^（()）]*)[)）])?[^《。；;\n]{{0,30}}?"
                      rf"(?P<article>第[{NUMERALS}\d]+条)")
_DAYS = re.compile(rf"([{NUMERALS}]+|\d+)\s*(?:个?(?:工作|自然)?[日天]|(?P<months>个月))")
_PEOPLE = re.compile(rf"([{NUMERALS}双]+|\d+)\s*个?[名人位]")


def cited(text: str) -> tuple[LegalSource, ...]:
    """The articles that *text* names, each with its instrument.

    >>> [source.zh for source in cited("《渔业法》和《体育条例》（国务院令第560号）第三十二条另有规定")]
    ['《体育条例》（国务院令第560号）第三十二条']
    """
    return tuple(LegalSource(title=found["title"], number=found["number"] or "", article=found["article"])
                 for found in _ARTICLE.finditer(text))


def otherwise(text: str, law: LegalSource, least: Rank = Rank.LOCAL) -> bool:
    """Whether *text* cites an article that can provide otherwise than *law*: see :func:`~.instrument.overrides`.

    >>> from flowstd.check.law import licensing
    >>> [otherwise(text, licensing("第四十二条")) for text in ("依《渔业法》第三条", "依《行政许可法》第四十二条", "依通知")]
    [True, False, False]
    """
    return any(overrides(source, law, least) for source in cited(text))


def days_named(text: str) -> int | None:
    """The first number of days in *text*; a month is thirty.

    >>> days_named("举行听证七日前通知"), days_named("届满 45 个工作日前"), days_named("一个月前"), days_named("提前申请")
    (7, 45, 30, None)
    """
    found = _DAYS.search(text)
    return number(found[1]) * (30 if found["months"] else 1) if found else None


def people_named(text: str) -> int | None:
    """The first number of people in *text*.

    >>> people_named("两名以上工作人员"), people_named("3 名执法人员"), people_named("双人核查"), people_named("审查岗")
    (2, 3, 2, None)
    """
    found = _PEOPLE.search(text)
    return number(found[1]) if found else None


def remarks(node: Node) -> str:
    """All that is written at a step beside its name."""
    return " ".join(part for part in (node.note, node.criteria, node.post) if part)


def wording(node: Node) -> str:
    """All that is written at a step, its name first."""
    return f"{node.label} {remarks(node)}"


def mentions(node: Node, *words: str) -> bool:
    """Whether the step's name or one of its remarks holds one of *words*."""
    text = wording(node)
    return any(word in text for word in words)
