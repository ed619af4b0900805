"""``flowstd cache show|clear``: the layouts that builds keep for the builds to come."""

from __future__ import annotations

import click

from flowstd.base.text import Text

from .commands import command as make

SHOW, CLEAR = ACTIONS = ("show", "clear")


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "cache", _cache, click.Argument(["action"], type=click.Choice(ACTIONS)),
        help=Text("show：缓存在哪里、有多大；clear：清空。清空只费时间，不影响结果。",
                  "show: where the cache is and how large; clear: empty it, which costs time and changes no result."))


def _cache(action: str) -> int:
    from flowstd.base.errors import BadEnvironment
    from flowstd.batch import shelf

    from .terminal import say, table

    found = shelf.kept()
    if found is None:
        say(Text("没有用户主目录，不用缓存", "without a home folder no cache is used").say())
        return 0
    if action == CLEAR:
        number = shelf.clear()
        if number < found.layouts:
            raise BadEnvironment(Text(f"{found.folder} 里有 {found.layouts - number} 个文件删不掉",
                                      f"{found.layouts - number} files in {found.folder} cannot be removed"))
        say(Text(f"已清空：{number} 个布局", f"cleared: {number} layouts").say())
        return 0
    say(table(((Text("文件夹", "folder").say(), str(found.folder)), (Text("布局", "layouts").say(), str(found.layouts)),
               (Text("大小", "size").say(), f"{found.size / 1_000_000:.1f} MB"),
               (Text("上限", "at most").say(), f"{shelf.LARGEST / 1_000_000:.0f} MB"))))
    return 0
