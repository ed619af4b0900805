"""Cases → the workbook that a department fills in; ``cases_in`` gives the same cases back.

Every cell is text, so that nothing in it is ever a formula, a code keeps its zeros
and a name may begin with ``=``. Headings are protected, drop-downs offer the code lists.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flowstd.base.errors import FlowstdError
from flowstd.base.extras import need
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.item.profile import DEFAULT, profile

from .book.cells import LONGEST, letters
from .book.columns import CODES, GUIDE, ITEM, TABLES, WORDS, Column, Table
from .book.from_flow import Row, rows_of
from .book.from_item import inner_rows, item_row, key_of
from .book.guide import LINES
from .book.law_texts import Citations
from .book.record import Record
from .book.tables import cleaned
from .from_xlsx import CaseRows, case_of

if TYPE_CHECKING:
    from flowstd.ir.case import Case

BLANK_ROWS = 2_000                # rows below the filled ones that offer drop-downs as well
_NOT_SAID = "SRC003"
_MADE = datetime(2026, 1, 1)      # files say when they were made; equal content must give equal bytes
_HELP = 255                       # characters of help that a cell may show
_INK, _HEAD, _LINE, _SOFT = "#1C1F23", "#DCE6F1", "#B8C4D0", "#7F8C99"


def book_of(cases: Iterable[Case], profile_name: str = DEFAULT) -> tuple[bytes, tuple[Finding, ...]]:
    """The workbook that holds *cases*, and what of them it cannot say; drop-downs are those of the profile.

    Without cases it is the empty template. Equal cases give equal bytes.

    Raises: MissingExtra: XlsxWriter is not installed.
    """
    need("xlsx")
    citations = Citations()
    sheets: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    findings: list[Finding] = []
    for case in cases:
        rows = _rows(case, citations)
        findings += _not_said(case, rows, citations)
        for name, found in rows.items():
            sheets[name] += found
    sheets["依据"] = citations.rows()
    return _Writer(profile_name).book(sheets), tuple(findings)


def _rows(case: Case, citations: Citations) -> dict[str, list[Row]]:
    item = case.item
    about = {"of": key_of(item), **({"scenario": case.scenario} if case.scenario else {})}
    parts = {**inner_rows(item, citations), **rows_of(case.flow, [result.name for result in item.results], citations)}
    return {"事项": [item_row(case, citations)],
            **{name: [{**about, **row} for row in rows] for name, rows in parts.items()}}


def _not_said(case: Case, rows: dict[str, list[Row]], citations: Citations) -> list[Finding]:
    """What the workbook loses of *case*: it is read back at once, and compared."""
    long = next((text for table in rows.values() for row in table for text in row.values() if len(text) > LONGEST),
                None)
    if long is not None:
        return [_finding(case, Text(f"有一格超过 {LONGEST} 个字符：{long[:20]}…",
                                    f"a cell has more than {LONGEST} characters: {long[:20]}…"))]
    if any(not _writable(text) for table in rows.values() for row in table for text in row.values()):
        return [_finding(case, Text("含有工作簿写不了的字符", "it holds characters that no workbook can"))]
    try:
        back = case_of(_records(rows), citations, {})
    except FlowstdError as error:
        return [_finding(case, error.what)]
    return [] if back == case else [_finding(case, _difference(case, back))]


def _difference(case: Case, back: Case) -> Text:
    """The first thing that is not as it was."""
    for name, field in type(case.item).model_fields.items():
        if name != "where" and getattr(case.item, name) != getattr(back.item, name):
            return Text(f"读回来“{field.title}”（{name}）不同", f"{name} is read back differently")
    for mine, theirs in zip(case.flow.nodes, back.flow.nodes, strict=False):
        if mine != theirs:
            return Text(f"读回来步骤“{mine.label or mine.id}”不同", f'step "{mine.label or mine.id}" is read back differently')
    return Text("读回来流程不同", "the flow is read back differently")


def _records(rows: dict[str, list[Row]]) -> CaseRows:
    found = CaseRows(_record(rows["事项"][0]))
    for name, table in rows.items():
        if name != "事项":
            found.of(name).extend(map(_record, table))
    return found


def _record(row: Row) -> Record:
    return Record({name: text for name, cell in row.items() if (text := cleaned(cell))})


def _writable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\ufffe" not in text and "\uffff" not in text


def _finding(case: Case, why: Text) -> Finding:
    return Finding(_NOT_SAID, "lost-in-workbook", Level.ERROR,
                   Text(f"工作簿不能完整写出这张图：{why.zh}", f"the workbook cannot say all of this chart: {why.en}"), case.where,
                   Text("这一项保留原来的写法，或改动所说的地方", "keep this item as it is written, or change what is named"), case.key)


class _Writer:
    """Writes the sheets with XlsxWriter."""

    def __init__(self, profile_name: str) -> None:
        import xlsxwriter

        self.profile = profile(profile_name)
        self.file = io.BytesIO()
        self.workbook: Any = xlsxwriter.Workbook(self.file, {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_format_properties": {"locked": False}})           # a row with a locked cell cannot be deleted
        self.workbook.set_properties({"title": "flowstd 事项填报表", "created": _MADE})
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "font_color": _INK, "valign": "top", "text_wrap": True}
        self.text = self.workbook.add_format({**font, "num_format": "@"})
        self.first = self.workbook.add_format({"top": 1, "top_color": _SOFT})     # of the rows of one item
        self.head = self.workbook.add_format({**font, "bold": True, "bg_color": _HEAD, "border": 1,
                                              "border_color": _LINE,
                                              "valign": "vcenter", "locked": True})
        self.needed = self.workbook.add_format({**font, "bold": True, "bg_color": _HEAD, "border": 1,
                                                "border_color": _LINE,
                                                "valign": "vcenter", "locked": True, "font_color": "#B3261E"})
        self.title = self.workbook.add_format({**font, "bold": True, "font_size": 16, "text_wrap": False})
        self.plain = self.workbook.add_format(font)
        self.bold = self.workbook.add_format({**font, "bold": True})
        self.lists: dict[str, str] = {}               # code list → the cells that hold its words

    def book(self, sheets: dict[str, list[Row]]) -> bytes:
        """The whole file."""
        guide = self.workbook.add_worksheet(GUIDE)
        made = {table.name: self.workbook.add_worksheet(table.name) for table in TABLES}
        self._code_lists(self.workbook.add_worksheet(CODES))
        self._guide(guide)
        for table in TABLES:
            self._sheet(made[table.name], table, sheets[table.name])
        guide.activate()
        self.workbook.close()
        return self.file.getvalue()

    def _sheet(self, sheet: Any, table: Table, rows: Sequence[Row]) -> None:
        last = len(table.columns) - 1
        sheet.set_row(0, 32, self.head)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width, self.text)
            sheet.write_string(0, number, column.title, self.needed if column.help.startswith("必填") else self.head)
            self._offer(sheet, number, column, len(rows))
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(table.columns):
                text = row.get(column.field, "")
                if text and len(text) <= LONGEST and _writable(text):
                    sheet.write_string(number, place, text, self.text)
        sheet.conditional_format(1, 0, len(rows) + BLANK_ROWS, last, {
            "type": "formula", "criteria": "=AND($A2<>$A1,$A2<>\"\")", "format": self.first})
        sheet.freeze_panes(1, 3 if table.columns[0] in (ITEM,) or table.name == "事项" else 1)
        sheet.autofilter(0, 0, max(1, len(rows)), last)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(last + 1)}{len(rows) + BLANK_ROWS}"})
        sheet.protect("", {"insert_rows": True, "delete_rows": True, "sort": True, "autofilter": True,
                           "format_columns": True,
                           "format_rows": True, "format_cells": True})
        _print(sheet)

    def _offer(self, sheet: Any, number: int, column: Column, rows: int) -> None:
        """The help of a column, and its drop-down."""
        rule: dict[str, Any] = {"validate": "any"}
        words = self.lists.get(column.codes)
        if words:
            rule = {"validate": "list", "source": words, "show_error": column.strict,
                    "error_title": column.title, "error_message": "请从下拉列表中选。"}
        if column.help:
            rule |= {"input_title": column.title[:32], "input_message": column.help[:_HELP]}
        if words or column.help:
            sheet.data_validation(1, number, rows + BLANK_ROWS, number, rule)

    def _code_lists(self, sheet: Any) -> None:
        listed = {column.codes: column.title for table in TABLES for column in table.columns if column.codes}
        for number, (name, title) in enumerate(listed.items()):
            words = WORDS.get(name) or self.profile.list(name).words
            sheet.write_string(0, number, title, self.head)
            for row, word in enumerate(words, 1):
                sheet.write_string(row, number, word, self.plain)
            sheet.set_column(number, number, 16)
            place = letters(number + 1)
            self.lists[name] = f"={CODES}!${place}$2:${place}${len(words) + 1}"
        sheet.protect("")
        sheet.hide()

    def _guide(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 18, self.plain)
        sheet.set_column(1, 1, 22, self.plain)
        sheet.set_column(2, 2, 90, self.plain)
        sheet.hide_gridlines(2)
        row = 0
        for kind, *words in LINES:
            for place, text in enumerate(words):
                style = {"title": self.title, "head": self.head, "bold": self.bold}.get(kind, self.plain)
                sheet.write_string(row, place, text, style)
            row += 1
        for table in TABLES:
            row += 1
            sheet.write_string(row, 0, f"{table.name}表", self.bold)
            sheet.write_string(row, 2, table.help, self.plain)
            for column in table.columns:
                row += 1
                offer = "下拉选择。" if column.codes else ""
                for place, text in enumerate(("", column.title, (column.help + offer) or "按公布的内容填写。")):
                    sheet.write_string(row, place, text, self.plain)
            row += 1
        sheet.protect("", {"format_columns": True})
        _print(sheet)


def _print(sheet: Any) -> None:
    """A4 across, as wide as the sheet, its headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
