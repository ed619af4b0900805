"""PRC006: a case is accepted or refused without a paper."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Outcome, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.steps(StepKind.ACCEPT):
        if not node.issues:
            yield Fault(Text(f"{said(node).zh}没有出具受理凭证", f"{said(node).en} issues no receipt"),
                        Text("写 issues=\"受理通知书\"（加盖专用印章、注明日期）",
                             'write issues="受理通知书": sealed and dated'), node.id)
    accepting = subject.steps(StepKind.ACCEPT)
    for end in subject.ends(Outcome.NOT_ACCEPTED):
        if not accepting:
            break
        for link in subject.flow.entries[end.id]:
            source = subject.flow.node_by_id[link.source]
            if not source.issues:
                yield Fault(Text(f"到{said(end).zh}之前，{said(source).zh}没有出具书面凭证",
                                 f"{said(source).en} leads to {said(end).en} without a paper"),
                            Text("在结束之前加一步，issues=\"不予受理决定书\"",
                                 'put a step before the end: refuse(…, issues="不予受理决定书")'), source.id, link.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, end, window

    return of(applicant.submit("提交许可申请") >> window.accept("受理") >> window.deliver("送达") >> end.granted)


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC006", name="no-receipt", since="0.1", reads="flow",
    summary=Text("受理或者不予受理没有书面凭证。", "A case is accepted or not accepted without a written receipt."),
    why=Text("没有注明日期的凭证，期限从哪天算起就说不清。",
             "Without a dated receipt nobody can say when the limit began."),
    source=licensing("第三十二条第二款"),
    bad=bad, good=good, check=check, about=(StepKind.ACCEPT,),
)
