"""Slots: the named places of a template where an author inserts or replaces steps."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flowstd.base.errors import UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text

from ..position import here
from ..words import Block

Given = Mapping[str, Block]            # slot name → what the author puts there
NOTHING: Mapping[str, Any] = MappingProxyType({})
BRANCHING = ("decision",)              # what follows these stands in their exits: nothing comes after them


def slot_names(steps: tuple[str, ...]) -> tuple[str, ...]:
    """The slots that named steps have.

    >>> slot_names(("examination", "decision"))
    ('before_examination', 'replace_examination', 'after_examination', 'before_decision', 'replace_decision')
    """
    return tuple(f"{place}_{step}" for step in steps for place in ("before", "replace", "after")
                 if place != "after" or step not in BRANCHING)


class Slots:
    """What an author put into the slots of one template.

    Raises: UnknownName: a slot that the template does not have.
    """

    def __init__(self, steps: tuple[str, ...], given: Given) -> None:
        self._given = dict(given)
        names = slot_names(steps)
        for name in self._given:
            if name not in names:
                raise UnknownName(Text(f"模板没有插槽“{name}”", f'the template has no slot "{name}"'),
                                  where=here(), fix=did_you_mean(name, names))

    def fill(self, step: str, block: Block) -> Block:
        """*block*, or what replaces it, with what the author put before and after it."""
        return chain(self._given.get(f"before_{step}"), self._given.get(f"replace_{step}", block),
                     self._given.get(f"after_{step}"))

    def fill_if(self, step: str, block: Block | None) -> Block | None:
        """The same for a step that may be absent: its slots are there all the same."""
        parts = (self._given.get(f"before_{step}"), self._given.get(f"replace_{step}", block),
                 self._given.get(f"after_{step}"))
        return chain(*parts) if any(part is not None for part in parts) else None


def chain(*blocks: Block | None) -> Block:
    """The blocks that are there, one after the other; there must be one."""
    first, *rest = (block for block in blocks if block is not None)
    for block in rest:
        first = first >> block
    return first
