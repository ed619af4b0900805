"""PRC011: a hearing after the decision, or before the one who examined."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    posts = {node.post for node in subject.steps(StepKind.EXAMINE, StepKind.PRELIMINARY) if node.post}
    for node in subject.steps(StepKind.HEAR):
        late = [one for one in subject.deciding if subject.follows(one, node)]
        if late and not subject.any_after(node, subject.deciding):
            yield Fault(Text(f"{said(node).zh}排在{said(late[0]).zh}之后",
                             f"{said(node).en} comes after {said(late[0]).en}"),
                        Text("听证在作出决定之前举行", "hold the hearing before the decision"), node.id)
        if node.post and node.post in posts:
            yield Fault(Text(f"{said(node).zh}由“{node.post}”主持，与审查人员相同",
                             f'{said(node).en} is presided by "{node.post}", who also examines'),
                        Text("由审查人员以外的人员主持", "let somebody preside who does not examine the case"), node.id)


def bad() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"before_decision": reviewer.notify("告知听证权利", issues="听证权利告知书",
                                                              within=workdays(0))
                           >> reviewer.hear("举行听证", within=workdays(10), post="审查岗")})


def good() -> Subject:
    return ordinary(special=["听证"])


RULE = Rule(
    code="PRC011", name="hearing-out-of-place", since="0.1", reads="flow",
    summary=Text("听证在决定之后，或者由审查人员主持。",
                 "A hearing comes after the decision, or the examiner presides."),
    why=Text("听证在决定前举行，由审查人员以外的人主持，才有意义。",
             "A hearing is held before the decision and presided by somebody who does not examine the case."),
    source=licensing("第四十七条、第四十八条"),
    bad=bad, good=good, check=check, about=(StepKind.HEAR,),
)
