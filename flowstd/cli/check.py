"""``flowstd check SOURCE_OR_FOLDER``: what is wrong, without drawing anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowstd.base.text import Text

from .commands import command as make

if TYPE_CHECKING:
    from flowstd.base.finding import Finding
    from flowstd.catalog.entry import Failed
    from flowstd.pipeline import Chart


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "check", _check, click.Argument(["source"]),
        click.Option(["--format", "form"], type=click.Choice(["text", "json"]), default="text",
                     help=Text("输出形式：text 或 json", "how to print: text or json").say()),
        help=Text("检查一个来源（同 draw）或一个文件夹，报告问题，不画图。",
                  "Check a source (as for draw) or a folder, and report what is wrong; nothing is drawn."))


def _check(source: str, form: str) -> int:
    from flowstd.catalog.entry import Failed

    from .results import exit_code, tell_check
    from .terminal import say

    findings: list[Finding] = []
    charts = failed = 0
    for entry in _entries(source):
        if isinstance(entry, Failed):
            failed += 1
            findings.extend(entry.findings)
        else:
            charts += 1
            findings.extend(_named(entry))
    if form == "text":
        return tell_check(findings, charts, failed)
    from flowstd.report.json import to_json

    say(to_json(findings).rstrip("\n"))
    return exit_code(findings, failed=bool(failed))


def _entries(source: str) -> Iterator[Chart | Failed]:
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.entry import Failed
    from flowstd.catalog.load import load, load_source
    from flowstd.pipeline import compile_case

    if not Path(source).is_dir():
        yield from load_source(source)
        return
    catalogue = open_catalogue(Path(source))
    for entry in load(catalogue):
        yield entry if isinstance(entry, Failed) else compile_case(entry, edition=catalogue.edition)


def _named(chart: Chart) -> Iterator[Finding]:
    from dataclasses import replace

    for finding in chart.findings:
        yield replace(finding, item=finding.item or chart.key, where=finding.where or chart.where)
