"""TIM004: a limit is extended for too long, or by nobody in charge."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import Unit, workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import told
from flowstd.ir.graph import extends
from flowstd.ir.kinds import Role, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    limit = LIMITS["T04" if subject.joint else "T03"].extension
    assert limit is not None
    for node in subject.tasks:
        if not extends(node) or subject.role(node) is Role.APPLICANT:
            continue
        name, most = said(node), told(limit)
        if node.within is not None and node.within.unit is Unit.WORKDAYS and node.within.count > limit.count:
            yield Fault(Text(f"{name.zh}延长{node.within.zh}，超过{most.zh}",
                             f"{name.en} extends the limit by {told(node.within).en}, more than {most.en}"),
                        Text(f"最多延长{most.zh}", f"extend it by {most.en} at most"), node.id)
        if node.step is StepKind.NOTIFY:
            continue                      # it tells of an extension
        told_why = bool(node.issues) or subject.any_after(node, subject.steps(StepKind.NOTIFY))
        if not told_why:
            yield Fault(Text(f"{name.zh}之后没有把延长的理由告知申请人",
                             f"nobody tells the applicant the reason for {name.en}"),
                        Text("加 issues=\"延长期限告知书\"", 'add issues="延长期限告知书"'), node.id)
        if subject.role(node) in (Role.WINDOW, Role.REVIEWER, Role.SYSTEM):
            yield Fault(Text(f"{name.zh}在“{subject.lane_name(node)}”，应由负责人批准",
                             f'{name.en} stands in the lane "{subject.lane_name(node)}"; the head must approve it'),
                        Text("放到决定人的泳道", "put it into the lane of the decider"), node.id)


def bad() -> Subject:
    return _with_extension(15)


def good() -> Subject:
    return _with_extension(10)


def _with_extension(count: int) -> Subject:
    from flowstd.dsl import decider, onward

    return ordinary(slots={"before_decision": decider.ask("二十日内能否决定？", {
        "能": onward, "不能": decider.do("批准延长期限", within=workdays(count), issues="延长期限告知书")})})


RULE = Rule(
    code="TIM004", name="long-extension", since="0.1", reads="flow",
    summary=Text("延长期限过长、未经负责人批准，或者没有告知理由。",
                 "A limit is extended for too long, without approval, or without telling why."),
    why=Text("经本机关负责人批准可延长十日（联合办理经本级政府负责人批准可延长十五日），理由应当告知申请人。",
             "The head of the organ may extend by ten days (joint handling: the government by fifteen) and tells why."),
    source=LIMITS["T03"].source,
    bad=bad, good=good, check=check,
)
