"""DIS001：本区要求每个环节写明岗位 / our district wants a post at every step."""

from collections.abc import Iterator

from flowstd import applicant, end, window
from flowstd.base.text import Text
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of
from flowstd.check.subject import Subject
from flowstd.ir.kinds import Kind, Role


def check(subject: Subject) -> Iterator[Fault]:
    acting = {lane.id for lane in subject.flow.lanes if lane.role is not Role.APPLICANT}
    for node in subject.flow.nodes:
        if node.kind is Kind.TASK and node.lane in acting and not node.post:
            yield Fault(Text(f"“{node.label}”没有写岗位", f'"{node.label}" names no post'),
                        Text('加上 post="…"', 'add post="…"'), node.id)


def bad() -> Subject:
    return of(applicant.submit("提出申请") >> window.do("查询档案") >> end.done)


def good() -> Subject:
    return of(applicant.submit("提出申请") >> window.do("查询档案", post="查询岗") >> end.done)


RULE = Rule(
    code="DIS001", name="no-post", since="1.0", reads="flow",
    summary=Text("环节没有写岗位。", "A step names no post."),
    why=Text("谁办的要说得清。", "It must be clear who did it."),
    source=None, bad=bad, good=good, check=check)
