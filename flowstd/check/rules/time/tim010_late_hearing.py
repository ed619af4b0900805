"""TIM010: the hearing is held later than twenty working days after the request."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS, count
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import longest, told
from flowstd.ir.kinds import Kind, Role, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    requests = [node for node in subject.flow.nodes if node.step is not StepKind.HEAR and node.kind is not Kind.END
                and "听证" in node.label and subject.role(node) is Role.APPLICANT]
    most = workdays(count("T09"))
    office = frozenset(node.id for node in subject.flow.nodes if subject.role(node) is not Role.APPLICANT)
    for node in subject.steps(StepKind.HEAR):
        way = longest(subject, requests, (node,), office) if requests else None
        total = way.total if way is not None else None
        if total is not None and total.exceeds(most):
            name = said(node)
            yield Fault(Text(f"提出听证申请到{name.zh}最长{total.zh}，超过{told(most).zh}",
                             f"from the request to {name.en} it can take {total.en}, more than {told(most).en}"),
                        Text(f"在{told(most).zh}内组织听证", f"hold the hearing within {told(most).en}"), node.id)


def bad() -> Subject:
    return ordinary(special=["听证"], special_limits={"听证": workdays(30)})


def good() -> Subject:
    return ordinary(special=["听证"])


RULE = Rule(
    code="TIM010", name="late-hearing", since="0.1", reads="flow",
    summary=Text("听证晚于提出申请后二十个工作日。",
                 "A hearing is held later than twenty working days after it was asked for."),
    why=Text("行政机关应当在二十日内组织听证。", "The organ holds the hearing within twenty days."),
    source=LIMITS["T09"].source,
    bad=bad, good=good, check=check, about=(StepKind.HEAR,),
)
