"""Things by where they lie, so that what is near a place is found without asking all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from flowstd.layout.model import Rect

T = TypeVar("T")

CELL = 128                 # px of the smallest cell; each larger one is four times as wide or as high


class Near(Generic[T]):
    """Things in cells about as wide and as high as they are: each stands in four at most, long lines too."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int, int, int], list[tuple[Rect, T]]] = {}
        self._sizes: dict[tuple[int, int], None] = {}

    def add(self, rect: Rect, thing: T) -> None:
        """*thing* lies within *rect*."""
        wide, tall = size = _cell(rect.w), _cell(rect.h)
        self._sizes[size] = None
        for column in range(rect.x // wide, rect.right // wide + 1):
            for row in range(rect.y // tall, rect.bottom // tall + 1):
                self._cells.setdefault((wide, tall, column, row), []).append((rect, thing))

    def at(self, rect: Rect, off: int = 0) -> Iterator[T]:
        """Whatever lies within *off* px of *rect*."""
        x, y, right, bottom = rect.x - off, rect.y - off, rect.right + off, rect.bottom + off
        for wide, tall in self._sizes:
            first, top = x // wide, y // tall
            for column in range(first, right // wide + 1):
                for row in range(top, bottom // tall + 1):
                    for lies, thing in self._cells.get((wide, tall, column, row), ()):
                        once = column == max(first, lies.x // wide) and row == max(top, lies.y // tall)
                        if once and x <= lies.right and lies.x <= right and y <= lies.bottom and lies.y <= bottom:
                            yield thing


def _cell(length: int) -> int:
    size = CELL
    while size < length:
        size *= 4
    return size
