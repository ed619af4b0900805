"""A rule's record as a page: what it finds, why, on what authority, how grave, and both examples drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.text import Language, Text
from flowstd.check.registry import rule
from flowstd.check.ruleset import levels, rulesets
from flowstd.pipeline import compile_flow

from .pieces import Cell, Picture, Piece, Place, Table, Words

if TYPE_CHECKING:
    from flowstd.check.rule import Rule
    from flowstd.check.subject import Subject

EVIDENCE = {
    Evidence.OFFICIAL: Text("读自正式文本", "read in the official text"),
    Evidence.REPRINT: Text("读自转载，引用前请核对正式文本", "read in a reprint: take the official text before relying on it"),
    Evidence.PRACTICE: Text("办理惯例，没有条文规定", "practice: no instrument says so"),
    Evidence.MODELLED: Text("参照，未读原文", "modelled on it: the text itself was not read"),
    Evidence.AUTHOR: Text("未经核对", "not checked"),
}
OFF = Text("不查", "off")
LEVEL = {"error": Text("错误", "error"), "warning": Text("提醒", "warning"), "info": Text("说明", "note")}
TASTE = Text("没有条文依据，是行文习惯。", "No instrument asks for this: it is a matter of taste.")
DRAWN = ("flow", "case", "drawing")             # what a rule reads when its examples are best shown as charts


def rule_page(code: str, language: Language) -> Iterator[Piece]:
    """Everything that is known of the rule *code*. Raises UnknownName."""
    one = rule(code)
    yield Place(one.code)
    yield Words(one.summary.say(language))
    yield Words(one.why.say(language))
    yield _facts(one, language)
    for example, subject in ((Text("不合规则", "Found"), one.bad()), (Text("合规则", "Left alone"), one.good())):
        yield Words(f"{example.say(language)}{Text('：', ': ').say(language)}{_verdict(one, subject, language)}")
        if one.reads in DRAWN:
            yield Picture(compile_flow(subject.flow), frame="chart")


def _facts(one: Rule, language: Language) -> Table:
    def row(head: Text, value: str) -> tuple[Cell, ...]:
        return (Cell(head.say(language)), Cell(value))

    rows = [row(Text("规则", "Rule"), f"{one.code} {one.name}"),
            row(Text("依据", "Authority"), _source(one.source, language) if one.source else TASTE.say(language)),
            row(Text("检查对象", "Reads"), READS[one.reads].say(language))]
    for name in rulesets():
        level = levels(name).get(one.code)
        words = LEVEL[level.value] if level else OFF
        rows.append(row(Text(f"规则集 {name}", f"In {name}"), words.say(language) + _types(one, name, language)))
    rows.append(row(Text("自版本", "Since"), one.since))
    return Table(heads=(), rows=tuple(rows), widths=(22, 78))


READS = {
    "flow": Text("流程", "the flow"), "item": Text("事项的要素", "the elements of the item"),
    "case": Text("流程和要素", "the flow and the elements"), "drawing": Text("图面", "the drawing"),
    "catalogue": Text("整个目录", "the whole catalogue"),
}


def _types(one: Rule, ruleset: str, language: Language) -> str:
    """The item types that a ruleset treats otherwise."""
    usual = levels(ruleset).get(one.code)
    others = []
    for kind in types():
        level = levels(ruleset, kind).get(one.code)
        if level != usual:
            others.append(f"{kind} {(LEVEL[level.value] if level else OFF).say(language)}")
    join = Text("；", "; ").say(language)
    return join + join.join(others) if others else ""


def types() -> tuple[str, ...]:
    """The item types of the national code list."""
    from flowstd.item.profile import profile

    return tuple(profile("national").list("item_type").words)


def _source(source: LegalSource, language: Language) -> str:
    parts = [source.zh, EVIDENCE[source.evidence].say(language)]
    if source.in_force_from:
        parts.append(Text(f"自 {source.in_force_from} 起施行", f"in force from {source.in_force_from}").say(language))
    if source.checked_on:
        parts.append(Text(f"核对于 {source.checked_on}", f"checked on {source.checked_on}").say(language))
    return Text("，", ", ").say(language).join(parts)


def _verdict(one: Rule, subject: Subject, language: Language) -> str:
    faults = tuple(one.check(subject))
    if not faults:
        return Text("没有问题", "no finding").say(language)
    return Text("；", "; ").say(language).join(fault.message.say(language) for fault in faults)
