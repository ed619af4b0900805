"""初审上报: a lower organ examines, a higher one decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block, applicant, organ, reviewer
from .acceptance import CORRECTION, ON_THE_SPOT, acceptance
from .decision import decision
from .delivery import LIMIT, conferment
from .matter import LICENCE
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain

STEPS = ("application", "acceptance", "preliminary", "forwarding", "decision", "refusal", "certify",
         "deliver", "publish", "archive")
HALF = workdays(10)


@standard("初审上报", steps=STEPS)
def preliminary_review(*, higher: str = "上级机关", materials: Sequence[str] = ("申请表",), result: str = "许可证",
                       preliminary_limit: Term = HALF, limit: Term = HALF, correction_limit: Term = CORRECTION,
                       delivery_limit: Term = LIMIT, question: str = "是否准予许可？",
                       posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A licence that a lower organ examines first and the organ *higher* decides, on the same papers (第三十五条).

    *preliminary_limit*: the lower organ's, from its acceptance, at most twenty working days (第四十三条);
    *limit*: the higher organ's, up to its decision. Other parameters as for ordinary_licence.

    >>> preliminary_review(higher="省广播电视局").flows_on
    False
    """
    filled, office, above = Slots(STEPS, slots), posts_of(posts), organ(higher)
    return chain(
        filled.fill("application", applicant.submit("提交许可申请", materials=list(materials))),
        filled.fill("acceptance", acceptance(LICENCE, office, correction=correction_limit)),
        filled.fill("preliminary", reviewer.preliminary("初步审查", within=preliminary_limit, post=office.examine,
                                                        issues="初步审查意见", law=LICENCE.law("第四十三条"))),
        filled.fill("forwarding", reviewer.forward("报送上级机关", within=ON_THE_SPOT, issues="初审意见和全部材料",
                                                   law=LICENCE.law("第三十五条"), note="不要求申请人重复提供材料")),
        decision(LICENCE, filled, question,
                 conferment(LICENCE, filled, result, within=delivery_limit, posts=office),
                 within=limit, served=delivery_limit, posts=office, by=above))
