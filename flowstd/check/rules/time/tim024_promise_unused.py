"""TIM024: the steps take less than the organ promises."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.check.time import told
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    promised, way = subject.item.promised, subject.measure.counted
    if promised is None or way is None or not way.total.below(promised):
        return
    if any(node.within is None for node in subject.steps(StepKind.EXAMINE, StepKind.DECIDE)):
        return                            # TIM017: the sum is not whole
    yield Fault(Text(f"受理到决定最长{way.total.zh}，短于承诺的{promised.zh}：{way.said.zh}",
                     f"from acceptance to decision it takes {way.total.en} at most, less than the promised "
                     f"{told(promised).en}: {way.said.en}"),
                Text(f"把承诺改为{way.total.zh}，或补上遗漏的步骤时限",
                     f"promise {way.total.en}, or give the missing limits"),
                way.steps[-1].id if way.steps else "")


def bad() -> Subject:
    return ordinary({"promised": "15工作日"}, limit=workdays(10))


def good() -> Subject:
    return ordinary({"promised": "10工作日"}, limit=workdays(10))


RULE = Rule(
    code="TIM024", name="promise-unused", since="0.1", reads="case",
    summary=Text("最长路径的步骤时限之和短于承诺办结时限。",
                 "The longest way through the steps is shorter than the promised limit."),
    why=Text("步骤和承诺对不上，两处总有一处不实。", "Where steps and promise disagree, one of them is not true."),
    source=modelled("DB1405/T 085-2025", "各环节时限之和与承诺时限一致"),
    bad=bad, good=good, check=check,
)
