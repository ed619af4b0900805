"""PRC009: a fact is verified by one officer alone."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.term import workdays
from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, said
from flowstd.check.words import people_named, wording
from flowstd.ir.kinds import Role, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    for node in subject.steps(StepKind.INSPECT):
        if subject.role(node) is not Role.THIRD_PARTY and (people_named(wording(node)) or 0) < 2:
            yield Fault(Text(f"{said(node).zh}没有写明两名以上工作人员",
                             f"{said(node).en} does not say that two or more officers do it"),
                        Text("写 post=\"两名以上工作人员\"", 'write post="两名以上工作人员"'), node.id)


def bad() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"before_decision": reviewer.inspect("现场勘验", within=workdays(2))})


def good() -> Subject:
    from flowstd.dsl import reviewer

    return ordinary(slots={"before_decision": reviewer.inspect("现场勘验", within=workdays(2),
                                                               post="两名以上工作人员")})


RULE = Rule(
    code="PRC009", name="one-officer", since="0.1", reads="flow",
    summary=Text("核查没有写明两名以上工作人员。", "A verification does not say that two or more officers do it."),
    why=Text("需要核实实质内容的，应当指派两名以上工作人员。", "Facts are verified by two or more officers."),
    source=licensing("第三十四条第三款"),
    bad=bad, good=good, check=check, about=(StepKind.INSPECT,),
)
