"""STR013: a decision, split or join with one way in and one way out."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import DECISION, JOIN, SPLIT

SIGNS = (DECISION, SPLIT, JOIN)


def check(subject: Subject) -> Iterator[Fault]:
    flow = subject.flow
    for node in [node for node in flow.nodes if node.kind in SIGNS]:
        ways = flow.entries[node.id] if node.kind is JOIN else flow.exits[node.id]
        if len(ways) == 1 and not subject.merges(node):
            name = said(node)
            what = (Text("只有一个来源", "has one entry only") if node.kind is JOIN
                    else Text("只有一个去向", "has one exit only"))
            yield Fault(Text(f"{name.zh}{what.zh}，什么也没有分开或汇合",
                             f"{name.en} {what.en}: nothing branches or meets there"),
                        Text("补上其他分支，或改成普通步骤",
                             "add the other branches, or make it a plain step"), node.id)


def bad() -> Subject:
    return graph("开始>审查 审查>?是否合格 ?是否合格:是>!准予")


def good() -> Subject:
    return graph("开始>审查 审查>?是否合格 ?是否合格:是>!准予 ?是否合格:否>!不予")


RULE = Rule(
    code="STR013", name="idle-sign", since="0.1", reads="flow",
    summary=Text("判断或并行符号只有一进一出。", "A decision or parallel sign with one way in and one way out."),
    why=Text("多余的符号让人去找不存在的另一条路。",
             "An idle sign sends the reader looking for a way that is not there."),
    source=modelled("bpmnlint", "superfluous-gateway"),
    bad=bad, good=good, check=check,
)
