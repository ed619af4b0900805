"""One unit of a catalogue → its files, in temporary places, and all that the manifest says of them.

This is what a worker does, here or on another machine; nothing else is sent to and fro.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.digest import file_digest
from flowstd.base.errors import FlowstdError
from flowstd.base.finding import Finding
from flowstd.base.kept import Kept
from flowstd.catalog.entry import Failed
from flowstd.catalog.units import Contents, Unit
from flowstd.ir.case import Case
from flowstd.ir.text import digest_with
from flowstd.pipeline import FORMATS

from .memory import remembered, within
from .plan import Job, folder_of, stem_of
from .reads import reading
from .run import broken, of_case, run
from .shelf import shelve
from .write import OutputFolder

if TYPE_CHECKING:
    from flowstd.catalog.config import Catalogue

CaseRecord = dict[str, Any]
_Done = tuple[CaseRecord, tuple[tuple[str, str], ...], bool]      # of a case: record, temporary files, whether made now


class Task(NamedTuple):
    """A unit to be made, and what is known of it from before. A plain value."""

    unit: Unit
    by: tuple[str, ...]                            # digests of all that makes it, see build.py
    before: tuple[CaseRecord, ...] = ()            # cases whose files are as we left them, made the same way
    replaced: tuple[str, ...] = ()                 # codes that items written by hand have taken


class Made(NamedTuple):
    """What became of one unit. A plain value."""

    unit: str
    by: tuple[str, ...]
    line: int
    deps: dict[str, str]                           # files that were read, folders that were listed → digest
    cases: tuple[CaseRecord, ...]
    parts: tuple[tuple[tuple[str, str], ...], ...]  # for each case: temporary file, its name
    fresh: tuple[bool, ...]                        # for each case: made now, not only compared
    damaged: bool = False                          # the layout cache of whoever made it was so
    last: bool = False                             # whoever made it makes no more


class Maker:
    """Makes the units of one catalogue."""

    def __init__(self, catalogue: Catalogue, formats: tuple[str, ...], folder: OutputFolder,
                 contents: Contents | None = None, *, divided: bool = False) -> None:
        self.contents = contents or Contents(catalogue)
        self.formats, self.look, self.options, self.folder = formats, catalogue.look, catalogue.options, folder
        self.home, self.divided = str(catalogue.folder), divided
        shelve()

    def warm(self) -> None:
        """Load all that charts need: workers that are forked later have it, and their first chart is quick as any."""
        from flowstd.dsl import flow_of
        from flowstd.dsl.templates import template
        from flowstd.item import Item

        item = Item.model_validate({"name": "查询", "item_type": "行政许可", "code": "T-1"})
        chart = self.look.chart(item.scenario("查询", flow_of(template("immediate")())))
        for name in self.formats:
            form = FORMATS[name]
            _ = (*form.files(chart, "x", **self.options.get(name, {})), *form.findings(chart), *chart.findings)

    def make(self, task: Task, beat: Callable[[], None] = lambda: None) -> Made:
        """Make the files of every case of the unit; *beat* is called between them.

        What is wrong with the unit becomes findings. Raises BadEnvironment: the disk refuses.
        """
        shelf = shelve()
        Kept.make_room()
        known = {case["key"]: case for case in task.before}
        cases: list[CaseRecord] = []
        parts: list[tuple[tuple[str, str], ...]] = []
        fresh: list[bool] = []
        own = os.path.join(self.home, *task.unit.path.split("/"))
        with reading(self.home, own, task.unit.row is None) as deps:
            entries = self._entries(task)
        for number, entry in enumerate(entries):
            if number:
                beat()
            record, made, new = self._entry(entry, known, self._authority(task))
            fresh.append(new)
            cases.append(record)
            parts.append(made)
        return Made(task.unit.id, task.by, task.unit.line, deps, tuple(cases), tuple(parts), tuple(fresh),
                    shelf is not None and shelf.damaged)

    def _entries(self, task: Task) -> list[Case | Failed]:
        try:
            return list(self.contents.entries(task.unit, task.replaced))
        except MemoryError:
            raise
        except Exception as error:
            return [Failed(task.unit.label, (broken(error, task.unit.label),), traceback.format_exc())]

    def _authority(self, task: Task) -> str:
        """Whose the unit is, as far as that can be seen before it is understood."""
        row = task.unit.row
        return (row.elements.get("authority") if row else "") or str(self.contents.elements.get("authority", ""))

    def _entry(self, entry: Case | Failed, known: dict[str, CaseRecord], authority: str) -> _Done:
        if isinstance(entry, Failed):
            return failure(entry, self.home, authority), (), True
        return self._case(entry, known)

    def _case(self, case: Case, known: dict[str, CaseRecord]) -> _Done:
        content = digest_with(case.flow, "\0".join((case.item.to_json(), case.scenario)))
        before = known.get(case.key)
        if before is not None and before["content"] == content:
            return {**before, "findings": self._findings(case)}, (), False
        try:
            stem = f"{folder_of(case)}/{stem_of(case)}" if self.divided else stem_of(case)
        except FlowstdError as error:
            return failure(Failed.of(case.key, error), self.home, case.item.authority), (), True
        done = run(Job(stem, case, self.formats, self.look, self.options))
        record = self._record(case, stem, content, done.findings, done.trace, failed=done.failed)
        if done.failed:
            return record, (), True
        parts = []
        for name, data in done.files:
            part, size, time = self.folder.part(name, data)
            record["files"].append([name, size, time, file_digest(data)])
            if part:
                parts.append((part, name))
        return record, tuple(parts), True

    def _findings(self, case: Case) -> list[dict[str, Any]]:
        """Of a case whose files need not be made: its lines may have moved."""
        chart = self.look.chart(case)
        unshown = dict.fromkeys(finding for name in self.formats for finding in FORMATS[name].findings(chart))
        return [remembered(of_case(finding, case), self.home) for finding in (*chart.findings, *unshown)]

    def _record(self, case: Case, stem: str, content: str, findings: tuple[Finding, ...], trace: str, *,
                failed: bool) -> CaseRecord:
        item = case.item
        return {"key": case.key, "stem": stem, "code": item.code, "content": content, "files": [], "failed": failed,
                "row": [item.name, case.scenario, item.code, item.authority, item.item_type, bool(item.illustrative)],
                "place": [within(case.where.file, self.home), case.where.line],
                "findings": [remembered(finding, self.home) for finding in findings], "trace": trace}


def failure(entry: Failed, home: str, authority: str = "") -> CaseRecord:
    """The record of what did not become a case; *authority*: whose it would have been."""
    return {"key": entry.name, "stem": "", "code": "", "content": "", "files": [], "failed": True, "row": [],
            "authority": authority, "place": ["", 0], "trace": entry.trace,
            "findings": [remembered(finding, home) for finding in entry.findings]}
