"""PRC007: a decision that can only be yes."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import licensing
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import of, ordinary
from flowstd.check.subject import Subject, said
from flowstd.ir.kinds import Outcome, StepKind


def check(subject: Subject) -> Iterator[Fault]:
    good, bad = subject.ends(Outcome.GRANTED, Outcome.DONE), subject.ends(Outcome.REFUSED)
    last = [node for node in subject.deciding if not subject.any_after(node, subject.deciding)]
    for node in last:
        for ends, missing in ((good, Text("准予", "a grant")), (bad, Text("不予", "a refusal"))):
            if not subject.any_after(node, ends):
                end = "end.granted" if ends is good else "end.refused"
                yield Fault(Text(f"{said(node).zh}没有“{missing.zh}”的结果",
                                 f"{said(node).en} cannot lead to {missing.en}"),
                            Text(f"加上“{missing.zh}”的分支，以 {end} 结束",
                                 f"add an exit that ends at {end}"), node.id)


def bad() -> Subject:
    from flowstd.dsl import applicant, decider, end, window

    return of(applicant.submit("提交许可申请") >> window.accept("受理")
              >> decider.decide("作出许可决定") >> window.deliver("送达") >> end.granted)


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="PRC007", name="one-sided-decision", since="0.1", reads="flow",
    summary=Text("决定只有准予或者只有不予。", "A decision can only grant, or only refuse."),
    why=Text("符合条件的准予，不符合的不予；只有一种结果就不是决定。",
             "Who fits the conditions is granted, who does not is refused."),
    source=licensing("第三十八条"),
    bad=bad, good=good, check=check, about=(StepKind.DECIDE,),
)
