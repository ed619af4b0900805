"""即办件: decided on the spot, or within a working day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.errors import BadElement
from flowstd.base.term import Term, Unit, workdays
from flowstd.base.text import Text

from ..position import here
from ..words import Block, applicant, decider, end, window
from .acceptance import CORRECTION, ON_THE_SPOT, acceptance
from .decision import decision
from .delivery import closed, issue
from .matter import LICENCE
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain
from .terms import share

STEPS = ("application", "acceptance", "examination", "decision", "refusal", "certify", "deliver", "archive")
ONE_DAY = workdays(1)


@standard("即办件", steps=STEPS)
def immediate(*, materials: Sequence[str] = ("申请表",), result: str = "许可证", limit: Term = ONE_DAY,
              correction_limit: Term = CORRECTION, question: str = "是否准予许可？", posts: Mapping[str, str] = NOTHING,
              slots: Given = NOTHING) -> Block:
    """A licence decided on the spot (《行政许可法》第三十四条第二款): no special procedure, no visit, one counter.

    *limit*: on the spot, ``workdays(0)``, or one working day. Other parameters as for ordinary_licence.
    Raises: BadElement: a longer limit.

    >>> immediate(limit=workdays(0)).flows_on
    False
    """
    if limit.unit is Unit.WORKDAYS and limit.count > 1:
        raise BadElement(Text(f"即办件的时限不能是 {limit}", f"an immediate case may not take {limit}"), where=here(),
                         fix=Text("写 workdays(0) 或 workdays(1)，或改用模板 ordinary_licence",
                                  "use workdays(0) or workdays(1), or the template ordinary_licence"))
    filled, office = Slots(STEPS, slots), posts_of(posts)
    terms = share(limit, {"examine": 2, "decide": 1})
    return chain(
        filled.fill("application", applicant.submit("提交许可申请", materials=list(materials))),
        filled.fill("acceptance", acceptance(LICENCE, office, correction=correction_limit)),
        filled.fill("examination", window.examine("当场审查", within=terms["examine"], law=LICENCE.law("第三十四条"),
                                                  post=office.examine)),
        decision(LICENCE, filled, question,
                 chain(issue(LICENCE, filled, result, within=ON_THE_SPOT, posts=office), closed(filled),
                       end.granted("办结")),
                 within=terms["decide"], served=ON_THE_SPOT, posts=office, by=decider, law=LICENCE.law("第三十四条")))
