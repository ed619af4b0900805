"""DRW002: a line runs backwards although nothing goes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import drawn, ordinary
from flowstd.check.subject import Subject, said


def check(subject: Subject) -> Iterator[Fault]:
    picture, flow = subject.picture, subject.picture.flow
    back = subject.returning if flow is subject.flow else {link.id for link in flow.links if link.back}
    for wire in picture.drawing.wires:
        if wire.back and wire.id not in back and wire.id not in picture.returning:
            a, b = (said(flow.node_by_id[id]) for id in (wire.source, wire.target))
            yield Fault(Text(f"{a.zh}到{b.zh}的连线逆着走向画",
                             f"the line from {a.en} to {b.en} runs against the flow"),
                        Text("调整泳道或步骤的顺序", "change the order of lanes or steps"), wire.source, wire.id)


def bad() -> Subject:
    subject = drawn(ordinary())
    first, *others = subject.picture.drawing.wires
    return drawn(subject, replace(subject.picture.drawing, wires=(first._replace(back=True), *others)))


def good() -> Subject:
    return drawn(ordinary())


RULE = Rule(
    code="DRW002", name="against-the-flow", since="0.1", reads="drawing",
    summary=Text("除返回之外，有连线逆着走向。", "A line that is no way back runs against the flow."),
    why=Text("图从上往下（或从左往右）读，往回走的只有补正一类。",
             "A chart is read downwards or rightwards; only returns go back."),
    source=modelled("GB/T 1526-1989", "流线方向"),
    bad=bad, good=good, check=check,
)
