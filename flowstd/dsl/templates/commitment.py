"""告知承诺: a written commitment stands in for proof, and is verified afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, months

from ..words import Block, applicant, decider, end, onward, reviewer, window
from .acceptance import CORRECTION, ON_THE_SPOT, acceptance
from .decision import REMEDIES, decision
from .delivery import closed, issue, published
from .matter import LICENCE
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain

STEPS = ("application", "acceptance", "commitment", "examination", "decision", "refusal", "certify", "deliver",
         "publish", "supervision", "revocation", "archive")
TWO_MONTHS = months(2)


@standard("告知承诺", steps=STEPS)
def commitment(*, materials: Sequence[str] = ("申请表",), result: str = "许可证", pledge: str = "告知承诺书",
               supervision_limit: Term = TWO_MONTHS, correction_limit: Term = CORRECTION,
               delivery_limit: Term = ON_THE_SPOT, question: str = "承诺是否符合要求？",
               posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A licence on the applicant's word: told the conditions, promises to keep them, granted at once, checked later.

    What proves untrue is revoked and put on record. *pledge* names the paper that tells and promises;
    *supervision_limit* is the time within which it is verified. Other parameters as for ordinary_licence.

    >>> commitment(result="卫生许可证").flows_on
    False
    """
    filled, office = Slots(STEPS, slots), posts_of(posts)
    promise = filled.fill("commitment", chain(
        window.notify("告知条件和后果", issues=pledge, within=ON_THE_SPOT, note="标准、期限、不实的后果"),
        applicant.pledge("签署承诺书", materials=pledge)))
    revoked = decider.revoke("撤销许可决定", issues="撤销行政许可决定书", within=ON_THE_SPOT, note=REMEDIES,
                             law=LICENCE.law("第六十九条"))
    verified = chain(
        filled.fill("supervision", reviewer.supervise("事后核查承诺", within=supervision_limit, post="两名以上工作人员",
                                                      issues="核查记录", law=LICENCE.law("第六十一条"))),
        reviewer.check("承诺是否属实？", {
            "是": onward,
            "否": filled.fill("revocation", revoked) >> end.revoked("撤销许可"),
        }))
    granted = chain(issue(LICENCE, filled, result, within=delivery_limit, posts=office),
                    filled.fill("publish", published(LICENCE, "公开许可决定")),
                    verified, closed(filled), end.granted("办结"))
    return chain(
        filled.fill("application", applicant.submit("提交许可申请", materials=list(materials))),
        filled.fill("acceptance", acceptance(LICENCE, office, correction=correction_limit, before_check=promise)),
        filled.fill("examination", reviewer.examine("审查承诺和材料", within=ON_THE_SPOT, post=office.examine,
                                                    law=LICENCE.law("第三十四条"))),
        decision(LICENCE, filled, question, granted, within=ON_THE_SPOT, served=delivery_limit, posts=office,
                 law=LICENCE.law("第三十四条")))
