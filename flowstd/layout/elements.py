"""Which elements of the item a page shows, in what words and in what order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.numeral import NUMERALS, number

from .measure import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowstd.ir.model import Flow
    from flowstd.item import Item
    from flowstd.standard.edition import Edition

_NUMERAL = re.compile(rf"[{NUMERALS}]+|[0-9]{{1,9}}")


class Field(NamedTuple):
    """One element as the page shows it."""

    name: str
    value: str
    link: str = ""


class Fields(NamedTuple):
    """The rows above the chart and those below it, and whether some values are illustrative."""

    above: tuple[tuple[Field, ...], ...] = ()
    below: tuple[tuple[Field, ...], ...] = ()
    illustrative: bool = False


def title_of(name: str, scenario: str, rules: Edition, view: str = "internal") -> str:
    """What the page is headed: the item's name, “办理流程图” or, for the applicant, “办事流程图”, and the scenario in brackets.

    >>> from flowstd.standard.edition import load
    >>> title_of("户外广告设施设置许可", "新办", load())
    '户外广告设施设置许可办理流程图（新办）'
    """
    words = rules.words.title
    if name and not name.endswith(words.ending):
        name = (words.external if view == "external" else words.chart).format(name=name)
    return (name or words.untitled) + (words.scenario.format(scenario=scenario) if scenario else "")


def fields_of(item: Item | None, rules: Edition) -> Fields:
    """The elements of *item* that the page shows; empty ones are left out."""
    if item is None:
        return Fields()
    words, mark, illustrative = rules.words.field, rules.words.page.illustrative_mark, item.illustrative

    def field(name: str, element: str, value: str, link: str = "") -> Field:
        return Field(name, value + mark if value and element in illustrative else value, link)

    above = (
        (field(words.code, "code", item.code or item.local_code), field(words.item_type, "item_type", item.item_type)),
        (field(words.authority, "authority", item.authority), field(words.fee, "fee", _fee(item, words.fee, rules))),
        (field(words.statutory, "statutory", item.statutory.zh if item.statutory else ""),
         field(words.promised, "promised", item.promised.zh if item.promised else "")),
    )
    below = (
        (field(words.place, "place", item.place), field(words.hours, "opening_hours", item.opening_hours)),
        (field(words.contact, "contact", item.contact), field(words.complaint, "complaint", item.complaint)),
        (field(words.link, "link", item.link, item.link), field(words.version, "version", item.version)),
    )
    return Fields(_filled(above), _filled(below), bool(item.illustrative))


def bases_of(flow: Flow, rules: Edition) -> tuple[str, ...]:
    """The law that the steps rest on: every instrument once, as the story comes to it, with its articles by number."""
    articles: dict[str, dict[str, None]] = {}
    for node in flow.nodes:
        for source in node.bases:
            articles.setdefault(source.zh.removesuffix(source.article), {}).setdefault(source.article)
    join = rules.words.step.paper_join
    return tuple([clean(instrument + join.join(sorted(filter(None, found), key=_numbers)))
                  for instrument, found in articles.items()])


@lru_cache(maxsize=4096)
def _numbers(article: str) -> tuple[int, ...]:
    """The numbers of an article and of its parts.

    >>> sorted(["第四十九条", "第三十二条第二款", "第三十二条"], key=_numbers)
    ['第三十二条', '第三十二条第二款', '第四十九条']
    """
    return tuple(map(number, _NUMERAL.findall(article)))


def _fee(item: Item, name: str, rules: Edition) -> str:
    """What is charged, without saying again that the field is about fees."""
    return item.fee.zh.removeprefix(name + rules.words.page.colon) if item.fee else ""


def _filled(rows: Iterable[tuple[Field, ...]]) -> tuple[tuple[Field, ...], ...]:
    filled = [tuple([field for field in row if field.value]) for row in rows]
    return tuple([row for row in filled if row])
