"""PRC008: a refusal without paper, reasons or remedies."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.words import mentions
from flowstd.ir.kinds import Outcome, StepKind
from flowstd.ir.model import Node


def check(subject: Subject) -> Iterator[Fault]:
    writing = [node for node in subject.steps(StepKind.REFUSE, StepKind.REVOKE) if node.issues]
    for end in subject.ends(Outcome.REFUSED):
        if not subject.always_before(writing, end):
            yield Fault(Text(f"到{said(end).zh}之前没有出具书面决定",
                             f"no written decision comes before {said(end).en}"),
                        Text("加一步 decider.refuse(\"作出不予许可决定\", issues=\"不予行政许可决定书\", note=\"说明理由，告知复议诉讼权利\")",
                             'add decider.refuse("作出不予许可决定", issues="不予行政许可决定书", note="说明理由，告知复议诉讼权利")'),
                        end.id)
    for node in writing:
        if not subject.any_after(node, subject.ends(Outcome.REFUSED)):
            continue
        yield from _served_before_written(subject, node)
        lacking = [word for word,
                   words in (("理由", ("理由",)), ("复议诉讼权利", ("复议", "诉讼"))) if not mentions(node, *words)]
        if lacking:
            yield Fault(Text(f"{said(node).zh}没有写明{'和'.join(lacking)}", f"{said(node).en} does not state "
                             + " and ".join({"理由": "the reasons",
                                             "复议诉讼权利": "the right to review and appeal"}[one]
                                            for one in lacking)),
                        Text("写 note=\"说明理由，告知复议诉讼权利\"",
                             'write note="说明理由，告知复议诉讼权利"'), node.id)


def _served_before_written(subject: Subject, node: Node) -> Iterator[Fault]:
    """Whether the decision is served after it is made, and only then written."""
    serving = subject.steps(StepKind.DELIVER)
    served = [one for one in serving if subject.follows(one, node) and not subject.any_after(one, subject.deciding)
              and any(subject.follows(made, one) for made in subject.deciding)]
    if served and not subject.any_after(node, serving):
        yield Fault(Text(f"{said(node).zh}排在{said(served[-1]).zh}之后：决定书还没有写就送达",
                         f"{said(node).en} comes after {said(served[-1]).en}: the decision is served before it is "
                         "written"),
                    Text("先作出书面决定，后送达", "write the decision, then serve it"), node.id)


def bad() -> Subject:
    from flowstd.dsl import decider

    return ordinary(slots={"replace_refusal": decider.refuse("作出不予许可决定", issues="不予行政许可决定书",
                                                             within=workdays(0))})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC008", name="bare-refusal", since="0.1", reads="flow",
    summary=Text("不予许可没有书面决定、理由或者救济途径。",
                 "A refusal comes without a written decision, its reasons, or the remedies."),
    why=Text("作出不予决定应当说明理由，并告知复议、诉讼的权利。",
             "A refusal states its reasons and the right to review and appeal."),
    source=licensing("第三十八条第二款"),
    bad=bad, good=good, check=check,
)
