"""Which rules run, and how grave each finding is, by ruleset and item type: read from ``rulesets/*.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from flowstd.base.errors import UnknownName
from flowstd.base.finding import Level
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text

FOLDER = Path(__file__).with_name("rulesets")
FOREIGN = Level.WARNING          # rules of other packages, which no ruleset of ours knows


def rulesets() -> tuple[str, ...]:
    """The rulesets that come with flowstd, the gentler first.

    >>> rulesets()
    ('draft', 'publish')
    """
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def item_types(ruleset: str) -> tuple[str, ...]:
    """The item types that *ruleset* treats in their own way.

    >>> item_types("publish")
    ('行政许可',)
    """
    return tuple(_table(ruleset).get("types", {}))


@cache
def levels(ruleset: str, item_type: str = "") -> dict[str, Level]:
    """The level of each rule that *ruleset* runs on items of *item_type*, in no order. Raises UnknownName.

    A level that a file gives for all types may be changed, or switched off, for one.

    >>> levels("publish", "行政许可")["TIM002"]
    <Level.ERROR: 'error'>
    >>> "TIM002" in levels("publish", "公共服务")
    False
    """
    table = _table(ruleset)
    merged = {**table.get("all", {}), **table.get("types", {}).get(item_type, {})}
    return {code: Level(level) for code, level in merged.items() if level != "off"}


@cache
def _table(ruleset: str) -> dict[str, Any]:
    path = FOLDER / f"{ruleset}.toml"
    if ruleset not in rulesets():
        raise UnknownName(Text(f"没有规则集“{ruleset}”", f'there is no ruleset "{ruleset}"'),
                          fix=did_you_mean(ruleset, rulesets()))
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    extends = table.pop("extends", None)
    if not isinstance(extends, str):
        return table
    below = _table(extends)
    types = {name: {**below.get("types", {}).get(name, {}), **table.get("types", {}).get(name, {})}
             for name in (*below.get("types", {}), *table.get("types", {}))}
    return {"all": {**below.get("all", {}), **table.get("all", {})}, "types": types}
