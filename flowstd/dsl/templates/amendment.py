"""变更, 延续, 补证, 注销: what happens to a licence after it was granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block, window
from .acceptance import CORRECTION, ON_THE_SPOT
from .delivery import LIMIT
from .licence import STEPS, licensing
from .matter import CANCELLATION, CHANGE, RENEWAL, REPLACEMENT
from .registry import standard
from .slots import NOTHING, Given, Slots

FIVE, TEN, FIFTEEN = workdays(5), workdays(10), workdays(15)          # office practice, within 第四十二条


@standard("变更", steps=STEPS)
def change(*, materials: Sequence[str] = ("变更申请表", "原许可证"), result: str = "变更后的许可证", limit: Term = TEN,
           correction_limit: Term = CORRECTION, delivery_limit: Term = LIMIT, special: Sequence[str] = (),
           special_limits: Mapping[str, Term] = NOTHING, question: str = "是否准予变更？",
           posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A change of what a licence says (《行政许可法》第四十九条), with any special procedures.

    Parameters as for ordinary_licence.

    >>> change(result="卫生许可证", special=["现场勘验"]).flows_on
    False
    """
    return licensing(CHANGE, Slots(STEPS, slots), materials=materials, document=result, limit=limit,
                     correction=correction_limit, delivery=delivery_limit, special=special,
                     special_limits=special_limits, question=question, posts=posts, lead_law="第四十九条")


@standard("延续", steps=STEPS)
def renewal(*, materials: Sequence[str] = ("延续申请表", "原许可证"), result: str = "延续后的许可证",
            limit: Term = FIFTEEN, correction_limit: Term = CORRECTION, delivery_limit: Term = LIMIT,
            special: Sequence[str] = (), special_limits: Mapping[str, Term] = NOTHING, question: str = "是否准予延续？",
            lead: str = "有效期届满三十日前提出", posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A licence prolonged (《行政许可法》第五十条): asked for in time, decided before it expires, silence prolongs it.

    *lead* says how long before the licence expires; special law may differ. Other parameters as for ordinary_licence.

    >>> renewal(result="取水许可证", lead="有效期届满四十五日前提出").flows_on
    False
    """
    return licensing(RENEWAL, Slots(STEPS, slots), materials=materials, document=result, limit=limit,
                     correction=correction_limit, delivery=delivery_limit, special=special,
                     special_limits=special_limits, question=question, posts=posts, lead=lead, lead_law="第五十条",
                     silence="届满前未决定视为准予延续")


@standard("补证", steps=STEPS)
def replacement(*, materials: Sequence[str] = ("补证申请表", "遗失声明"), result: str = "补发的许可证",
                limit: Term = FIVE, correction_limit: Term = CORRECTION, delivery_limit: Term = LIMIT,
                question: str = "是否准予补证？",
                posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A lost or damaged certificate made again, from the file of the licence; parameters as for ordinary_licence.

    >>> replacement(result="护士执业证书").flows_on
    False
    """
    return licensing(REPLACEMENT, Slots(STEPS, slots), materials=materials, document=result, limit=limit,
                     correction=correction_limit, delivery=delivery_limit, special=(), special_limits=NOTHING,
                     question=question, posts=posts, examine="核对许可档案", publish="公告原证作废")


CANCELLATION_STEPS = (*STEPS[:6], "withdrawal", *STEPS[6:])


@standard("注销", steps=CANCELLATION_STEPS)
def cancellation(*, materials: Sequence[str] = ("注销申请表", "原许可证"), result: str = CANCELLATION.grant,
                 limit: Term = FIVE, correction_limit: Term = CORRECTION, delivery_limit: Term = LIMIT,
                 question: str = "是否准予注销？", posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A licence given up (《行政许可法》第七十条): the certificate is taken back and the end made public.

    Parameters as for ordinary_licence.

    >>> cancellation().flows_on
    False
    """
    filled = Slots(CANCELLATION_STEPS, slots)
    return licensing(CANCELLATION, filled, materials=materials, document=result, limit=limit,
                     correction=correction_limit, delivery=delivery_limit, special=(), special_limits=NOTHING,
                     question=question, posts=posts, examine="核查注销条件", lead_law="第七十条",
                     publish="公告注销许可",
                     first=filled.fill("withdrawal", window.do("收回原许可证件", within=ON_THE_SPOT)))
