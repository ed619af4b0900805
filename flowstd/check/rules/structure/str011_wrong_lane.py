"""STR011: the applicant does the office's work, or the office the applicant's."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Role, StepKind
from flowstd.ir.model import Node

OURS = (StepKind.SUBMIT, StepKind.SUPPLY, StepKind.PLEDGE, StepKind.WITHDRAW)          # only an applicant can
THEIRS = (StepKind.RECEIVE, StepKind.ACCEPT, StepKind.CHECK, StepKind.EXAMINE, StepKind.PRELIMINARY, StepKind.FORWARD,
          StepKind.DECIDE, StepKind.REFUSE, StepKind.REGISTER, StepKind.CERTIFY, StepKind.DELIVER, StepKind.DISBURSE,
          StepKind.PUBLISH, StepKind.ARCHIVE, StepKind.SUPERVISE, StepKind.REVOKE)     # never an applicant
HELD = (StepKind.INSPECT, StepKind.HEAR, StepKind.REVIEW, StepKind.TEST, StepKind.APPRAISE, StepKind.TENDER,
        StepKind.EXAM)                               # the office or its expert holds it, the applicant may have a part
PART = ("参加", "参与", "配合", "接受", "委托", "自行")          # as a step that says so


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.flow.nodes:
        if node.step is None:
            continue
        applicant = subject.role(node) is Role.APPLICANT
        if applicant and _theirs(node):
            name, lane = said(node), subject.lane_name(node)
            yield Fault(Text(f"{name.zh}是机关的步骤，却在申请人泳道“{lane}”里",
                             f'{name.en} is for the office, but stands in the applicant\'s lane "{lane}"'),
                        Text("放到办理它的窗口或科室的泳道",
                             "put it into the lane of the window or office that does it"), node.id)
        elif not applicant and node.step in OURS and subject.role(node) is not Role.ORGAN:
            name, lane = said(node), subject.lane_name(node)
            yield Fault(Text(f"{name.zh}是申请人的步骤，却在“{lane}”泳道里",
                             f'{name.en} is for the applicant, but stands in the lane "{lane}"'),
                        Text("放到申请人的泳道", "put it into the applicant's lane"), node.id)


def _theirs(node: Node) -> bool:
    """Whether *node* is for the office: an applicant may tell others, but issues no paper of the office."""
    return (node.step in THEIRS or (node.step is StepKind.NOTIFY and bool(node.issues))
            or (node.step in HELD and not any(word in node.label for word in PART)))


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> applicant.accept("受理") >> window.deliver("送达") >> end.done)


def good() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交申请") >> window.accept("受理") >> window.deliver("送达") >> end.done)


RULE = Rule(
    code="STR011", name="wrong-lane", since="0.1", reads="flow",
    summary=Text("机关的步骤画在申请人泳道里，或者反过来。",
                 "An office's step stands in the applicant's lane, or the other way round."),
    why=Text("泳道说明由谁办；放错了，办事人会去办不该他办的事。",
             "A lane says who acts; a step in the wrong one sends the wrong person."),
    source=modelled("eCH-0158", "LANE"),
    bad=bad, good=good, check=check, about=(*OURS, *THEIRS, *HELD, StepKind.NOTIFY),
)
