"""STR003: a step with several exits that is neither a decision nor a split."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import DECISION, END, JOIN, SPLIT

MARKED = (DECISION, SPLIT, JOIN, END)


def check(subject: Subject) -> Iterator[Fault]:
    exits = subject.flow.exits
    for node in subject.flow.nodes:
        count = len(exits[node.id])
        if count > 1 and node.kind not in MARKED:
            name = said(node)
            yield Fault(Text(f"{name.zh}之后直接分出 {count} 条线，看不出是都要走还是择一",
                             f"{count} lines leave {name.en}: are all of them taken, or one?"),
                        Text("择一用判断（check、decide、ask），都要走用 parallel(…)",
                             "use a decision (check, decide, ask) for one of them, parallel(…) for all"), node.id)


def bad() -> Subject:
    return graph("开始>受理 受理>现场勘验 受理>材料审查 现场勘验>!办结 材料审查>!办结")


def good() -> Subject:
    return graph("开始>受理 受理>+会审 +会审>现场勘验 +会审>材料审查 现场勘验>=会审 材料审查>=会审 =会审>!办结")


RULE = Rule(
    code="STR003", name="unmarked-branch", since="0.1", reads="flow",
    summary=Text("步骤之后不经判断或并行就分成几路。", "A step branches without a decision or a parallel sign."),
    why=Text("同样的图，有人理解为都要办，有人理解为择一办。",
             "One reader will take every branch, another will choose."),
    source=modelled("eCH-0158", "SEQ-002, ACT-002"),
    bad=bad, good=good, check=check,
)
