"""联合办理: one window takes the application, several organs examine side by side, one decision is served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.errors import BadElement
from flowstd.base.term import Term, workdays
from flowstd.base.text import Text

from ..position import here
from ..words import Block, applicant, fragment, organ, parallel, reviewer
from .acceptance import CORRECTION, accept, acceptance
from .decision import decision
from .delivery import LIMIT, conferment
from .matter import LICENCE
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain
from .terms import share

STEPS = ("application", "acceptance", "examination", "summary", "decision", "refusal", "certify",
         "deliver", "publish", "archive")
JOINT = workdays(45)               # 第四十二条第二款


@standard("联合办理", steps=STEPS)
def joint(*, organs: Sequence[str] = ("部门甲", "部门乙"), materials: Sequence[str] = ("联合申请表",),
          result: str = "许可证", limit: Term = JOINT, correction_limit: Term = CORRECTION,
          delivery_limit: Term = LIMIT, question: str = "是否准予许可？", posts: Mapping[str, str] = NOTHING,
          slots: Given = NOTHING) -> Block:
    """A licence for which *organs*, two or more, give their opinion at the same time (《行政许可法》第二十六条).

    *limit*: from acceptance to decision, at most forty-five working days (第四十二条第二款); the organs work side by
    side, so their time counts once. Other parameters as for ordinary_licence.
    Raises: BadElement: fewer than two organs.

    >>> joint(organs=["公安交警大队", "园林绿化中心"], limit=workdays(20)).flows_on
    False
    """
    if len(set(organs)) < max(2, len(organs)):
        example = 'organs=["公安交警大队", "园林绿化中心"]'
        raise BadElement(Text("联合办理需要至少两个不同的部门", "joint handling needs two or more different organs"),
                         where=here(), fix=Text(f"写 {example}", f"write {example}"))
    filled, office = Slots(STEPS, slots), posts_of(posts)
    terms = share(limit, {"organs": 5, "summary": 2, "decide": 2})
    accepted = accept(LICENCE, office, label="受理并转告有关部门", issues=("联合办理转告单",))      # 第二十六条
    opinions = fragment("并联审查", parallel(
        *(organ(name).examine("审查并出具意见", within=terms["organs"], issues=f"{name}审查意见", law=LICENCE.law("第二十六条"))
          for name in organs), name="并联审查"))
    return chain(
        filled.fill("application", applicant.submit("提交联合申请", materials=list(materials))),
        filled.fill("acceptance", acceptance(LICENCE, office, correction=correction_limit, accepted=accepted)),
        filled.fill("examination", opinions),
        filled.fill("summary", reviewer.examine("汇总审查意见", within=terms["summary"], issues="联合审查意见",
                                                post=office.examine, law=LICENCE.law("第三十四条"))),
        decision(LICENCE, filled, question,
                 conferment(LICENCE, filled, result, within=delivery_limit, posts=office),
                 within=terms["decide"], served=delivery_limit, posts=office))
