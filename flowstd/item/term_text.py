"""A term as offices write it: 20个工作日, 5 workdays, 当场."""

from __future__ import annotations

import re
import unicodedata

from flowstd.base.errors import BadElement
from flowstd.base.term import Term, Unit
from flowstd.base.text import Text, short

ON_THE_SPOT = ("当场", "即时", "当场办结", "即时办结", "on the spot", "immediately")

_UNITS = {
    Unit.WORKDAYS: ("工作日", "workday", "workdays", "working day", "working days"),
    Unit.DAYS: ("自然日", "calendar day", "calendar days", "natural day", "natural days"),
    Unit.HOURS: ("小时", "hour", "hours"),
    Unit.MONTHS: ("月", "month", "months"),
    Unit.YEARS: ("年", "year", "years"),
}
UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
MOST = 1_000_000
_TERM = re.compile(r"([0-9]{1,6})\s*个?\s*(\D*)")
HOW = Text("写成“20工作日”“7自然日”“4小时”“2个月”或“当场”",
            'write "20 workdays", "7 calendar days", "4 hours", "2 months" or "on the spot"')


def term_from(text: str) -> Term:
    """The term that *text* says.

    Raises: BadElement: the unit is missing, or is 天 or 日, which offices read both ways.

    >>> term_from("20个工作日") == term_from("20工作日") == term_from("20 workdays")
    True
    >>> term_from("当场").zh, term_from("２个月").zh
    ('当场', '2个月')
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    if plain in ON_THE_SPOT:
        return Term(count=0, unit=Unit.WORKDAYS)
    found = _TERM.fullmatch(plain)
    if found is None:
        raise BadElement(Text(f"“{short(text)}”不是时限", f'"{short(text)}" is not a length of time'), fix=HOW)
    count, word = int(found[1]), found[2].strip()
    if word in UNIT_OF:
        return Term(count=count, unit=UNIT_OF[word])
    if not word:
        raise BadElement(Text(f"时限“{text}”没有单位", f'the limit "{text}" has no unit'), fix=HOW)
    if word in ("天", "日", "day", "days"):
        raise BadElement(Text(f"时限“{text}”没有说明是工作日还是自然日", f'the limit "{text}" does not say which days'),
                         fix=Text(f"写成“{count}工作日”或“{count}自然日”",
                                  f'write "{count} workdays" or "{count} calendar days"'))
    raise BadElement(Text(f"时限“{short(text)}”的单位不认识",
                          f'the unit of the limit "{short(text)}" is not known'), fix=HOW)
