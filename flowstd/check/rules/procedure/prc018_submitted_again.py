"""PRC018: the higher organ asks the applicant for the papers again."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    accepting = subject.steps(StepKind.ACCEPT)
    forwarding = (*subject.steps(StepKind.PRELIMINARY),            # a counter may pass on what another one accepts
                  *[node for node in subject.steps(StepKind.FORWARD)
                    if any(subject.follows(one, node) for one in accepting)])
    for node in subject.steps(StepKind.SUBMIT, StepKind.SUPPLY):
        before = next((one for one in forwarding if subject.follows(one, node)), None)
        if before is not None:
            yield Fault(Text(f"{said(before).zh}之后又要申请人{said(node).zh}",
                             f"after {said(before).en} the applicant has to do {said(node).en}"),
                        Text("由下级机关报送全部材料，不要求申请人重复提供",
                             "let the lower organ send all papers; the applicant supplies nothing twice"), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant

    return ordinary(template="preliminary_review", slots={"after_forwarding": applicant.submit("再次提交材料")})


def good() -> Subject:
    return ordinary(template="preliminary_review")


RULE = Rule(
    code="PRC018", name="submitted-again", since="0.1", reads="flow",
    summary=Text("初审上报之后要求申请人再次提交材料。", "After the preliminary review the applicant submits again."),
    why=Text("上级行政机关不得要求申请人重复提供申请材料。", "The higher organ may not ask for the papers again."),
    source=licensing("第三十五条"),
    bad=bad, good=good, check=check, about=(StepKind.PRELIMINARY, StepKind.FORWARD),
)
