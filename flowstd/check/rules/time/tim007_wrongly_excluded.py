"""TIM007: time is left out of the count although the law does not leave it out."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.instrument import overrides
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import StepKind

KINDS = (StepKind.HEAR, StepKind.TENDER, StepKind.TEST, StepKind.APPRAISE, StepKind.REVIEW)
WORDS = ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")
OWN = (StepKind.CHECK, StepKind.ACCEPT, StepKind.EXAMINE, StepKind.PRELIMINARY, StepKind.DECIDE, StepKind.REFUSE,
       StepKind.REGISTER, StepKind.CERTIFY)            # the office's own work, whatever it is called: 审查检测报告
LAW = licensing("第四十五条")


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.flow.nodes:
        source = node.excluded_by
        if source is None or node.step in KINDS or (
                node.step not in OWN and any(word in node.label for word in WORDS)):
            continue
        if overrides(source, LAW):
            continue
        name = said(node)
        yield Fault(Text(f"{name.zh}的时间没有计入时限，但它不在{'、'.join(WORDS)}之列",
                         f"the time of {name.en} is left out, but it is not one of the procedures that the law "
                         "leaves out"),
                    Text("去掉 excluded_by=，把时间计入；确是其中一项的，用 hear、test 等写；另有法律规定的，写明它的名称和条款",
                         "take excluded_by= away and count it; write one of these as hear, test …; where another law "
                         "says so, cite it with its article"),
                    node.id)


def bad() -> Subject:
    return _inspection("行政许可法 第四十五条")


def good() -> Subject:
    return _inspection(None)


def _inspection(law: str | None) -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(limit=workdays(8), slots={"before_decision": reviewer.inspect(
        "现场勘验", within=workdays(2), excluded_by=law, post="两名以上工作人员")})


RULE = Rule(
    code="TIM007", name="wrongly-excluded", since="0.1", reads="flow",
    summary=Text("把法律没有扣除的时间不计入时限。",
                 "Time is left out of the count although the law does not leave it out."),
    why=Text("只有听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的时间不计入；现场勘验、公示、集体讨论都要计入。",
             "Only hearing, tender, auction, inspection of goods, testing, quarantine, appraisal and expert review are "
             "left out; a site visit, a public notice or a meeting counts."),
    source=LAW,
    bad=bad, good=good, check=check,
)
