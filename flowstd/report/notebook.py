"""Findings as a notebook shows them: a table, the gravest first, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.layout.measure import clean

from .words import AUTHORITY, FAULT, LEVELS, ORDER, PLACE, REMEDY, RULE

INKS = {Level.ERROR: "#b3261e", Level.WARNING: "#8a5a00", Level.INFO: "#535c66"}
HEADS = (Text("级别", "level"), RULE, FAULT, REMEDY, AUTHORITY, PLACE)


def to_html(findings: Iterable[Finding]) -> str:
    """A piece of a page.

    >>> "没有" in to_html(()) or "nothing" in to_html(())
    True
    """
    ordered = sorted(findings, key=lambda one: ORDER.index(one.level))
    if not ordered:
        return f"<p>{Text('没有发现问题。', 'There is nothing to mend.')}</p>"
    heads = "".join(f'<th scope="col" style="text-align:left">{escape(head.say())}</th>' for head in HEADS)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(map(_row, ordered))}</tbody></table>"


def _row(one: Finding) -> str:
    level = f'<b style="color:{INKS[one.level]}">{LEVELS[one.level]}</b>'
    cells = (f"{one.code} {one.name}", one.message.say(), one.fix.say() if one.fix else "",
             one.source.zh if one.source else "", str(one.where) if one.where else "")
    written = (level, *(escape(clean(cell)) for cell in cells))
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in written) + "</tr>"
