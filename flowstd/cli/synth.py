"""``flowstd synth FOLDER``: a made-up city, to try a build of any size."""

from __future__ import annotations

from pathlib import Path

import click

from flowstd.base.text import Text

from .commands import command as make


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "synth", _synth, click.Argument(["folder"], type=click.Path(path_type=Path)),
        click.Option(["--items"], type=click.IntRange(1, 10_000_000), default=1_000, metavar="N",
                     help=Text("事项数，默认 1000", "how many items; 1000 unless given").say()),
        click.Option(["--seed"], type=int, default=0, metavar="S",
                     help=Text("同一种子得同一座城市", "the same seed gives the same city").say()),
        help=Text("新建一座合成城市的目录清单，名称取自真实事项，其余为示例，用于试验和压力测试。",
                  "Make the catalogue of a made-up city, with names of real items, for trials and load tests."))


def _synth(folder: Path, items: int, seed: int) -> int:
    from flowstd.catalog.synth import write

    from .places import new_folder
    from .terminal import as_typed, say

    with new_folder(folder) as inside:
        write(inside, items, seed)
    build = as_typed("flowstd", "build", folder, "-o", f"{folder}-out")
    say(Text(f"已建立 {items} 个事项。生成流程图：\n  {build}", f"made {items} items. Make their charts:\n  {build}").say())
    return 0
