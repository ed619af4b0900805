"""DRW004: a chart with many crossing lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import drawn, ordinary
from flowstd.check.subject import Subject

MOST = 6


def check(subject: Subject) -> Iterator[Fault]:
    crossings = subject.picture.seen.crossings
    if crossings > MOST:
        yield Fault(Text(f"图上有 {crossings} 处线条交叉", f"lines cross at {crossings} points"),
                    Text("调整泳道的顺序，或把一部分拆成另一张图",
                         "change the order of the lanes, or make a part a chart of its own"))


def bad() -> Subject:
    from flowstd.layout.model import Point

    subject = drawn(ordinary())
    width = subject.picture.drawing.width
    across = [wire._replace(id=f"{wire.id}-{n}", points=(Point(0, 60 + 40 * n), Point(width, 60 + 40 * n)))
              for n, wire in enumerate(subject.picture.drawing.wires[:12])]
    return drawn(subject, replace(subject.picture.drawing, wires=(*subject.picture.drawing.wires, *across)))


def good() -> Subject:
    return drawn(ordinary())


RULE = Rule(
    code="DRW004", name="many-crossings", since="0.1", reads="drawing",
    summary=Text("线条交叉过多。", "Many lines cross."),
    why=Text("交叉多的图，顺着线走会走岔。", "Where lines cross, the eye takes the wrong one."),
    source=modelled("GB/T 1526-1989", "避免流线交叉"),
    bad=bad, good=good, check=check,
)
