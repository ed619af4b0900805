"""一般许可: an ordinary licence, with any of the special procedures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block
from .acceptance import CORRECTION
from .delivery import LIMIT
from .licence import STEPS, licensing
from .matter import LICENCE
from .registry import standard
from .slots import NOTHING, Given, Slots

SINGLE = workdays(20)              # 第四十二条第一款: one organ, from acceptance to decision


@standard("一般许可", steps=STEPS)
def ordinary_licence(*, materials: Sequence[str] = ("申请表",), result: str = "许可证", limit: Term = SINGLE,
                     correction_limit: Term = CORRECTION, delivery_limit: Term = LIMIT, special: Sequence[str] = (),
                     special_limits: Mapping[str, Term] = NOTHING, question: str = "是否准予许可？",
                     posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """An ordinary licence: application, acceptance, examination, any special procedures, decision, service.

    *limit* runs from acceptance to decision (《行政许可法》第四十二条: at most twenty working days); the steps that
    count add up to it. *special* names the special procedures, each set in its lawful place; *special_limits*
    their terms.

    >>> block = ordinary_licence(result="卫生许可证", limit=workdays(10), special=["现场勘验", "听证"])
    >>> block.flows_on
    False
    """
    return licensing(LICENCE, Slots(STEPS, slots), materials=materials, document=result, limit=limit,
                     correction=correction_limit, delivery=delivery_limit, special=special,
                     special_limits=special_limits, question=question, posts=posts)
