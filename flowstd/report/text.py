"""Findings as text for people: place, code, fault, the source line with a caret, the law, the way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowstd.base.errors import FlowstdError
from flowstd.base.excerpt import excerpt
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text

from .words import AUTHORITY, WHY, law, why

_LEVELS = {Level.ERROR: Text("错误", "error"), Level.WARNING: Text("提醒", "warning"), Level.INFO: Text("说明", "info")}
_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}
_ORDER = (Level.ERROR, Level.WARNING, Level.INFO)
_ITEMS_NAMED = 3            # of the items that share one finding


def told(error: FlowstdError) -> str:
    """One error that stopped everything; of an item that has several faults, each."""
    from flowstd.item.problems import problems_of

    return "\n".join(map(_told, problems_of(error)))


def _told(error: FlowstdError) -> str:
    lines = [f"{_place(error)}{_LEVELS[Level.ERROR]}: {_plain(str(error.what))}", *_indented(excerpt(error.where))]
    if error.fix:
        lines.append(f"  {Text('改法', 'fix')}: {_plain(str(error.fix))}")
    return "\n".join(lines)


def text(findings: Iterable[Finding], *, colour: bool = False) -> str:
    """Every finding, the same fault of several items told once; graver ones first, otherwise in the order found."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        same = (finding.code, finding.level, finding.message, finding.where, finding.fix)
        groups.setdefault(same, []).append(finding)
    ordered = sorted(groups.values(), key=lambda group: _ORDER.index(group[0].level))
    explained: set[str] = set()             # rules whose reason has been told: once is enough
    return "\n\n".join("\n".join(_lines(group, colour, explained)) for group in ordered)


def counts(findings: Iterable[Finding]) -> dict[Level, int]:
    """How many findings there are of each level, gravest first, none left out."""
    found = dict.fromkeys(_ORDER, 0)
    for finding in findings:
        found[finding.level] += 1
    return found


def by_code(findings: Iterable[Finding]) -> list[tuple[str, str, int]]:
    """Code, name and number of each kind of finding, the most frequent first."""
    found: dict[tuple[str, str], int] = {}
    for finding in findings:
        found[finding.code, finding.name] = found.get((finding.code, finding.name), 0) + 1
    rows = ((code, name, number) for (code, name), number in found.items())
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


def _lines(group: list[Finding], colour: bool, explained: set[str]) -> Iterator[str]:
    first = group[0]
    level = _LEVELS[first.level].say()
    if colour:
        level = f"\x1b[{_COLOURS[first.level]};1m{level}\x1b[0m"
    yield f"{_place(first)}{first.code} {level}: {_plain(str(first.message))}  [{first.name}]"
    yield from _indented(excerpt(first.where))
    items = list(dict.fromkeys(finding.item for finding in group if finding.item))
    if items:
        more = len(items) - _ITEMS_NAMED
        rest = Text(f" 等 {len(items)} 项", f" and {more} more").say() if more > 0 else ""
        yield f"  {Text('事项', 'item')}: {_plain(', '.join(items[:_ITEMS_NAMED]))}{rest}"
    reason = why(first.code) if first.code not in explained else ""
    explained.add(first.code)
    if reason:
        yield f"  {WHY}: {reason}"
    if first.source:
        yield f"  {AUTHORITY}: {law(first)}"
    if first.fix:
        yield f"  {Text('改法', 'fix')}: {_plain(str(first.fix))}"


def _place(told: Finding | FlowstdError) -> str:
    return f"{_plain(str(told.where))}: " if told.where else ""


def _indented(lines: str) -> Iterator[str]:
    return (f"  {line}" for line in lines.splitlines())


def _plain(words: str) -> str:
    """*words* on one line, so that they are not taken for another message, and without what a terminal would obey."""
    return "".join(" " if c in "\r\n" else c if c.isprintable() or c == "\u3000" else "\ufffd" for c in words)
