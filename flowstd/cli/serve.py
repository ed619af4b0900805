"""``flowstd serve FOLDER``: the charts of a folder in a browser, drawn anew at every save."""

from __future__ import annotations

from pathlib import Path

import click

from flowstd.base.text import Text

from .commands import command as make


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "serve", _serve, click.Argument(["folder"], type=click.Path(path_type=Path)),
        click.Option(["--port"], type=click.IntRange(0, 65535), metavar="N",
                     help=Text("端口；默认 8484，被占用时换一个空闲的",
                               "the port; 8484 unless given, or a free one where that is taken").say()),
        help=Text("在浏览器里看 FOLDER 的流程图，保存文件即更新；只有本机能看。按 Ctrl-C 停止。",
                  "Show the charts of FOLDER in a browser, drawn anew at every save; only this machine can see them. "
                  "Ctrl-C stops it."))


def _serve(folder: Path, port: int | None) -> int:
    from flowstd.base.extras import need
    from flowstd.catalog.config import open_catalogue

    from .main import OK, end_in_order
    from .terminal import say

    need("serve")
    limits = open_catalogue(folder).limits
    from flowstd.serve.server import serve

    end_in_order()
    serve(folder, limits, port, lambda address: say(Text(f"在浏览器里打开 {address}（按 Ctrl-C 停止）",
                                                 f"open {address} in a browser (Ctrl-C stops)").say()))
    say(Text("已停止", "stopped").say())
    return OK
