"""What a command says at its end: the findings, then how many of what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.check.mend import MENDABLE

from .main import FINDINGS, OK
from .terminal import colourful, say, say_stacks, table
from .totals import tell_numbers, tell_totals

if TYPE_CHECKING:
    from flowstd.batch.wish import Summary

    from .checked import Result


def tell_build(summary: Summary, source: Path, out: Path) -> int:
    """Print what a build did, errors in full and the rest by kind; its exit code.

    What a format could not show is told in full as well: ``check`` knows of no formats.
    """
    tell_findings(summary.findings)
    tell_totals(charts=len(summary.rows), built=summary.built, failed=len(summary.failed), files=summary.files,
                kinds=((*kind, number) for kind, number in summary.kinds.items()), removed=len(summary.removed),
                source=source, out=out)
    say_stacks(summary.traces)
    return exit_code(summary.findings, failed=bool(summary.failed))


def tell_check(result: Result) -> None:
    """Print what a check found, and how many of what."""
    tell_findings(result.findings)
    tell_kinds(result.findings)
    if any(finding.code in MENDABLE for finding in result.findings):
        say("  " + Text("括号、层级标注和缺的标准分支可以自动改：--diff 先看，--fix 改好",
                        "brackets, level markers and missing standard exits: see --diff, then --fix").say())
    allowed = sum(len(one.allowed) for one in result.checked)
    aside = ((Text("允许偏离", "allowed").say(), str(allowed)),) if allowed else ()
    say(table(((Text("流程图", "charts").say(), str(result.charts)), (Text("未成图", "failed").say(), str(result.failed)),
               *_levels(result.findings), *aside)))


def tell_findings(findings: Sequence[Finding]) -> None:
    """Print every finding, the same one of several items once."""
    if not findings:
        return
    from flowstd.report.text import text

    coloured = colourful()
    say(text(findings, colour=coloured) + "\n", coloured=coloured)


def tell_kinds(findings: Sequence[Finding]) -> None:
    """Print how often each kind of finding occurs."""
    from flowstd.report.text import by_code

    tell_numbers(by_code(findings))


def exit_code(findings: Sequence[Finding], *, failed: bool) -> int:
    """1 when a chart is missing or has an error; warnings do not count."""
    return FINDINGS if failed or any(finding.level is Level.ERROR for finding in findings) else OK


def _levels(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    from flowstd.report.text import counts

    names = {Level.ERROR: Text("错误", "errors"), Level.WARNING: Text("提醒", "warnings"), Level.INFO: Text("说明", "notes")}
    return tuple((names[level].say(), str(number)) for level, number in counts(findings).items())
