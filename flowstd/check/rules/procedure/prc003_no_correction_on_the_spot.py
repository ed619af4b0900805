"""PRC003: an error that could be mended at the counter sends people home."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.mend import ON_THE_SPOT
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Kind, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    accepting = subject.steps(StepKind.ACCEPT)
    checks = [node for node in subject.steps(StepKind.CHECK) if node.kind is Kind.DECISION
              and subject.any_after(node, accepting)]
    if not checks:
        return                            # PRC002
    if not any(subject.supplied_after(node) for node in checks):
        yield Fault(Text(f"{said(checks[-1]).zh}没有“当场更正”的出路",
                         f"{said(checks[-1]).en} has no exit for a correction on the spot"),
                    Text("加一个分支 可当场更正=applicant.supply(\"当场更正\") >> back(…)",
                         'add an exit: 可当场更正=applicant.supply("当场更正") >> back(…)'), checks[-1].id,
                    mend=ON_THE_SPOT.at(checks[-1].id, subject.answers(checks[-1])))


def bad() -> Subject:
    from flowstd.dsl import applicant, back, end, window

    return of(applicant.submit("提交许可申请") >> window.check("材料是否齐全？", {
        "是": window.accept("受理") >> end.granted,
        "否": window.notify("一次性告知补正",
                           within=workdays(5)) >> applicant.supply("补正材料") >> back("材料是否齐全？")}))


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC003", name="no-correction-on-the-spot", since="0.1", reads="flow",
    summary=Text("形式审查没有当场更正的出路。", "The form check has no exit for a correction on the spot."),
    why=Text("可以当场更正的错误，应当允许申请人当场更正。",
             "An error that can be mended on the spot may be mended on the spot."),
    source=licensing("第三十二条第一款第三项"),
    bad=bad, good=good, check=check, about=(StepKind.CHECK,),
)
