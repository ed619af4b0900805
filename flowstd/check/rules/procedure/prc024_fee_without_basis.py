"""PRC024: people pay, and the item names no fee or no basis."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.instrument import Rank, standing
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import LICENCE, Subject, said
from flowstd.ir.kinds import StepKind

CITED = Text("写明收费依据的名称和条款", "name the instrument and the article it rests on")
BY_LAW = Text("写明收费依据的法律或者行政法规", "name the law or administrative regulation it rests on")


def check(subject: Subject) -> Iterator[Fault]:
    fee = subject.item.fee
    for node in subject.steps(StepKind.PAY):
        if fee is None or not fee.charged:
            yield Fault(Text(f"流程里有{said(node).zh}，事项要素写的是不收费或者没有写收费",
                             f"the flow has {said(node).en}, and the item charges nothing or does not say"),
                        Text("填写收费项目、标准和依据，或者删去这一步",
                             "give the fee with its standard and basis, or take the step out"), node.id)
    if fee is None or not fee.charged:
        return
    licence = subject.item_type == LICENCE
    if fee.basis is None:
        yield Fault(Text(f"{fee.zh}，没有依据", f"the fee has no basis: {fee.zh}"), BY_LAW if licence else CITED)
    elif licence and standing(fee.basis).highest > Rank.REGULATION:
        yield Fault(Text(f"收费依据{fee.basis.zh}不是法律、行政法规", f"{fee.basis.zh} is no law or administrative regulation"),
                    BY_LAW)


def bad() -> Subject:
    from flowstd.dsl import applicant

    return ordinary(slots={"before_deliver": applicant.pay("缴纳费用")})


def good() -> Subject:
    from flowstd.dsl import applicant

    return ordinary({"fee": {"charged": True, "name": "占道费", "standard": "每平方米每日1元",
                             "basis": "《示例条例》第三条"}},
                    slots={"before_deliver": applicant.pay("缴纳费用")})


RULE = Rule(
    code="PRC024", name="fee-without-basis", since="0.1", reads="case",
    summary=Text("收费没有依据，或者流程与要素不一致。", "A fee without a basis, or flow and item disagree about it."),
    why=Text("实施行政许可不得收费，法律、行政法规另有规定的除外。",
             "Licences are free unless a law or administrative regulation says otherwise."),
    source=licensing("第五十八条、第五十九条"),
    bad=bad, good=good, check=check,
)
