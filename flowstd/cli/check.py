"""``flowstd check SOURCE_OR_FOLDER``: what is wrong, without writing a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowstd.base.text import Text

from .commands import command as make

if TYPE_CHECKING:
    from flowstd.base.finding import Finding
    from flowstd.catalog.entry import Failed
    from flowstd.ir.case import Case
    from flowstd.pipeline import Chart
    from flowstd.report.entry import Checked

FORMATS = ("text", "json", "sarif", "github", "markdown", "html", "xlsx")
RULESETS = ("draft", "publish")


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "check", _check, click.Argument(["source"]),
        click.Option(["--format", "form"], type=click.Choice(FORMATS), default="text",
                     help=Text(f"输出形式：{'、'.join(FORMATS)}", f"how to print: {', '.join(FORMATS)}").say()),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), metavar="FILE",
                     help=Text("写进文件（xlsx 必须写）；原有工作簿里已填的答复会保留",
                               "write into a file (xlsx needs one); answers in a workbook that is there are kept").say()),
        click.Option(["--ruleset"], type=click.Choice(RULESETS), default="draft",
                     help=Text("规则集：编写中 draft，公布前 publish", "draft while writing, publish before publication").say()),
        click.Option(["--select"], default="", metavar="CODES",
                     help=Text("只看这些规则，例如 TIM,STR005", "only these rules, such as TIM,STR005").say()),
        click.Option(["--ignore"], default="", metavar="CODES",
                     help=Text("不看这些规则", "without these rules").say()),
        click.Option(["--fix"], is_flag=True,
                     help=Text("先改好能自动改的（括号、层级标注、缺的标准分支），再检查",
                               "first mend what mends itself (brackets, level markers, missing standard exits)").say()),
        click.Option(["--diff"], is_flag=True,
                     help=Text("只显示 --fix 会改什么，不写文件", "only show what --fix would change").say()),
        click.Option(["--statistics"], is_flag=True,
                     help=Text("只报每条规则的次数", "only how often each rule fired").say()),
        click.Option(["--exit-zero"], is_flag=True,
                     help=Text("有问题也以 0 退出", "end with 0 although something is wrong").say()),
        help=Text("检查一个来源（同 draw）或一个文件夹，报告问题，不出图。",
                  "Check a source (as for draw) or a folder, and report what is wrong; no chart is written."))


def _check(source: str, form: str, output: Path | None, ruleset: str, select: str, ignore: str, fix: bool, diff: bool,
           statistics: bool, exit_zero: bool) -> int:
    from .main import OK
    from .results import exit_code, tell_check, tell_kinds
    from .terminal import say

    wanted = _wanted(select, ignore)
    if diff or fix:
        from . import mend
    if diff:
        return mend.diff(source, _entries(source), ruleset, wanted) * (not exit_zero)
    if fix:
        mend.fix(source, _entries(source), ruleset, wanted)
    write = _into(output, form) if output is not None or form == "xlsx" else None
    checked, failed = _checked(source, ruleset, wanted)
    findings = [finding for one in checked for finding in one.findings]
    if statistics:
        tell_kinds(findings)
        code = exit_code(findings, failed=bool(failed))
    elif write is not None:
        write(checked)
        say(Text(f"{len(findings)} 个问题 → {output}", f"{len(findings)} findings → {output}").say())
        code = exit_code(findings, failed=bool(failed))
    elif form == "text":
        code = tell_check(findings, len(checked) - failed, failed)
    else:
        say(_report(form)(checked).rstrip("\n"))
        code = exit_code(findings, failed=bool(failed))
    return OK if exit_zero else code


def _checked(source: str, ruleset: str, wanted: Callable[[str], bool]) -> tuple[list[Checked], int]:
    """Every chart of *source* with its findings, those that could not be read among them; and how many those are."""
    from flowstd.catalog.entry import Failed
    from flowstd.check.run import check_catalogue
    from flowstd.report.entry import Checked

    entries = list(_entries(source))
    charts = [entry for entry in entries if not isinstance(entry, Failed)]
    among = _by_item(check_catalogue((case for case in map(_case, charts) if case is not None), ruleset))
    checked = []
    for entry in entries:
        if isinstance(entry, Failed):
            checked.append(Checked(entry.name, entry.name,
                                   findings=tuple(one for one in entry.findings if wanted(one.code))))
        else:
            checked.append(_one(entry, ruleset, wanted, among.get(entry.key, ())))
    return checked, len(entries) - len(charts)


def _one(chart: Chart, ruleset: str, wanted: Callable[[str], bool], more: tuple[Finding, ...]) -> Checked:
    from dataclasses import replace
    from datetime import date

    from flowstd.check.run import settled
    from flowstd.check.subject import Subject
    from flowstd.report.entry import Checked

    done = settled(Subject(chart.flow, chart.item, chart.scenario, chart.picture(), today=date.today()), ruleset)
    findings = tuple(replace(one, item=one.item or chart.key, where=one.where or chart.where)
                     for one in (*chart.noticed, *done.findings, *more) if wanted(one.code))
    return Checked(chart.key, chart.title, chart.item.authority if chart.item is not None else "", findings,
                   tuple((one, allowance.reason) for one, allowance in done.allowed if wanted(one.code)))


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


def _case(chart: Chart) -> Case | None:
    from flowstd.ir.case import Case

    return None if chart.item is None else Case(item=chart.item, scenario=chart.scenario, flow=chart.flow,
                                                where=chart.where)


def _by_item(findings: tuple[Finding, ...]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.item, []).append(finding)
    return {item: tuple(several) for item, several in found.items()}


def _into(output: Path | None, form: str) -> Callable[[list[Checked]], None]:
    """How the report gets into its file; that it can is looked at before anything is checked."""
    from flowstd.base.errors import BadUse
    from flowstd.base.files import write_whole

    from .places import writable

    if output is None:
        raise BadUse(Text("xlsx 要写进文件", "xlsx goes into a file"), fix=Text("加 -o 问题.xlsx", "add -o findings.xlsx"))
    if form == "text":
        raise BadUse(Text("text 打在屏幕上，不写文件", "text is printed, not written"),
                     fix=Text("用 --format markdown、html 或 xlsx", "use --format markdown, html or xlsx"))
    writable(output, ".xlsx" if form == "xlsx" else output.suffix.casefold())
    if form != "xlsx":
        return lambda checked: write_whole(output, _report(form)(checked))
    from flowstd.report.xlsx import answers_in, to_xlsx

    answers = answers_in(output) if output.exists() else None
    return lambda checked: write_whole(output, to_xlsx(checked, answers))


def _report(form: str) -> Callable[[list[Checked]], str]:
    from importlib import import_module

    if form == "json":
        from flowstd.report.json import to_json

        return lambda checked: to_json(finding for one in checked for finding in one.findings)
    report: Callable[[list[Checked]], str] = getattr(import_module(f"flowstd.report.{form}"), f"to_{form}")
    return report


def _wanted(select: str, ignore: str) -> Callable[[str], bool]:
    """Whether a code is among those selected and not among those ignored; a group's letters stand for its rules."""
    chosen, dropped = _codes(select), _codes(ignore)
    return lambda code: (not chosen or code.startswith(chosen)) and not (dropped and code.startswith(dropped))


def _codes(text: str) -> tuple[str, ...]:
    from flowstd.base.errors import BadUse
    from flowstd.base.near import did_you_mean
    from flowstd.check.registry import modules

    codes = tuple(part.strip().upper() for part in text.split(",") if part.strip())
    known = (*modules(), "SRC001", "SRC002", "INT001")
    for code in codes:
        if not any(one.startswith(code) for one in known):
            raise BadUse(Text(f"没有规则 {code}", f"there is no rule {code}"), fix=did_you_mean(code, known))
    return codes
