"""PRC014: there are fewer licences than applicants, and nobody knows who gets them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.check.words import remarks
from flowstd.ir.kinds import StepKind

LIMITED = re.compile("数量限制|总量控制|限定数量|名额|数量有限|总量有限")
UNLIMITED = re.compile("(?:无|没有|不设|不受)(?:数量限制|总量控制|名额)")
ORDER = re.compile("先后|先到先|顺序|轮候|排队|摇号|抽签|招标|拍卖|竞争|择优|评分")


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    conditions = " ".join(item.acceptance_conditions)
    found = LIMITED.search(UNLIMITED.sub("", conditions))
    if not found or subject.steps(StepKind.TENDER):
        return
    told = (conditions, item.statutory_note, item.promised_note,
            *(f"{node.label} {remarks(node)}" for node in subject.flow.nodes))
    if not any(map(ORDER.search, told)):
        yield Fault(Text(f"受理条件写有“{found[0]}”，没有写明按什么先后准予",
                         f"the conditions speak of {found[0]}, and nothing says in which order licences are granted"),
                    Text("在受理条件写明“按受理先后顺序准予”，或流程写明招标、拍卖、摇号等办法",
                         "write into 受理条件: 按受理先后顺序准予, or show tender, auction or lot in the flow"))


def bad() -> Subject:
    return ordinary({"acceptance_conditions": ["有数量限制，每年 20 个"]})


def good() -> Subject:
    return ordinary({"acceptance_conditions": ["有数量限制，每年 20 个，按受理先后顺序准予"]})


RULE = Rule(
    code="PRC014", name="no-order-of-grant", since="0.1", reads="case",
    summary=Text("有数量限制的许可，没有写明按什么先后准予。",
                 "The number of licences is limited, and the order of granting them is not told."),
    why=Text("申请人都符合条件时，按受理的先后顺序准予；另有规定的，依照其规定。",
             "Among applicants who all qualify the first accepted comes first, unless another law provides otherwise."),
    source=licensing("第五十七条"),
    bad=bad, good=good, check=check,
)
