"""PRC025: who examines also decides."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Role, StepKind

OFFICE = (Role.WINDOW, Role.REVIEWER, Role.DECIDER)      # another organ as a whole has posts of its own


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.deciding:
        for one in subject.steps(StepKind.EXAMINE):
            same = one.post == node.post if one.post and node.post else one.lane == node.lane
            if same and subject.follows(one, node) and (node.post or subject.role(node) in OFFICE):
                if _on_the_spot(subject):
                    return
                who = node.post or subject.lane_name(node)
                yield Fault(Text(f"{said(one).zh}和{said(node).zh}都由“{who}”办理",
                                 f'"{who}" does both {said(one).en} and {said(node).en}'),
                            Text("审查和决定分给不同的岗位", "let different posts examine and decide"), node.id)
                break


def _on_the_spot(subject: Subject) -> bool:
    """Whether the case is decided within a day: then one post may do both."""
    counted = subject.measure.counted
    return counted is not None and counted.total.hours <= 8


def bad() -> Subject:
    return ordinary(posts={"examine": "许可科", "decide": "许可科"})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC025", name="examiner-decides", since="0.1", reads="flow",
    summary=Text("审查和决定是同一个岗位。", "The same post examines and decides."),
    why=Text("审查、决定分开，一人说了不算。", "Where two look at a case, no one person settles it."),
    source=practice("审批岗位分离", ""),
    bad=bad, good=good, check=check, about=(StepKind.EXAMINE,),
)
