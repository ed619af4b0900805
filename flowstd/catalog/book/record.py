"""One filled row of a sheet, its cells by what they hold; each knows its place in the workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from flowstd.base.errors import BadElement, FlowstdError, UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.ir.office import meant
from flowstd.item.problems import problems_of

from .cells import Cells

_Value = TypeVar("_Value", bound=StrEnum)
_Made = TypeVar("_Made")

NOTHING = "—"                          # in a cell where a blank one would mean something


@dataclass(frozen=True)
class Record:
    """One row: what is filled in, and which column holds what."""

    values: Mapping[str, str]
    row: int = 0
    sheet: Cells | None = None
    columns: Mapping[str, int] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The text of a cell; empty when it is blank."""
        return self.values.get(name, "")

    def many(self, name: str) -> tuple[str, ...]:
        """The values of a cell that may hold several."""
        return parts(self.get(name))

    def where(self, name: str = "") -> Where:
        """The place of a cell, or of the row's first."""
        if self.sheet is None:
            return NOWHERE
        return self.sheet.where(self.row, self.columns.get(name, min(self.columns.values(), default=1)))

    def word(self, name: str, words: Mapping[_Value, str]) -> _Value | None:
        """The value that a cell names; None when it is blank. Raises UnknownName at the cell."""
        text = self.get(name)
        if not text:
            return None
        found = meant(words, unicodedata.normalize("NFKC", text)) or meant(words, text)
        if found is None:
            raise UnknownName(Text(f"“{text[:40]}”不在可选的词里", f'"{text[:40]}" is none of the words to choose from'),
                              where=self.where(name), fix=did_you_mean(text, words.values()))
        return found

    def yes(self, name: str) -> bool | None:
        """Yes, no, or nothing said. Raises BadElement at the cell."""
        text = self.get(name)
        if text in ("", "是", "否"):
            return text == "是" if text else None
        raise BadElement(Text(f"应为“是”或“否”，不能是“{text[:40]}”", f'should be 是 or 否, not "{text[:40]}"'),
                         where=self.where(name))

    def made(self, name: str, make: Callable[[str], _Made]) -> _Made | None:
        """What *make* makes of a cell; None when it is blank. An error is told at the cell."""
        text = self.get(name)
        if not text:
            return None
        try:
            return make(text)
        except FlowstdError as error:
            raise type(error)(error.what, where=self.where(name), fix=error.fix) from None


class Problems:
    """Collects what is wrong with the rows of one case, so that all of it is told at once."""

    def __init__(self) -> None:
        self.found: list[FlowstdError] = []

    def of(self, make: Callable[..., _Made], *given: Any) -> _Made | None:
        """What *make* gives for *given*; None when it raises, and then its faults are kept."""
        try:
            return make(*given)
        except FlowstdError as error:
            self.found.extend(problems_of(error))
            return None


def parts(text: str) -> tuple[str, ...]:
    """The values of a cell: its lines, or what ``；`` divides where there is one line.

    >>> parts("申请表；身份证明"), parts("甲；乙\\n丙")
    (('申请表', '身份证明'), ('甲；乙', '丙'))
    """
    pieces = text.split("\n") if "\n" in text else re.split("[；;]", text)
    return tuple(piece.strip() for piece in pieces if piece.strip())


def joined(values: Iterable[str]) -> str:
    """The cell that holds *values*: ``parts`` gives them back.

    >>> parts(joined(["甲；乙"])), joined(["甲", "乙"])
    (('甲；乙',), '甲\\n乙')
    """
    text = "\n".join(values)
    return text + "\n" if "\n" not in text and re.search("[；;]", text) else text
