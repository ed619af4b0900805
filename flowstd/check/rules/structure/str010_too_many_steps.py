"""STR010: a chart with more steps than a reader can hold."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject
from flowstd.ir.kinds import CALL, TASK

MOST = 15          # parts of one chart; the steps of a named fragment count as one part


def check(subject: Subject) -> Iterator[Fault]:
    nodes = (*subject.by_kind[TASK], *subject.by_kind[CALL])
    parts = {node.group.partition("/")[0] or node.id for node in nodes} if len(nodes) > MOST else ()
    if len(parts) > MOST:
        yield Fault(Text(f"流程有 {len(parts)} 个部分，超过 {MOST} 个",
                         f"the flow has {len(parts)} parts, more than {MOST}"),
                    Text("用 fragment(\"名称\", …) 归并相关步骤，或把一部分写成另一张图再 call(…)",
                         'group steps with fragment("name", …), or make a part a chart of its own and call(…) it'))


def bad() -> Subject:
    return graph("开始>第1步 " + " ".join(f"第{n}步>第{n + 1}步" for n in range(1, 16)) + " 第16步>!办结")


def good() -> Subject:
    return graph("开始>第1步 " + " ".join(f"第{n}步>第{n + 1}步" for n in range(1, 15)) + " 第15步>!办结")


RULE = Rule(
    code="STR010", name="too-many-steps", since="0.1", reads="flow",
    summary=Text("一张图的部分超过 15 个。", "A chart has more than 15 parts."),
    why=Text("超过十五个部分的图，一眼看不完。", "More than fifteen parts cannot be taken in at a glance."),
    source=modelled("eCH-0158", "DIA-002"),
    bad=bad, good=good, check=check,
)
