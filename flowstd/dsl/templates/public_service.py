"""公共服务: a service is given; there is nothing to grant or refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block, applicant, back, end, onward, window
from ..words import result as result_of
from .acceptance import ON_THE_SPOT
from .delivery import ROUTINE
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain

STEPS = ("application", "acceptance", "handling", "deliver", "archive")
CLEAR = "信息是否完整？"
ONE_DAY = workdays(1)


@standard("公共服务", steps=STEPS)
def public_service(*, materials: Sequence[str] = ("服务申请表",), result: str = "办理结果",
                   service: str = "办理服务事项", limit: Term = ONE_DAY, posts: Mapping[str, str] = NOTHING,
                   slots: Given = NOTHING) -> Block:
    """A public service: asked for, given, and the result handed over; who is wrong here is told where to go.

    *service*: the step that gives it, as 查询档案; *limit*: its time.

    >>> public_service(service="查询登记档案", result="档案查询结果").flows_on
    False
    """
    filled, office = Slots(STEPS, slots), posts_of(posts)
    asked = chain(
        window.check("是否属于本窗口服务事项？", {
            "是": onward,
            "否": window.notify("告知办理渠道", within=ON_THE_SPOT) >> end.transferred("转有权机关"),
        }),
        window.check(CLEAR, {
            "是": onward,
            "否": window.notify("一次性告知补充", within=ON_THE_SPOT) >> applicant.supply("补充信息") >> back(CLEAR),
        }, post=office.accept))
    return chain(
        filled.fill("application", applicant.submit("提出服务申请", materials=list(materials))),
        filled.fill("acceptance", asked),
        filled.fill("handling", window.do(service, within=limit, issues=result_of(result), post=office.examine)),
        filled.fill("deliver", window.deliver("反馈办理结果", within=ON_THE_SPOT)),
        filled.fill("archive", window.archive("立卷归档", within=ROUTINE)),
        end.done("服务办结"))
