"""LAW004: a basis that is no longer in force."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.repealed import repealed
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    named = [*item.legal_bases, *(source for node in subject.flow.nodes for source in node.bases)]
    found = {source: ended for source in named if (ended := repealed(source.title)) is not None}
    for source, ended in found.items():
        yield Fault(Text(f"{source.zh}已于{ended.on}由{ended.by.zh}废止",
                         f"{source.zh} was repealed on {ended.on} by {ended.by.zh}"),
                    Text(f"改引{ended.instead}的相应条款", f"cite the corresponding article of {ended.instead}"))


def bad() -> Subject:
    return ordinary({"legal_bases": ["《物权法》第九条"]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="LAW004", name="repealed-basis", since="0.1", reads="case",
    summary=Text("引用了已经废止的依据。", "A basis has been repealed."),
    why=Text("依据废止了，事项也要随之调整。", "When its basis falls, the item must change."),
    source=practice("依据有效性核对", "法律法规附则的废止条款"),
    bad=bad, good=good, check=check,
)
