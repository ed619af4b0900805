"""行政给付: money or help for those who are entitled to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block, applicant, end, onward, reviewer, window
from .acceptance import CORRECTION, ON_THE_SPOT, acceptance
from .decision import decision
from .delivery import ROUTINE, closed
from .matter import BENEFIT
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain
from .terms import share

STEPS = ("application", "acceptance", "investigation", "announcement", "decision", "refusal", "notice", "disbursement",
         "archive")
THIRTY, SEVEN = workdays(30), workdays(7)


@standard("行政给付", steps=STEPS)
def benefit(*, materials: Sequence[str] = ("申请表", "家庭经济状况授权书"), limit: Term = THIRTY,
            announcement_limit: Term = SEVEN, disbursement_limit: Term = ROUTINE, correction_limit: Term = CORRECTION,
            question: str = "是否符合给付条件？", posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A benefit: the facts are investigated, the finding announced and objections looked into, decided, paid out.

    *limit* runs from acceptance to decision and includes *announcement_limit*. No general act sets the limits: take
    them from the item's own basis. Other parameters as for ordinary_licence.

    >>> benefit(limit=workdays(20), announcement_limit=workdays(7)).flows_on
    False
    """
    filled, office = Slots(STEPS, slots), posts_of(posts)
    terms = share(limit, {"investigate": 3, "announce": 1, "objection": 1, "decide": 2},
                  {"announce": announcement_limit})
    announced = chain(
        reviewer.announce("公示调查结果", within=terms["announce"], issues="公示文本"),
        reviewer.check("公示有无异议？", {
            "有": reviewer.do("复核异议", within=terms["objection"], issues="异议复核意见"),
            "无": onward,
        }))
    paid = chain(
        filled.fill("notice", window.deliver("送达给付决定", within=ON_THE_SPOT, issues=BENEFIT.grant)),
        filled.fill("disbursement", window.disburse("发放给付", within=disbursement_limit)),
        closed(filled), end.granted("办结"))
    return chain(
        filled.fill("application", applicant.submit("提交给付申请", materials=list(materials))),
        filled.fill("acceptance", acceptance(BENEFIT, office, correction=correction_limit)),
        filled.fill("investigation", reviewer.inspect("调查核实情况", within=terms["investigate"],
                                                      post="两名以上工作人员", issues="调查核实记录")),
        filled.fill("announcement", announced),
        decision(BENEFIT, filled, question, paid, within=terms["decide"], served=ROUTINE, posts=office,
                 answers=("符合", "不符合")))
