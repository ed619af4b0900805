"""UNI004: the same item takes longer here than where it was declared first."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import catalogue
from flowstd.check.subject import Subject
from flowstd.check.time import Total, told
from flowstd.check.uniform import groups, implementer


def check(subject: Subject) -> Iterator[Fault]:
    for group in groups(subject.cases):
        standard = group[0].item
        for case in group[1:]:
            here, there = implementer(case.item), implementer(standard)
            ours, theirs = case.item.promised, standard.promised
            if ours is not None and theirs is not None and Total.of([ours]).exceeds(theirs):
                yield Fault(Text(f"{here}承诺{ours.zh}，比{there}的{theirs.zh}长",
                                 f"{here} promises {told(ours).en}, {there} "
                                 f"{told(theirs).en}"),
                            Text("承诺可以比标准短，不能比标准长",
                                 "a promise may be shorter than the standard, not longer"),
                            where=case.item.where, item=case.key)


def bad() -> Subject:
    return catalogue({"code": "A1", "authority": "甲区"}, {"code": "B1", "authority": "乙区", "promised": "15工作日"})


def good() -> Subject:
    return catalogue({"code": "A1", "authority": "甲区"}, {"code": "B1", "authority": "乙区", "promised": "5工作日"})


RULE = Rule(
    code="UNI004", name="longer-promise", since="0.1", reads="catalogue",
    summary=Text("同一事项的承诺时限比先列出的实施主体长。",
                 "One implementer promises more time than the one declared first."),
    why=Text("同一件事，在哪里办都不该等得更久。",
             "Nobody should wait longer for the same thing because of where he lives."),
    source=practice("同标准办理", "承诺时限"),
    bad=bad, good=good, check=check,
)
