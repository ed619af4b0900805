"""``flowstd book`` on one screen: the charts of a catalogue, in the order of its index page, as one PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowstd.base.errors import FlowstdError
from flowstd.base.finding import Finding
from flowstd.catalog.entry import Failed
from flowstd.pipeline import FORMATS
from flowstd.render.pdf.book import Entry, to_book

from .run import crash

if TYPE_CHECKING:
    from flowstd.catalog.config import Look
    from flowstd.ir.case import Case
    from flowstd.pipeline import Chart

TITLE = "办事流程图"


@dataclass
class Book:
    """A book, and what could not be put into it."""

    data: bytes = b""                                      # the PDF; empty when there is no chart at all
    charts: int = 0
    failed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def book(cases: Iterable[Case | Failed], look: Look, *, title: str = "",
         tell: Callable[[str], None] = lambda name: None) -> Book:
    """The book of every chart that can be made, drawn as a build draws them; *tell* hears each name when it is done.

    Raises: MissingExtra: reportlab is not installed.
    """
    made = Book()
    found: list[tuple[Case, Chart]] = []
    for case in cases:
        if isinstance(case, Failed):
            made.failed.append(case.name)
            made.findings.extend(case.findings)
            continue
        chart = _chart(case, look, made)
        if chart is not None:
            found.append((case, chart))
        tell(case.key)
    entries = _grouped(found)
    made.charts = len(entries)
    made.data = to_book(title or TITLE, entries, edition=look.edition, theme=look.theme) if entries else b""
    return made


def _grouped(found: list[tuple[Case, Chart]]) -> list[Entry]:
    """By authority, then by type, then by code; a group stands where its first code does."""
    groups: dict[str, dict[str, list[Entry]]] = {}
    for case, chart in sorted(found, key=lambda one: (one[0].item.code, one[0].scenario)):
        headings = (case.item.authority, case.item.item_type)
        entry = Entry(tuple(filter(None, headings)), chart.title, chart.sheet())
        groups.setdefault(headings[0], {}).setdefault(headings[1], []).append(entry)
    return [entry for types in groups.values() for entries in types.values() for entry in entries]


def _chart(case: Case, look: Look, made: Book) -> Chart | None:
    """The chart of *case*, on paper already; None where there is none, and the reason told."""
    try:
        chart = look.chart(case)
        made.findings.extend(FORMATS["pdf"].findings(chart))
        return chart
    except FlowstdError as error:
        made.findings.append(Finding.of(error, item=case.key))
    except Exception as error:
        made.findings.append(crash(error, case))
    made.failed.append(case.key)
    return None
