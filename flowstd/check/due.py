"""When a case that is accepted on a given day must be decided, by law, by promise and by its own steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from flowstd.base.term import Term, Unit
from flowstd.base.text import Text
from flowstd.item.calendar import YearNotInCalendar, due, falls_due

from .limits import LIMITS
from .subject import LICENCE, Subject
from .time import Total, told


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date: what falls due, after how long, and what it rests on, or why the date is not known."""

    what: Text
    after: Text
    on: date | None
    why: Text


class _Asked(NamedTuple):
    """A date that is still to be reckoned."""

    what: Text
    after: Text
    reckon: Callable[[], date]
    why: Text


def due_dates(subject: Subject, accepted: date) -> tuple[DueDate, ...]:
    """The dates of a case accepted on *accepted*; that day is not counted, days off are stepped over.

    Time that the law excludes comes on top and is named. A date in a year whose working days are not known stays
    open and comes last. Raises: YearNotInCalendar: that is so of all of them.

    >>> from flowstd.check.sample import ordinary
    >>> for one in due_dates(ordinary(), date(2026, 2, 10)):
    ...     print(one.on, one.what.en)
    2026-03-02 decision, as the steps say
    2026-03-02 decision, as promised
    2026-03-16 decision, by law
    2026-03-16 service of the certificate, ten working days after the decision as the steps say
    """
    found, unknown = [], []
    for one in _asked(subject, accepted):
        try:
            found.append(DueDate(one.what, one.after, one.reckon(), one.why))
        except YearNotInCalendar as error:
            unknown.append((DueDate(one.what, one.after, None, error.what), error))
    if unknown and not found:
        raise unknown[0][1]
    return (*sorted(found, key=lambda one: one.on or accepted), *(one for one, _ in unknown))


def _asked(subject: Subject, accepted: date) -> Iterator[_Asked]:
    item, way = subject.declared, subject.measure.counted
    excluded = [node for node in subject.flow.nodes if node.excluded_by is not None and node.within is not None]
    besides = Text("；" + "、".join(f"{node.label} {told(node.within).zh}" for node in excluded if node.within) + "不计算在内",
                   "; not counted: " + ", ".join(f"{node.label} {told(node.within).en}" for node in excluded
                                                 if node.within)) if excluded else Text("", "")
    decided = _after(accepted, way.total) if way is not None else None
    if way is not None and decided is not None:
        yield _Asked(Text("按步骤时限作出决定", "decision, as the steps say"), Text(way.total.zh, way.total.en), decided,
                     Text(way.said.zh + besides.zh, way.said.en + besides.en))
    promised = item.promised if item is not None else None
    if promised is not None and promised.unit is not Unit.HOURS:
        yield _Asked(Text("按承诺作出决定", "decision, as promised"), told(promised), partial(falls_due, accepted, promised),
                     Text("承诺办结时限" + besides.zh, "承诺办结时限" + besides.en))
    statutory = _statutory(subject)
    if statutory is not None:
        yield _Asked(Text("依法作出决定", "decision, by law"), told(statutory), partial(falls_due, accepted, statutory),
                     Text("法定办结时限" + besides.zh, "法定办结时限" + besides.en))
    served = LIMITS["T06"].term
    if decided is not None and subject.item_type == LICENCE and served is not None:
        source, days = LIMITS["T06"].source, served.count
        yield _Asked(Text("按步骤时限作出决定后送达证件", "service of the certificate, ten working days after the decision as the "
                                             "steps say"),
                     told(served), lambda: due(decided(), days), Text(source.zh, source.zh))


def _statutory(subject: Subject) -> Term | None:
    """The declared limit, or for a licence the general one."""
    if subject.declared is not None and subject.declared.statutory is not None:
        return subject.declared.statutory
    return LIMITS["T04" if subject.joint else "T03"].term if subject.item_type == LICENCE else None


def _after(start: date, total: Total) -> Callable[[], date] | None:
    """How to reckon the last day of a sum in one unit; hours are rounded up to days. None: units do not add up."""
    counts = dict(total.counts)
    if set(counts) <= {Unit.WORKDAYS, Unit.HOURS}:
        return partial(due, start, -(-total.hours // 8))
    if len(counts) == 1:
        unit, count = total.counts[0]
        return partial(falls_due, start, Term(count=count, unit=unit))
    return None
