"""``flowstd check SOURCE_OR_FOLDER``: what is wrong, without writing a chart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowstd.base.text import Text

from .commands import Source
from .commands import command as make

if TYPE_CHECKING:
    from flowstd.catalog.config import Catalogue
    from flowstd.report.entry import Checked

FORMATS = ("text", "json", "sarif", "github", "markdown", "html", "xlsx")
RULESETS = ("draft", "publish")


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "check", _check, click.Argument(["source"], type=Source()),
        click.Option(["--format", "form"], type=click.Choice(FORMATS), default="text",
                     help=Text(f"输出形式：{'、'.join(FORMATS)}", f"how to print: {', '.join(FORMATS)}").say()),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), metavar="FILE",
                     help=Text("写进文件（xlsx 必须写）；原有工作簿里已填的答复会保留",
                               "write into a file (xlsx needs one); answers in a workbook there are kept").say()),
        click.Option(["--ruleset"], type=click.Choice(RULESETS), default="draft",
                     help=Text("规则集：编写中 draft，公布前 publish", "draft while writing, publish before publication").say()),
        click.Option(["--select"], default="", metavar="CODES",
                     help=Text("只看这些规则：编号、一组的字母或名称，例如 TIM,STR005,unsound",
                               "only these rules: codes, letters of a group, names, such as TIM,STR005,unsound").say()),
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
    from .checked import catalogue_at, check_all, entries_of
    from .main import FINDINGS, OK
    from .mend import tell_diff, write_mends
    from .results import exit_code, tell_check, tell_kinds
    from .terminal import say

    wanted, catalogue = _wanted(select, ignore), catalogue_at(source)
    if diff:
        changes = tell_diff(entries_of(source, catalogue), catalogue, ruleset, wanted)
        return FINDINGS if changes and not exit_zero else OK
    write = _into(output, form, catalogue) if output is not None or form == "xlsx" else None
    if fix:
        write_mends(entries_of(source, catalogue), catalogue, ruleset, wanted)
    result = check_all(source, catalogue, ruleset, wanted)
    code = exit_code(result.findings, failed=bool(result.failed))
    if statistics:
        tell_kinds(result.findings)
    elif write is not None:
        asked = write(result.checked)
        number = len(result.findings)
        say(Text(f"{number} 个问题 → {output}", f"{number} findings → {output}").say())
        if asked:
            say(Text("部门申请的偏离；同意的，放进 flowstd.toml：",
                     "deviations that were asked for; put into flowstd.toml those you agree to:").say())
            say(f"\n{asked}")
    elif form == "text":
        tell_check(result)
    else:
        say(_report(form)(result.checked).rstrip("\n"))
    return OK if exit_zero else code


def _into(output: Path | None, form: str, catalogue: Catalogue | None) -> Callable[[list[Checked]], str]:
    """How the report gets into its file, and what it then has to say; whether it can is looked at before any work."""
    from flowstd.base.errors import BadUse
    from flowstd.base.files import write_whole

    from .places import writable

    if output is None:
        raise BadUse(Text("xlsx 要写进文件", "xlsx goes into a file"), fix=Text("加 -o 问题.xlsx", "add -o findings.xlsx"))
    if form == "text":
        raise BadUse(Text("text 打在屏幕上，不写文件", "text is printed, not written"),
                     fix=Text("用 --format markdown、html 或 xlsx", "use --format markdown, html or xlsx"))
    writable(output, ".xlsx" if form == "xlsx" else output.suffix.casefold())
    if form == "xlsx":
        _not_among_items(output, catalogue)
        return _workbook(output)

    def write(checked: list[Checked]) -> str:
        write_whole(output, _report(form)(checked))
        return ""

    return write


def _not_among_items(output: Path, catalogue: Catalogue | None) -> None:
    """Raise BadUse where the next build would take the workbook for one of items."""
    from flowstd.base.errors import BadUse

    folder = catalogue.folder.resolve() if catalogue is not None else None
    if folder is None or catalogue is None or not output.resolve().is_relative_to(folder):
        return
    if any(output.resolve().relative_to(folder).match(pattern) for pattern in catalogue.items):
        raise BadUse(Text(f"{output} 在目录里，下次会被当作事项表来读",
                          f"{output} is inside the catalogue: the next build would read it as items"),
                     fix=Text(f"写到目录外面：-o ../{output.name}", f"write it outside: -o ../{output.name}"))


def _workbook(output: Path) -> Callable[[list[Checked]], str]:
    """How findings get into a workbook that may hold answers; then the deviations are told that were asked for."""
    from flowstd.base.files import write_whole
    from flowstd.report.proposals import proposals
    from flowstd.report.xlsx import answers_in, to_xlsx

    answers = answers_in(output) if output.exists() else None

    def write(checked: list[Checked]) -> str:
        write_whole(output, to_xlsx(checked, answers))
        return proposals(checked, answers or {})

    return write


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
    """The codes that *text* names: codes, the letters of a group, or names of faults. Raises BadUse."""
    from flowstd.base.errors import BadUse
    from flowstd.base.near import did_you_mean
    from flowstd.check.registry import foreign, modules, named, names

    known = (*modules(), *(one.code for one in foreign()), "SRC001", "SRC002", "INT001", "INT002")
    codes = []
    for part in filter(None, map(str.strip, text.split(","))):
        code = named(part.lower()) or next((code for code in (part, part.upper()) if any(
            one.startswith(code) for one in known)), "")
        if not code:
            raise BadUse(Text(f"没有规则 {part}", f"there is no rule {part}"), fix=did_you_mean(part, names()))
        codes.append(code)
    return tuple(codes)
