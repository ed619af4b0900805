"""Working days: a table of what the yearly notices say; a year that is not in it is refused, never guessed."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flowstd.base.errors import BadElement, FlowstdError
from flowstd.base.term import Term, Unit
from flowstd.base.text import Text

TABLE = Path(__file__).with_name("workdays_cn.toml")


class YearNotInCalendar(FlowstdError):
    """A date in a year whose working days are not in the table."""


class Calendar(NamedTuple):
    """The days that differ from the plain week, and the years for which they are known."""

    years: tuple[int, ...]
    off: dict[date, str]             # closed, and why: 春节
    work: frozenset[date]            # weekend days that are worked


@cache
def calendar() -> Calendar:
    """The table that comes with flowstd.

    >>> calendar().years[0], calendar().off[date(2026, 2, 17)]
    (2004, '春节')
    """
    table = tomllib.loads(TABLE.read_text("utf-8"))
    del table["source"]
    off: dict[date, str] = {}
    work: list[date] = []
    for year, days in table.items():
        for span in days["off"]:
            dates, _, name = span.partition(" ")
            off |= dict.fromkeys(_span(int(year), dates), name)
        work += [_day(int(year), day) for day in days["work"]]
    return Calendar(tuple(int(year) for year in table), off, frozenset(work))


def is_workday(day: date) -> bool:
    """Whether offices are open on *day*. Raises YearNotInCalendar.

    >>> is_workday(date(2026, 2, 14)), is_workday(date(2026, 2, 16))
    (True, False)
    """
    day = _plain(day)
    table = calendar()
    if day.year not in table.years:
        raise _unknown(day.year)
    return day in table.work or (day.weekday() < 5 and day not in table.off)


def due(start: date, workdays: int) -> date:
    """The last day of a limit of *workdays* working days; the day of *start* is not counted, 0 means the same day.

    Raises: YearNotInCalendar: the limit runs into a year whose notice is not in the table.
    BadElement: *workdays* is no count.

    >>> due(date(2026, 2, 10), 5)                 # across the Spring Festival
    datetime.date(2026, 2, 24)
    """
    if not isinstance(workdays, int) or isinstance(workdays, bool) or workdays < 0:
        raise BadElement(Text(f"工作日数必须是不小于 0 的整数，不能是 {workdays!r}",
                              f"working days must be a whole number from 0, not {workdays!r}"))
    day = _plain(start)
    is_workday(day)                               # refuses a year that is not known, even for 0
    while workdays:
        day = _next(day)
        workdays -= is_workday(day)
    return day


def falls_due(start: date, term: Term) -> date:
    """The last day of *term*; calendar days, months and years that end on a closed day end on the next working day.

    A month ends on the day of the same number, or on its last day. Hours cannot be dated.

    Raises: YearNotInCalendar, BadElement.

    >>> from flowstd.base.term import months
    >>> falls_due(date(2025, 8, 31), months(1))   # 30 September
    datetime.date(2025, 9, 30)
    """
    start = _plain(start)
    if term.unit is Unit.WORKDAYS:
        return due(start, term.count)
    if term.unit is Unit.HOURS:
        raise BadElement(Text("以小时计的时限不能换算成日期", "a limit in hours has no due date"),
                         fix=Text("改用工作日", "give it in working days"))
    day = _plus(start, term)
    while not is_workday(day):
        day = _next(day)
    return day


def _plus(start: date, term: Term) -> date:
    try:
        if term.unit is Unit.DAYS:
            return start + timedelta(days=term.count)
        months = term.count * (12 if term.unit is Unit.YEARS else 1)
        years, month = divmod(start.month - 1 + months, 12)
        first = date(start.year + years, month + 1, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return first.replace(day=min(start.day, last.day))
    except (OverflowError, ValueError):
        raise _unknown(date.max.year) from None


def _next(day: date) -> date:
    if day == date.max:
        raise _unknown(day.year)
    return day + timedelta(days=1)


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _span(year: int, dates: str) -> list[date]:
    first, _, last = dates.partition("..")
    day, end = _day(year, first), _day(year, last or first)
    return [day + timedelta(days=n) for n in range((end - day).days + 1)]


def _day(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_day}")


def _unknown(year: int) -> YearNotInCalendar:
    years = calendar().years
    return YearNotInCalendar(
        Text(f"工作日历中没有 {year} 年：已有 {years[0]}—{years[-1]} 年",
             f"the working-day calendar has no year {year}: it has {years[0]} to {years[-1]}"),
        fix=Text(f"{year} 年的放假通知公布后，写入 {TABLE.name} 或升级 flowstd",
                 f"once the notice for {year} is published, add it to {TABLE.name} or upgrade flowstd"))
