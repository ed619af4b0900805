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
                  "Explain a rule: what, why, by which article, how to mend it. CODE is TIM002, or a name such as "
                  "unsound."))


def _explain(code: str) -> int:
    from flowstd.base.errors import BadUse
    from flowstd.base.near import did_you_mean
    from flowstd.check.registry import every_code, named, names, rule
    from flowstd.report.rules import NO_RULES, explained

    from .terminal import say

    known = named(code.lower()) or next((one for one in (code, code.upper()) if one in every_code()), "")
    if code.upper() in NO_RULES:
        say(f"{code.upper()}\n  {NO_RULES[code.upper()]}")
    elif known:
        say(explained(rule(known)).rstrip("\n"))
    else:
        raise BadUse(Text(f"没有规则 {code}", f"there is no rule {code}"), fix=did_you_mean(code, names()))
    return 0
