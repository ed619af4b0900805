"""``flowstd build FOLDER -o OUT``: the charts of all items of a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowstd.base.text import Text
from flowstd.catalog.config import LEAST, MOST, Limits

from .commands import command as make
from .formats import bpmn_options, chosen, known, look_options, looked, told_bpmn

if TYPE_CHECKING:
    from flowstd.catalog.config import Catalogue


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "build", _build,
        click.Argument(["folder"], type=click.Path(path_type=Path)),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), metavar="OUT",
                     help=Text("输出文件夹", "the folder for the charts").say()),
        click.Option(["--format", "formats"], metavar="LIST",
                     help=Text(f"格式，用逗号分隔：{known()}", f"formats, with commas between: {known()}").say()),
        *look_options(),
        *bpmn_options(),
        click.Option(["--jobs", "-j", "jobs"], type=click.IntRange(0), default=0, metavar="N",
                     help=Text("进程数；默认用全部核心", "worker processes; all cores unless given").say()),
        click.Option(["--only"], multiple=True, metavar="PATTERN",
                     help=Text("只看名称、编码或文件符合的事项，如 '*变更*'；可重复", "only items whose name, code or file matches, such as '*renewal*'; may be repeated").say()),
        click.Option(["--changed-since", "since"], metavar="REVISION",
                     help=Text("只看自 git 的这一版以来改过的事项", "only items changed since this revision of git").say()),
        click.Option(["--force"], is_flag=True, help=Text("没有变化的也重做", "make again what has not changed").say()),
        click.Option(["--dry-run", "dry"], is_flag=True, help=Text("只说会做什么，什么都不写", "say what would be done, write nothing").say()),
        click.Option(["--explain"], is_flag=True, help=Text("逐项说明为什么生成或跳过", "say for each item why it is made or not").say()),
        click.Option(["--seconds"], type=click.FloatRange(LEAST.seconds, MOST.seconds), metavar="N",
                     help=Text("每张图的时限（秒），默认 10", "seconds that one chart may take; 10 unless given").say()),
        click.Option(["--memory"], type=click.IntRange(LEAST.megabytes, MOST.megabytes), metavar="MB",
                     help=Text("每个进程的内存上限（MB），默认 1024", "megabytes that one worker may take; 1024 unless given").say()),
        click.Option(["--scheduler"], default="", metavar="ADDRESS",
                     help=Text("在 Dask 上生成，例如 tcp://主机:8786", "build on Dask, such as tcp://host:8786").say()),
        click.Option(["--report"], type=click.Path(path_type=Path), metavar="FILE",
                     help=Text("把结果写成 .json 或 .html 报告", "write what was done as a report, .json or .html").say()),
        help=Text("生成 FOLDER 里全部事项的流程图；没有变化的不动。",
                  "Make the charts of all items in FOLDER; what has not changed is left alone."))


def _build(folder: Path, output: Path | None, formats: str | None, jobs: int, only: tuple[str, ...], since: str | None,
           force: bool, dry: bool, explain: bool, seconds: float | None, memory: int | None, scheduler: str,
           report: Path | None, bpmn_pools: str | None, bpmn_engine: str | None, **look: str | None) -> int:
    from flowstd.base.errors import BadUse
    from flowstd.batch.build import Wish, build, plan
    from flowstd.batch.since import changed_since
    from flowstd.batch.write import OutputFolder
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import count

    from .build_report import check_report, write_report
    from .listener import Told
    from .main import end_in_order
    from .results import tell_build
    from .terminal import bar, say

    catalogue = _asked(open_catalogue(folder), look, told_bpmn(bpmn_pools, bpmn_engine), seconds, memory)
    wanted = chosen(formats.split(",")) if formats is not None else chosen(catalogue.formats, catalogue.source.where("output"))
    if output is None and not catalogue.output:
        raise BadUse(Text("没有说明输出到哪里", "no output folder is given"),
                     fix=Text("写 -o 文件夹，或在 flowstd.toml 写 [output] folder = \"…\"",
                              'write -o OUT, or [output] folder = "…" in flowstd.toml'))
    given = {"format": formats, "bpmn-pools": bpmn_pools, "bpmn-engine": bpmn_engine, **look}
    wish = Wish(jobs=jobs, force=force, only=only, since=changed_since(catalogue, since) if since else None,
                asked=tuple((name, value) for name, value in given.items() if value is not None),
                scheduler=scheduler)
    out = OutputFolder(output or catalogue.folder / catalogue.output, look=dry)
    if report is not None:
        check_report(report)
    if dry:
        number = plan(catalogue, out, wanted, wish=wish, listener=Told(explain=True))
        say(Text(f"会生成 {number} 项；什么都没有写", f"{number} would be made; nothing is written").say())
        return 0
    end_in_order()
    with bar(count(catalogue), Text("生成流程图", "building").say()) as step:
        summary = build(catalogue, out, wanted, wish=wish, listener=Told(step, explain=explain))
    if report is not None:
        write_report(report, summary)
    return tell_build(summary, folder, out.path)


def _asked(catalogue: Catalogue, look: dict[str, str | None], bpmn: dict[str, str], seconds: float | None,
           memory: int | None) -> Catalogue:
    """*catalogue* as the person wants it now."""
    limits = Limits(seconds or catalogue.limits.seconds, memory or catalogue.limits.megabytes)
    options = {**catalogue.options, "bpmn": {**catalogue.options.get("bpmn", {}), **bpmn}} if bpmn else catalogue.options
    return replace(catalogue, look=looked(catalogue.look, **look), options=options, limits=limits)
