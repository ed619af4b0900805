"""STR006: a decision that nobody has prepared."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import JOIN, SPLIT, START

IDLE = frozenset((START, SPLIT, JOIN))


def check(subject: Subject) -> Iterator[Fault]:
    nodes, entries = subject.flow.node_by_id, subject.flow.entries
    for node in subject.decisions:
        if node.step is not None:
            continue                      # a question that is itself a step: 形式审查, 决定
        before = [nodes[link.source].kind for link in entries[node.id] if not link.back]
        if before and IDLE.issuperset(before):
            name = said(node)
            yield Fault(Text(f"判断{name.zh}之前没有任何步骤", f"no step comes before the decision {name.en}"),
                        Text("先写出由谁做什么，再判断", "first say who does what, then decide"), node.id)


def bad() -> Subject:
    return graph("开始>?是否合格 ?是否合格:是>!准予 ?是否合格:否>!不予")


def good() -> Subject:
    return graph("开始>审查 审查>?是否合格 ?是否合格:是>!准予 ?是否合格:否>!不予")


RULE = Rule(
    code="STR006", name="question-without-check", since="0.1", reads="flow",
    summary=Text("判断之前没有得出答案的步骤。", "No step before a decision works out its answer."),
    why=Text("判断只是分岔，答案要由前面的步骤得出。", "A decision only parts the ways; a step must find the answer."),
    source=modelled("eCH-0158", "GW-001"),
    bad=bad, good=good, check=check,
)
