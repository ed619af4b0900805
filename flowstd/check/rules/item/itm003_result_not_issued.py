"""ITM003: the paper that the item promises is not the paper that the flow issues."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import DocumentKind

PAPERS = ("证照", "批文")


def check(subject: Subject) -> Iterator[Fault]:
    results = subject.item.results
    for result in results:
        if result.type in PAPERS and not any(
                result.name in paper or paper in result.name for paper in subject.all_issued):
            yield Fault(Text(f"审批结果是“{result.name}”，流程里没有步骤出具它",
                             f'the result is "{result.name}", and no step issues it'),
                        Text(f"在制证步骤写 issues=result(\"{result.name}\")",
                             f'write issues=result("{result.name}") at the step that makes it'),
                        where=result.where)
    names = [result.name for result in results]
    for paper in subject.flow.documents if names else ():
        if paper.kind is DocumentKind.RESULT and not any(
                paper.name in name or name in paper.name for name in names):
            node = next(node for node in subject.flow.nodes if paper.id in node.issues)
            yield Fault(Text(f"{said(node).zh}出具“{paper.name}”，审批结果里没有它",
                             f'{said(node).en} issues "{paper.name}", which is not among the results'),
                        Text("更正步骤，或在“审批结果”里加上它", "correct the step, or add it to 审批结果"), node.id)


def bad() -> Subject:
    return ordinary({"results": [{"name": "卫生许可证", "type": "证照"}]}, result="食品经营备案凭证")


def good() -> Subject:
    return ordinary({"results": [{"name": "卫生许可证", "type": "证照"}]}, result="卫生许可证")


RULE = Rule(
    code="ITM003", name="result-not-issued", since="0.1", reads="case",
    summary=Text("审批结果与流程出具的证件不一致。", "The item's result and the paper that the flow issues differ."),
    why=Text("办事人为结果而来，图上要看得到它从哪一步出来。",
             "People come for the result; the chart must show where it comes from."),
    source=practice("政务服务事项要素", "审批结果名称"),
    bad=bad, good=good, check=check,
)
