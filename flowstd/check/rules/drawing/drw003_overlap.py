"""DRW003: things on the chart cover each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import drawn, ordinary
from flowstd.check.subject import Subject

TEXT = ("text-leaves-box", "label-missing")      # DRW005


def check(subject: Subject) -> Iterator[Fault]:
    for fault in subject.picture.seen.faults:
        if fault.name not in TEXT:
            node = fault.first if fault.first in subject.flow.node_by_id else ""
            yield Fault(Text(f"图上有重叠或错位：{fault}", f"things overlap or are out of place: {fault}"),
                        Text("这是排版的错误，请连同流程一起报告",
                             "this is a fault of the layout: report it with the flow"), node)


def bad() -> Subject:
    subject = drawn(ordinary())
    first, second, *others = subject.picture.drawing.symbols
    return drawn(subject, replace(subject.picture.drawing, symbols=(first, second._replace(rect=first.rect), *others)))


def good() -> Subject:
    return drawn(ordinary())


RULE = Rule(
    code="DRW003", name="overlap", since="0.1", reads="drawing",
    summary=Text("图上的框、线、字有重叠或错位。", "Boxes, lines or labels overlap or are out of place."),
    why=Text("压在一起的框和线，读图的人会看错。", "Where boxes and lines cover each other, readers go wrong."),
    source=modelled("eCH-0158", "SEQ-004"),
    bad=bad, good=good, check=check,
)
