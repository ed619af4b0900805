"""PRC017: people hand in at one counter and fetch at another."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Role, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    accepting = subject.steps(StepKind.ACCEPT)
    counters = {node.lane for node in accepting}
    hall = any(subject.role(node) is Role.WINDOW for node in accepting)
    same = (Role.SYSTEM, Role.WINDOW) if hall else (Role.SYSTEM,)            # windows of one hall are one unit
    good = subject.granting
    for node in subject.steps(StepKind.DELIVER):
        elsewhere = node.lane not in counters and subject.role(node) not in same
        if counters and elsewhere and subject.any_after(node, good):
            yield Fault(Text(f"在“{subject.lane_name(accepting[0])}”受理，却由“{subject.lane_name(node)}”办理{said(node).zh}",
                             f'accepted by "{subject.lane_name(accepting[0])}", but "{subject.lane_name(node)}" '
                             f"does {said(node).en}"),
                        Text("由同一个窗口统一受理、统一送达", "let one counter accept and serve"), node.id)


def bad() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"replace_deliver": reviewer.deliver("送达许可证", within=workdays(5))})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC017", name="two-counters", since="0.1", reads="flow",
    summary=Text("受理和送达不在同一个窗口。", "Acceptance and service are at different counters."),
    why=Text("应当确定一个机构统一受理申请，统一送达决定。", "One unit receives applications and serves decisions."),
    source=licensing("第二十六条第一款"),
    bad=bad, good=good, check=check, about=(StepKind.DELIVER,),
)
