"""What ``flowstd check`` finds in a source or folder, chart by chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from flowstd.base.errors import BadEnvironment, BadUse, FlowstdError
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.catalog.book.tables import REMARK
from flowstd.catalog.config import NAME, OFFICE, Catalogue, open_catalogue
from flowstd.catalog.entry import Failed, failures
from flowstd.catalog.listed import read_listed
from flowstd.catalog.load import load, load_source
from flowstd.check.allow import Settled, Use
from flowstd.check.granted import unneeded
from flowstd.check.run import settled, settled_among
from flowstd.check.subject import Subject
from flowstd.ir.case import Case
from flowstd.pipeline import Chart
from flowstd.report.entry import Checked

TABLE = ".csv"
Wanted = Callable[[str], bool]          # whether findings of this code are asked for


class Result(NamedTuple):
    """What was looked at, and what was found of it."""

    checked: list[Checked]
    charts: int
    failed: int                        # entries that made no chart

    @property
    def findings(self) -> list[Finding]:
        """All findings, chart by chart."""
        return [finding for one in self.checked for finding in one.findings]


def catalogue_at(source: str) -> Catalogue | None:
    """The catalogue that *source* is, or is a table of; None where it is another file. Raises BadConfig."""
    path = Path(source)
    if path.suffix == TABLE and path.is_file() and (path.parent / NAME).is_file():
        path = path.parent
    return open_catalogue(path) if path.is_dir() else None


def entries_of(source: str, catalogue: Catalogue | None) -> Iterator[Chart | Failed]:
    """The charts of *source*, and what made none. Raises BadUse, BadEnvironment."""
    if catalogue is None:
        yield from _of_source(source)
        return
    for entry in load(catalogue):
        if not source.endswith(TABLE) or _file_of(entry) == Path(source):
            yield entry if isinstance(entry, Failed) else catalogue.look.chart(entry)


def _of_source(source: str) -> list[Chart | Failed]:
    """The charts of one source; what keeps it from being read is a finding like others, for every report."""
    try:
        return load_source(source)
    except (BadUse, BadEnvironment):
        raise
    except FlowstdError as error:
        return [failures(source, error)]


def _file_of(entry: Case | Failed) -> Path:
    places = [entry.where] if isinstance(entry, Case) else [one.where for one in entry.findings if one.where]
    return Path((places or [NOWHERE])[0].file)


def check_all(source: str, catalogue: Catalogue | None, ruleset: str, wanted: Wanted) -> Result:
    """Every chart of *source* with its findings, and those entries that made none."""
    today = date.today()
    entries = list(entries_of(source, catalogue))
    charts = [entry for entry in entries if isinstance(entry, Chart)]
    whole = catalogue is not None and not source.endswith(TABLE)      # one table: what it allows, others may need
    among = settled_among([case for case in map(_case, charts) if case is not None], ruleset, today=today,
                          listed=_listed(catalogue), whole=whole)
    shared, uses, checked = _by_item(among), [*among.uses], []
    for entry in entries:
        if isinstance(entry, Failed):
            checked.append(Checked(entry.name, entry.name, findings=entry.findings))    # why it cannot be read, always
            continue
        subject = Subject(entry.as_written, entry.item, entry.scenario, entry.picture(), today=today)
        done = settled(subject, ruleset, entry.granted)
        uses += done.uses
        checked.append(_one(entry, (done, shared.get(entry.key, Settled(()))), wanted))
    if catalogue is not None and whole:
        checked += _idle(catalogue, uses, ruleset, wanted)
        checked += [Checked(path.name, path.name, findings=(_passed_over(path),)) for path in catalogue.passed_over()
                    if wanted(REMARK)]
    return Result(checked, len(charts), len(entries) - len(charts))


def _listed(catalogue: Catalogue | None) -> dict[str, str] | None:
    if catalogue is None or not catalogue.basic_catalogue:
        return None
    return read_listed(catalogue.folder / catalogue.basic_catalogue)


def _one(chart: Chart, done: tuple[Settled, Settled], wanted: Wanted) -> Checked:
    found = (*chart.noticed, *(one for part in done for one in part.findings))
    return Checked(
        chart.key, chart.title, chart.item.authority if chart.item is not None else "",
        findings=tuple(one._replace(item=one.item or chart.key, where=one.where or chart.where)
                       for one in found if wanted(one.code)),
        allowed=tuple((one, allowance.reason) for part in done for one, allowance in part.allowed if wanted(one.code)))


def _idle(catalogue: Catalogue, uses: list[Use], ruleset: str, wanted: Wanted) -> list[Checked]:
    """The allowances of flowstd.toml that nothing needs, told under its own name."""
    findings = tuple(one for one in unneeded(catalogue.allow, uses, ruleset) if wanted(one.code))
    return [Checked(NAME, NAME, findings=findings)] if findings else []


def _passed_over(path: Path) -> Finding:
    """That a file which looks like items is not read."""
    if path.suffix.casefold() in OFFICE:
        fix = Text("另存为 .xlsx", "save it as .xlsx")
    else:
        fix = Text(f"在 {NAME} 的 items 里写上 *{path.suffix}；不是事项就移到别处",
                   f"add *{path.suffix} to items in {NAME}; if it holds no items, move it elsewhere")
    return Finding(REMARK, "passed-over", Level.INFO,
                   Text("没有读这个文件：items 里没有它", "this file was not read: items does not name it"), Where(str(path)), fix)


def _case(chart: Chart) -> Case | None:
    if chart.item is None:
        return None
    return Case(item=chart.item, scenario=chart.scenario, flow=chart.as_written, where=chart.where,
                granted=chart.granted)


def _by_item(among: Settled) -> dict[str, Settled]:
    """What was found and set aside among all charts, for each of them."""
    items = dict.fromkeys(one.item for one in (*among.findings, *(one for one, _ in among.allowed)))
    return {item: Settled(tuple(one for one in among.findings if one.item == item),
                          tuple(use for use in among.uses if any(one.item == item for one in use.findings)))
            for item in items}
