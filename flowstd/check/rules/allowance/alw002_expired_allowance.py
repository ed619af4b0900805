"""ALW002: an allowance whose time is over."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary, settled
from flowstd.check.subject import Subject
from flowstd.item.allowance import Granted


def check(subject: Subject) -> Iterator[Fault]:
    for use in subject.uses:
        if use.expired and (use.findings or not isinstance(use.allowance, Granted)):
            rule, until = use.allowance.rule, use.allowance.until
            yield Fault(Text(f"允许偏离 {rule} 到{until}为止，已经过期",
                             f"{rule} was allowed until {until}, which is past"),
                        Text("改正问题，或重新批准并更新日期",
                             "mend the fault, or have it allowed again with a new date"),
                        where=use.allowance.where)


def bad() -> Subject:
    return settled(ordinary({"promised": "5工作日",
                             "allow": [{"rule": "TIM016", "reason": "系统改造", "until": "2020-01-01"}]}))


def good() -> Subject:
    return settled(ordinary({"promised": "5工作日",
                             "allow": [{"rule": "TIM016", "reason": "系统改造", "until": "2099-01-01"}]}))


RULE = Rule(
    code="ALW002", name="expired-allowance", since="0.1", reads="item",
    summary=Text("允许的偏离已经过期。", "An allowance has expired."),
    why=Text("有期限的例外，到期就要改。", "An exception with a date ends on that date."),
    source=None,
    bad=bad, good=good, check=check,
)
