"""Where an author called: the file, line and columns of the expression that made a block.

Frames of flowstd itself are passed over, so that a step made in a function of
the author's points at the author's line, and a step of a template at the line
that asked for the template. Costs about 1 µs.
"""

from __future__ import annotations

import linecache
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import CodeType

from flowstd.base.where import NOWHERE, Where

_given: ContextVar[Where | None] = ContextVar("flowstd_place", default=None)


def here() -> Where:
    """The place of the author's call that led to this one; columns count characters from 1.

    >>> here().line > 0
    True
    """
    given = _given.get()
    if given is not None:
        return given
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(_OURS):
        if frame.f_back is None:
            return NOWHERE
        frame = frame.f_back
    return _place(frame.f_code, frame.f_lasti)


@contextmanager
def at(where: Where) -> Iterator[None]:
    """Every block built inside is placed at *where*: for front ends whose author writes no Python.

    >>> with at(Where("items.csv", 12)):
    ...     str(here())
    'items.csv:12'
    """
    token = _given.set(where)
    try:
        yield
    finally:
        _given.reset(token)


_OURS = os.path.dirname(os.path.dirname(here.__code__.co_filename)) + os.sep
_Range = tuple[int | None, int | None, int | None, int | None]


class _Known:
    """The positions of one code object, and the places already made of them."""

    __slots__ = ("code", "places", "ranges")

    def __init__(self, code: CodeType) -> None:
        self.code = code                                # kept alive, so that its id stays its own
        self.ranges: list[_Range] = list(code.co_positions())
        self.places: dict[int, Where] = {}


_known: dict[int, _Known] = {}
_MOST = 256          # code objects remembered; a notebook that runs for weeks must not grow


def _place(code: CodeType, instruction: int) -> Where:
    known = _known.get(id(code))
    if known is None:
        if len(_known) >= _MOST:
            _known.clear()
        known = _known[id(code)] = _Known(code)
    place = known.places.get(instruction)
    if place is None:
        place = known.places[instruction] = _read(code.co_filename, known.ranges[instruction // 2])
    return place


def _read(file: str, found: _Range) -> Where:
    line, end_line, column, end_column = found
    if line is None:
        return Where(file)
    if end_line is None or column is None or end_column is None:      # python -X no_debug_ranges
        return Where(file, line)
    return Where(file, line, _character(file, line, column), end_line, _character(file, end_line, end_column))


def _character(file: str, line: int, column: int) -> int:
    """The column in characters, from 1, of one that Python counts in UTF-8 bytes, from 0."""
    text = linecache.getline(file, line)
    if not text or text.isascii():
        return column + 1
    return len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore")) + 1


def last_line(where: Where) -> Where:
    """The last line of *where*: the end of a long expression, where the thing written last stands."""
    if where.end_line <= where.line:
        return where
    text = linecache.getline(where.file, where.end_line)
    column = len(text) - len(text.lstrip()) + 1 if text.strip() else 1
    return Where(where.file, where.end_line, column, where.end_line, where.end_column)
