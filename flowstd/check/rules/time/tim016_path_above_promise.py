"""TIM016: the steps take longer than the organ promises."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.check.time import told


def check(subject: Subject) -> Iterator[Fault]:
    promised, way = subject.item.promised, subject.measure.counted
    if promised is None or way is None:
        return
    last = way.steps[-1].id if way.steps else ""
    if not way.total.comparable(promised):
        yield Fault(Text(f"步骤时限{way.total.zh}与承诺办结时限{promised.zh}单位不同，无法相加比较",
                         f"the steps, {way.total.en}, and the promise, {told(promised).en}, differ in unit and "
                         "cannot be compared"),
                    Text("步骤和承诺用同一单位", "give steps and promise in the same unit"), last)
    elif way.total.exceeds(promised):
        yield Fault(Text(f"受理到决定最长{way.total.zh}，超过承诺的{promised.zh}：{way.said.zh}",
                         f"from acceptance to decision it can take {way.total.en}, more than the promised "
                         f"{told(promised).en}: "
                         f"{way.said.en}"),
                    Text(f"缩短步骤，或把承诺改为{way.total.zh}",
                         f"shorten the steps, or promise {way.total.en}"), last)


def bad() -> Subject:
    return ordinary({"promised": "5工作日"}, limit=workdays(10))


def good() -> Subject:
    return ordinary({"promised": "10工作日"}, limit=workdays(10))


RULE = Rule(
    code="TIM016", name="path-above-promise", since="0.1", reads="case",
    summary=Text("最长路径的步骤时限之和超过承诺办结时限。",
                 "The longest way through the steps exceeds the promised limit."),
    why=Text("照图办事，最慢的一条路也要兑现承诺。", "Whoever takes the slowest way must get what was promised too."),
    source=modelled("DB1405/T 085-2025", "各环节时限之和与承诺时限一致"),
    bad=bad, good=good, check=check,
)
