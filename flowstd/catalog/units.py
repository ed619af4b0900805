"""What a catalogue is made of before it is understood: its files, and the rows of its tables.

A unit is cheap to read and says what it says in a digest, so that a build
understands only the units that have changed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

from flowstd.base.digest import canonical, digest
from flowstd.base.errors import FlowstdError
from flowstd.base.files import decoded, read_source, whole
from flowstd.base.where import Where
from flowstd.ir.case import Case

from .choice import FILLED_BY
from .config import NAME, Catalogue
from .entry import Failed, failures
from .from_sheet import Row, Sheet
from .granted import with_granted
from .rules import Rules, read_rules


class Unit(NamedTuple):
    """One part of a catalogue that is read, skipped and built as a whole. A plain value."""

    id: str                           # the same for the same part in the next build: items.csv#T-1.新办
    path: str                         # of its file, relative to the catalogue, with slashes
    label: str                        # what a reader knows it by
    source: str                       # digest of what it says, wherever it stands
    line: int = 0                     # of a row
    row: Row | None = None            # None: the whole file
    kin: str = ""                     # rows of one kin are likely to share their flow


class Contents:
    """The units of one catalogue, and how each becomes cases."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.elements = catalogue.elements
        self.context = digest((catalogue.folder / NAME).read_bytes())
        self._rules: Rules | FlowstdError | None = None
        self._sheet: Sheet | None = None
        self._paths = list(catalogue.files())
        if catalogue.rules:
            self._read_rules()

    def paths(self) -> list[str]:
        """Every file that decides what is built, but for those that authors' modules read."""
        own = [NAME, *([self.catalogue.rules] if self.catalogue.rules else ())]
        return [*own, *map(self._relative, self._paths)]

    def written(self) -> Iterator[Unit]:
        """The items written by hand, one file each: they come first, and replace rows of the same code."""
        for path in self._paths:
            if path.suffix not in (".csv", ".xlsx"):
                yield self._file(path)

    def listed(self, replaced: Container[str]) -> Iterator[Unit | Failed]:
        """The rows of the tables, but for those whose code is in *replaced*; tables that cannot be read have failed."""
        for path in self._paths:
            if path.suffix == ".xlsx":
                yield self._file(path)
            elif path.suffix == ".csv":
                yield from self._rows(path, replaced)

    def entries(self, unit: Unit, replaced: Container[str] = ()) -> Iterator[Case | Failed]:
        """The cases of *unit*, or why there are none."""
        try:
            for entry in self._entries(unit, replaced):
                yield with_granted(entry, self.catalogue.allow)
        except FlowstdError as error:
            yield failures(unit.row.label if unit.row else unit.path, error)

    def names(self, unit: Unit) -> Iterator[str]:
        """What a person may call the items of *unit*, as far as it can be told without running a module."""
        path = self.catalogue.folder / unit.path
        try:
            if unit.row is not None:
                yield from (unit.row.elements.get(name, "") for name in ("code", "name"))
            elif path.suffix == ".py":
                tree = ast.parse(read_source(path))
                yield from (one.value for one in ast.walk(tree)
                            if isinstance(one, ast.Constant) and isinstance(one.value, str))
            else:
                cases = (entry for entry in self._entries(unit, ()) if isinstance(entry, Case))
                yield from (name for case in cases for name in (case.item.code, case.item.name, case.key))
        except (FlowstdError, SyntaxError, ValueError, RecursionError):
            return                      # what is wrong with it is told when it is made

    def said(self, unit: Unit, data: bytes | None) -> Iterator[str]:
        """What the units of the same file said when it held *data*: as :attr:`Unit.source`."""
        if data is None:
            return
        if unit.row is None:
            yield digest(data)
            return
        try:
            for row in self._understood().rows_in(decoded(data, Where(unit.path)), unit.path):
                if isinstance(row, Row):
                    yield _said(row)
        except FlowstdError:
            return                      # it could not be read then: all of it is new

    def _entries(self, unit: Unit, replaced: Container[str]) -> Iterator[Case | Failed]:
        path = self.catalogue.folder / unit.path
        if unit.row is not None:
            yield self._understood().case(unit.row)
        elif path.suffix == ".py":
            from . import from_python

            yield from from_python.cases_in(path)
        elif path.suffix == ".xlsx":
            from . import from_xlsx

            yield from from_xlsx.cases_in(path, self.elements, self._understood().rules, columns=self.catalogue.columns,
                                          replaced=replaced)
        else:
            from . import from_yaml

            yield from from_yaml.cases_in(path, self.elements)

    def _rows(self, path: Path, replaced: Container[str]) -> Iterator[Unit | Failed]:
        name = self._relative(path)
        seen: dict[str, int] = {}
        try:
            for row in self._understood().rows(path, replaced):
                if isinstance(row, Failed):
                    yield row
                    continue
                label = ".".join(part for part in (row.label, row.scenario) if part)
                seen[label] = seen.get(label, 0) + 1
                again = f"~{seen[label]}" if seen[label] > 1 else ""
                yield Unit(f"{name}#{label}{again}", name, label, _said(row), row.where.line, row, self._kin(row))
        except FlowstdError as error:
            yield failures(name, error)

    def _kin(self, row: Row) -> str:
        """Rows of one template or rule that fill it in alike."""
        chosen = row.template
        if not chosen and isinstance(self._rules, Rules):
            chosen = next((str(rule.number) for rule in self._rules.rules if rule.matches(row.elements)), "")
        return "\0".join([chosen, *[row.elements[name] for name in FILLED_BY if name in row.elements]])

    def _file(self, path: Path) -> Unit:
        name = self._relative(path)
        try:
            said = digest(whole(path))
        except OSError:
            said = ""
        return Unit(name, name, name, said)

    def _understood(self) -> Sheet:
        """How rows are read. Raises what the rules file raised."""
        if isinstance(self._rules, FlowstdError):
            raise self._rules
        if self._sheet is None:
            self._sheet = Sheet(self.catalogue.columns, self.elements, self._rules)
        return self._sheet

    def _read_rules(self) -> None:
        path = self.catalogue.folder / self.catalogue.rules
        try:
            self._rules = read_rules(path)
            self.context = digest(self.context + digest(path.read_bytes()))
        except FlowstdError as error:
            self._rules = error

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.catalogue.folder).as_posix()


def words_in(path: Path) -> frozenset[str]:
    """Every word of an author's file that may be the code of an item in it, though the file cannot be understood, or
    is not to be read now: a row of that code waits, lest another process be published under its name.
    """
    try:
        return frozenset(_WORD.findall(read_source(path)))
    except FlowstdError:
        return frozenset()


_WORD = re.compile(r"[\w.-]+")


def _said(row: Row) -> str:
    return digest(canonical(row[1:]))
