"""PRC010: a hearing is held and nobody was told of the right to it."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.words import mentions
from flowstd.ir.kinds import StepKind


def check(subject: Subject) -> Iterator[Fault]:
    notices = [node for node in subject.steps(StepKind.NOTIFY, StepKind.ANNOUNCE) if mentions(node, "权利",
                                                                                              "利害关系人", "公告")]
    for node in subject.steps(StepKind.HEAR):
        if not any(subject.follows(notice, node) for notice in notices):
            yield Fault(Text(f"{said(node).zh}之前没有告知申请人、利害关系人",
                             f"nobody tells the applicant and others concerned before {said(node).en}"),
                        Text("加一步：告知听证权利，issues=\"听证权利告知书\"",
                             'add notify("告知听证权利", issues="听证权利告知书")'), node.id)


def bad() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"before_decision": reviewer.hear("举行听证", within=workdays(10), post="非审查人员主持")})


def good() -> Subject:
    return ordinary(special=["听证"])


RULE = Rule(
    code="PRC010", name="untold-hearing-right", since="0.1", reads="flow",
    summary=Text("有听证，却没有告知听证权利。", "A hearing is held and nobody was told of the right to it."),
    why=Text("直接关系他人重大利益的，应当告知申请人和利害关系人。",
             "Those whose interests are at stake are told of their rights."),
    source=licensing("第三十六条、第四十七条"),
    bad=bad, good=good, check=check, about=(StepKind.HEAR,),
)
