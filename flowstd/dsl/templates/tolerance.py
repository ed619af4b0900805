"""容缺受理: accepted although a secondary paper is missing, on the promise to supply it in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block, applicant, back, end, onward, reviewer, window
from .acceptance import CORRECTION, ON_THE_SPOT, acceptance
from .decision import decision
from .delivery import LIMIT, conferment
from .matter import LICENCE
from .ordinary_licence import SINGLE
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain
from .terms import share

STEPS = ("application", "acceptance", "tolerance", "examination", "closing_check", "decision", "refusal", "certify",
         "deliver", "publish", "archive")
CLOSING = "容缺材料是否补齐？"
DUE = workdays(10)


@standard("容缺受理", steps=STEPS)
def tolerance(*, materials: Sequence[str] = ("申请表",), tolerated: Sequence[str] = ("容缺后补材料",),
              result: str = "许可证", due: Term = DUE, limit: Term = SINGLE, correction_limit: Term = CORRECTION,
              delivery_limit: Term = LIMIT,
              question: str = "是否准予许可？", posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A licence accepted with secondary papers missing, which are promised in writing and checked before the decision.

    *tolerated*: the papers that may follow (容缺后补), and only those; *due*: how soon. Who does not supply them in
    time is told that the case is closed. Other parameters as for ordinary_licence.

    >>> tolerance(tolerated=["场所平面图"], due=workdays(5)).flows_on
    False
    """
    filled, office = Slots(STEPS, slots), posts_of(posts)
    terms = share(limit, {"examine": 3, "closing": 1, "decide": 2})
    promise = filled.fill("tolerance", chain(
        window.notify("告知容缺补交期限", issues="容缺受理告知书", within=ON_THE_SPOT, note=f"{due.zh}内补交"),
        applicant.pledge("承诺按期补交", materials="容缺受理承诺书")))
    return chain(
        filled.fill("application", applicant.submit("提交许可申请", materials=list(materials))),
        filled.fill("acceptance", acceptance(LICENCE, office, correction=correction_limit, tolerated=promise)),
        filled.fill("examination", reviewer.examine("审查申请材料", within=terms["examine"], post=office.examine,
                                                    law=LICENCE.law("第三十四条"))),
        filled.fill("closing_check", closing_check(tolerated, due, terms["closing"])),
        decision(LICENCE, filled, question,
                 conferment(LICENCE, filled, result, within=delivery_limit, posts=office),
                 within=terms["decide"], served=delivery_limit, posts=office))


def closing_check(tolerated: Sequence[str], due: Term, within: Term) -> Block:
    """Nothing is decided before what was promised is there; what never comes closes the case."""
    return window.check(CLOSING, {
        "无容缺或已补齐": onward,
        "期限内未补齐": applicant.supply("补交容缺材料", materials=list(tolerated), within=due) >> back(CLOSING),
        "逾期": window.notify("告知终止办理", issues="终止办理告知书", within=ON_THE_SPOT) >> end.withdrawn("终止办理"),
    }, within=within)
