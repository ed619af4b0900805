"""Results kept for values that are the very same: equal items of a catalogue share the parts of one flow."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
_Entry = tuple[tuple[Hashable, ...], tuple[object, ...], Any]      # its key, the parts that the key tells, the result


class Kept:
    """Results by the identity of the immutable *parts* they are made of, and by what else they depend on.

    Identity costs nothing to compare, however large the parts; they are held as
    long as their result, so that no other value can take their place.

    >>> kept, lanes = Kept(), ("窗口",)
    >>> kept.of((lanes,), "down", lambda: ["made"]) is kept.of((lanes,), "down", lambda: ["made again"])
    True
    """

    # how many results each keeps: enough for two views of a chart and their files. Where no flow comes back all are for
    # nothing: the garbage collector walks over them again and again, and what goes late has left the processor's caches
    most = 4

    def __init__(self) -> None:
        self._young: dict[int, _Entry] = {}      # by the hash of their keys: tuples would be hashed at every look
        self._old: dict[int, _Entry] = {}

    def of(self, parts: tuple[object, ...], more: Hashable, make: Callable[[], T]) -> T:
        """The result kept for *parts* and *more*; *make* gives it the first time."""
        key = (*map(id, parts), more)
        mark = hash(key)
        found = self._young.get(mark)
        if found is None or found[0] != key:
            found = self._old.get(mark)
            if found is None or found[0] != key:
                found = key, parts, make()
            if len(self._young) >= Kept.most // 2:       # what nobody asked for of late goes first
                self._old, self._young = self._young, {}
            self._young[mark] = found
        result: T = found[2]
        return result

    @classmethod
    def make_room(cls, most: int = 1024) -> None:
        """Let each keep so many from now on: for catalogues, in which many items follow few flows."""
        cls.most = most

    def __reduce__(self) -> tuple[Any, ...]:
        """Identities mean nothing in another process: there it begins empty."""
        return Kept, ()

    def forget(self) -> None:
        """Keep nothing any longer."""
        self._old, self._young = {}, {}
