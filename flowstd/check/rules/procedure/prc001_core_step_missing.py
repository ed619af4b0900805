"""PRC001: a licence is granted past one of the five core steps."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, without
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind
from flowstd.ir.model import Node

EXAMINING = (StepKind.EXAMINE, StepKind.PRELIMINARY, StepKind.INSPECT, StepKind.REVIEW, StepKind.TEST,
             StepKind.APPRAISE,
             StepKind.EXAM, StepKind.TENDER, StepKind.HEAR)
CORE = (                                   # in their order; the word, the kinds that do it, how to write it
    (Text("申请", "application"), (StepKind.SUBMIT,), "applicant.submit(…)"),
    (Text("受理", "acceptance"), (StepKind.ACCEPT,), "window.accept(…)"),
    (Text("审查", "examination"), EXAMINING, "reviewer.examine(…)"),
    (Text("决定", "decision"), (StepKind.DECIDE,), "decider.decide(…)"),
    (Text("送达", "service"), (StepKind.DELIVER,), "window.deliver(…)"),
)


def check(subject: Subject) -> Iterator[Fault]:
    ends = subject.granting
    last: tuple[Text, tuple[Node, ...]] | None = None
    for word, kinds, verb in CORE:
        steps = subject.steps(*kinds)
        if not steps:
            yield Fault(Text(f"流程没有“{word.zh}”", f"the flow has no {word.en} ({word.zh})"),
                        Text(f"加上这一步：{verb}", f"add the step: {verb}"))
            continue
        for end in ends:
            if not subject.always_before(steps, end):
                yield Fault(Text(f"有的路径不经“{word.zh}”就到{said(end).zh}",
                                 f"some ways lead to {said(end).en} without {word.en} ({word.zh})"),
                            Text(f"让每条准予的路径都经过“{word.zh}”；不是准予的，不要以准予或办结结束",
                                 f"let every grant pass through {word.en}; what is no grant ends as what it is, "
                                 "such as end.not_accepted"), end.id)
        if last is not None and kinds not in (EXAMINING,):
            yield from _late(subject, last, word, steps)
        last = (word, steps)


def _late(subject: Subject, earlier: tuple[Text, tuple[Node, ...]], word: Text,
          steps: tuple[Node, ...]) -> Iterator[Fault]:
    """Whether a step comes only after what it should come before."""
    for node in steps:
        if subject.any_after(node, earlier[1]) and not subject.always_before(earlier[1], node):
            yield Fault(Text(f"{said(node).zh}（{word.zh}）排在“{earlier[0].zh}”之前",
                             f"{said(node).en} ({word.en}) comes before the {earlier[0].en}"),
                        Text(f"先{earlier[0].zh}，后{word.zh}",
                             f"first the {earlier[0].en}, then the {word.en}"), node.id)


def bad() -> Subject:
    return without(ordinary(), "送达许可证")


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC001", name="core-step-missing", since="0.1", reads="flow",
    summary=Text("行政许可缺少申请、受理、审查、决定、送达中的一步，或者可以绕过。",
                 "A licence lacks application, acceptance, examination, decision or service, or a way leads past one."),
    why=Text("五个环节环环相扣，少一个，决定就站不住。",
             "Each of the five rests on the one before; without one the decision falls."),
    source=licensing("第二十九条至第四十四条"),
    bad=bad, good=good, check=check,
)
