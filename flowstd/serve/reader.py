"""Folder → list of charts → one chart: what is read in a process of its own, and nothing of it twice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from flowstd.base.digest import canonical, digest
from flowstd.base.errors import BadSource, FlowstdError
from flowstd.base.finding import Finding
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.batch.compiler import mark_of
from flowstd.batch.plan import stem_of
from flowstd.batch.reads import reading
from flowstd.batch.run import broken, of_case
from flowstd.catalog.config import NAME, PLAIN, Catalogue, open_catalogue
from flowstd.catalog.entry import Failed
from flowstd.catalog.units import Contents, Unit
from flowstd.ir.case import Case
from flowstd.item.problems import problems_of
from flowstd.pipeline import FORMATS, Chart, compile_flow
from flowstd.render.svg.from_sheet import step_ids
from flowstd.standard.edition import load

from .told import grave, place, told
from .values import NOTHING, Drawn, Entry, File, Listing, Looks, Source, Told


class _Read(NamedTuple):
    """A file as it was read, and all that this rests on."""

    source: str
    context: str                          # what is common to all files, and the codes that rows give way to
    reads: dict[str, str]                 # further files → digest
    cases: dict[Entry, Case]              # the last good ones among them, where there are no newer
    seen: Source


class Reader:
    """Reads one folder; *begin* is told what is begun, lest it never ends."""

    def __init__(self, folder: Path, begin: Callable[[str], None] = lambda name: None) -> None:
        self.folder, self.begin = folder, begin
        self._look = PLAIN
        self._contents: Contents | None = None
        self._rests_on: tuple[Path | str, ...] = ()
        self._read: dict[str, _Read] = {}
        self._tables = ""                 # digest of all that makes the rows
        self._rows: dict[str, Unit] = {}
        self._books: tuple[Unit, ...] = ()
        self._unreadable: tuple[Told, ...] = ()

    def warm(self) -> None:
        """Load all that charts need: the first file must not be charged for it."""
        from flowstd.catalog import from_python, from_xlsx, from_yaml  # noqa: F401
        from flowstd.dsl import flow_of
        from flowstd.dsl.templates import template

        chart = compile_flow(flow_of(template("immediate")()))
        _ = chart.svg(), chart.findings

    def look(self, skipped: Mapping[str, Told]) -> Listing:
        """The folder as it is now; files that are *skipped* are not run, what is said of them is their fault."""
        try:
            catalogue = open_catalogue(self.folder)
            contents = self._opened(catalogue)
            themes = tuple(load(catalogue.look.edition).palette.themes)
        except (FlowstdError, OSError) as error:
            return NOTHING._replace(faults=self._all_told(error))
        self._look, self._contents = catalogue.look, contents
        written = [self._source(unit, contents, skipped) for unit in contents.written()]
        codes = tuple(dict.fromkeys(entry.code for source in written for entry in source.entries if entry.code))
        rows = self._listed(contents, codes)
        books = [self._source(unit, contents, skipped, codes) for unit in self._books]
        sources = (*written, *books)
        self._read = {source.file: self._read[source.file] for source in sources if source.file in self._read}
        looks = Looks(catalogue.look.view, catalogue.look.direction, catalogue.look.theme)
        return Listing(catalogue.title, looks, themes, sources, rows, self._unreadable)

    def _opened(self, catalogue: Catalogue) -> Contents:
        """The contents of *catalogue*; the same as before where its files and its rules are the same."""
        shared = (NAME, catalogue.rules) if catalogue.rules else (NAME,)
        rests_on: tuple[Path | str, ...] = (
            *catalogue.files(), *(mark_of(str(self.folder / name)) for name in shared))
        if self._contents is None or self._rests_on != rests_on:
            self._rests_on = rests_on
            return Contents(catalogue)
        return self._contents

    def draw(self, entry: Entry, looks: Looks) -> Drawn | None:
        """The chart of *entry*; None where it is no longer as it was listed."""
        self.begin(entry.id)
        case = self._case(entry)
        if not isinstance(case, Case):
            return None if case is None else Drawn(faults=told(case.findings, self.folder))
        try:
            chart = self._chart(case, looks)
            sheet = chart.sheet()
            pages = tuple(chart.svg(page.number) for page in sheet.pages)
            steps = tuple(self._steps(chart))
            findings = told((of_case(one, case) for one in chart.findings), self.folder)
        except FlowstdError as error:
            return Drawn(faults=self._all_told(error))
        except Exception as error:
            return Drawn(faults=told((broken(error, case.key, case.where),), self.folder))
        return Drawn(pages, steps, findings, chart.summary())

    def weigh(self, entry: Entry) -> tuple[bool, int, int]:
        """Whether *entry* failed, how many errors and warnings it has."""
        self.begin(entry.id)
        case = self._case(entry)
        if not isinstance(case, Case):
            return case is not None, *grave(case.findings if case is not None else ())
        try:
            return False, *grave(self._look.chart(case).findings)
        except Exception:
            return True, 1, 0                 # told in full as soon as the entry is looked at

    def export(self, entry: Entry, looks: Looks, format_: str, page: int) -> File | tuple[Told, ...] | None:
        """One file of a chart, or why there is none; None where the entry is no longer as it was listed."""
        self.begin(entry.id)
        case = self._case(entry)
        if not isinstance(case, Case):
            return None if case is None else told(case.findings, self.folder)
        form = FORMATS[format_]
        try:
            form.check()
            files = list(form.files(self._chart(case, looks), stem_of(case)))
        except FlowstdError as error:
            return self._all_told(error)
        return File(*files[min(page, len(files)) - 1])

    # ---- files: items written by hand, and workbooks

    def _source(self, unit: Unit, contents: Contents, skipped: Mapping[str, Told],
                codes: tuple[str, ...] = ()) -> Source:
        known = self._read.get(unit.path)
        context = digest(contents.context + canonical(codes))
        if known is not None and self._current(known, unit.source, context):
            return known.seen
        if unit.path in skipped:
            self._read.pop(unit.path, None)
            return Source(unit.path, (), (skipped[unit.path],))
        self.begin(unit.path)
        with reading(str(self.folder), str(self.folder / unit.path), True) as reads:
            entries = list(self._entries(unit, contents, codes))
        stamp = digest(canonical([unit.source, context, sorted(reads.items())]))
        cases = _lines((one for one in entries if isinstance(one, Case)), unit.path, stamp)
        faults = told((one for entry in entries if isinstance(entry, Failed) for one in entry.findings), self.folder)
        seen = Source(unit.path, tuple(cases), faults)
        kept = known.cases if known is not None and faults else {}      # half a save lasts no longer than a moment
        self._read[unit.path] = _Read(unit.source, context, reads, {**kept, **cases}, seen)
        return seen

    def _current(self, known: _Read, source: str, context: str) -> bool:
        return (known.source, known.context) == (source, context) and all(
            mark_of(os.path.join(self.folder, name)) == mark for name, mark in known.reads.items())

    def _entries(self, unit: Unit, contents: Contents, codes: tuple[str, ...] = ()) -> Iterator[Case | Failed]:
        try:
            yield from contents.entries(unit, codes)
        except MemoryError:
            raise
        except Exception as error:
            yield Failed(unit.label, (broken(error, unit.label, Where(str(self.folder / unit.path))),))

    # ---- rows of tables

    def _listed(self, contents: Contents, codes: tuple[str, ...]) -> tuple[Entry, ...] | None:
        """The rows of all tables; None where they are as they were."""
        tables = [(path, mark_of(str(self.folder / path))) for path in contents.paths()
                  if path.endswith((".csv", ".xlsx"))]
        now = digest(canonical([contents.context, tables, codes]))
        if now == self._tables:
            return None
        listed = list(contents.listed(frozenset(codes)))
        units = [unit for unit in listed if isinstance(unit, Unit)]
        self._tables = now
        self._books = tuple(unit for unit in units if unit.row is None)
        self._rows = {unit.id: unit for unit in units if unit.row is not None}
        self._unreadable = told((one for failed in listed if isinstance(failed, Failed) for one in failed.findings),
                                self.folder)
        return tuple(_row(unit, contents.context) for unit in self._rows.values())

    # ---- one entry

    def _case(self, entry: Entry) -> Case | Failed | None:
        """What became of *entry*; None where it is no longer as it was listed."""
        if entry.file in self._read:
            return self._read[entry.file].cases.get(entry)
        unit = self._rows.get(entry.id)
        if unit is None or self._contents is None or _row(unit, self._contents.context) != entry:
            return None
        return next(self._entries(unit, self._contents), None)

    def _chart(self, case: Case, looks: Looks) -> Chart:
        return self._look._replace(**looks._asdict()).chart(case)

    def _steps(self, chart: Chart) -> Iterator[Told]:
        """What can be pointed at in the pages of *chart*."""
        nodes, sheet = chart.drawn.node_by_id, chart.sheet()
        ids: dict[str, list[str]] = {}
        for page in sheet.pages:
            for id_, step in step_ids(sheet, page):
                ids.setdefault(step, []).append(id_)
        for step, several in ids.items():
            node = nodes.get(step)
            if node is not None:
                yield {"node": step, "ids": several, "label": node.label, "place": place(node.where, self.folder)}

    def _all_told(self, error: FlowstdError | OSError) -> tuple[Told, ...]:
        if isinstance(error, OSError):
            error = BadSource(Text(f"读不了：{error.strerror}", f"cannot be read: {error.strerror}"),
                              where=Where(str(error.filename or "")))
        return told((Finding.of(one) for one in problems_of(error)), self.folder)


def _lines(cases: Iterable[Case], file: str, stamp: str) -> dict[Entry, Case]:
    """The entries of one file, each with an id of its own."""
    found: dict[Entry, Case] = {}
    taken: set[str] = set()
    for case in cases:
        id_, item = f"{file}#{case.key}", case.item
        while id_ in taken:
            id_ += "~"
        taken.add(id_)
        found[Entry(id_, stamp, item.name, case.scenario, item.code, item.authority, file, case.where.line)] = case
    return found


def _row(unit: Unit, context: str) -> Entry:
    """The line of a row that nobody has understood yet."""
    assert unit.row is not None
    elements = unit.row.elements
    stamp = digest(canonical([unit.source, context, unit.line]))
    return Entry(unit.id, stamp, elements.get("name", unit.label), unit.row.scenario, elements.get("code", ""),
                 elements.get("authority", ""), unit.path, unit.line)
