"""Findings as workflow commands: annotations beside the author's line on a code host."""

from __future__ import annotations

from collections.abc import Iterable

from flowstd.base.finding import Finding, Level
from flowstd.base.text import Language

from .entry import Checked
from .words import plain

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def to_github(checked: Iterable[Checked], language: Language | None = None) -> str:
    """One line for each finding.

    >>> from flowstd.base.text import Text
    >>> from flowstd.base.where import Where
    >>> finding = Finding("STR001", "not-one-start", Level.ERROR, Text("没有开始", "no start"), Where("a.py", 3))
    >>> print(to_github([Checked("A", "甲", findings=(finding,))], "en"), end="")
    ::error file=a.py,line=3,title=STR001 not-one-start::no start
    """
    return "".join(_line(finding, language) for one in checked for finding in one.findings)


def _line(finding: Finding, language: Language | None) -> str:
    where = finding.where
    title = " ".join(part for part in (finding.code, finding.name, finding.item) if part)
    places = (("file", where.file), ("line", where.line), ("endLine", where.end_line), ("col", where.column),
              ("endColumn", where.end_column), ("title", title))
    told = ",".join(f"{name}={_property(plain(str(value)))}" for name, value in places if value)
    message = "\n".join(plain(part.say(language)) for part in (finding.message, finding.fix) if part)
    return f"::{COMMANDS[finding.level]} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
