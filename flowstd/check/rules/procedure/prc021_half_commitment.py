"""PRC021: a commitment that nobody explains, checks or takes back."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, without
from flowstd.check.subject import Subject, said
from flowstd.check.words import mentions
from flowstd.ir.kinds import Outcome, StepKind

COMMITMENT = "告知承诺"


def check(subject: Subject) -> Iterator[Fault]:
    pledging = subject.steps(StepKind.PLEDGE)
    if not pledging and COMMITMENT in subject.scenario:
        yield Fault(Text(f"情形是“{subject.scenario}”，流程里没有申请人承诺的步骤",
                         f"the scenario is {subject.scenario}, and no step lets the applicant promise anything"),
                    Text("加一步 applicant.pledge(\"签署承诺书\")，承诺之前告知，准予之后核查",
                         'add applicant.pledge("签署承诺书"), with a notice before it and a check after the grant'))
    for node in pledging:
        before = [one for one in subject.tasks if subject.follows(one, node)]
        if mentions(node, "容缺", "补交") or any(mentions(one, "容缺") for one in before):
            continue                      # PRC022
        told = [one for one in subject.steps(StepKind.NOTIFY) if subject.follows(one, node)]
        name = said(node)
        if not told:
            yield Fault(Text(f"{name.zh}之前没有告知条件和后果",
                             f"nobody tells the conditions and consequences before {name.en}"),
                        Text("加一步 window.notify(\"告知条件和后果\", issues=\"告知承诺书\")",
                             'add window.notify("告知条件和后果", issues="告知承诺书")'), node.id)
        if not subject.any_after(node, subject.steps(StepKind.SUPERVISE)):
            yield Fault(Text(f"{name.zh}之后没有事后核查",
                             f"nobody verifies afterwards what was promised at {name.en}"),
                        Text("准予之后加一步 reviewer.supervise(\"事后核查承诺\")",
                             'after the grant add reviewer.supervise("事后核查承诺")'), node.id)
        if not subject.any_after(node, (*subject.steps(StepKind.REVOKE), *subject.ends(Outcome.REVOKED))):
            yield Fault(Text(f"{name.zh}之后没有承诺不实的处理",
                             f"nothing happens when what was promised at {name.en} proves untrue"),
                        Text("加一个判断：承诺不实的撤销许可，以 end.revoked 结束",
                             "add a decision: what proves untrue is revoked and ends at end.revoked"), node.id)


def bad() -> Subject:
    return without(ordinary(template="commitment"), "事后核查承诺")


def good() -> Subject:
    return ordinary(template="commitment")


RULE = Rule(
    code="PRC021", name="half-commitment", since="0.1", reads="flow",
    summary=Text("告知承诺缺少告知、承诺、事后核查或者撤销。",
                 "A commitment without notice, promise, later check, or revocation."),
    why=Text("以承诺代替证明，要先讲清后果，事后要核查，不实要撤销。",
             "Where a promise stands in for proof, it is explained first, verified later, and revoked if untrue."),
    source=modelled("国务院办公厅关于全面推行证明事项和涉企经营许可事项告知承诺制的指导意见",
                    number="国办发〔2020〕42号"),
    bad=bad, good=good, check=check,
)
