"""``flowstd export FOLDER --xlsx BOOK``: all items of a folder as a workbook that departments can fill in."""

from __future__ import annotations

from pathlib import Path

import click

from flowstd.base.text import Text

from .commands import command as make
from .places import force_option, unwritten


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "export", _export,
        click.Argument(["folder"], type=click.Path(path_type=Path)),
        click.Option(["--xlsx"], type=click.Path(path_type=Path), required=True, metavar="BOOK",
                     help=Text("写成哪个工作簿（.xlsx）", "the workbook to write (.xlsx)").say()),
        force_option(),
        help=Text("把 FOLDER 里的全部事项写进一个工作簿，交部门填报；用 flowstd import 读回。",
                  "Write all items of FOLDER into a workbook for departments to fill in; import reads it back."))


def _export(folder: Path, xlsx: Path, force: bool) -> int:
    from flowstd.base.files import write_whole
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.entry import Failed
    from flowstd.catalog.load import load
    from flowstd.catalog.to_xlsx import book_of

    from .results import exit_code, tell_findings
    from .terminal import say

    unwritten(xlsx, ".xlsx", force=force)
    catalogue = open_catalogue(folder)
    entries = list(load(catalogue))
    failed = [entry for entry in entries if isinstance(entry, Failed)]
    cases = [entry for entry in entries if not isinstance(entry, Failed)]
    book, lost = book_of(cases, catalogue.profile)
    write_whole(xlsx, book)
    findings = [*(finding for entry in failed for finding in entry.findings), *lost]
    tell_findings(findings)
    say(Text(f"{len(cases)} 张流程图写进了 {xlsx}", f"{len(cases)} charts are in {xlsx}").say())
    return exit_code(findings, failed=bool(failed))
