"""A scenario, a template and its parameters → a flow, told at the author's line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flowstd.base.late import late
from flowstd.base.where import Where

from .source import Source
from .values import fitted

if TYPE_CHECKING:
    from flowstd.dsl import Block
    from flowstd.ir.model import Flow


@dataclass(frozen=True)
class Choice:
    """Which standard flow an item follows in one scenario."""

    scenario: str
    template: str
    parameters: Source                # name → value, as written
    where: Where

    def flow(self, title: str, place: Where) -> Flow:
        """The flow called *title*, its steps placed at *place*.

        Raises: UnknownName: no such template or parameter. BadElement: a value that cannot be.
        """
        block = self.block
        with late("flowstd.dsl.position:at")(place):
            made: Flow = late("flowstd.dsl:flow_of")(block, title)
        return made

    @cached_property
    def block(self) -> Block:
        """The steps; the same choice gives the same block, made once."""
        with late("flowstd.dsl.position:at")(self.where):
            template = late("flowstd.dsl.templates:template")(self.template)
        given = self.parameters.data
        values = {name: self._fitted(name, given[name], template.parameters) for name in given}
        with late("flowstd.dsl.position:at")(self.where):
            block: Block = template(**values)
        return block

    def _fitted(self, name: str, value: Any, parameters: Mapping[str, Any]) -> Any:
        if name not in parameters:
            return value
        return fitted(value, str(parameters[name].annotation), self.parameters.where(name))
