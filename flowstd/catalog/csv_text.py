"""Where the cells of a CSV file stand, and why it is none: the reader of Python tells neither."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from flowstd.base.errors import BadSource
from flowstd.base.excerpt import source_line
from flowstd.base.text import Text
from flowstd.base.where import Where

_CELL = re.compile(r'"(?:[^"]|"")*"(?=,|$)|[^",][^,]*|(?=,|$)')
_MOST = 1_000             # lines of one row


def cells(file: str, line: int) -> Iterator[tuple[str, Where]]:
    """The cells of the row that begins on *line*, each as it is written and with its place.

    Nothing, where the file cannot be read again.
    """
    row, last = source_line(file, line), line
    while row.count('"') % 2 and last < line + _MOST:
        last += 1
        row += "\n" + source_line(file, last)
    at = 0
    while row and at <= len(row):
        found = _CELL.match(row, at)
        text = found[0] if found else row[at:]
        number, column = line + row.count("\n", 0, at), at - row.rfind("\n", 0, at)
        yield text.strip('"'), Where(file, number, column, number, column + len(text.partition("\n")[0]))
        at += len(text) + 1


def cell_place(where: Where, number: int) -> Where:
    """The place of a cell, counted from 0, of the row at *where*; that of the row where it cannot be told."""
    return next((place for at, (_, place) in enumerate(cells(where.file, where.line)) if at == number), where)


def broken(error: csv.Error, file: str, first: int, last: int) -> BadSource:
    """What is wrong with the row that begins on line *first*; Python has read until line *last*."""
    said = str(error)
    if "end of data" in said:
        return BadSource(Text("不是合法的 CSV：引号没有配对", "not CSV: a quotation mark without its partner"),
                         where=_opened(file, first),
                         fix=Text("在这一格末尾补上引号", "close the quotation mark that is opened here"))
    if "field limit" in said:
        most = csv.field_size_limit()
        return BadSource(Text(f"一格超过 {most} 个字符", f"a cell of more than {most} characters"), where=_opened(file, first),
                         fix=Text("写短；也可能是前面的引号没有配对",
                                  "make it shorter, or look for a quotation mark without its partner"))
    return BadSource(Text("不是合法的 CSV：引号用得不对", f"not CSV: {said}"), where=Where(file, last),
                     fix=Text("格里有引号时，整格加引号，里面的引号写两个",
                              "put a cell that holds quotation marks into quotation marks, and double those in it"))


def _opened(file: str, line: int) -> Where:
    """Where a quotation mark is opened and not closed on *line*."""
    text, at = source_line(file, line), 0
    while at <= len(text):
        found = _CELL.match(text, at)
        if found is None:
            return Where(file, line, at + 1)
        at = found.end() + 1
    return Where(file, line)
