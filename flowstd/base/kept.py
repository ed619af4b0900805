"""Results kept for values that are the very same: equal items of a catalogue share the parts of one flow."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """Results by the identity of the immutable *parts* they are made of, and by what else they depend on.

    Identity costs nothing to compare, however large the parts; they are held as
    long as their result, so that no other value can take their place.

    >>> kept, lanes = Kept(), ("窗口",)
    >>> kept.of((lanes,), "down", lambda: ["made"]) is kept.of((lanes,), "down", lambda: ["made again"])
    True
    """

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._found: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def of(self, parts: tuple[object, ...], more: Hashable, make: Callable[[], T]) -> T:
        """The result kept for *parts* and *more*; *make* gives it the first time."""
        key = (*map(id, parts), more)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= self._most:
                self._found.clear()
            found = self._found[key] = (parts, make())
        result: T = found[1]
        return result
