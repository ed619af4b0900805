"""Arrangements that outlive the process, where somebody brings a shelf for them: builds do, see flowstd.batch.shelf."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .shape import Arrangement, Shape


class Shelf(Protocol):
    """Keeps what the engine has worked out."""

    def of(self, shape: Shape, arrange: Callable[[Shape], Arrangement]) -> Arrangement:
        """The arrangement of *shape*: what is kept of it, or else what *arrange* makes, which is kept if it may be."""


_in_use: Shelf | None = None


def use(shelf: Shelf | None) -> None:
    """From now on this process takes arrangements from *shelf*, and puts new ones there."""
    global _in_use
    _in_use = shelf


def shelved(shape: Shape, arrange: Callable[[Shape], Arrangement]) -> Arrangement:
    """The arrangement of *shape*: from the shelf in use, or else made."""
    return arrange(shape) if _in_use is None else _in_use.of(shape, arrange)
