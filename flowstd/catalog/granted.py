"""``[[allow]]`` in flowstd.toml: rules that need not hold for some items of a catalogue, or for all of them.

    [[allow]]
    rule = "TIM016"
    items = ["511A0141700000.新办"]     # codes or names of items, or single cases; without it: every item
    reason = "系统改造期间"
    basis = "《示例条例》第五条"
    until = 2026-12-31
"""

from __future__ import annotations

from flowstd.base.errors import BadSource
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.ir.case import Case
from flowstd.item.allowance import Granted
from flowstd.item.problems import field_names

from .entry import Failed
from .source import Source, unknown_key

KEY = "allow"
_NAMES = field_names(Granted)


def read_granted(source: Source) -> tuple[Granted, ...]:
    """The allowances of a flowstd.toml. Raises BadSource, UnknownName, BadElement with their lines."""
    if isinstance(source.data.get(KEY), dict):
        raise _not_listed(source.where(KEY))
    return tuple(_granted(source.part(KEY, number)) for number in range(len(source.get(KEY, list, []))))


def with_granted(entry: Case | Failed, allow: tuple[Granted, ...]) -> Case | Failed:
    """*entry* with those of *allow* that are for it."""
    if isinstance(entry, Failed):
        return entry
    own = tuple(one for one in allow if one.given_to(entry.key, entry.item.code, entry.item.name))
    return entry.model_copy(update={"granted": own}) if own else entry


def _granted(part: Source) -> Granted:
    if not isinstance(part.data, dict):
        raise _not_listed(part.where())
    for key in part.data:
        if key not in _NAMES:
            raise unknown_key(key, _NAMES, part.where(key))
    return Granted(**{_NAMES[key]: value for key, value in part.data.items()}, where=part.where())


def _not_listed(where: Where) -> BadSource:
    return BadSource(Text("允许的偏离要写成 [[allow]]", "an allowance is written as [[allow]]"), where=where,
                     fix=Text('[[allow]] 之下写 rule = "…" 和 reason = "…"',
                              'write rule = "…" and reason = "…" under [[allow]]'))
