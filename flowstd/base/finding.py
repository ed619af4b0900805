"""Finding: what is wrong, where, why, on what authority, and how to mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from .errors import FlowstdError
from .late import late
from .legal import LegalSource
from .text import Text
from .where import NOWHERE, Where


class Level(StrEnum):
    """How grave a finding is; errors stop a publication."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """One fault of one item, told so that an office can act on it.

    >>> from flowstd import end, window
    >>> found = (window.accept("受理") >> end.done).compile().findings[0]
    >>> found.code, found.level.value
    ('TIM017', 'warning')
    """

    code: str                        # permanent: STR002
    name: str                        # the fault: dead-step
    level: Level
    message: Text
    where: Where = NOWHERE
    fix: Text | None = None
    item: str = ""                   # the item and scenario it belongs to, when there are many
    node: str = ""                   # the node it is about
    source: LegalSource | None = None

    @classmethod
    def of(cls, error: FlowstdError, *, item: str = "") -> Finding:
        """The finding that stands for an error raised while building."""
        return cls(code=error.code, name=error.name, level=Level.ERROR, message=error.what, where=error.where,
                   fix=error.fix, item=item)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What a notebook shows: the finding as people read it."""
        printer.text(late("flowstd.report.text:text")((self,)))

    def _repr_html_(self) -> str:
        return Findings((self,))._repr_html_()


class Findings(tuple[Finding, ...]):
    """Several findings; a notebook shows them as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(late("flowstd.report.notebook:to_html")(self))
