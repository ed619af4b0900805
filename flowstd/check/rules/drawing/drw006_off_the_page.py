"""DRW006: a chart that fits neither A4 nor A3."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import drawn, ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    pages = subject.picture.pages
    if pages > 1:
        wide, high = subject.picture.extent
        yield Fault(Text(f"图要分 {pages} 页：9 磅字时宽 {wide:.0f} 毫米、高 {high:.0f} 毫米，连同表头、页脚，A3 一页放不下",
                         f"the chart takes {pages} pages: with 9 pt text it is {wide:.0f} mm by {high:.0f} mm, which "
                         "with its "
                         f"title block and foot does not fit one A3 page"),
                    Text("归并步骤，或把一部分拆成另一张图", "group steps, or make a part a chart of its own"))


def bad() -> Subject:
    return drawn(ordinary(), pages=3)


def good() -> Subject:
    return drawn(ordinary())


RULE = Rule(
    code="DRW006", name="off-the-page", since="0.1", reads="drawing",
    summary=Text("图在 A3 一页放不下。", "The chart does not fit one A3 page."),
    why=Text("窗口张贴的图要一页看完。", "A chart on the wall of an office is read on one page."),
    source=practice("流程图排版", "纸张"),
    bad=bad, good=good, check=check,
)
