"""When a case that is accepted on a given day must be decided, by law, by promise and by its own steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flowstd.base.term import Term, Unit
from flowstd.base.text import Text
from flowstd.item.calendar import due, falls_due

from .limits import LIMITS
from .subject import LICENCE, Subject
from .time import Total, told


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date: what falls due, after how long, and what it rests on."""

    what: Text
    after: Text
    on: date
    why: Text


def due_dates(subject: Subject, accepted: date) -> tuple[DueDate, ...]:
    """The dates of a case accepted on *accepted*; that day is not counted, days off are stepped over.

    Time that the law excludes comes on top and is named.
    Raises: YearNotInCalendar: the working days of a year on the way are not known.

    >>> from flowstd.check.sample import ordinary
    >>> for one in due_dates(ordinary(), date(2026, 2, 10)):
    ...     print(one.on, one.what.en)
    2026-03-02 decision, as the steps say
    2026-03-02 decision, as promised
    2026-03-16 decision, by law
    2026-03-16 service of the certificate, ten working days after the decision as the steps say
    """
    return tuple(sorted(_dates(subject, accepted), key=lambda one: one.on))


def _dates(subject: Subject, accepted: date) -> Iterator[DueDate]:
    item, way = subject.declared, subject.measure.counted
    excluded = [node for node in subject.flow.nodes if node.excluded_by is not None and node.within is not None]
    besides = Text("；" + "、".join(f"{node.label} {told(node.within).zh}" for node in excluded if node.within) + "不计算在内",
                   "; not counted: " + ", ".join(f"{node.label} {told(node.within).en}" for node in excluded
                                                 if node.within)) if excluded else Text("", "")
    decided = _after(accepted, way.total) if way is not None else None
    if way is not None and decided is not None:
        yield DueDate(Text("按步骤时限作出决定", "decision, as the steps say"), Text(way.total.zh, way.total.en), decided,
                      Text(way.said.zh + besides.zh, way.said.en + besides.en))
    if item is not None and item.promised is not None and item.promised.unit is not Unit.HOURS:
        yield DueDate(Text("按承诺作出决定", "decision, as promised"), told(item.promised), falls_due(accepted, item.promised),
                      Text("承诺办结时限" + besides.zh, "承诺办结时限" + besides.en))
    statutory = _statutory(subject)
    if statutory is not None:
        yield DueDate(Text("依法作出决定", "decision, by law"), told(statutory), falls_due(accepted, statutory),
                      Text("法定办结时限" + besides.zh, "法定办结时限" + besides.en))
    served = LIMITS["T06"]
    if decided is not None and subject.item_type == LICENCE and served.term is not None:
        yield DueDate(Text("按步骤时限作出决定后送达证件", "service of the certificate, ten working days after the decision as the "
                                             "steps say"),
                      told(served.term), due(decided, served.term.count), Text(served.source.zh, served.source.zh))


def _statutory(subject: Subject) -> Term | None:
    """The declared limit, or for a licence the general one."""
    if subject.declared is not None and subject.declared.statutory is not None:
        return subject.declared.statutory
    return LIMITS["T04" if subject.joint else "T03"].term if subject.item_type == LICENCE else None


def _after(start: date, total: Total) -> date | None:
    """The last day of a sum in one unit; working hours are rounded up to days. None: units that do not add up."""
    counts = dict(total.counts)
    if set(counts) <= {Unit.WORKDAYS, Unit.HOURS}:
        return due(start, -(-total.hours // 8))
    if len(counts) == 1:
        unit, count = total.counts[0]
        return falls_due(start, Term(count=count, unit=unit))
    return None
