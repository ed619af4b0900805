"""Working days, checked against published cases and against an independent package."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.base.errors import BadElement
from flowstd.base.term import days, hours, months, workdays, years
from flowstd.item.calendar import YearNotInCalendar, calendar, due, falls_due, is_workday

DATES = st.dates(date(2004, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(("start", "count", "end"), [
    ("2026-02-10", 5, "2026-02-24"),
    ("2026-02-10", 20, "2026-03-16"),
    ("2026-04-28", 10, "2026-05-14"),
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-18", 20, "2026-10-22"),
    ("2025-01-24", 5, "2025-02-07"),
    ("2025-09-26", 20, "2025-10-30"),
    ("2026-11-23", 20, "2026-12-21"),
])
def test_the_start_day_is_not_counted(start: str, count: int, end: str) -> None:
    assert due(date.fromisoformat(start), count) == date.fromisoformat(end)


def test_the_table_agrees_with_chinesecalendar_on_every_day() -> None:
    first, last = date(2004, 1, 1), date(2026, 12, 31)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]

    assert [day for day in every if is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_make_up_days_are_weekends_and_never_holidays() -> None:
    table = calendar()

    assert len(table.work) == 150
    assert all(day.weekday() >= 5 for day in table.work)
    assert not table.work & table.off.keys()
    assert table.years == tuple(range(2004, 2027))


@pytest.mark.parametrize("year", [1999, 2003, 2027, 9999])
def test_a_year_outside_the_table_is_refused_by_name(year: int) -> None:
    with pytest.raises(YearNotInCalendar) as caught:
        is_workday(date(year, 12, 31))

    assert str(year) in caught.value.what.zh and "2004" in caught.value.what.en and "2026" in caught.value.what.en
    assert caught.value.fix is not None


def test_a_limit_that_runs_into_an_unpublished_year_is_refused() -> None:
    with pytest.raises(YearNotInCalendar, match="2027"):
        due(date(2026, 12, 25), 20)


@pytest.mark.parametrize("count", [-1, True, "5", 1.5])
def test_a_count_of_working_days_is_a_whole_number(count: int) -> None:
    with pytest.raises(BadElement):
        due(date(2026, 1, 5), count)


def test_a_moment_counts_as_its_day() -> None:
    assert due(datetime(2026, 2, 10, 16, 30), 5) == date(2026, 2, 24)


@given(start=DATES, count=st.integers(1, 60))
def test_as_many_working_days_lie_between_as_the_limit_says(start: date, count: int) -> None:
    end = due(start, count)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]

    assert is_workday(end)
    assert sum(chinese_calendar.is_workday(day) for day in passed) == count


@pytest.mark.parametrize(("start", "term", "end"), [
    ("2026-02-10", workdays(5), "2026-02-24"),
    ("2026-02-10", days(7), "2026-02-24"),       # ends inside the Spring Festival
    ("2026-03-02", days(7), "2026-03-09"),
    ("2026-01-31", months(1), "2026-02-28"),     # a Saturday that is worked
    ("2024-01-31", months(1), "2024-02-29"),
    ("2024-02-29", years(1), "2025-02-28"),
    ("2025-11-30", months(3), "2026-02-28"),
])
def test_a_term_ends_on_a_working_day(start: str, term: object, end: str) -> None:
    assert falls_due(date.fromisoformat(start), term) == date.fromisoformat(end)  # type: ignore[arg-type]


def test_hours_have_no_due_date() -> None:
    with pytest.raises(BadElement):
        falls_due(date(2026, 1, 5), hours(4))


@pytest.mark.parametrize("term", [years(10_000), months(200_000), days(10_000_000), years(1)])
def test_a_term_beyond_the_table_is_refused(term: object) -> None:
    with pytest.raises(YearNotInCalendar):
        falls_due(date(2026, 6, 1), term)  # type: ignore[arg-type]
