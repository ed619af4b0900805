"""Things by where they lie, so that what is near a place is found without asking all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Generic, TypeVar

from flowstd.layout.model import Rect

T = TypeVar("T")

CELL = 128                 # px of the smallest cell; each larger one is four times as wide or as high


class Near(Generic[T]):
    """Things in cells about as wide and as high as they are: each stands in four at most, long lines too."""

    def __init__(self) -> None:
        self._sizes: dict[tuple[int, int], dict[tuple[int, int], list[tuple[Rect, T]]]] = {}

    def add(self, rect: Rect, thing: T) -> None:
        """*thing* lies within *rect*."""
        wide, tall = size = _cell(rect.w), _cell(rect.h)
        cells = self._sizes.setdefault(size, {})
        for column in range(rect.x // wide, rect.right // wide + 1):
            for row in range(rect.y // tall, rect.bottom // tall + 1):
                cells.setdefault((column, row), []).append((rect, thing))

    def at(self, rect: Rect, off: int = 0) -> Iterator[T]:
        """Whatever lies within *off* px of *rect*."""
        x, y, right, bottom = rect.x - off, rect.y - off, rect.right + off, rect.bottom + off
        for (wide, tall), cells in self._sizes.items():
            columns, rows = range(x // wide, right // wide + 1), range(y // tall, bottom // tall + 1)
            asked: Iterable[tuple[int, int]] = product(columns, rows)
            if len(columns) * len(rows) > len(cells):
                asked = [(column, row) for column, row in cells if column in columns and row in rows]
            for column, row in asked:
                for lies, thing in cells.get((column, row), ()):
                    once = column == max(columns[0], lies.x // wide) and row == max(rows[0], lies.y // tall)
                    if once and x <= lies.right and lies.x <= right and y <= lies.bottom and lies.y <= bottom:
                        yield thing


def _cell(length: int) -> int:
    size = CELL
    while size < length:
        size *= 4
    return size
