"""``flowstd diff BEFORE AFTER``: what has changed between two versions of an item."""

from __future__ import annotations

import click

from flowstd.base.text import Text

from .commands import Source
from .commands import command as make


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "diff", _diff, click.Argument(["before"], type=Source()), click.Argument(["after"], type=Source()),
        help=Text("比较一个事项的两个版本（来源同 draw），列出新增、删去、改动的环节、流向、时限和要素。没有变化以 0 退出，有变化以 1 退出。",
                  "Compare two versions of an item (sources as for draw): steps, lines, limits and elements that were "
                  "added, removed or changed. Ends with 0 where nothing has changed, with 1 where something has."))


def _diff(before: str, after: str) -> int:
    from flowstd.ir.diff import diff

    from .main import FINDINGS, OK
    from .terminal import say

    found = diff(_chart(before), _chart(after))
    say(str(found))
    return FINDINGS if found else OK


def _chart(source: str) -> object:
    """The one chart of a source. Raises what reading it raised."""
    from flowstd.base.errors import BadSource
    from flowstd.catalog.entry import Failed
    from flowstd.catalog.load import load_source

    from .draw import only

    entries = load_source(source)
    for entry in entries:
        if isinstance(entry, Failed):
            first = entry.findings[0]
            raise BadSource(first.message, where=first.where, fix=first.fix)
    return only([entry for entry in entries if not isinstance(entry, Failed)], source)
