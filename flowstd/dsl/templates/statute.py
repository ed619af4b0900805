"""The law that templates rest on, as data, read in a reprint: take the official text before relying on it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from flowstd.base.legal import Evidence, LegalSource


class Statute(NamedTuple):
    """One instrument: the text that was read is the one in force from *since*."""

    title: str
    since: date

    def article(self, name: str) -> LegalSource:
        """One article of it.

        >>> LICENSING.article("第四十四条").zh
        '《行政许可法》第四十四条'
        """
        return _article(self, name)


CHECKED_ON = date(2026, 11, 23)
LICENSING = Statute("行政许可法", since=date(2019, 4, 23))                        # as amended 2019-04-23
MARKET = Statute("市场主体登记管理条例", since=date(2022, 3, 1))


@lru_cache
def _article(statute: Statute, name: str) -> LegalSource:
    return LegalSource(title=statute.title, article=name, in_force_from=statute.since,
                       checked_on=CHECKED_ON, evidence=Evidence.REPRINT)
