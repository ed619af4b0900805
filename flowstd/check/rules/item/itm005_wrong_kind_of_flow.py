"""ITM005: a flow that is not of the item's kind."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Outcome, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    refused = subject.ends(Outcome.REFUSED)
    filing = "备案" in item.name and item.item_type != "行政许可"
    if refused and (filing or item.item_type == "公共服务"):
        kind = Text("备案" if filing else "公共服务", "a filing" if filing else "a public service")
        yield Fault(Text(f"{kind.zh}事项的流程有{said(refused[0]).zh}的结果",
                         f"{kind.en} ends in {said(refused[0]).en}"),
                    Text("备案只登记、服务只办理，不作准予或不予的决定；否则更正事项类型",
                         "a filing registers and a service serves, neither decides; or correct the item type"),
                    refused[0].id)
    if item.item_type == "行政给付" and not subject.steps(StepKind.DISBURSE):
        yield Fault(Text("行政给付事项的流程没有发放", "a benefit is never paid out"),
                    Text("加一步 window.disburse(\"发放给付\")", 'add window.disburse("发放给付")'))


def bad() -> Subject:
    return ordinary({"name": "户外广告设施备案", "item_type": "其他行政权力"})


def good() -> Subject:
    return ordinary({"name": "户外广告设施备案", "item_type": "其他行政权力", "results": ["备案回执"]},
                    template="filing")


RULE = Rule(
    code="ITM005", name="wrong-kind-of-flow", since="0.1", reads="case",
    summary=Text("流程与事项类型不相称。", "The flow does not fit the type of the item."),
    why=Text("备案不是许可；画成许可就是变相设许可。", "A filing is no licence; drawn like one, it becomes one."),
    source=practice("事项类型与办理流程", ""),
    bad=bad, good=good, check=check,
)
