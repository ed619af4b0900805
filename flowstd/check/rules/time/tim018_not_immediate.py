"""TIM018: what is called immediate is not done within a day."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import Term, Unit, workdays
from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import told
from flowstd.ir.kinds import StepKind

SLOW = (StepKind.INSPECT, StepKind.HEAR, StepKind.REVIEW, StepKind.TEST, StepKind.APPRAISE, StepKind.TENDER,
        StepKind.EXAM,
        StepKind.ANNOUNCE)


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    if item.case_type != "即办件":
        return
    if item.promised is not None and not _within_a_day(item.promised):
        yield Fault(Text(f"办件类型是即办件，承诺却是{item.promised.zh}",
                         f"the case type is 即办件, but {told(item.promised).en} are promised"),
                    Text("承诺写“当场”或1个工作日，或者改为承诺件",
                         "promise one working day at most, or make it 承诺件"))
    for node in subject.steps(*SLOW):
        name = said(node)
        yield Fault(Text(f"办件类型是即办件，流程里却有{name.zh}",
                         f"the case type is 即办件, but the flow has {name.en}"),
                    Text("去掉这一步，或者改为承诺件", "take the step out, or make it 承诺件"), node.id)
    way = subject.measure.counted
    if way is not None and way.total.exceeds(workdays(1)):
        yield Fault(Text(f"办件类型是即办件，受理到决定却要{way.total.zh}：{way.said.zh}",
                         f"the case type is 即办件, but acceptance to decision takes {way.total.en}: {way.said.en}"),
                    Text("缩短到1个工作日以内，或者改为承诺件", "keep it within one working day, or make it 承诺件"),
                    way.steps[-1].id)


def _within_a_day(term: Term) -> bool:
    return not term.count or term.unit is Unit.HOURS or (term.unit is Unit.WORKDAYS and term.count == 1)


def bad() -> Subject:
    return ordinary({"case_type": "即办件"})


def good() -> Subject:
    return ordinary({"case_type": "即办件", "promised": "1工作日"}, template="immediate")


RULE = Rule(
    code="TIM018", name="not-immediate", since="0.1", reads="case",
    summary=Text("即办件的承诺、步骤或路径超过一个工作日。", "An immediate item takes more than one working day."),
    why=Text("即办就是来了就办，有现场勘验、评审的不是即办件。",
             "Immediate means done while you wait; with a site visit or a review it is not."),
    source=practice("政务服务事项要素", "办件类型"),
    bad=bad, good=good, check=check,
)
