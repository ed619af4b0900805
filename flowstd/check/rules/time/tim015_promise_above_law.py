"""TIM015: the organ promises more time than the law allows."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.check.time import Total, told


def check(subject: Subject) -> Iterator[Fault]:
    promised, statutory = subject.item.promised, subject.item.statutory
    if promised is None or statutory is None:
        return
    total = Total.of([promised])
    if promised.count and not total.comparable(statutory):
        yield Fault(Text(f"承诺办结时限{promised.zh}与法定办结时限{statutory.zh}单位不同",
                         f"the promise, {told(promised).en}, and the statutory limit, {told(statutory).en}, differ "
                         "in unit"),
                    Text("两个时限用同一单位", "give both in the same unit"))
    elif total.exceeds(statutory):
        yield Fault(Text(f"承诺办结时限{promised.zh}长于法定办结时限{statutory.zh}",
                         f"the promise, {told(promised).en}, is longer than the statutory limit, {told(statutory).en}"),
                    Text(f"承诺不超过{statutory.zh}", f"promise {told(statutory).en} or less"))


def bad() -> Subject:
    return ordinary({"promised": "30工作日"})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="TIM015", name="promise-above-law", since="0.1", reads="item",
    summary=Text("承诺办结时限长于法定办结时限。", "The promised limit is longer than the statutory one."),
    why=Text("承诺只能比法定的短。", "A promise can only shorten what the law allows."),
    source=practice("政务服务事项要素", "承诺办结时限"),
    bad=bad, good=good, check=check,
)
