"""How our workbooks look, and what all of them hold to: text only, heads that are protected, A4 across.

Every cell is written as text, in the format for text: nothing in it is ever a
formula or a link, a code keeps its zeros, and a name may begin with ``=``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flowstd.base.excerpt import columns
from flowstd.base.extras import need

from .cells import LONGEST

BLANK_ROWS = 2_000                # rows below the filled ones that offer help and drop-downs as well
HELP = 255                        # characters of help that a cell may show
_MADE = datetime(2026, 1, 1)      # files say when they were made; equal content must give equal bytes
_INK, _HEAD, _LINE, _SOFT, _RED = "#1C1F23", "#DCE6F1", "#B8C4D0", "#7F8C99", "#B3261E"


class Look:
    """One workbook being written, with its formats.

    Raises: MissingExtra: XlsxWriter is not installed.
    """

    def __init__(self, title: str) -> None:
        need("xlsx")
        import xlsxwriter

        self.file = io.BytesIO()
        self.workbook: Any = xlsxwriter.Workbook(self.file, {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_format_properties": {"locked": False}})           # a row with a locked cell cannot be deleted
        self.workbook.set_properties({"title": title, "created": _MADE})
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "font_color": _INK, "valign": "top", "text_wrap": True}
        head = {**font, "bold": True, "bg_color": _HEAD, "border": 1, "border_color": _LINE, "valign": "vcenter",
                "locked": True}
        add = self.workbook.add_format
        self.text = add({**font, "num_format": "@"})
        self.code = add({**font, "num_format": "@", "text_wrap": False})      # is read by machines: one line
        self.fixed = add({**font, "num_format": "@", "border": 1, "border_color": _LINE, "locked": True})
        self.answer = add({**font, "num_format": "@", "bg_color": "#FFFBE6", "border": 1, "border_color": _LINE})
        self.head, self.needed = add(head), add({**head, "font_color": _RED})
        self.title = add({**font, "bold": True, "font_size": 16, "text_wrap": False})
        self.plain, self.bold = add(font), add({**font, "bold": True})
        self.across = add({**font, "text_wrap": False})                # runs on over the cells beside it
        self.number, self.link = add({**font, "num_format": "0"}), add({**font, "font_color": "#0B57A4",
                                                                        "underline": 1})
        self.first = add({"top": 1, "top_color": _SOFT})               # of rows that belong together

    def write(self, sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
        """Put *text* into a cell, as text; what no cell can hold is left out."""
        if text and fits(text):
            sheet.write_string(row, column, text, style or self.text)

    def group(self, sheet: Any, rows: int, columns: int) -> None:
        """A line above each row whose first cell differs from that above it."""
        sheet.conditional_format(1, 0, rows + BLANK_ROWS, columns - 1, {
            "type": "formula", "criteria": '=AND($A2<>$A1,$A2<>"")', "format": self.first})

    def bytes(self) -> bytes:
        """The whole file."""
        self.workbook.close()
        return self.file.getvalue()


def height(texts: Iterable[tuple[str, int]]) -> float:
    """The height of a row, pt, that shows each of *texts* in a column so many letters wide.

    >>> height([("受理", 10)]), height([("一次性告知补正", 10), ("受理", 10)])
    (15, 28)
    """
    lines = max((sum(max(1, -(-columns(line) // width)) for line in text.split("\n")) for text, width in texts),
                default=1)
    return 2 + 13 * min(30, lines)


def fits(text: str) -> bool:
    """Whether a cell can hold *text*.

    >>> fits("受理"), fits("字" * 40_000), fits("\\ud800")
    (True, False, False)
    """
    if len(text) > LONGEST or "\ufffe" in text or "\uffff" in text:
        return False
    return not any("\ud800" <= char <= "\udfff" for char in text)


def printed(sheet: Any, *, wide: bool = True) -> None:
    """A3 across, or A4 where the sheet is not *wide*; as wide as the sheet, its headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(8 if wide else 9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def protected(sheet: Any, *, rows: bool) -> None:
    """Keep what is locked; sorting, filters and sizes stay free, and so do *rows*."""
    sheet.protect("", {"insert_rows": rows, "delete_rows": rows, "sort": True, "autofilter": True,
                       "format_columns": True, "format_rows": True, "format_cells": rows})
