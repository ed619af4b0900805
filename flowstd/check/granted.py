"""What became of the allowances that a catalogue gives: those that no item needed are told, at their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowstd.base.finding import Finding
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.item.allowance import Granted

from .allow import Use
from .registry import names, rule
from .ruleset import levels

UNUSED = "ALW001"


def unneeded(granted: Iterable[Granted], uses: Iterable[Use], ruleset: str = "draft") -> Iterator[Finding]:
    """A finding for each of *granted* that set nothing aside; *uses* are those of all charts of the catalogue.

    >>> given = Granted(rule="TIM016", reason="系统改造期间", items=["T-9"])
    >>> [finding.message.en for finding in unneeded([given], [])]
    ['TIM016 is allowed for T-9, and there is no such item']
    """
    uses = tuple(uses)
    level = levels(ruleset).get(UNUSED)
    for one in granted if level is not None else ():
        mine = [use for use in uses if use.allowance is one]
        told = None if any(use.findings for use in mine) else _told(one, mine)
        if told is not None and level is not None:
            record = rule(UNUSED)
            yield Finding(code=record.code, name=record.name, level=level, message=told[0], fix=told[1],
                          where=one.where, source=record.source)


def _told(one: Granted, mine: list[Use]) -> tuple[Text, Text] | None:
    """What is wrong with an allowance that set nothing aside; nothing while its rule has not run."""
    if one.rule not in names():
        return (Text(f"允许的偏离写的规则“{one.rule}”不存在", f'the allowance names the rule "{one.rule}", which does not exist'),
                did_you_mean(one.rule, names()))
    if not mine:
        items = "、".join(one.items)
        return (Text(f"允许“{items}”偏离 {one.rule}，但没有这个事项", f"{one.rule} is allowed for {items}, and there is no such "
                                                          "item"),
                Text("写事项的编码、名称，或“编码.情形”", "name items by code or name, or a case as code.scenario"))
    if any(use.ran for use in mine):
        return (Text(f"允许偏离 {one.rule}，但没有一个事项有这个问题", f"{one.rule} is allowed, and no item has that fault"),
                Text("删去这条允许", "take the allowance out"))
    return None
