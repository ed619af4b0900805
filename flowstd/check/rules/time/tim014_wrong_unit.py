"""TIM014: a licence limit is not counted in working days."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import Unit, days
from flowstd.base.text import Text
from flowstd.check.instrument import overrides
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.time import told
from flowstd.check.words import otherwise
from flowstd.ir.kinds import Role, StepKind
from flowstd.ir.model import Node

LAW = licensing("第八十二条")
WRONG = (Unit.DAYS, Unit.MONTHS, Unit.YEARS)
WATCHING = (StepKind.SUPERVISE, StepKind.REVOKE)          # what comes after a licence has limits of its own
AFTERWARDS = (*WATCHING, StepKind.PUBLISH, StepKind.ARCHIVE)


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.declared
    if item is not None:
        for title, term, note in (("法定办结时限", item.statutory, item.statutory_note),
                                  ("承诺办结时限", item.promised, item.promised_note)):
            if term is not None and term.count and term.unit in WRONG and not otherwise(note, LAW):
                yield Fault(Text(f"{title}写的是{term.zh}，行政许可的期限以工作日计算",
                                 f"{title} is {told(term).en}; licence limits count in working days"),
                            Text(f"写成“{term.count}工作日”；另有规定的，在说明里写明名称和条款",
                                 f'write "{term.count}工作日", or cite the law that says otherwise'))
    for node in subject.flow.nodes:
        if node.within is not None and node.within.count and node.within.unit in WRONG and _bound(subject, node):
            name = said(node)
            yield Fault(Text(f"{name.zh}的时限是{node.within.zh}，行政许可的期限以工作日计算",
                             f"{name.en} has {told(node.within).en}; licence limits count in working days"),
                        Text("用 workdays(…) 写成工作日；另有规定的，在 law= 写明名称和条款",
                             "give it in workdays(…), or name the law that says otherwise, with its article, in law="),
                        node.id)


def _bound(subject: Subject, node: Node) -> bool:
    """Whether the licensing law sets the unit of *node*: from receipt to service, where no other law is cited."""
    if (subject.role(node) is Role.APPLICANT or node.excluded_by is not None or node.step in AFTERWARDS
            or any(overrides(source, LAW) for source in node.bases)
            or any(subject.follows(step, node) for step in subject.steps(*WATCHING))):
        return False
    item = subject.declared
    cited = item is not None and item.statutory is not None and item.statutory.unit in WRONG and otherwise(
        item.statutory_note, LAW)         # the law that sets the limit of the item sets its unit
    return not (cited and _decisive(subject, node))


def _decisive(subject: Subject, node: Node) -> bool:
    """Whether *node* lies in the time that the limit of the item counts: from acceptance to decision."""
    measure = subject.measure
    return (any(subject.follows(one, node) for one in measure.accepting)
            and (node in measure.deciding or subject.any_after(node, measure.deciding)))


def bad() -> Subject:
    return ordinary(delivery_limit=days(10))


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="TIM014", name="wrong-unit", since="0.1", reads="flow",
    summary=Text("行政许可的时限不以工作日计。", "A licence limit is not counted in working days."),
    why=Text("期限以工作日计算，不含法定节假日；写“天”会有两种算法。",
             "Limits count in working days without public holidays; plain days can be read in two ways."),
    source=LAW,
    bad=bad, good=good, check=check,
)
