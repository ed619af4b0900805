"""市场主体登记: registered on the spot when the file is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block, applicant, onward, reviewer, window
from .acceptance import CORRECTION, ON_THE_SPOT, acceptance
from .decision import decision
from .delivery import conferment
from .matter import REGISTRATION
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain
from .statute import LICENSING, MARKET

STEPS = ("application", "acceptance", "examination", "verification", "decision", "refusal", "registration", "certify",
         "deliver", "publish", "archive")
THREE = workdays(3)


@standard("市场主体登记", steps=STEPS)
def registration(*, materials: Sequence[str] = ("登记申请书", "身份证明"), result: str = "营业执照",
                 verification_limit: Term = THREE, correction_limit: Term = CORRECTION,
                 delivery_limit: Term = ON_THE_SPOT,
                 question: str = "是否准予登记？", posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """The registration of a market subject: on the spot (《行政许可法》第五十六条), unless facts must be verified.

    *verification_limit*: then (《市场主体登记管理条例》第十九条: within three working days). Other parameters as for
    ordinary_licence.

    >>> registration(result="营业执照").flows_on
    False
    """
    filled, office = Slots(STEPS, slots), posts_of(posts)
    granted = chain(filled.fill("registration", window.register("登记信息入库", within=ON_THE_SPOT)),
                    conferment(REGISTRATION, filled, result, within=delivery_limit, posts=office,
                               publish="公示登记信息"))
    return chain(
        filled.fill("application", applicant.submit("提交登记申请", materials=list(materials))),
        filled.fill("acceptance", acceptance(REGISTRATION, office, correction=correction_limit)),
        filled.fill("examination", reviewer.examine("形式审查", within=ON_THE_SPOT, post=office.examine,
                                                    law=MARKET.article("第十九条"))),
        reviewer.ask("是否需要核实实质内容？", {
            "是": filled.fill("verification", reviewer.inspect(
                "核实实质内容", within=verification_limit, post="两名以上工作人员",
                law=[LICENSING.article("第三十四条"), MARKET.article("第十九条")])),
            "否": onward,
        }, law=LICENSING.article("第五十六条")),
        decision(REGISTRATION, filled, question, granted, within=ON_THE_SPOT, served=delivery_limit, posts=office,
                 law=LICENSING.article("第五十六条")))
