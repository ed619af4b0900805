"""STR014: the same line drawn twice."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject, said


def check(subject: Subject) -> Iterator[Fault]:
    seen: set[tuple[str, str, str]] = set()
    for link in subject.flow.links:
        key = (link.source, link.target, link.label)
        if key in seen:
            a, b = said(subject.flow.node_by_id[link.source]), said(subject.flow.node_by_id[link.target])
            yield Fault(Text(f"{a.zh}到{b.zh}的连线重复", f"the line from {a.en} to {b.en} is there twice"),
                        Text("删去一条", "take one out"), link.source, link.id)
        seen.add(key)


def bad() -> Subject:
    return graph("开始>受理 受理>决定 受理>决定 决定>!办结")


def good() -> Subject:
    return graph("开始>受理 受理>决定 决定>!办结")


RULE = Rule(
    code="STR014", name="double-line", since="0.1", reads="flow",
    summary=Text("同样的两个步骤之间有两条相同的连线。", "Two equal lines between the same steps."),
    why=Text("重复的线会让后一步办两次。", "A line drawn twice makes the next step happen twice."),
    source=modelled("bpmnlint", "no-duplicate-sequence-flows"),
    bad=bad, good=good, check=check,
)
