"""``flowstd build`` on one screen: plan → run → write, item after item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowstd.base.digest import digest
from flowstd.base.finding import Finding
from flowstd.catalog.entry import Failed

from . import index, manifest
from .index import Row
from .plan import Job, plan
from .run import Built, run
from .write import OutputFolder

if TYPE_CHECKING:
    from flowstd.ir.case import Case


@dataclass
class Summary:
    """What a build did."""

    rows: list[Row] = field(default_factory=list)          # one for each chart that was written
    failed: list[str] = field(default_factory=list)        # what was not built, by name
    findings: list[Finding] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)        # stacks of what broke, for those who ask
    files: dict[str, str] = field(default_factory=dict)    # name → digest of what was written
    removed: list[str] = field(default_factory=list)       # files of earlier builds that are no longer made


def build(entries: Iterable[Case | Failed], folder: OutputFolder, formats: tuple[str, ...], *, edition: str,
          title: str = "", tell: Callable[[str], None] = lambda name: None) -> Summary:
    """Make every chart that can be made; *tell* hears each name when it is done.

    Raises: BadEnvironment: the folder cannot be written; what is in it is whole.
    """
    summary = Summary()
    before = manifest.read(folder)
    for job in plan(entries, formats, edition):
        _write(_run(job), folder, summary)
        tell(job.name)
    _put(folder, index.NAME, index.page(summary.rows, summary.failed, title).encode("utf-8"), summary)
    summary.removed.extend(manifest.remove_old(folder, before, summary.files))
    manifest.write(folder, summary.files)
    return summary


def _run(job: Job | Failed) -> Built | Failed:
    return job if isinstance(job, Failed) else run(job)


def _write(done: Built | Failed, folder: OutputFolder, summary: Summary) -> None:
    summary.findings.extend(done.findings)
    if done.trace:
        summary.traces.append(done.trace)
    if isinstance(done, Failed):
        summary.failed.append(done.name)
        return
    if done.failed:
        summary.failed.append(done.job.case.key)
        return
    for name, data in done.files:
        _put(folder, name, data, summary)
    summary.rows.append(index.row(done))


def _put(folder: OutputFolder, name: str, data: bytes, summary: Summary) -> None:
    folder.write(name, data)
    summary.files[name] = digest(data)
