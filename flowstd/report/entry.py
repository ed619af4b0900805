"""What a report knows of one checked chart."""

from __future__ import annotations

from dataclasses import dataclass

from flowstd.base.finding import Finding


@dataclass(frozen=True, slots=True)
class Checked:
    """One chart, whose department it is, and what was found."""

    key: str                          # the item's code and scenario
    title: str
    department: str = ""
    findings: tuple[Finding, ...] = ()
    allowed: tuple[tuple[Finding, str], ...] = ()    # set aside, each with the reason
