"""Rules that can be read: which scenario and template an item follows, by its type and the words in its name.

The first rule that matches counts; a rule without conditions matches all.

    [[rule]]
    types = ["行政许可"]              # one of these item types
    parents = ["企业设立"]            # one of these words in the name of the parent item
    words = ["注销", "终止"]          # one of these words in the name
    unless = ["抵押"]                 # and none of these
    scenario = "注销"
    template = "cancellation"
    with = {limit = "5 workdays"}     # parameters of the template
    elements = {promised = "5 workdays"}   # values for elements the row does not give

``[illustrative]`` gives example values to every item; they, and ``elements``, are marked as examples on the chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flowstd.base.errors import BadSource, UnknownName
from flowstd.base.files import read_source
from flowstd.base.text import Text
from flowstd.base.where import Where

from .choice import Choice
from .source import Source
from .toml_text import read_toml


@dataclass(frozen=True)
class Rule:
    """One rule of a rules file."""

    number: int
    types: tuple[str, ...]
    words: tuple[str, ...]
    unless: tuple[str, ...]
    parents: tuple[str, ...]
    choice: Choice
    elements: Mapping[str, Any]

    def matches(self, row: Mapping[str, str]) -> bool:
        """Whether this rule is for the item that *row* describes."""
        name, parent = row.get("name", ""), row.get("parent", "")
        if self.types and row.get("item_type", "") not in self.types:
            return False
        if self.parents and not any(word in parent for word in self.parents):
            return False
        wanted = not self.words or any(word in name for word in self.words)
        return wanted and not any(word in name for word in self.unless)


@dataclass(frozen=True)
class Rules:
    """All rules of one file, in order."""

    file: str
    rules: tuple[Rule, ...]
    illustrative: Mapping[str, Any]   # element → example value, for every item

    def rule_for(self, row: Mapping[str, str], where: Where) -> Rule:
        """The first rule that matches. Raises UnknownName when none does."""
        for rule in self.rules:
            if rule.matches(row):
                return rule
        raise UnknownName(
            Text(f"“{row.get('name', '')}”（{row.get('item_type', '')}）没有对应的规则",
                 f'no rule matches "{row.get("name", "")}" ({row.get("item_type", "")})'), where=where,
            fix=Text(f"在 {self.file} 末尾加一条没有条件的 [[rule]]，或在这一行写明 scenario 和 template",
                     f"add a [[rule]] without conditions at the end of {self.file}, or give scenario and template in "
                     "this row"))


def read_rules(path: Path) -> Rules:
    """The rules in *path*. Raises BadSource, UnknownName with the line."""
    source = read_toml(read_source(path), str(path))
    source.only("illustrative", "rule")
    tables = source.get("rule", list, [])
    if not tables:
        raise BadSource(Text("没有规则", "there are no rules"), where=source.where(),
                        fix=Text("写至少一条 [[rule]]", "write at least one [[rule]]"))
    return Rules(source.file, tuple(_rule(number, source.part("rule", number)) for number in range(len(tables))),
                 source.get("illustrative", dict, {}))


def _rule(number: int, source: Source) -> Rule:
    source.only("types", "parents", "words", "unless", "scenario", "template", "with", "elements")
    for key in ("scenario", "template"):
        if not source.get(key, str, ""):
            raise BadSource(Text(f"规则缺少 {key}", f"the rule has no {key}"), where=source.where(),
                            fix=Text(f'写 {key} = "…"', f'write {key} = "…"'))
    source.get("with", dict, {})
    given = source.part("with") if "with" in source.data else Source(source.file, {}, source.marks, source.root)
    choice = Choice(source.data["scenario"], source.data["template"], given, source.where("template"))
    return Rule(number, source.words("types"), source.words("words"), source.words("unless"), source.words("parents"),
                choice, source.get("elements", dict, {}))
