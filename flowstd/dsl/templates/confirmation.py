"""行政确认: a status, fact or relation is confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block, applicant, reviewer, window
from .acceptance import CORRECTION, ON_THE_SPOT, acceptance
from .decision import decision
from .delivery import LIMIT, conferment
from .matter import CONFIRMATION
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain
from .special import counted, limits_of, procedures, special_procedures
from .terms import share

STEPS = ("application", "acceptance", "examination", "special", "decision", "refusal", "registration", "certify",
         "deliver", "publish", "archive")
THIRTY = workdays(30)


@standard("行政确认", steps=STEPS)
def confirmation(*, materials: Sequence[str] = ("申请表",), result: str = "确认证书", limit: Term = THIRTY,
                 correction_limit: Term = CORRECTION, delivery_limit: Term = LIMIT, special: Sequence[str] = (),
                 special_limits: Mapping[str, Term] = NOTHING, question: str = "是否予以确认？",
                 posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A confirmation: examined, decided, entered in the register, certified. No general act sets its limits.

    *special*: 现场勘验, 公示 … where the item's own basis asks for them. Other parameters as for ordinary_licence.

    >>> confirmation(result="不动产权证书", special=["公示"]).flows_on
    False
    """
    filled, office, held = Slots(STEPS, slots), posts_of(posts), procedures(special)
    own = limits_of(special_limits, held)
    terms = {**own, **share(limit, {"examine": 3, **counted(held, CONFIRMATION), "decide": 2}, own)}
    granted = chain(filled.fill("registration", window.register("登记入簿", within=ON_THE_SPOT)),
                    conferment(CONFIRMATION, filled, result, within=delivery_limit, posts=office))
    return chain(
        filled.fill("application", applicant.submit("提交确认申请", materials=list(materials))),
        filled.fill("acceptance", acceptance(CONFIRMATION, office, correction=correction_limit)),
        filled.fill("examination", reviewer.examine("审查申请材料", within=terms["examine"], post=office.examine)),
        filled.fill_if("special", special_procedures(held, terms, CONFIRMATION)),
        decision(CONFIRMATION, filled, question, granted, within=terms["decide"], served=delivery_limit, posts=office,
                 answers=("确认", "不予确认")))
