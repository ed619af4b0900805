"""PRC016: a grant that is not made public, a file that is not kept."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing, measures
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, without
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    for end in subject.granting:
        counted = subject.measure.counted
        quick = counted is not None and counted.total.hours <= 8
        if not quick and not subject.always_before(subject.steps(StepKind.PUBLISH), end):
            yield Fault(Text(f"到{said(end).zh}之前没有公开准予决定",
                             f"the grant is not made public before {said(end).en}"),
                        Text("加一步 window.publish(\"公开许可决定\")", 'add window.publish("公开许可决定")'), end.id)
        if not subject.always_before(subject.steps(StepKind.ARCHIVE), end):
            yield Fault(Text(f"到{said(end).zh}之前没有归档", f"the file is not archived before {said(end).en}"),
                        Text("加一步 window.archive(\"立卷归档\")", 'add window.archive("立卷归档")'), end.id,
                        source=measures("第三条", subject.declared))
    yield from _archived_last(subject)


def _archived_last(subject: Subject) -> Iterator[Fault]:
    """What is left to do when the file is closed; looking after a licence is a matter of its own."""
    watched = subject.steps(StepKind.SUPERVISE, StepKind.REVOKE)
    papers = subject.steps(StepKind.DECIDE, StepKind.REFUSE, StepKind.CERTIFY, StepKind.DELIVER, StepKind.PUBLISH)
    for node in subject.steps(StepKind.ARCHIVE):
        left = [one for one in papers if subject.follows(node, one)
                and not any(subject.follows(step, one) for step in watched)]
        if left:
            yield Fault(Text(f"{said(node).zh}之后还有{said(left[0]).zh}：案卷不全就归了档",
                             f"{said(left[0]).en} comes after {said(node).en}: the file is closed before it is whole"),
                        Text("归档放在最后", "archive the file last"), node.id, source=measures("第三条", subject.declared))


def bad() -> Subject:
    return without(ordinary(), "公开许可决定")


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC016", name="not-published-or-archived", since="0.1", reads="flow",
    summary=Text("准予决定没有公开，案卷没有归档，或者不是最后归档。", "A grant is not made public, or its file is not archived, or not last."),
    why=Text("准予行政许可的决定应当公开，公众有权查阅；当场办结的即办件可由系统公开，不单列一步。",
             "Grants are public and anybody may look them up; for cases decided on the spot the system may do it."),
    source=licensing("第四十条"),
    bad=bad, good=good, check=check,
)
