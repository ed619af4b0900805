"""A rule's record as a page: what it finds, why, on what authority, how grave, and both examples drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowstd.base.finding import Level
from flowstd.base.legal import LegalSource
from flowstd.base.text import Language, Text
from flowstd.check.registry import rule
from flowstd.pipeline import compile_flow
from flowstd.report.rules import EVIDENCE, TASTE, severities
from flowstd.report.words import LEVELS

from .pieces import Cell, Picture, Piece, Place, Table, Words

if TYPE_CHECKING:
    from flowstd.check.rule import Rule
    from flowstd.check.subject import Subject

OFF = Text("不检查", "off")
DRAWN = ("flow", "case", "drawing")             # what a rule reads when its examples are best shown as charts
READS = {
    "flow": Text("流程", "the flow"), "item": Text("事项的要素", "the elements of the item"),
    "case": Text("流程和要素", "the flow and the elements"), "drawing": Text("图面", "the drawing"),
    "catalogue": Text("整个目录", "the whole catalogue"),
}


def rule_page(code: str, language: Language) -> Iterator[Piece]:
    """Everything that is known of the rule *code*. Raises UnknownName."""
    one = rule(code)
    yield Place(one.code)
    yield Words(one.summary.say(language))
    yield Words(one.why.say(language))
    yield _facts(one, language)
    for name, subject in ((Text("查出", "Found"), one.bad()), (Text("放过", "Left alone"), one.good())):
        yield Words(f"{name.say(language)}{Text('：', ': ').say(language)}{_verdict(one, subject, language)}")
        if one.reads in DRAWN:
            yield Picture(compile_flow(subject.flow), frame="chart")


def _facts(one: Rule, language: Language) -> Table:
    rows = [(Text("规则", "Rule"), f"{one.code} {one.name}"),
            (Text("依据", "Authority"), _source(one.source, language) if one.source else TASTE.say(language)),
            (Text("检查对象", "Reads"), READS[one.reads].say(language)),
            *((Text(f"规则集 {name}", f"In {name}"), _levels(kinds, language))
              for name, kinds in severities(one.code).items()),
            (Text("自版本", "Since"), one.since)]
    return Table(heads=(), rows=tuple((Cell(head.say(language)), Cell(value)) for head, value in rows), widths=(22, 78))


def _levels(kinds: dict[str, str], language: Language) -> str:
    """How grave it is, and for which item types otherwise."""
    said = [(f"{kind} " if kind else "") + (OFF if level == "off" else LEVELS[Level(level)]).say(language)
            for kind, level in kinds.items()]
    return Text("；", "; ").say(language).join(said)


def _source(source: LegalSource, language: Language) -> str:
    parts = [source.zh, EVIDENCE[source.evidence].say(language)]
    if source.in_force_from:
        parts.append(Text(f"{source.in_force_from} 起施行", f"in force from {source.in_force_from}").say(language))
    if source.checked_on:
        parts.append(Text(f"{source.checked_on} 核对", f"checked {source.checked_on}").say(language))
    return Text("，", ", ").say(language).join(parts)


def _verdict(one: Rule, subject: Subject, language: Language) -> str:
    faults = tuple(one.check(subject))
    if not faults:
        return Text("没有问题", "no finding").say(language)
    return Text("；", "; ").say(language).join(fault.message.say(language) for fault in faults)
