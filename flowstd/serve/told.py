"""Finding → what the page shows: words in the reader's language, the author's line, a link that an editor opens."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from flowstd.base.excerpt import source_line
from flowstd.base.finding import Finding, Level
from flowstd.base.where import Where
from flowstd.report.words import LEVELS, ORDER, plain

from .values import Told

_LONGEST = 240                     # letters of a line that the page shows


def told(findings: Iterable[Finding], folder: Path) -> tuple[Told, ...]:
    """*findings*, the gravest first, as plain values."""
    graver = sorted(findings, key=lambda one: ORDER.index(one.level))
    return tuple(_told(one, folder) for one in graver)


def grave(findings: Iterable[Finding]) -> tuple[int, int]:
    """How many errors and warnings there are."""
    levels = [one.level for one in findings]
    return levels.count(Level.ERROR), levels.count(Level.WARNING)


def place(where: Where, folder: Path) -> Told:
    """A place in a source. Only files inside *folder* are shown and linked to.

    >>> place(Where("/city/ski.py", 3), Path("/city"))["link"]
    'vscode://file/city/ski.py:3'
    >>> place(Where("/etc/passwd", 1), Path("/city"))
    {'text': 'passwd:1'}
    """
    if not where:
        return {}
    inside = _inside(where.file, folder)
    name = inside or os.path.basename(where.file)
    text = str(Where(name, where.line, sheet=where.sheet, cell=where.cell))
    if not inside:
        return {"text": text}
    path = quote((folder / inside).as_posix().lstrip("/"))
    spot = "".join(f":{number}" for number in (where.line, where.column if where.line else 0) if number)
    return {"text": text, "link": f"vscode://file/{path}{spot}", **_excerpt(where, folder / inside)}


def _told(one: Finding, folder: Path) -> Told:
    shown: Told = {"code": one.code, "name": one.name, "level": one.level.value, "word": LEVELS[one.level].say(),
                   "message": one.message.say(), "node": one.node, "place": place(one.where, folder)}
    if one.fix is not None:
        shown["fix"] = one.fix.say()
    if one.source is not None:
        shown["law"] = one.source.zh
    return shown


def _inside(file: str, folder: Path) -> str:
    """The way from *folder* to *file*; nothing where it leads out of the folder."""
    try:
        return Path(file).resolve().relative_to(folder).as_posix()
    except (ValueError, OSError, RuntimeError):
        return ""


def _excerpt(where: Where, file: Path) -> Told:
    """The author's line in three parts: the middle one is meant."""
    line = plain(source_line(str(file), where.line)) if not where.cell else ""
    if not line.strip() or len(line) > _LONGEST:
        return {}
    start = min(max(where.column - 1, 0), len(line))
    last = len(line) if where.end_line > where.line or not where.end_column else where.end_column - 1
    stop = min(max(last, start), len(line)) if where.column else start
    return {"excerpt": [line[:start].lstrip(), line[start:stop], line[stop:]]}
