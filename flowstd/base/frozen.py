"""The model every value of flowstd is made of: frozen, closed, and equal when its content is."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, InstanceOf
from pydantic.json_schema import SkipJsonSchema

from .where import NOWHERE, Where


class Frozen(BaseModel):
    """A value: nothing can be added to it or changed in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Placed(Frozen):
    """A value that remembers where its author wrote it.

    The place travels to the last message but is no part of the value: it is
    not compared, not hashed and not written to JSON.
    """

    where: SkipJsonSchema[InstanceOf[Where]] = Field(default=NOWHERE, exclude=True, repr=False)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(tuple(self._content().values()))

    def _content(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "where"}
