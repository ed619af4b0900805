"""The step table of a chart as Markdown, for wikis and reviews; it carries the chart's content hash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowstd.layout.measure import clean

from .content import HASH_SHOWN, Guide, Lines, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&!])")
_PARTS = ("steps", "remarks", "law")


def to_markdown(guide: Guide) -> str:
    """The steps of *guide*, its remarks and the law they rest on. Equal guides give equal text."""
    return "\n".join(_lines(guide)) + "\n"


def _lines(guide: Guide) -> Iterator[str]:
    yield f"# {_safe(guide.title)}" + (f"（{_safe(guide.scenario)}）" if guide.scenario else "")
    for part in guide.parts:
        if part.id in _PARTS:
            yield ""
            yield f"## {_safe(part.title)}"
            yield ""
            yield from _table(part) if isinstance(part, Table) else _list(part) if isinstance(part, Lines) else ()
    yield ""
    yield f"绘制标准：{_safe(guide.edition)}　内容校验码：`{guide.hash[:HASH_SHOWN]}`"


def _table(table: Table) -> Iterator[str]:
    yield _row(table.heads)
    yield "|" + " --- |" * len(table.heads)
    for row in table.rows:
        yield _row(tuple(words.text for words in row))


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(_safe, cells)) + " |"


def _list(part: Lines) -> Iterator[str]:
    yield from (f"- {_safe(line)}" for line in part.lines)


def _safe(text: str) -> str:
    """*text* on one line, with nothing in it that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))
