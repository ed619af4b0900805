"""TIM021: the chart does not say what the organ's silence means."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.words import remarks


def check(subject: Subject) -> Iterator[Fault]:
    for node in {notice.id: notice for notice, _ in subject.corrections}.values():
        if "补正" in node.label and "受理" not in remarks(node):
            name = said(node)
            yield Fault(Text(f"{name.zh}没有注明逾期不告知即为受理",
                             f"{name.en} does not say that the case is accepted when no notice comes"),
                        Text("写 note=\"逾期不告知即为受理\"", 'write note="逾期不告知即为受理"'), node.id)
    for node in subject.deciding if "延续" in subject.scenario else ():
        if "视为" not in remarks(node):
            name = said(node)
            yield Fault(Text(f"{name.zh}没有注明届满前未决定视为准予延续",
                             f"{name.en} does not say that the licence is renewed when no decision comes before "
                             "expiry"),
                        Text("写 note=\"届满前未决定视为准予延续\"", 'write note="届满前未决定视为准予延续"'), node.id,
                        source=LIMITS["T13"].source)


def bad() -> Subject:
    from flowstd.dsl import applicant, back, end, window

    return of(applicant.submit("提交许可申请") >> window.check("材料是否齐全？", {
        "是": window.accept("受理") >> end.granted,
        "否": window.notify("一次性告知补正",
                           within=workdays(5)) >> applicant.supply("补正材料") >> back("材料是否齐全？")}))


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="TIM021", name="silence-untold", since="0.1", reads="flow",
    summary=Text("没有注明机关逾期不答复的后果。", "The chart does not say what follows when the organ stays silent."),
    why=Text("逾期不告知补正即为受理，逾期不决定延续即为准予；办事人应当知道。",
             "No notice in time means accepted, no decision in time means renewed; people should know."),
    source=LIMITS["T01"].source,
    bad=bad, good=good, check=check,
)
