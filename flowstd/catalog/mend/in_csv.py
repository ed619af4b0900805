"""Mends in a table of comma-separated values: one cell becomes another, the rest stays letter for letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowstd.base.text import Text
from flowstd.check.mend import Mend, Reworded
from flowstd.item.model import Item
from flowstd.item.problems import field_names

from .edit import Edit, Unmendable, line_starts

_NAMES = field_names(Item)
_LISTED = "；"                     # between several values in one cell


def edits(text: str, line: int, mend: Mend, columns: Mapping[str, str]) -> Iterator[Edit]:
    """The changes that *mend* asks of the row that begins on *line*; *columns* renames headings, as flowstd.toml does.

    Raises: Unmendable: the steps of a row stand in its template; an element has no column.
    """
    if not isinstance(mend, Reworded):
        raise Unmendable(Text("这一行的流程出自模板，要改模板或换一个模板",
                              "the steps of this row come from a template: change that, or choose another"))
    headings = [_value(text, cell).strip() for cell in _cells(text, 0)]
    meanings = [_NAMES.get(columns.get(heading, heading), "") for heading in headings]
    cells = _cells(text, line_starts(text)[line - 1])
    for name, value in mend.values:
        if name not in meanings:
            title = Item.model_fields[name].title
            raise Unmendable(Text(f"表里没有“{title}”一列，改了会丢失“{_written(value)}”",
                                  f'the table has no column {title}, and "{_written(value)}" would be lost'),
                             fix=Text(f"先加一列“{title}”", f"add a column {title} first"))
        start, end = cells[meanings.index(name)]
        yield Edit(start, end, _cell(_written(value), quoted=text[start:start + 1] == '"'))


def _cells(text: str, at: int) -> list[tuple[int, int]]:
    """Where the cells of the row that begins at *at* stand."""
    found: list[tuple[int, int]] = []
    while True:
        start = at
        if text[at:at + 1] == '"':
            at += 1
            while text[at:at + 1] != '"' or text[at:at + 2] == '""':
                at += 2 if text[at:at + 2] == '""' else 1
                if at >= len(text):
                    return [*found, (start, at)]
            at += 1
        while at < len(text) and text[at] not in ",\r\n":
            at += 1
        found.append((start, at))
        if text[at:at + 1] != ",":
            return found
        at += 1


def _value(text: str, cell: tuple[int, int]) -> str:
    raw = text[cell[0]:cell[1]]
    return raw[1:-1].replace('""', '"') if raw[:1] == '"' else raw


def _written(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else _LISTED.join(value)


def _cell(value: str, *, quoted: bool) -> str:
    if quoted or any(char in value for char in ',"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value
