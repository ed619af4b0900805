"""TIM001: gaps are told, or the case accepted, later than the fifth day."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.limits import LIMITS
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import longest, told
from flowstd.ir.kinds import Kind, StepKind
from flowstd.ir.model import Node

LIMIT = LIMITS["T01"]


def check(subject: Subject) -> Iterator[Fault]:
    accepting = subject.steps(StepKind.ACCEPT)
    asking = {notice.id: notice for notice, _ in subject.corrections}.values()
    notices = tuple([node for node in asking
                     if not accepting or subject.any_after(_question(subject, node), accepting)])
    start = subject.by_kind[Kind.START]
    for node in (*notices, *accepting):
        ours = subject.measure.counts
        way = longest(subject, start, (node,),
                      ours - {one.id for one in notices} if node.step is StepKind.ACCEPT else ours)
        if way is not None and LIMIT.term is not None and way.total.exceeds(LIMIT.term):
            name, term, said_way = said(node), told(LIMIT.term), way.said
            yield Fault(Text(f"从收到材料到{name.zh}最长{way.total.zh}（{said_way.zh}），超过{term.zh}",
                             f"from receipt to {name.en} it can take {way.total.en} ({said_way.en}), more than "
                             f"{term.en}"),
                        Text(f"缩短到{term.zh}以内；逾期不告知的，收到材料之日起即为受理",
                             f"keep it within {term.en}; without a notice in time the case is accepted from its "
                             "receipt"),
                        node.id)
        elif node.step is StepKind.NOTIFY and node.within is None:
            name, term = said(node), told(LIMIT.term or workdays(5))
            yield Fault(Text(f"{name.zh}没有写时限", f"{name.en} has no limit"),
                        Text(f"写 within=workdays(5)，不超过{term.zh}",
                             f"write within=workdays(5): at most {term.en}"), node.id)


def _question(subject: Subject, node: Node) -> Node:
    return subject.flow.node_by_id[subject.flow.entries[node.id][0].source]


def bad() -> Subject:
    return ordinary(correction_limit=workdays(7))


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="TIM001", name="late-correction-notice", since="0.1", reads="flow",
    summary=Text("补正告知或者受理晚于收到材料后五个工作日。",
                 "Gaps are told, or the case accepted, later than five working days after receipt."),
    why=Text("材料不齐的，应当当场或者五日内一次告知；逾期不告知即为受理。",
             "Every gap is told at once, on the spot or within five days; silence counts as acceptance."),
    source=LIMIT.source,
    bad=bad, good=good, check=check,
)
