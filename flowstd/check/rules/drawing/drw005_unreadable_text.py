"""DRW005: text that is cut, lost or too small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import drawn, ordinary
from flowstd.check.subject import Subject

LEAST = 9          # pt
NAMES = ("text-leaves-box", "label-missing")


def check(subject: Subject) -> Iterator[Fault]:
    points = subject.picture.points
    if points < LEAST:
        yield Fault(Text(f"字号 {points:.2g} 磅，小于 {LEAST} 磅", f"text of {points:.2g} pt, less than {LEAST} pt"),
                    Text("图太大，排到纸上字只能这么小：归并步骤，或把一部分拆成另一张图",
                         "the chart is too large for larger type: group steps, or make a part a chart of its own"))
    for fault in subject.picture.seen.faults:
        if fault.name in NAMES:
            node = fault.first if fault.first in subject.flow.node_by_id else ""
            yield Fault(Text(f"文字出框或缺失：{fault}", f"text leaves its box or is missing: {fault}"),
                        Text("这是排版的错误，请连同流程一起报告",
                             "this is a fault of the layout: report it with the flow"), node)


def bad() -> Subject:
    subject = drawn(ordinary())
    return drawn(subject, replace(subject.picture.drawing, font_px=8))


def good() -> Subject:
    return drawn(ordinary())


RULE = Rule(
    code="DRW005", name="unreadable-text", since="0.1", reads="drawing",
    summary=Text("图上的文字出框、缺失或者小于 9 磅。", "Text leaves its box, is missing, or is smaller than 9 pt."),
    why=Text("打印出来读不了的图，等于没有。", "A chart that cannot be read on paper is none."),
    source=practice("流程图排版", "字号"),
    bad=bad, good=good, check=check,
)
