"""Where in a JSON text a value stands. The text has been read already, so that nothing in it can be wrong."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from json import JSONDecoder

from flowstd.base.where import Where

_value = JSONDecoder().raw_decode
_SPACE = re.compile(r"[ \t\n\r]*")
_LINE_END = re.compile(r"\n")


class Places:
    """The places of the values of one text.

    >>> Places('{"a": [1,\\n  2]}', "x.json").of(("a", 1))
    Where(file='x.json', line=2, column=3, end_line=0, end_column=0, sheet='', cell='')
    """

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.ends = [found.start() for found in _LINE_END.finditer(text)]

    def of(self, path: Sequence[str | int]) -> Where:
        """The place of the value at *path*, or of the last value on the way to it."""
        at = self._skip(0)
        for step in path:
            inner = next((place for name, place in self._parts(at) if name == step), None)
            if inner is None:
                break
            at = inner
        return self.at(at)

    def lists(self) -> dict[str, list[Where]]:
        """The places of the values in each list of the object that the text is."""
        return {str(name): [self.at(place) for _, place in self._parts(at)]
                for name, at in self._parts(self._skip(0)) if self.text[at] == "["}

    def at(self, offset: int) -> Where:
        """The place of the character at *offset*."""
        before = bisect_left(self.ends, offset)
        return Where(self.file, before + 1, offset - (self.ends[before - 1] + 1 if before else 0) + 1)

    def _parts(self, at: int) -> Iterator[tuple[str | int, int]]:
        """Names or numbers of what the object or list at *at* holds, each with its place."""
        named, number = self.text[at] == "{", 0
        if not named and self.text[at] != "[":
            return
        at = self._skip(at + 1)
        while self.text[at] not in "}]":
            name: str | int = number
            if named:
                name, at = _value(self.text, at)
                at = self._skip(self._skip(at) + 1)
            yield name, at
            number, at = number + 1, self._skip(_value(self.text, at)[1])
            at = self._skip(at + 1) if self.text[at] == "," else at

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at
