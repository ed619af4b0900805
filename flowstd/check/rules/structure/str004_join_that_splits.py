"""STR004: a join that also splits."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import JOIN


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.by_kind[JOIN]:
        if len(subject.flow.exits[node.id]) > 1:
            name = said(node)
            yield Fault(Text(f"{name.zh}既汇合又分开", f"{name.en} joins and splits at once"),
                        Text("先汇合，再用另一个判断或并行分开",
                             "join first, then branch with a decision or parallel part of its own"),
                        node.id)


def bad() -> Subject:
    return graph("开始>+审 +审>甲 +审>乙 甲>=审 乙>=审 =审>制证 =审>公开 制证>=完 公开>=完 =完>!办结")


def good() -> Subject:
    return graph("开始>+审 +审>甲 +审>乙 甲>=审 乙>=审 =审>+出 +出>制证 +出>公开 制证>=完 公开>=完 =完>!办结")


RULE = Rule(
    code="STR004", name="join-that-splits", since="0.1", reads="flow",
    summary=Text("同一个符号既是汇合又是分开。", "One symbol joins and splits at once."),
    why=Text("一个符号只说一件事，读图的人才不会漏看。", "One symbol says one thing, or readers miss the other."),
    source=modelled("bpmnlint", "no-gateway-join-fork"),
    bad=bad, good=good, check=check, about=(JOIN,),
)
