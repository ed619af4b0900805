"""PUB002: an item that is not in force."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    if item.state in ("暂停", "取消"):
        yield Fault(Text(f"事项状态是“{item.state}”，仍在公布", f"the item is {item.state}, and still published"),
                    Text("撤下流程图，或更正“事项状态”", "withdraw the chart, or correct 事项状态"))
    today = subject.today
    if today is not None and item.cancelled_on is not None and item.cancelled_on <= today:
        yield Fault(Text(f"事项已于{item.cancelled_on}取消", f"the item was cancelled on {item.cancelled_on}"),
                    Text("撤下流程图", "withdraw the chart"))
    if today is not None and item.effective_on is not None and item.effective_on > today:
        yield Fault(Text(f"事项到{item.effective_on}才生效", f"the item takes effect on {item.effective_on} only"),
                    Text("到期再公布，或注明生效日期", "publish it then, or state the date"))
    if item.effective_on is not None and item.cancelled_on is not None and item.cancelled_on <= item.effective_on:
        yield Fault(Text(f"取消日期{item.cancelled_on}不晚于生效日期{item.effective_on}",
                         f"it is cancelled on {item.cancelled_on}, not after it takes effect on {item.effective_on}"),
                    Text("更正两个日期", "correct the two dates"))


def bad() -> Subject:
    return ordinary({"state": "取消"})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PUB002", name="out-of-date", since="0.1", reads="item",
    summary=Text("公布的事项尚未生效、已经取消或者暂停。", "A published item is not yet, or no longer, in force."),
    why=Text("照过期的图办事，白跑一趟。", "Whoever follows an old chart comes in vain."),
    source=practice("政务服务事项动态调整", ""),
    bad=bad, good=good, check=check,
)
