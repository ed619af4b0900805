"""PRC004: who came to the wrong place is not told where to go."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.mend import ELSEWHERE, NEEDLESS
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.words import mentions
from flowstd.ir.kinds import Outcome, Role, StepKind

FORM = (StepKind.CHECK, StepKind.RECEIVE)       # where the file is looked at first


def check(subject: Subject) -> Iterator[Fault]:
    accepting = subject.steps(StepKind.ACCEPT)
    flow = subject.flow
    asked = [node for node in subject.decisions
             if subject.role(node) is not Role.APPLICANT and not subject.always_before(accepting, node)]
    checks = [node for node in asked if node.step in FORM and subject.any_after(node, accepting)]
    if not checks:
        return                            # PRC002
    exits = [link for node in asked for link in flow.exits[node.id]]
    needless = [link for link in exits if any(word in link.label for word in ("不需要", "无需"))]
    elsewhere = [link for link in exits if any(word in link.label for word in ("不属于", "职权", "管辖"))]
    first = checks[0]
    if not needless:
        yield Fault(Text(f"{said(first).zh}没有“不需要许可”的出路",
                         f"{said(first).en} has no exit for matters that need no licence"),
                    Text("加一个分支：window.notify(\"告知不需要许可\") >> end.not_accepted",
                         'add an exit: window.notify("告知不需要许可") >> end.not_accepted'), first.id,
                    mend=NEEDLESS.at(first.id, subject.answers(first)))
    if not elsewhere:
        yield Fault(Text(f"{said(first).zh}没有“不属于职权”的出路",
                         f"{said(first).en} has no exit for matters of another organ"),
                    Text("加一个分支：出具不予受理决定，告知向有关行政机关申请 >> end.not_accepted",
                         "add an exit: refuse, and tell which organ to ask >> end.not_accepted"), first.id,
                    mend=ELSEWHERE.at(first.id, subject.answers(first)))
    for link in elsewhere:
        target = flow.node_by_id[link.target]
        if target.outcome is not Outcome.TRANSFERRED and not mentions(target, "有关行政机关", "有权机关", "告知向",
                                                                      "转"):
            yield Fault(Text(f"“{link.label}”之后的{said(target).zh}没有告知向哪个机关申请",
                             f'{said(target).en}, after "{link.label}", does not tell which organ to ask'),
                        Text("写 note=\"告知向有关行政机关申请\"",
                             'write note="告知向有关行政机关申请"'), target.id, link.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交许可申请") >> window.check("是否属于本机关许可事项？", {
        "是": window.accept("受理") >> end.granted, "不属于职权": window.refuse("不予受理") >> end.not_accepted}))


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC004", name="no-way-elsewhere", since="0.1", reads="flow",
    summary=Text("不需要许可、不属于职权的，没有即时告知的出路。",
                 "No exit for what needs no licence or is for another organ, or it does not tell where to go."),
    why=Text("来错了地方的人，应当即时知道，并知道该去哪里。",
             "Who came to the wrong place should know at once, and where to go."),
    source=licensing("第三十二条第一款第一、二项"),
    bad=bad, good=good, check=check, about=(StepKind.ACCEPT,),
)
