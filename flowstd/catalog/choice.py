"""A scenario, a template and its parameters → the steps, told at the author's line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowstd.base.where import Where
from flowstd.dsl.position import at
from flowstd.dsl.templates import template

from .source import Source
from .values import fitted

if TYPE_CHECKING:
    from flowstd.dsl import Block
    from flowstd.item.model import Item


@dataclass(frozen=True)
class Choice:
    """Which standard flow an item follows in one scenario."""

    scenario: str
    template: str
    parameters: Source                # name → value, as written
    where: Where

    def block_for(self, item: Item, slots: Mapping[str, Block] | None = None) -> Block:
        """The steps for *item*: what the parameters leave open is taken from its elements.

        Raises: UnknownName: no such template or parameter. BadElement: a value that cannot be.
        """
        with at(self.where):
            chosen = template(self.template)
        given = self.parameters.data
        values = {name: _fitted(given[name], chosen.parameters.get(name), self.parameters.where(name))
                  for name in given}
        for name, value in _from_elements(item, chosen.parameters).items():
            if name in chosen.parameters and name not in given and value:
                values[name] = value
        if slots:
            values["slots"] = slots
        unknown = next((name for name in given if name not in chosen.parameters), None)
        with at(self.parameters.where_key(unknown) if unknown else self.where):
            block: Block = chosen(**values)
        return block


FILLED_BY = ("materials", "results", "promised", "statutory")      # the elements that answer parameters


def _from_elements(item: Item, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that an item's own elements answer; a limit that two organs share is not theirs to split."""
    return {"materials": [material.name for material in item.materials],
            "result": item.results[0].name if item.results else "",
            "limit": None if "preliminary_limit" in parameters else item.promised or item.statutory}


def _fitted(value: Any, parameter: Any, where: Where) -> Any:
    return value if parameter is None else fitted(value, str(parameter.annotation), where)
