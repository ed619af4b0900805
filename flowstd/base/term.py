"""Term: a length of time never travels without its unit."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .frozen import Frozen


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
    """*count* working days."""
    return Term(count=count, unit=Unit.WORKDAYS)


def days(count: int) -> Term:
    """*count* calendar days (自然日)."""
    return Term(count=count, unit=Unit.DAYS)


def hours(count: int) -> Term:
    """*count* hours."""
    return Term(count=count, unit=Unit.HOURS)


def months(count: int) -> Term:
    """*count* months."""
    return Term(count=count, unit=Unit.MONTHS)


def years(count: int) -> Term:
    """*count* years."""
    return Term(count=count, unit=Unit.YEARS)
