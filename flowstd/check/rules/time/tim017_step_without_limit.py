"""TIM017: an office's step has no limit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Role, StepKind

WEIGHING = (StepKind.EXAMINE, StepKind.DECIDE)      # questions that take time of their own; others follow a step
FIX = Text("写 within=workdays(…)，当场办的写 workdays(0)", "write within=workdays(…), workdays(0) for on the spot")


def check(subject: Subject) -> Iterator[Fault]:
    free = {lane.id for lane in subject.flow.lanes if lane.role in (Role.APPLICANT, Role.SYSTEM)}
    for node in (*subject.tasks, *[node for node in subject.decisions if node.step in WEIGHING]):
        if node.within is None and node.lane not in free:
            yield Fault(_unlimited(said(node)), FIX, node.id)


@lru_cache(maxsize=1024)
def _unlimited(step: Text) -> Text:
    return Text(f"{step.zh}没有写时限", f"{step.en} has no limit")


def bad() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"before_decision": reviewer.inspect("现场勘验", post="两名以上工作人员")})


def good() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"before_decision": reviewer.inspect("现场勘验", within=workdays(2),
                                                               post="两名以上工作人员")})


RULE = Rule(
    code="TIM017", name="step-without-limit", since="0.1", reads="flow",
    summary=Text("机关的步骤没有写时限。", "An office's step has no limit."),
    why=Text("没有时限的步骤，总时限就算不出来。", "Without a limit at every step the total cannot be known."),
    source=practice("办理流程编制", "各步骤写明办理时限"),
    bad=bad, good=good, check=check,
)
