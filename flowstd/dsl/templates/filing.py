"""备案: put on file, not decided on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowstd.base.term import Term, workdays

from ..words import Block, applicant, end, window
from ..words import result as result_of
from .acceptance import CORRECTION, ON_THE_SPOT, acceptance
from .delivery import ROUTINE, called
from .matter import FILING
from .posts import posts_of
from .registry import standard
from .slots import NOTHING, Given, Slots, chain

STEPS = ("application", "acceptance", "registration", "deliver", "publish", "archive")
ONE_DAY = workdays(1)


@standard("备案", steps=STEPS)
def filing(*, materials: Sequence[str] = ("备案表",), result: str = "备案回执", limit: Term = ONE_DAY,
           correction_limit: Term = CORRECTION, posts: Mapping[str, str] = NOTHING, slots: Given = NOTHING) -> Block:
    """A filing: the file is complete or is completed, is put on record, and a receipt is given. Nothing is refused.

    *result*: the receipt. *limit*: from the complete file to the record, as the item's own basis says.

    >>> filing(result="中医诊所备案证").flows_on
    False
    """
    filled, office = Slots(STEPS, slots), posts_of(posts)
    recorded = filled.fill("registration", window.register("登记备案信息", within=limit, issues=result_of(result),
                                                           post=office.examine))
    return chain(
        filled.fill("application", applicant.submit("提交备案材料", materials=list(materials))),
        filled.fill("acceptance", acceptance(FILING, office, correction=correction_limit, accepted=recorded)),
        filled.fill("deliver", window.deliver(f"送达{called(result)}", within=ON_THE_SPOT, post=office.issue)),
        filled.fill("publish", window.publish("公开备案信息", within=ROUTINE)),
        filled.fill("archive", window.archive("立卷归档", within=ROUTINE)),
        end.done("备案完成"))
