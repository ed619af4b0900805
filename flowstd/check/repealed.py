"""Instruments that are no longer in force, with the one that ended them: data, and only what was read is listed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from flowstd.base.legal import Evidence, LegalSource

from .law import CHECKED


class Repealed(NamedTuple):
    """When an instrument ended, by what, and where its matter stands now."""

    on: date
    by: LegalSource
    instead: str


_CIVIL_CODE = Repealed(
    date(2021, 1, 1),
    LegalSource(title="民法典", article="第一千二百六十条", in_force_from=date(2021, 1, 1), checked_on=CHECKED,
                evidence=Evidence.REPRINT),
    "《民法典》")

REPEALED: dict[str, Repealed] = {
    "婚姻法": _CIVIL_CODE, "继承法": _CIVIL_CODE, "民法通则": _CIVIL_CODE, "收养法": _CIVIL_CODE, "担保法": _CIVIL_CODE,
    "合同法": _CIVIL_CODE, "物权法": _CIVIL_CODE, "侵权责任法": _CIVIL_CODE, "民法总则": _CIVIL_CODE,
}


def repealed(title: str) -> Repealed | None:
    """How the instrument called *title* ended; None while it is not known to have ended.

    >>> repealed("中华人民共和国合同法").by.zh
    '《民法典》第一千二百六十条'
    """
    return REPEALED.get(title.strip("《》 ").removeprefix("中华人民共和国"))
