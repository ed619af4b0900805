"""PRC015: granted, and the certificate never comes."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, without
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import DocumentKind, Role, StepKind
from flowstd.ir.model import Node

PAPERS = ("证照", "批文")
MADE, SERVED = Text("制证", "making the certificate"), Text("送达", "its service")


def check(subject: Subject) -> Iterator[Fault]:
    flow = subject.flow
    making = (*subject.steps(StepKind.CERTIFY, StepKind.REGISTER),
              *[node for node in subject.tasks if node.issues
                and any(flow.document_by_id[paper].kind is DocumentKind.RESULT for paper in node.issues)])
    serving = subject.steps(StepKind.DELIVER)
    yield from _served_before_made(subject, serving)
    lacking = [(end, word) for end in subject.granting
               for steps, word in ((making, MADE), (serving, SERVED))
               if not subject.always_before(steps, end)]
    if not lacking:
        return                            # whatever the item says
    item = subject.declared
    named = [result.name for result in item.results if result.type in PAPERS] if item is not None else []
    papers = named or [paper.name for paper in flow.documents if paper.kind is DocumentKind.RESULT]
    for end, word in lacking if papers else ():
        yield Fault(Text(f"准予后没有“{word.zh}”就到{said(end).zh}，“{papers[0]}”到不了申请人手里",
                         f'{said(end).en} is reached without {word.en}: "{papers[0]}" never reaches the applicant'),
                    Text("准予之后加上 window.certify(…) >> window.deliver(…)",
                         "after the grant add window.certify(…) >> window.deliver(…)"), end.id)


def _served_before_made(subject: Subject, serving: tuple[Node, ...]) -> Iterator[Fault]:
    """A certificate that is served, and only then made; a copy that a system files afterwards is none."""
    for node in subject.steps(StepKind.CERTIFY):
        served = [one for one in serving if subject.follows(one, node)]
        if served and subject.role(node) is not Role.SYSTEM and not subject.any_after(node, serving):
            yield Fault(Text(f"{said(node).zh}排在{said(served[-1]).zh}之后：证件还没有制作就送达",
                             f"{said(node).en} comes after {said(served[-1]).en}: the certificate is served before it "
                             "is made"),
                        Text("先制证，后送达", "make the certificate, then serve it"), node.id)


def bad() -> Subject:
    return without(ordinary(), "制作许可证")


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC015", name="grant-without-certificate", since="0.1", reads="flow",
    summary=Text("准予之后没有制证或者送达。", "A grant is not followed by making and serving the certificate."),
    why=Text("需要颁发证件的，应当颁发并送达。", "Where a certificate is due, it is made and served."),
    source=licensing("第三十九条、第四十四条"),
    bad=bad, good=good, check=check,
)
