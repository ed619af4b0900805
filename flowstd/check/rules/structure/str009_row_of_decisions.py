"""STR009: more than two decisions straight after each other."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject, said

MOST = 2


def check(subject: Subject) -> Iterator[Fault]:
    depth: dict[str, int] = {}
    flow, exits = subject.flow, subject.flow.exits
    asked = {node.id for node in subject.decisions}
    follow = {link.target for node in asked for link in exits[node] if link.target in asked}
    for node in subject.order if len(follow) >= MOST else ():
        if node in asked:
            before = [depth.get(link.source, 0) for link in flow.entries[node] if link.id not in subject.returning]
            depth[node] = 1 + max(before, default=0)
            if depth[node] == MOST + 1:
                name = said(flow.node_by_id[node])
                yield Fault(Text(f"到{name.zh}已连续 {depth[node]} 个判断，中间没有步骤",
                                 f"{depth[node]} decisions in a row, up to {name.en}, with no step between them"),
                            Text("把几个判断合成一个多分支的判断，或列成规则表",
                                 "make them one decision with several exits, or a table of rules"), node)


def bad() -> Subject:
    return graph("开始>收件 收件>?甲 ?甲:是>?乙 ?甲:否>!不予 ?乙:是>?丙 ?乙:否>!不予 ?丙:是>!准予 ?丙:否>!不予")


def good() -> Subject:
    return graph("开始>收件 收件>?甲 ?甲:是>?乙 ?甲:否>!不予 ?乙:是>审查 ?乙:否>!不予 审查>?丙 ?丙:是>!准予 ?丙:否>!不予")


RULE = Rule(
    code="STR009", name="row-of-decisions", since="0.1", reads="flow",
    summary=Text("连续两个以上的判断。", "More than two decisions in a row."),
    why=Text("一串菱形难读，多半是一张规则表。", "A row of diamonds is hard to read; it usually is a table of rules."),
    source=modelled("eCH-0158", "GEN-007"),
    bad=bad, good=good, check=check,
)
