"""``flowstd explain CODE``: what a rule asks, why, and on what authority."""

from __future__ import annotations

import click

from flowstd.base.text import Text

from .commands import command as make


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "explain", _explain, click.Argument(["code"]),
        help=Text("解释一条规则：查什么、为什么、依据哪一条、怎么改。CODE 如 TIM002，或问题名称如 unsound。",
                  "Explain a rule: what, why, by which article, how to mend it. CODE is TIM002, or a name such as unsound."))


def _explain(code: str) -> int:
    from flowstd.base.errors import BadUse, UnknownName
    from flowstd.check.registry import named, rule
    from flowstd.report.rules import NO_RULES, explained

    from .terminal import say

    if code.upper() in NO_RULES:
        say(f"{code.upper()}\n  {NO_RULES[code.upper()]}")
        return 0
    try:
        say(explained(rule(named(code.lower()) or code.upper())).rstrip("\n"))
    except UnknownName as error:
        raise BadUse(error.what, fix=error.fix) from None
    return 0
