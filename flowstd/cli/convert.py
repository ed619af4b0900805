"""``flowstd convert IN.bpmn -o OUT``: a BPMN file of any vendor kept whole, drawn anew, or as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowstd.base.text import Text

from .commands import command as make

if TYPE_CHECKING:
    from flowstd.bpmn import BpmnDocument
    from flowstd.bpmn.told import Loss


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "convert", _convert, click.Argument(["source"], type=click.Path(path_type=Path)),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), required=True, metavar="FILE",
                     help=Text("输出文件：.bpmn 或 .svg", "the file: .bpmn or .svg").say()),
        click.Option(["--relayout"], is_flag=True, help=Text("重新排版全部图形", "lay all diagrams out anew").say()),
        click.Option(["--layout-missing"], is_flag=True,
                     help=Text("只安放没有位置的图形", "place only what has no place").say()),
        report_option(),
        help=Text("读任意来源的 BPMN 文件，原样保留全部内容写出，或画成 SVG。",
                  "Read a BPMN file from anywhere; write it with everything in it, or as an SVG picture."))


def report_option() -> click.Option:
    """``--report FILE``: the loss report as JSON."""
    return click.Option(["--report"], type=click.Path(path_type=Path), metavar="FILE",
                        help=Text("把丢失与问题报告写成 JSON", "write what is lost and what is wrong as JSON").say())


def _convert(source: Path, output: Path, relayout: bool, layout_missing: bool, report: Path | None) -> int:
    from flowstd.base.errors import BadUse
    from flowstd.base.files import write_whole
    from flowstd.bpmn import read

    from .places import check_place, writable
    from .terminal import say

    if relayout and layout_missing:
        raise BadUse(Text("--relayout 与 --layout-missing 只能用一个", "--relayout and --layout-missing exclude each other"))
    suffix = output.suffix.lower()
    if suffix not in (".bpmn", ".svg"):
        raise BadUse(Text(f"不能写成“{output.suffix}”", f'cannot write "{output.suffix}"'),
                     fix=Text("用 .bpmn 或 .svg", "use .bpmn or .svg"))
    writable(output, suffix)
    if report is not None:
        check_place(report)
    document = read(source)
    if relayout:
        document = document.relaid()
    elif layout_missing:
        document = document.completed()
    write_whole(output, document.svg() if suffix == ".svg" else document.write())
    tell(document, [], report)
    say(f"{source} → {output}")
    return 0


def tell(document: BpmnDocument, lost: Sequence[Loss], report: Path | None) -> None:
    """Problems and losses on standard error, and as JSON where that is asked for."""
    from flowstd.base.files import write_whole
    from flowstd.bpmn.report import report as as_json
    from flowstd.report.text import text
    from flowstd.report.words import plain

    from .terminal import remark

    if document.problems:
        remark(text(document.problems))
    if lost:
        remark(Text(f"流程图没有词语可说的 {len(lost)} 处：", f"{len(lost)} things that a flow has no word for:").say())
    for one in lost:
        remark(f"  {plain(f'{document.file}:{one}')}")
    if report is not None:
        write_whole(report, as_json(document.file, lost, document.problems))
