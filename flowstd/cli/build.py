"""``flowstd build FOLDER -o OUT``: the charts of all items of a folder."""

from __future__ import annotations

from pathlib import Path

import click

from flowstd.base.text import Text

from .commands import command as make
from .formats import chosen, known


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "build", _build,
        click.Argument(["folder"], type=click.Path(path_type=Path)),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), metavar="OUT",
                     help=Text("输出文件夹", "the folder for the charts").say()),
        click.Option(["--format", "formats"], metavar="LIST",
                     help=Text(f"格式，用逗号分隔：{known()}", f"formats, with commas between: {known()}").say()),
        help=Text("生成 FOLDER 里全部事项的流程图。", "Make the charts of all items in FOLDER."))


def _build(folder: Path, output: Path | None, formats: str | None) -> int:
    from flowstd.base.errors import BadUse
    from flowstd.batch.build import build
    from flowstd.batch.write import OutputFolder
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import count, load

    from .results import tell_build
    from .terminal import bar

    catalogue = open_catalogue(folder)
    wanted = chosen(formats.split(",")) if formats is not None else chosen(catalogue.formats, catalogue.source.where("output"))
    if output is None and not catalogue.output:
        raise BadUse(Text("没有说明输出到哪里", "no output folder is given"),
                     fix=Text("写 -o 文件夹，或在 flowstd.toml 写 [output] folder = \"…\"",
                              'write -o OUT, or [output] folder = "…" in flowstd.toml'))
    out = OutputFolder(output or catalogue.folder / catalogue.output)
    with bar(count(catalogue), Text("生成流程图", "building").say()) as step:
        summary = build(load(catalogue), out, wanted, edition=catalogue.edition, title=catalogue.title, tell=step)
    return tell_build(summary, folder, out.path)
