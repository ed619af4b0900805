"""PRC020: the power is entrusted, and nobody says by whom."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    entrusted = "委托" in item.power_source
    if entrusted and not item.entrusted_by:
        yield Fault(Text(f"权力来源是“{item.power_source}”，没有写委托部门",
                         f"the power source is {item.power_source}, and no principal is named"),
                    Text("填写“委托部门”；受委托的应当是行政机关，不得再委托",
                         "fill in 委托部门; only an administrative organ may be entrusted, and not entrust others"))
    if item.entrusted_by and item.power_source and not entrusted:
        yield Fault(Text(f"写有委托部门“{item.entrusted_by}”，权力来源却是“{item.power_source}”",
                         f"{item.entrusted_by} is named as principal, but the power source is {item.power_source}"),
                    Text("核对“权力来源”和“委托部门”", "compare 权力来源 and 委托部门"))


def bad() -> Subject:
    return ordinary({"power_source": "上级委托"})


def good() -> Subject:
    return ordinary({"power_source": "上级委托", "entrusted_by": "示例省住房和城乡建设厅"})


RULE = Rule(
    code="PRC020", name="unnamed-principal", since="0.1", reads="item",
    summary=Text("权力来源是委托，没有写明委托部门，或者两者矛盾。",
                 "Entrusted power without its principal, or the two disagree."),
    why=Text("受委托机关以委托机关的名义实施许可，办事人要知道是谁。",
             "The entrusted organ acts in its principal's name; people must know whose."),
    source=licensing("第二十四条"),
    bad=bad, good=good, check=check,
)
