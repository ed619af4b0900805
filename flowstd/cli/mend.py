"""``flowstd check --fix`` and ``--diff``: what can be mended by itself is, or is shown as it would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flowstd.base.text import Text
from flowstd.catalog.entry import Failed

from .terminal import remark, say

if TYPE_CHECKING:
    from flowstd.base.finding import Finding
    from flowstd.catalog.config import Catalogue
    from flowstd.catalog.mend.files import Mended
    from flowstd.pipeline import Chart

    from .checked import Wanted


def write_mends(entries: Iterable[Chart | Failed], catalogue: Catalogue | None, ruleset: str, wanted: Wanted) -> None:
    """Mend the files that *entries* were read from, and say on standard error what was done."""
    charts = [entry for entry in entries if not isinstance(entry, Failed)]
    for file in list(_files(charts, catalogue, ruleset, wanted)):
        file.write()
        _tell(file, Text("已改", "mended"))


def tell_diff(entries: Iterable[Chart | Failed], catalogue: Catalogue | None, ruleset: str,
              wanted: Wanted) -> bool:
    """Print what ``--fix`` would change, as a unified diff, and write nothing; whether there is something to change.

    What cannot be read is told on standard error, and counts as something to change.
    """
    from difflib import unified_diff

    from flowstd.report.text import text

    entries = list(entries)
    charts = [entry for entry in entries if not isinstance(entry, Failed)]
    unread = [finding for entry in entries if isinstance(entry, Failed) for finding in entry.findings]
    if unread:
        remark(text(unread))
    changes = bool(unread)
    for file in _files(charts, catalogue, ruleset, wanted):
        before, after = (text.splitlines(keepends=True) for text in (file.before, file.after))
        shown = "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
                        for line in unified_diff(before, after, str(file.path), str(file.path)))
        if shown:
            changes = True
            say(shown.rstrip("\n"))
        _tell(file, Text("可改", "can be mended"))
    if not changes:
        remark(Text("没有能自动改的", "nothing can be mended by itself").say())
    return changes


def _files(charts: Iterable[Chart], catalogue: Catalogue | None, ruleset: str, wanted: Wanted) -> Iterator[Mended]:
    from flowstd.catalog.mend.files import mended

    by_file: dict[str, list[Chart]] = {}
    for chart in charts:
        place = chart.item.where if chart.item is not None else chart.flow.where
        by_file.setdefault((chart.where or place).file, []).append(chart)
    for file, several in by_file.items():
        if file:
            yield mended(Path(file), several, ruleset, wanted, catalogue)


def _tell(file: Mended, done: Text) -> None:
    from flowstd.report.words import plain

    lines = [f"{_place(file, finding)}: {finding.code} {done}: {finding.message}" for finding in file.done]
    for finding, why in file.refused:
        fix = f" ({why.fix})" if why.fix else ""
        lines.append(f"{_place(file, finding)}: {finding.code} {Text('没有改', 'left alone')}: {why.what}{fix}")
    for line in dict.fromkeys(lines):            # scenarios of one item share their elements
        remark(plain(line))


def _place(file: Mended, finding: Finding) -> str:
    return str(finding.where) if finding.where else str(file.path)
