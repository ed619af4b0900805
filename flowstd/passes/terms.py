"""One term for several steps: the sum where they follow each other, the longest where they stand side by side."""

from __future__ import annotations

from collections.abc import Iterable

from flowstd.base.term import Term


def one_unit(terms: Iterable[Term | None]) -> bool:
    """Whether *terms* make one term: all that take time are in one unit."""
    return len({term.unit for term in terms if term is not None and term.count}) <= 1


def added(terms: Iterable[Term | None]) -> Term | None:
    """One term for one after the other. A step without a term leaves the whole without one, unless others take time.

    >>> from flowstd.base.term import workdays
    >>> added([workdays(2), None, workdays(3)]).zh, added([workdays(0), None])
    ('5个工作日', None)
    """
    terms = tuple(terms)
    timed = [term for term in terms if term is not None and term.count]
    if timed:
        return Term(count=sum(term.count for term in timed), unit=timed[0].unit)
    return None if None in terms else terms[0]


def longest(terms: Iterable[Term | None]) -> Term | None:
    """One term for one of several, or for all side by side: the longest."""
    terms = tuple(terms)
    timed = [term for term in terms if term is not None and term.count]
    if timed:
        return max(timed, key=lambda term: term.count)
    return None if not terms or None in terms else terms[0]
