"""TIM008: time is left out of the count and the applicant is not told how long."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.words import days_named, wording
from flowstd.ir.kinds import Role, StepKind
from flowstd.ir.model import Node

TIME = ("时限", "时间", "期限", "特别程序")
PROCEDURES = {StepKind.HEAR: ("听证",), StepKind.TENDER: ("招标", "拍卖"), StepKind.TEST: ("检验", "检测", "检疫"),
              StepKind.APPRAISE: ("鉴定",), StepKind.REVIEW: ("评审",)}


def check(subject: Subject) -> Iterator[Fault]:
    notices = [node for node in subject.steps(StepKind.NOTIFY, StepKind.ACCEPT) if node.issues]
    for node in subject.flow.nodes:
        if node.excluded_by is None or subject.role(node) is Role.APPLICANT:
            continue
        telling = [notice for notice in notices if _tells(subject, notice, node)
                   and not subject.any_after(notice, subject.steps(StepKind.ACCEPT))]
        if not subject.always_before(telling, node):
            name = said(node)
            yield Fault(Text(f"{name.zh}的时间不计入时限，但之前没有书面告知申请人需要多久",
                             f"the time of {name.en} does not count, and nobody told the applicant in writing how "
                             "long it takes"),
                        Text(f"在{name.zh}之前加一个告知步骤，issues=\"特别程序时限告知书\"",
                             f'put a notice before {name.en}: notify("告知特别程序时限", issues="特别程序时限告知书")'), node.id)


def _tells(subject: Subject, notice: Node, node: Node) -> bool:
    """Whether *notice* speaks of time, or of the very procedure; 告知利害关系人 speaks of neither."""
    text = " ".join((wording(notice), *subject.issued(notice)))
    return any(word in text for word in (*TIME, *PROCEDURES.get(node.step or StepKind.HANDLE, ()))) or (
        days_named(text) is not None)


def bad() -> Subject:
    from flowstd.dsl import third_party

    return ordinary(slots={"before_decision": third_party.review(
        "专家评审", within=workdays(10), excluded_by="行政许可法 第四十五条", issues="专家评审意见")})


def good() -> Subject:
    return ordinary(special=["专家评审"])


RULE = Rule(
    code="TIM008", name="untold-wait", since="0.1", reads="flow",
    summary=Text("不计入时限的程序，没有书面告知申请人所需时间。",
                 "A procedure is left out of the count and the applicant is not told in writing how long it takes."),
    why=Text("行政机关应当将所需时间书面告知申请人。",
             "The organ tells the applicant in writing how much time it needs."),
    source=licensing("第四十五条"),
    bad=bad, good=good, check=check,
)
