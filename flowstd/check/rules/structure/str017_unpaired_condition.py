"""STR017: a branch with a condition, of a split whose join cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph, of
from flowstd.check.subject import Subject, said
from flowstd.ir.graph import conditional
from flowstd.ir.kinds import SPLIT


def check(subject: Subject) -> Iterator[Fault]:
    exits = subject.flow.exits
    splits = [split for split in subject.by_kind[SPLIT] if any(link.label for link in exits[split.id])]
    paired = conditional(subject.flow) if splits else {}
    for split in splits:
        if split.id not in paired:
            link = next(link for link in exits[split.id] if link.label)
            label, name = link.label.strip(), said(split)
            yield Fault(Text(f"{name.zh}有带条件的分支“{label}”，却没有一个只等这些分支的汇合：不走这一支时，看不出从哪里继续",
                             f'{name.en} has a branch with the condition "{label}", and no join that waits for its '
                             "branches alone: where it is not taken, nobody can tell where the case goes on"),
                        Text("让每个分支一进一出、在同一处汇合（parallel(…)），或把条件写成判断",
                             "let every branch have one way in and one way out, to one join (parallel(…)), or ask a "
                             "question instead"), split.id, link.id)


def bad() -> Subject:
    return graph("开始>+审 +审>勘验 +审:涉及重大利益>听证 勘验>=审 勘验>归档 听证>=审 =审>!办结 归档>!办结")


def good() -> Subject:
    from flowstd.dsl import applicant, end, parallel, reviewer

    return of(applicant.submit("提交申请") >> parallel(reviewer.inspect("现场勘验"), 涉及重大利益=reviewer.hear("听证"))
              >> end.done)


RULE = Rule(
    code="STR017", name="unpaired-condition", since="0.1", reads="flow",
    summary=Text("并行的分支带条件，但各分支不在同一处汇合。",
                 "A parallel branch has a condition, but the branches do not come together at one join."),
    why=Text("不走的分支由汇合处略过；找不到那个汇合，事项就可能一直等下去。",
             "What is not taken is passed over at the join; without that join the case may wait for ever."),
    source=modelled("BPMN 2.0", "13.4.3 Inclusive Gateway"),
    bad=bad, good=good, check=check, about=(SPLIT,),
)
