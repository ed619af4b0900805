"""``flowstd draw SOURCE -o FILE``: the chart of one source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowstd.base.text import Text

from .commands import Source
from .commands import command as make
from .formats import bpmn_options, look_options, looked, suffixes, told_bpmn

if TYPE_CHECKING:
    from flowstd.base.finding import Finding
    from flowstd.pipeline import Chart

PICTURES = ("svg", "png", "pdf")      # what Graphviz may draw for us


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "draw", _draw, click.Argument(["source"], type=Source()),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), required=True, metavar="FILE",
                     help=Text(f"输出文件；后缀决定格式：{suffixes()}",
                               f"the file; its suffix says the format: {suffixes()}").say()),
        *look_options(),
        *bpmn_options(),
        click.Option(["--engine"], type=click.Choice(["own", "dot"]), default="own",
                     help=Text("own：flowstd 自己布局；dot：用本机的 Graphviz 布局，供比较（.svg .png .pdf）",
                               "own: flowstd's own layout; dot: Graphviz, where it is installed, to compare (.svg "
                               ".png .pdf)").say()),
        help=Text("画一个来源的流程图。SOURCE 是 Python 模块（文件.py 或 文件.py:名称）、事项文件（.yaml）或流程文件（flow.json）。",
                  "Draw the chart of one source: a module (file.py or file.py:name), an item file (.yaml) or a flow "
                  "(flow.json)."))


def _draw(source: str, output: Path, engine: str, bpmn_pools: str | None,
          bpmn_engine: str | None, **look: str | None) -> int:
    from flowstd.base.errors import UnknownName
    from flowstd.base.files import write_whole
    from flowstd.catalog.config import PLAIN
    from flowstd.catalog.entry import Failed
    from flowstd.catalog.load import load_source
    from flowstd.pipeline import format_of

    from .main import FINDINGS
    from .pages import cleared, listed
    from .places import check_place
    from .results import exit_code, tell_findings
    from .terminal import say

    try:
        form = format_of(output)
    except UnknownName as error:
        raise _wrong_use(error) from None
    if engine == "own":
        form.check()
    elif form.name not in PICTURES:
        raise _no_picture(output)
    check_place(output)
    wanted = looked(PLAIN, **look)
    entries = load_source(source)
    failed = [entry for entry in entries if isinstance(entry, Failed)]
    charts = [entry for entry in entries if not isinstance(entry, Failed)]
    tell_findings([finding for entry in failed for finding in entry.findings])
    if not charts:
        return FINDINGS
    chart = only(charts, source).in_view(wanted.view).to_edition(wanted.edition)
    chart = chart.drawn_as(wanted.collapse, wanted.lane_order, wanted.direction, wanted.theme)
    findings: tuple[Finding, ...] = chart.findings
    written = [output]
    if engine == "own":
        findings += form.findings(chart)
        chart.save(output, **told_bpmn(bpmn_pools, bpmn_engine))
        written = form.paths(chart, output)
    else:
        from flowstd.render.dot.engine import drawn

        write_whole(output, drawn(chart.dot(), form.name))
    tell_findings(findings)
    say(f"{chart.summary()} → {listed(written)}")
    for words in cleared(output, form, written):
        say(words.say())
    return exit_code(findings, failed=bool(failed))


def only(charts: list[Chart], source: str) -> Chart:
    """The one chart of a source. Raises UnknownName when there are several: which one is meant must be said."""
    from flowstd.base.errors import BadUse

    if len(charts) == 1:
        return charts[0]
    names = "、".join(chart.title for chart in charts)
    raise BadUse(Text(f"{source} 里有 {len(charts)} 张流程图：{names}", f"{source} holds {len(charts)} charts: {names}"),
                 fix=Text("写明是哪一张：文件.py:名称、事项.yaml:情形；或用 flowstd build 生成全部",
                          "say which one: file.py:name, item.yaml:scenario; or make all of them with flowstd build"))


def _no_picture(output: Path) -> Exception:
    from flowstd.base.errors import BadUse

    return BadUse(Text(f"Graphviz 不能写 {output.name}", f"Graphviz cannot write {output.name}"),
                  fix=Text("换 .svg、.png 或 .pdf", "take .svg, .png or .pdf"))


def _wrong_use(error: Exception) -> Exception:
    from flowstd.base.errors import BadUse, UnknownName

    assert isinstance(error, UnknownName)
    return BadUse(error.what, fix=error.fix)
