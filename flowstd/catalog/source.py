"""Plain data that remembers on which line each part of it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from flowstd.base.errors import BadSource, FlowstdError, UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import Where

Path = tuple[str | int, ...]          # keys and list positions, outermost first
_Value = TypeVar("_Value")


class Mark(NamedTuple):
    """Where one value stands, and how its author spelt it."""

    line: int
    column: int
    spelt: str = ""


@dataclass(frozen=True)
class Source:
    """The data of one file.

    >>> source = Source("a.toml", {"edition": "2026"}, {("edition",): Mark(3, 1)})
    >>> str(source.where("edition", "unheard-of"))
    'a.toml:3:1'
    """

    file: str
    data: Any
    marks: Mapping[Path, Mark] = field(default_factory=dict)
    root: Path = ()
    keys: Mapping[Path, Mark] = field(default_factory=dict)      # where names stand, if not with their values

    def where(self, *path: str | int) -> Where:
        """The place of the value at *path*, or of the nearest value around it."""
        whole = (*self.root, *path)
        for length in range(len(whole), -1, -1):
            mark = self.marks.get(whole[:length])
            if mark:
                return Where(self.file, mark.line, mark.column)
        return Where(self.file)

    def where_key(self, *path: str | int) -> Where:
        """The place of the name at the end of *path*; that of its value where names are not remembered."""
        mark = self.keys.get((*self.root, *path))
        return Where(self.file, mark.line, mark.column) if mark else self.where(*path)

    def spelt(self, *path: str | int) -> str:
        """The letters that the author wrote for the value at *path*; empty when they are the value itself."""
        mark = self.marks.get((*self.root, *path))
        return mark.spelt if mark else ""

    def part(self, *path: str | int) -> Source:
        """The data at *path* as a source of its own."""
        data = self.data
        for step in path:
            data = data[step]
        return replace(self, data=data, root=(*self.root, *path))

    def get(self, key: str, kind: type[_Value], default: _Value) -> _Value:
        """The value of *key*, or *default*. Raises BadSource when it is not a *kind*."""
        if key not in self.data:
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.wrong_kind(key, kind)
        return value

    def number(self, key: str, default: float) -> float:
        """The number at *key*, whole or not, or *default*. Raises BadSource."""
        value = self.data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong_kind(key, float)
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """The list of words at *key*; one word counts as a list of one. Raises BadSource."""
        value = self.data.get(key, ())
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            raise self.wrong_kind(key, list)
        return tuple(value)

    def wrong_kind(self, key: str, kind: type) -> FlowstdError:
        """The error that *key* should have been a *kind*."""
        zh, en = _KINDS.get(kind, (kind.__name__, kind.__name__))
        like = _EXAMPLES.get(kind)
        return BadSource(Text(f"“{key}”应当是{zh}", f'"{key}" must be {en}'), where=self.where(key),
                         fix=Text(f"写成 {like}", f"write it as {like}") if like else None)

    def only(self, *known: str) -> None:
        """Raise UnknownName for the first key that is not one of *known*."""
        self.only_mapping()
        for key in self.data:
            if key not in known:
                raise unknown_key(str(key), known, self.where_key(key))

    def only_mapping(self) -> None:
        """Raise BadSource when the data is no mapping."""
        if not isinstance(self.data, Mapping):
            raise BadSource(Text("这里应当是一组“名称: 值”", 'a group of "name: value" is expected here'), where=self.where(),
                            fix=Text("每行写一个“名称: 值”，冒号后有空格",
                                     'write one "name: value" a line, with a space after the colon'))


def unknown_key(key: str, known: Iterable[str], where: Where) -> FlowstdError:
    """The error that nobody knows *key*."""
    return UnknownName(Text(f"不认识的名称“{key}”", f'unknown name "{key}"'), where=where, fix=did_you_mean(key, known))


_EXAMPLES = {str: '"…"', dict: '{"…": "…"}', list: '["…", "…"]', int: "3", float: "2.5", bool: "true"}
_KINDS = {str: ("文字", "a text"), list: ("文字的列表", "a list of texts"), dict: ("“名称: 值”的映射", "a mapping"),
          int: ("整数", "a whole number"), float: ("数字", "a number"), bool: ("true 或 false", "true or false")}
