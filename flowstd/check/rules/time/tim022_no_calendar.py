"""TIM022: a date lies where the working days are not known."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.item.calendar import YearNotInCalendar, is_workday


def check(subject: Subject) -> Iterator[Fault]:
    for title, day in (("计划生效日期", subject.item.effective_on), ("计划取消日期", subject.item.cancelled_on)):
        if day is None:
            continue
        try:
            is_workday(day)
        except YearNotInCalendar:
            yield Fault(Text(f"{title}{day}所在年份的工作日表还没有，到期日算不出来",
                             f"{title} is {day}; the working days of that year are not known, so no due date can be "
                             "told"),
                        Text("等当年放假通知公布后更新 flowstd，或更正日期",
                             "update flowstd when that year's holiday notice is out, or correct the date"))


def bad() -> Subject:
    return ordinary({"effective_on": "2049-01-01"})


def good() -> Subject:
    return ordinary({"effective_on": "2026-01-05"})


RULE = Rule(
    code="TIM022", name="no-calendar", since="0.1", reads="item",
    summary=Text("日期超出工作日表的范围。", "A date lies outside the table of working days."),
    why=Text("调休每年公布一次，没有公布的不猜。",
             "Make-up days are announced year by year; what is not announced is not guessed."),
    source=practice("国务院办公厅节假日安排通知", ""),
    bad=bad, good=good, check=check,
)
