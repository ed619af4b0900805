"""PRC022: a file is accepted with gaps that nobody has to close."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, without
from flowstd.check.subject import Subject, said
from flowstd.check.words import mentions
from flowstd.ir.kinds import Kind, StepKind
from flowstd.ir.model import Node


def check(subject: Subject) -> Iterator[Fault]:
    flow = subject.flow
    exits = [link for link in flow.links if "容缺" in link.label and flow.node_by_id[link.source].kind is Kind.DECISION
             and subject.any_after(flow.node_by_id[link.source], subject.steps(StepKind.ACCEPT))]
    for link in exits:
        first = flow.node_by_id[link.target]
        label = Text(f"“{link.label}”", f'"{link.label}"')
        accepting = subject.steps(StepKind.ACCEPT)
        if subject.leads(first, accepting, avoiding=subject.steps(StepKind.PLEDGE)):
            yield Fault(Text(f"{label.zh}没有书面承诺就受理",
                             f"{label.en} leads to acceptance without a written commitment"),
                        Text("加一步 applicant.pledge(\"承诺按期补交\", materials=\"容缺受理承诺书\")",
                             'add applicant.pledge("承诺按期补交", materials="容缺受理承诺书")'), first.id, link.id)
        supplied = [node for node in subject.steps(StepKind.SUPPLY) if any(subject.follows(one,
                                                                                           node) for one in accepting)]
        if not supplied:
            yield Fault(Text(f"{label.zh}之后没有补交材料的步骤",
                             f"nothing after {label.en} lets the applicant supply what is missing"),
                        Text("在决定之前加一个判断：容缺材料是否补齐，未补齐的由申请人补交",
                             "before the decision ask whether everything has come, and let the applicant supply it"),
                        first.id, link.id)
        for node in supplied:
            if node.within is None:
                yield Fault(Text(f"{said(node).zh}没有写补交期限", f"{said(node).en} has no due date"),
                            Text("写 within=workdays(10)", "write within=workdays(10)"), node.id)
        closing = [node for node in subject.decisions if mentions(node, "容缺", "补齐", "补交")
                   and any(subject.follows(one, node) for one in accepting)]
        if supplied and not all(subject.always_before(closing, node) for node in subject.deciding):
            yield Fault(Text("作出决定之前没有核对容缺材料是否补齐",
                             "nobody checks before the decision whether everything has come"),
                        Text("在决定之前加一个判断：容缺材料是否补齐？",
                             "ask before the decision: 容缺材料是否补齐？"), first.id)
        yield from _tolerated(subject, supplied)


def _tolerated(subject: Subject, supplied: list[Node]) -> Iterator[Fault]:
    """Only what the item marks 容缺后补 may come later."""
    need = {one.name: one.need for one in subject.declared.materials} if subject.declared is not None else {}
    for node in supplied:
        for paper in subject.taken(node):
            if need.get(paper, "容缺后补") != "容缺后补":
                yield Fault(Text(f"{said(node).zh}补交“{paper}”，它的材料必要性是“{need[paper]}”，不是“容缺后补”",
                                 f'{said(node).en} takes "{paper}", which is marked {need[paper]}, not 容缺后补'),
                            Text("只有标为“容缺后补”的材料可以后补",
                                 "only what is marked 容缺后补 may come later"), node.id)


def bad() -> Subject:
    return without(ordinary({"promised": "20工作日"}, template="tolerance"), "承诺按期补交")


def good() -> Subject:
    return ordinary({"promised": "20工作日"}, template="tolerance")


RULE = Rule(
    code="PRC022", name="half-tolerance", since="0.1", reads="flow",
    summary=Text("容缺受理缺少承诺、补交、期限或者核对。",
                 "Tolerance without a commitment, a supply step, a due date, or a closing check."),
    why=Text("容缺是先受理、后补齐；不补齐就不能作决定。",
             "Tolerance accepts first and completes later; nothing is decided before that."),
    source=practice("容缺受理", ""),
    bad=bad, good=good, check=check, about=(StepKind.ACCEPT,),
)
