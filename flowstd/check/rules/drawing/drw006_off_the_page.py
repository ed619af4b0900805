"""DRW006: a chart that fits neither A4 nor A3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import drawn, ordinary
from flowstd.check.subject import Subject

A3 = (277, 400)    # mm within margins of 10 mm


def check(subject: Subject) -> Iterator[Fault]:
    from flowstd.layout.quality import measure

    size = measure(subject.drawing)
    wide, high = size.width_mm, size.height_mm
    if size.a4 or size.a4_level or (wide <= A3[0] and high <= A3[1]) or (wide <= A3[1] and high <= A3[0]):
        return
    yield Fault(Text(f"图宽 {wide:.0f} 毫米、高 {high:.0f} 毫米（9 磅字），A3 一页放不下",
                     f"the chart is {wide:.0f} mm by {high:.0f} mm with 9 pt text and does not fit one A3 page"),
                Text("归并步骤，或把一部分拆成另一张图", "group steps, or make a part a chart of its own"))


def bad() -> Subject:
    subject = drawn(ordinary())
    low = replace(subject.drawing.symbols[-1], rect=subject.drawing.symbols[-1].rect._replace(y=4000))
    return drawn(subject, replace(subject.drawing, height=4200, symbols=(*subject.drawing.symbols[:-1], low)))


def good() -> Subject:
    return drawn(ordinary())


RULE = Rule(
    code="DRW006", name="off-the-page", since="0.1", reads="drawing",
    summary=Text("图在 A3 一页放不下。", "The chart does not fit one A3 page."),
    why=Text("窗口张贴的图要一页看完。", "A chart on the wall of an office is read on one page."),
    source=practice("流程图排版", "纸张"),
    bad=bad, good=good, check=check,
)
