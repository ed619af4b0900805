"""Where an author wrote something: file, line and column, or sheet and cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a source; lines and columns count from 1, 0 means unknown.

    >>> str(Where("items/ski.py", 12, 5))
    'items/ski.py:12:5'
    >>> str(Where("book.xlsx", sheet="事项", cell="B12"))
    'book.xlsx!事项!B12'
    """

    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    sheet: str = ""
    cell: str = ""

    @classmethod
    def of(cls, file: str, text: str, offset: int) -> Where:
        """The place of the character at *offset* in the *text* of a file.

        >>> str(Where.of("flowstd.toml", "a = 1\\nb = 2", 10))
        'flowstd.toml:2:5'
        """
        return cls(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

    def __reduce__(self) -> tuple[Any, ...]:
        """Dataclasses with slots look their fields up for each value that is sent to another process."""
        return Where, (self.file, self.line, self.column, self.end_line, self.end_column, self.sheet, self.cell)

    def __bool__(self) -> bool:
        return bool(self.file)

    def __str__(self) -> str:
        if self.cell:
            return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        numbers = [str(n) for n in (self.line, self.column if self.line else 0) if n]
        return ":".join([self.file or "?", *numbers])


NOWHERE = Where()
