"""UNI003: a local flow leaves out or reorders what others do for the same item."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from flowstd.base.text import Text
from flowstd.check.facts import Facts
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import catalogue
from flowstd.check.subject import Subject
from flowstd.check.uniform import groups, implementer
from flowstd.ir.kinds import StepKind
from flowstd.ir.model import Flow

STATUTORY = (StepKind.SUBMIT, StepKind.ACCEPT, StepKind.EXAMINE, StepKind.HEAR, StepKind.TEST, StepKind.APPRAISE,
             StepKind.REVIEW, StepKind.TENDER, StepKind.DECIDE, StepKind.CERTIFY, StepKind.DELIVER, StepKind.PUBLISH)


def check(subject: Subject) -> Iterator[Fault]:
    for group in groups(subject.cases):
        standard = group[0]
        kinds = _kinds(standard.flow)
        for case in group[1:]:
            here, there = implementer(case.item), implementer(standard.item)
            ours = _kinds(case.flow)
            lost = [kind for kind in kinds if kind not in ours]
            turned = _turned(Facts(standard.flow), Facts(case.flow), [kind for kind in kinds if kind in ours])
            if turned is not None:
                first, second = (Facts(standard.flow).steps(kind)[0].label for kind in turned)
                yield Fault(Text(f"{here}的流程把“{first}”放到“{second}”之后，{there}在前",
                                 f"{here} does {first} after {second}, {there} "
                                 "before it"),
                            Text("按标准流程的先后办理", "keep the order of the standard flow"), where=case.where, item=case.key)
            if lost:
                labels = [next(node.label for node in standard.flow.nodes if node.step is kind) for kind in lost]
                yield Fault(Text(f"{here}的流程没有{there}的“{'”“'.join(labels)}”",
                                 f"the flow of {here} lacks {', '.join(labels)} of "
                                 f"{there}"),
                            Text("本地可以加细步骤、缩短时间，不能减少法定步骤",
                                 "a local flow may add detail and save time, not drop a step"),
                            where=case.where, item=case.key)


def _turned(standard: Facts, ours: Facts, kinds: list[StepKind]) -> tuple[StepKind, StepKind] | None:
    """Two kinds of steps that follow each other in one flow and the other way round in *ours*."""
    for first, second in combinations(kinds, 2):
        if _precedes(standard, first, second) and _precedes(ours, second, first):
            return first, second
    return None


def _precedes(facts: Facts, first: StepKind, second: StepKind) -> bool:
    before, after = facts.steps(first), facts.steps(second)
    return (all(facts.any_after(node, after) for node in before)
            and not any(facts.any_after(node, before) for node in after))


def _kinds(flow: Flow) -> list[StepKind]:
    return list(dict.fromkeys(node.step for node in flow.nodes if node.step in STATUTORY))


def bad() -> Subject:
    return catalogue({"code": "A1", "authority": "甲区"}, {"code": "B1", "authority": "乙区", "template": "immediate"})


def good() -> Subject:
    return catalogue({"code": "A1", "authority": "甲区"}, {"code": "B1", "authority": "乙区"})


RULE = Rule(
    code="UNI003", name="statutory-step-lost", since="0.1", reads="catalogue",
    summary=Text("同一事项的流程在一处少了法定步骤。", "One implementer's flow of an item lacks a statutory step."),
    why=Text("无差别受理、同标准办理，步骤不能因地而异。", "The same item is handled by the same steps everywhere."),
    source=practice("同标准办理", ""),
    bad=bad, good=good, check=check,
)
