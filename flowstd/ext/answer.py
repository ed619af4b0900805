"""Request → what to show and what went wrong: a chart that cannot be drawn is told, never shown as it used to be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flowstd.base.errors import FlowstdError
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Language, Text
from flowstd.catalog.entry import Failed
from flowstd.check.run import check_catalogue
from flowstd.ir.case import Case
from flowstd.render.steps import HEADS, step_rows
from flowstd.report.words import LEVELS

from .pieces import Cell, Code, Picture, Piece, Table, Words
from .request import Request
from .rule_page import rule_page
from .sources import chart_of, entries_of, findings_of, is_yaml, look_of

if TYPE_CHECKING:
    from flowstd.base.where import Where

FINDINGS = (Text("级别", "Level"), Text("编号", "Code"), Text("事项", "Item"), Text("问题", "What is wrong"),
            Text("改法", "How to mend it"), Text("位置", "Where"))
INDEX = (Text("编码", "Code"), Text("事项", "Item"), Text("情形", "Scenario"), Text("类型", "Type"), Text("实施主体", "Authority"))


@dataclass(frozen=True)
class Answer:
    """What a request gives: nothing to show where it cannot be answered."""

    pieces: tuple[Piece, ...]
    faults: tuple[Finding, ...]        # what the author of the page must be told
    files: tuple[Path, ...]            # what it was made from, whether that went well or not


def answer(request: Request) -> Answer:
    """What *request* shows. Never raises for an author's mistake: that is a fault of the answer."""
    files: dict[Path, None] = {}

    def note(path: Path) -> None:
        files[path] = None

    try:
        request.check()
        pieces = tuple(_PAGES[request.word](request, note))
        faults = tuple(finding for piece in pieces if isinstance(piece, Picture) for finding in _grave(piece, request))
    except FlowstdError as error:
        error.where = error.where or request.where
        pieces, faults = (), findings_of(error)
    return Answer(pieces, faults, tuple(files))


def _grave(picture: Picture, request: Request) -> Iterator[Finding]:
    """The errors of a chart, drawn once to be sure that it can be; some examples are meant to have some."""
    picture.sheet()
    if request.word != "rule" and "flawed" not in request.options:
        yield from (finding for finding in picture.chart.findings if finding.level is Level.ERROR)


_Note = Callable[[Path], None]


def _item(request: Request, note: _Note) -> Iterator[Piece]:
    yield Picture.of(chart_of(request, note), request, "page")


def _flow(request: Request, note: _Note) -> Iterator[Piece]:
    chart = chart_of(request, note)
    if "code" in request.options and request.content.strip():
        yield Code(request.content, "yaml" if is_yaml(request.content) else "python")
    yield Picture.of(chart, request, "chart")


def _steps(request: Request, note: _Note) -> Iterator[Piece]:
    chart = chart_of(request, note)
    rows = step_rows(chart.flow, chart.edition)
    empty = [place for place in range(len(HEADS)) if not any(row[place] for row in rows)]
    shown = [place for place in range(len(HEADS)) if place not in empty]
    yield Table(tuple(HEADS[place].say(request.language) for place in shown),
                tuple(tuple(Cell(row[place]) for place in shown) for row in rows),
                request.options.get("caption", ""), request.options.get("name", ""),
                tuple(_WIDTHS[place] for place in shown))


_WIDTHS = (4, 14, 9, 10, 17, 14, 16, 16)


def _rule(request: Request, note: _Note) -> Iterator[Piece]:
    return rule_page(request.argument, request.language)


def _findings(request: Request, note: _Note) -> Iterator[Piece]:
    look = look_of(request)
    found: list[Finding] = []
    entries = [entry for entry in entries_of(request, note) if not request.argument or _meant(entry, request)]
    for entry in entries:
        found += entry.findings if isinstance(entry, Failed) else look.chart(entry).findings
    if not request.argument:
        found += check_catalogue(entry for entry in entries if isinstance(entry, Case))
    if not found:
        yield Words(Text("没有问题。", "No findings.").say(request.language))
        return
    rows = tuple(_finding(one, request) for one in sorted(found, key=lambda one: list(Level).index(one.level)))
    yield Table(tuple(head.say(request.language) for head in FINDINGS), rows, widths=(6, 8, 18, 30, 26, 12))


def _meant(entry: Case | Failed, request: Request) -> bool:
    scenario = request.options.get("scenario", "")
    if isinstance(entry, Failed):
        return entry.name.startswith(request.argument)
    return request.argument in (entry.item.code, entry.item.name, entry.key) and scenario in ("", entry.scenario)


def _finding(one: Finding, request: Request) -> tuple[Cell, ...]:
    language = request.language
    return (Cell(LEVELS[one.level].say(language)), Cell(one.code, rule=one.code), Cell(one.item, item=one.item),
            Cell(one.message.say(language)), Cell(one.fix.say(language) if one.fix else ""),
            Cell(_place(one.where, request)))


def _place(where: Where, request: Request) -> str:
    """Where it is, in a form that does not depend on the machine."""
    if not where:
        return ""
    return str(replace(where, file=Path(os.path.relpath(where.file, request.folder)).as_posix(), column=0))


def _index(request: Request, note: _Note) -> Iterator[Piece]:
    rows = []
    for entry in entries_of(request, note):
        if isinstance(entry, Case):
            item = entry.item
            rows.append((Cell(item.code), Cell(item.name, item=entry.key), Cell(entry.scenario), Cell(item.item_type),
                         Cell(item.authority)))
    yield Table(tuple(head.say(request.language) for head in INDEX), tuple(rows), widths=(26, 34, 10, 12, 18))


_PAGES: dict[str, Callable[[Request, _Note], Iterator[Piece]]] = {
    "item": _item, "flow": _flow, "steps": _steps, "rule": _rule, "findings": _findings, "index": _index,
}


def language_of(code: str) -> Language:
    """The language of headings on pages in the language *code*.

    >>> language_of("zh_CN"), language_of("de")
    ('zh', 'en')
    """
    return "zh" if code.lower().startswith("zh") else "en"
