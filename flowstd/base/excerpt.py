"""The author's line with carets under the fault, as messages show it."""

from __future__ import annotations

import linecache
import os
from dataclasses import replace
from itertools import islice
from unicodedata import category, east_asian_width

from .files import marked
from .text import UNSHOWN
from .where import Where

WIDTH = 100        # columns of a terminal that an excerpt may use for the line itself


def excerpt(where: Where) -> str:
    """The line of *where* and, below it, carets from its column to its end; empty when there is no such line.

    East-Asian wide characters count as two columns. Never fails: a file that is
    gone, or is no text, has no excerpt.

    >>> import linecache
    >>> linecache.cache["<ski>"] = (0, None, ['window.accept("受理", 材料=1)\\n'], "<ski>")
    >>> print(excerpt(Where("<ski>", 1, 15, 1, 19)))
      1 | window.accept("受理", 材料=1)
        |               ^^^^^^
    """
    line = source_line(where.file, where.line)
    if not line or line.isspace():
        return ""
    left = max(0, where.column - WIDTH)                     # a line may have megabytes: only what is near is looked at
    shown = "".join(map(_shown, line[left:left + 11 * WIDTH]))
    near = replace(where, column=where.column - left, end_column=max(0, where.end_column - left))
    start = min(near.column, len(shown) + 1) - 1            # -1: the column is not known
    shown, start, stop = _cut(shown, start, _stop(near, shown))
    head = f"  {where.line} | "
    if start < 0:
        return f"{head}{shown}"
    carets = " " * columns(shown[:start]) + "^" * max(1, columns(shown[start:stop]))
    return f"{head}{shown}\n{' ' * (len(head) - 2)}| {carets}"


def source_line(file: str, line: int) -> str:
    """Line number *line* of *file*, without its line end; empty when it cannot be read."""
    if not file or line < 1:
        return ""
    try:
        if file not in linecache.cache and not os.path.isfile(file):
            return ""                        # linecache would look for another file of that name
        linecache.checkcache(file)
        text = linecache.getline(file, line) or _chinese_line(file, line)
    except (OSError, ValueError):
        return ""
    return text.rstrip("\r\n")


def columns(text: str) -> int:
    """How many columns of a terminal *text* takes.

    >>> columns("受理 ok")
    7
    """
    return sum(0 if category(char) in ("Mn", "Me", "Cf") else 2 if east_asian_width(char) in "WF" else 1
               for char in text)


def _chinese_line(file: str, line: int) -> str:
    """A line of a file that is no UTF-8, read as what its first bytes say, or as what it most often is then."""
    with open(file, "rb") as head:
        encoding = marked(head.read(4096)) or "gb18030"
    with open(file, encoding=encoding, errors="replace") as lines:
        return next(islice(lines, line - 1, None), "")


def _shown(char: str) -> str:
    """*char* as a terminal may get it: one column for a tab, nothing it would obey or could not encode."""
    if char == "\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if UNSHOWN.match(char) else char


def _stop(where: Where, line: str) -> int:
    """Where the carets end: at the end of the place, or of the line when the place goes on."""
    last = len(line.rstrip())
    if where.end_line > where.line:
        return last
    return min(where.end_column - 1, last) if where.end_column > where.column else where.column


def _cut(line: str, start: int, stop: int) -> tuple[str, int, int]:
    """As much of a long line as fits, from a little before the carets."""
    if len(line) <= WIDTH:
        return line, start, stop
    first = max(0, start - WIDTH // 4)
    lead, tail = "…" if first else "", "…" if first + WIDTH < len(line) else ""
    moved = first - len(lead)
    return f"{lead}{line[first:first + WIDTH]}{tail}", start - moved if start >= 0 else start, min(stop - moved, WIDTH)
