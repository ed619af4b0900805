"""``flowstd rules``: every rule that charts are checked by."""

from __future__ import annotations

import click

from flowstd.base.text import Text

from .commands import command as make


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "rules", _rules,
        click.Option(["--format", "form"], type=click.Choice(["text", "json"]), default="text",
                     help=Text("输出形式：text 或 json", "how to print: text or json").say()),
        help=Text("列出全部检查规则；json 含理由、依据、级别。",
                  "List every rule; json has its reason, its source and how grave it is."), bare=True)


def _rules(form: str) -> int:
    from flowstd.check.registry import rules
    from flowstd.report.rules import to_json

    from .terminal import say, table

    if form == "json":
        say(to_json(rules()).rstrip("\n"))
    else:
        say(table(tuple((f"{one.code} {one.name}", str(one.summary)) for one in rules())))
    return 0
