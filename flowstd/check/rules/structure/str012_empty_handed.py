"""STR012: a case crosses to another organ without a paper."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import TASK, Role

OUTSIDE = (Role.ORGAN, Role.THIRD_PARTY)


def check(subject: Subject) -> Iterator[Fault]:
    flow = subject.flow
    outside = {lane.id for lane in flow.lanes if lane.role in OUTSIDE}
    if not outside:
        return
    for link in flow.links:
        source, target = flow.node_by_id[link.source], flow.node_by_id[link.target]
        crosses = source.lane != target.lane and target.lane in outside and source.kind is TASK
        if crosses and target.kind is TASK and not source.issues and not target.takes:
            name, other = said(source), said(target)
            yield Fault(Text(f"{name.zh}转到“{subject.lane_name(target)}”的{other.zh}，没有写转去什么文书",
                             f'{name.en} hands over to {other.en} of "{subject.lane_name(target)}" without a paper'),
                        Text(f"给{name.zh}写 issues=，或给{other.zh}写 materials=",
                             f"give {name.en} issues=, or {other.en} materials="), source.id, link.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, organ, window

    return of(applicant.submit("提交申请") >> window.do("转送材料") >> organ("市住建局").do("出具意见") >> end.done)


def good() -> Subject:
    from flowstd.dsl import applicant, end, organ, window

    return of(applicant.submit("提交申请") >> window.do("转送材料", issues="征求意见函")
              >> organ("市住建局").do("出具意见") >> end.done)


RULE = Rule(
    code="STR012", name="empty-handed", since="0.1", reads="flow",
    summary=Text("转给另一机关或第三方时没有文书。", "A case goes to another organ or a third party without a paper."),
    why=Text("跨机关的交接要有据可查。", "What passes between organs must leave a trace."),
    source=modelled("eCH-0158", "MSG-001"),
    bad=bad, good=good, check=check, about=OUTSIDE,
)
