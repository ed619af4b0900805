"""Arrangements that outlive the process, where somebody brings a shelf for them: builds do, see flowstd.batch.shelf."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .shape import Arrangement, Shape


class Shelf(Protocol):
    """Keeps what the engine has worked out."""

    def find(self, shape: Shape) -> Arrangement | None:
        """The arrangement of *shape*, if it is here and whole."""

    def keep(self, shape: Shape, found: Arrangement) -> None:
        """Put the arrangement of *shape* here, if that can be done."""


_in_use: Shelf | None = None


def use(shelf: Shelf | None) -> None:
    """From now on this process takes arrangements from *shelf*, and puts new ones there."""
    global _in_use
    _in_use = shelf


def shelved(shape: Shape, arrange: Callable[[Shape], Arrangement]) -> Arrangement:
    """The arrangement of *shape*: from the shelf in use, or else made."""
    if _in_use is None:
        return arrange(shape)
    found = _in_use.find(shape)
    if found is None:
        found = arrange(shape)
        _in_use.keep(shape, found)
    return found
