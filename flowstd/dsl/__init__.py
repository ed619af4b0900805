"""What an author writes: a process is an expression.

Lanes have verbs that make steps, ``>>`` is sequence, branches are keywords or
a mapping; a branch that neither ends nor goes back flows on into what follows.

>>> flow = flow_of(
...     applicant.submit("提交申请", materials=["申请表", "身份证明"])
...     >> window.check("材料是否齐全？",
...         否=window.notify("一次告知", within=workdays(5)) >> applicant.supply("补正") >> back("材料是否齐全？"),
...         是=window.accept("受理", issues="受理通知书"))
...     >> decider.decide("是否准予许可？",
...         准予=window.deliver("送达", issues=result("许可证")) >> end.granted,
...         不予=end.refused))
>>> [lane.name for lane in flow.lanes]
['申请人', '窗口', '决定人']
"""

from flowstd.base.term import days, hours, months, workdays, years

from .blocks import Block
from .lanes import Lane
from .to_ir import flow_of
from .words import (
    applicant,
    back,
    call,
    decider,
    end,
    fragment,
    onward,
    organ,
    parallel,
    result,
    reviewer,
    system,
    third_party,
    window,
)

__all__ = [
    # who acts
    "applicant", "window", "reviewer", "decider", "third_party", "system", "organ", "Lane",
    # how steps are put together
    "parallel", "back", "end", "onward", "call", "fragment", "result", "Block",
    # how long
    "workdays", "days", "hours", "months", "years",
    # the graph
    "flow_of",
]
