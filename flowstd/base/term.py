"""Term: a length of time never travels without its unit."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from pydantic import Field

from .errors import BadElement
from .frozen import Frozen
from .late import late
from .text import Text


class Unit(StrEnum):
    """What a term counts in; working days are what 《行政许可法》第八十二条 counts in."""

    WORKDAYS = "workdays"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    YEARS = "years"

    @property
    def zh(self) -> str:
        """The unit as a chart shows it."""
        return {"workdays": "个工作日", "days": "个自然日", "hours": "小时", "months": "个月", "years": "年"}[self.value]


class Term(Frozen):
    """A count and its unit; zero working days means on the spot.

    >>> workdays(5).zh
    '5个工作日'
    >>> workdays(0).zh
    '当场'
    """

    count: int = Field(ge=0, strict=True)
    unit: Unit

    @property
    def zh(self) -> str:
        """The term as a chart shows it."""
        if self.count == 0:
            return "当场"
        return f"{self.count}{self.unit.zh}"

    @property
    def iso(self) -> str:
        """ISO 8601 duration; working days are written as days, which is what engines understand.

        >>> workdays(5).iso, hours(4).iso, months(2).iso
        ('P5D', 'PT4H', 'P2M')
        """
        letter = {"workdays": "D", "days": "D", "hours": "H", "months": "M", "years": "Y"}[self.unit.value]
        return f"PT{self.count}H" if letter == "H" else f"P{self.count}{letter}"

    def __str__(self) -> str:
        return self.zh


def workdays(count: int) -> Term:
    """*count* working days; none: on the spot.

    >>> workdays(5).zh, workdays(0).zh
    ('5个工作日', '当场')
    """
    return _term(count, Unit.WORKDAYS)


def days(count: int) -> Term:
    """*count* calendar days (自然日).

    >>> days(30).zh
    '30个自然日'
    """
    return _term(count, Unit.DAYS)


def hours(count: int) -> Term:
    """*count* hours.

    >>> hours(4).zh
    '4小时'
    """
    return _term(count, Unit.HOURS)


def months(count: int) -> Term:
    """*count* months.

    >>> months(6).zh
    '6个月'
    """
    return _term(count, Unit.MONTHS)


def years(count: int) -> Term:
    """*count* years.

    >>> years(3).zh
    '3年'
    """
    return _term(count, Unit.YEARS)


def _term(count: int, unit: Unit) -> Term:
    if type(count) is not int:
        raise _bad(Text(f"时限要写整数，这里是 {count!r}", f"a term counts in whole numbers, not {count!r}"))
    if count < 0:
        raise _bad(Text(f"时限不能是负数：{count}", f"a term cannot be negative: {count}"))
    return _made(count, unit)


@lru_cache(512)
def _made(count: int, unit: Unit) -> Term:
    return Term(count=count, unit=unit)


def _bad(what: Text) -> BadElement:
    return BadElement(what, where=late("flowstd.dsl.position:here")(),
                      fix=Text("例如 workdays(5)；当场办结写 workdays(0)",
                               "such as workdays(5); on the spot is workdays(0)"))
