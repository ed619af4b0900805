"""Profiles: the code lists of one place at one date, with their evidence, read from ``profiles/*.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from flowstd.base.errors import BadElement, UnknownName
from flowstd.base.frozen import Frozen
from flowstd.base.legal import Evidence
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text, short

FOLDER = Path(__file__).with_name("profiles")
DEFAULT = "national"


class Entry(Frozen):
    """One value of a code list."""

    code: str
    word: str


class CodeList(Frozen):
    """A closed list of words, each with the code that data exchange uses (empty where none is known)."""

    name: str
    title: str
    evidence: Evidence
    source: str                                  # where the values were seen
    values: tuple[Entry, ...]
    on_application: tuple[str, ...] = ()         # item types that start with an application, so need a chart
    not_counted: tuple[str, ...] = ()            # special procedures whose time the law excludes

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, in the list's order."""
        return tuple(entry.word for entry in self.values)

    @cached_property
    def _by_value(self) -> dict[str, Entry]:
        return {value: entry for entry in self.values for value in (entry.code, entry.word) if value}

    def word(self, value: str) -> str:
        """The word for *value*, which is a word of the list or its code. Raises BadElement with the nearest word.

        >>> profile().list("case_type").word("1")
        '即办件'
        """
        return self._entry(value).word

    def code(self, value: str) -> str:
        """The code for *value*, which is a word of the list or its code. Raises BadElement.

        >>> profile().list("level").code("市级")
        '3'
        """
        return self._entry(value).code

    def _entry(self, value: str) -> Entry:
        found = self._by_value.get(value)
        if found is None:
            raise BadElement(Text(f"“{short(value)}”不在代码表“{self.title}”中",
                                  f'"{short(value)}" is not in the code list {self.title}'),
                             fix=did_you_mean(value, self.words))
        return found


class Profile(Frozen):
    """Every code list of one place; *extends* names the profile that gives the lists it has not."""

    name: str
    title: Text
    dated: date
    extends: str
    lists: tuple[CodeList, ...]

    @cached_property
    def _by_name(self) -> dict[str, CodeList]:
        return {codes.name: codes for codes in self.lists}

    def list(self, name: str) -> CodeList:
        """The code list called *name*. Raises UnknownName."""
        if name not in self._by_name:
            raise UnknownName(Text(f"没有代码表“{name}”", f'there is no code list "{name}"'),
                              fix=did_you_mean(name, self._by_name))
        return self._by_name[name]

    @property
    def types_on_application(self) -> tuple[str, ...]:
        """The item types that start with an application.

        >>> profile("guangdong").types_on_application[-1]
        '公共服务'
        """
        return self.list("item_type").on_application


def names() -> tuple[str, ...]:
    """The profiles that come with flowstd, the default first.

    >>> names()
    ('national', 'guangdong')
    """
    others = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != DEFAULT)
    return (DEFAULT, *others)


@cache
def profile(name: str = DEFAULT) -> Profile:
    """The profile called *name*. Raises UnknownName.

    >>> profile("guangdong").list("item_type").code("公共服务")
    '21'
    """
    if name not in names():
        raise UnknownName(Text(f"没有代码表方案“{short(name)}”", f'there is no profile "{short(name)}"'),
                          fix=did_you_mean(name, names()))
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    extends = table.get("extends", "")
    inherited = {codes.name: codes for codes in profile(extends).lists} if extends else {}
    own = {key: _code_list(key, fields) for key, fields in table["lists"].items()}
    return Profile(name=table["name"], title=Text(table["title"], table["title_en"]), dated=table["dated"],
                   extends=extends, lists=tuple({**inherited, **own}.values()))


def _code_list(name: str, fields: dict[str, Any]) -> CodeList:
    values = tuple(Entry(code=code, word=word) for code, word in fields.pop("values", {}).items())
    values += tuple(Entry(code="", word=word) for word in fields.pop("words", ()))
    return CodeList(name=name, values=values, **fields)
