"""``flowstd build FOLDER -o OUT``: the charts of all items of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from flowstd.base.text import Text
from flowstd.catalog.config import LEAST, MOST

from .commands import command as make
from .formats import bpmn_options, known, look_options


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "build", _build,
        click.Argument(["folder"], type=click.Path(path_type=Path)),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), metavar="OUT",
                     help=Text("输出文件夹", "the folder for the charts").say()),
        click.Option(["--format", "formats"], metavar="LIST", multiple=True,
                     callback=lambda _, __, lists: ",".join(lists) if lists else None,
                     help=Text(f"格式，用逗号分隔，也可重复：{known()}",
                               f"formats, with commas between, or said again: {known()}").say()),
        *look_options(),
        *bpmn_options(),
        click.Option(["--jobs", "-j", "jobs"], type=click.IntRange(0), default=0, metavar="N",
                     help=Text("进程数；默认用全部核心", "worker processes; all cores unless given").say()),
        click.Option(["--only"], multiple=True, metavar="PATTERN",
                     help=Text("只看名称、编码或文件符合的事项，如 '*变更*'；可重复",
                               "only items whose name, code or file matches, such as '*renewal*'; may be repeated"
                               ).say()),
        click.Option(["--changed-since", "since"], metavar="REVISION",
                     help=Text("只看自 git 的这一版以来改过的事项", "only items changed since this revision of git").say()),
        click.Option(["--force"], is_flag=True, help=Text("没有变化的也重做", "make again what has not changed").say()),
        click.Option(["--dry-run", "dry"], is_flag=True,
                     help=Text("只说会做什么，什么都不写", "say what would be done, write nothing").say()),
        click.Option(["--explain"], is_flag=True,
                     help=Text("逐项说明为什么生成或跳过", "say for each item why it is made or not").say()),
        click.Option(["--seconds"], type=click.FloatRange(LEAST.seconds, MOST.seconds), metavar="N",
                     help=Text("每张图的时限（秒），默认 10", "seconds that one chart may take; 10 unless given").say()),
        click.Option(["--memory"], type=click.IntRange(LEAST.megabytes, MOST.megabytes), metavar="MB",
                     help=Text("每个进程的内存上限（MB），默认 1024", "megabytes that one worker may take; 1024 unless given").say()),
        click.Option(["--scheduler"], default="", metavar="ADDRESS",
                     help=Text("在 Dask 上生成，例如 tcp://主机:8786", "build on Dask, such as tcp://host:8786").say()),
        click.Option(["--watch"], is_flag=True,
                     help=Text("保存即重新生成，直到 Ctrl-C", "build again whenever a file is saved, until Ctrl-C").say()),
        click.Option(["--log"], type=click.Path(path_type=Path), metavar="FILE",
                     help=Text("把经过逐行写进文件，可发给技术支持",
                               "write what happens into a file that can be sent to support").say()),
        click.Option(["--report"], type=click.Path(path_type=Path), metavar="FILE",
                     help=Text("把结果写成 .json 或 .html 报告", "write what was done as a report, .json or .html").say()),
        help=Text("生成 FOLDER 里全部事项的流程图；没有变化的不动。",
                  "Make the charts of all items in FOLDER; what has not changed is left alone."))


def _build(folder: Path, watch: bool, **asked: Any) -> int:
    from .building import built, watched

    return watched(folder, **asked) if watch else built(folder, **asked)
