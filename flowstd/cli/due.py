"""``flowstd due SOURCE --from DATE``: when a case accepted on that day must be decided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from flowstd.base.text import Text

from .commands import Source
from .commands import command as make

if TYPE_CHECKING:
    from flowstd.pipeline import Chart


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "due", _due, click.Argument(["source"], type=Source()),
        click.Option(["--from", "accepted"], type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE",
                     help=Text("受理日期，例如 2026-02-10", "the day of acceptance, such as 2026-02-10").say()),
        help=Text("算出某日受理的事项应当何时办结：按步骤、按承诺、依法。SOURCE 同 draw。",
                  "When a case accepted on a day must be decided: by its steps, by promise, by law. SOURCE as for "
                  "draw."))


def _due(source: str, accepted: date) -> int:
    from datetime import datetime

    from flowstd.catalog.entry import Failed
    from flowstd.catalog.load import load_source

    from .main import FINDINGS, OK
    from .results import tell_findings

    day = accepted.date() if isinstance(accepted, datetime) else accepted
    entries = load_source(source)
    for entry in entries:
        if isinstance(entry, Failed):
            tell_findings(entry.findings)
        else:
            _tell(entry, day)
    return FINDINGS if any(isinstance(entry, Failed) for entry in entries) else OK


def _tell(chart: Chart, accepted: date) -> None:
    from flowstd.check.due import due_dates
    from flowstd.check.subject import Subject

    from .terminal import say, table

    dates = due_dates(Subject(chart.as_written, chart.item, chart.scenario), accepted)
    say(Text(f"{chart.title}：{accepted} 受理", f"{chart.title}: accepted on {accepted}").say())
    if not dates:
        say("  " + Text("没有写时限，算不出日期", "no limit is given, so no date can be told").say())
        return
    unknown = Text("日期未知", "not known").say()
    say(table(tuple((f"{one.on or unknown}  {one.what}", f"{one.after}（{one.why.zh}）" if str(one.why) == one.why.zh
                     else f"{one.after} ({one.why})") for one in dates)))
