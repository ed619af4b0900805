"""Cases → the workbook that a department fills in; ``cases_in`` gives the same cases back.

Headings are protected, drop-downs offer the code lists, and every column says how to fill it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from flowstd.base.errors import FlowstdError
from flowstd.base.finding import Finding, Level
from flowstd.base.legal import LegalSource
from flowstd.base.text import Text
from flowstd.item import Allowance, Material
from flowstd.item.profile import DEFAULT, profile

from .book.cells import LONGEST, letters
from .book.columns import CODES, GUIDE, ITEM, TABLES, WORDS, Column, Table
from .book.from_flow import Row, rows_of
from .book.from_item import inner_rows, item_row, key_of
from .book.guide import LINES
from .book.law_texts import Citations
from .book.look import BLANK_ROWS, HELP, Look, fits, printed, protected
from .book.record import Record
from .book.tables import cleaned
from .from_xlsx import CaseRows, case_of

if TYPE_CHECKING:
    from flowstd.ir.case import Case

_KEYS = ("of", "code", "id")
_NOT_SAID = "SRC003"


def book_of(cases: Iterable[Case], profile_name: str = DEFAULT) -> tuple[bytes, tuple[Finding, ...]]:
    """The workbook that holds *cases*, and what of them it cannot say; drop-downs are those of the profile.

    Without cases it is the empty template. Equal cases give equal bytes.

    Raises: MissingExtra: XlsxWriter is not installed.
    """
    cases = tuple(cases)
    citations = Citations(prefer=(source for case in cases for source in _cited(case)))
    sheets: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    findings: list[Finding] = []
    for case in cases:
        rows = _rows(case, citations)
        findings += _not_said(case, rows, citations)
        for name, found in rows.items():
            sheets[name] += found
    sheets["依据"] = citations.rows()
    return _Writer(profile_name).book(sheets), tuple(findings)


def _cited(case: Case) -> Iterator[LegalSource]:
    """Every source that *case* cites."""
    item = case.item
    yield from item.legal_bases
    parts: tuple[Material | Allowance, ...] = (*item.materials, *item.allow)
    for part in parts:
        yield from (part.basis,) if part.basis else ()
    for node in case.flow.nodes:
        yield from (*node.bases, *((node.excluded_by,) if node.excluded_by else ()))


def _rows(case: Case, citations: Citations) -> dict[str, list[Row]]:
    item = case.item
    about = {"of": key_of(item), **({"scenario": case.scenario} if case.scenario else {})}
    parts = {**inner_rows(item, citations), **rows_of(case.flow, [result.name for result in item.results], citations)}
    return {"事项": [item_row(case, citations)],
            **{name: [{**about, **row} for row in rows] for name, rows in parts.items()}}


def _not_said(case: Case, rows: dict[str, list[Row]], citations: Citations) -> list[Finding]:
    """What the workbook loses of *case*: it is read back at once, and compared."""
    texts = [text for table in rows.values() for row in table for text in row.values()]
    long = next((text for text in texts if len(text) > LONGEST), None)
    if long is not None:
        return [_finding(case, Text(f"有一格超过 {LONGEST} 个字符：{long[:20]}…",
                                    f"a cell has more than {LONGEST} characters: {long[:20]}…"))]
    if not all(map(fits, texts)):
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


def _finding(case: Case, why: Text) -> Finding:
    return Finding(_NOT_SAID, "lost-in-workbook", Level.ERROR,
                   Text(f"工作簿不能完整写出这张图：{why.zh}", f"the workbook cannot say all of this chart: {why.en}"), case.where,
                   Text("这一项保留原来的写法，或改动所说的地方", "keep this item as it is written, or change what is named"), case.key)


class _Writer:
    """Writes the sheets."""

    def __init__(self, profile_name: str) -> None:
        self.profile = profile(profile_name)
        self.look = Look("政务服务事项填报表")
        self.lists: dict[str, str] = {}               # code list → the cells that hold its words

    def book(self, sheets: dict[str, list[Row]]) -> bytes:
        """The whole file."""
        add = self.look.workbook.add_worksheet
        guide = add(GUIDE)
        made = {table.name: add(table.name) for table in TABLES}
        self._code_lists(add(CODES))
        self._guide(guide)
        for table in TABLES:
            self._sheet(made[table.name], table, sheets[table.name])
        guide.activate()
        return self.look.bytes()

    def _sheet(self, sheet: Any, table: Table, rows: Sequence[Row]) -> None:
        look, columns = self.look, table.columns
        sheet.set_row(0, 32, look.head)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width, look.code if column.field in _KEYS else look.text)
            look.write(sheet, 0, place, column.title, look.needed if column.help.startswith("必填") else look.head)
            self._offer(sheet, place, column, len(rows))
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(columns):
                style = look.code if column.field in _KEYS else look.text
                look.write(sheet, number, place, row.get(column.field, ""), style)
        look.group(sheet, len(rows), len(columns))
        sheet.freeze_panes(1, 2 if columns[0] is ITEM else 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(len(columns))}{len(rows) + BLANK_ROWS}"})
        protected(sheet, rows=True)
        printed(sheet)

    def _offer(self, sheet: Any, place: int, column: Column, rows: int) -> None:
        """The help of a column, and its drop-down."""
        rule: dict[str, Any] = {"validate": "any"}
        words = self.lists.get(column.codes)
        if words:
            rule = {"validate": "list", "source": words, "show_error": column.strict,
                    "error_title": column.title, "error_message": "请从下拉列表中选。"}
        if column.help:
            rule |= {"input_title": column.title, "input_message": column.help[:HELP]}
        if words or column.help:
            sheet.data_validation(1, place, rows + BLANK_ROWS, place, rule)

    def _code_lists(self, sheet: Any) -> None:
        listed = {column.codes: column.title for table in TABLES for column in table.columns if column.codes}
        for place, (name, title) in enumerate(listed.items()):
            words = WORDS.get(name) or self.profile.list(name).words
            for row, word in enumerate((title, *words)):
                self.look.write(sheet, row, place, word, self.look.plain if row else self.look.head)
            letter = letters(place + 1)
            self.lists[name] = f"={CODES}!${letter}$2:${letter}${len(words) + 1}"
        sheet.protect("")
        sheet.hide()

    def _guide(self, sheet: Any) -> None:
        look = self.look
        styles = {"title": look.title, "head": look.head, "bold": look.bold, "across": look.across}
        for place, width in enumerate((18, 22, 90)):
            sheet.set_column(place, place, width, look.plain)
        for row, (kind, *words) in enumerate((*LINES, *_columns_told())):
            if kind == "title":
                sheet.set_row(row, 26)
            for place, text in enumerate(words):
                look.write(sheet, row, place, text, styles.get(kind, look.plain))
        sheet.hide_gridlines(2)
        protected(sheet, rows=False)
        printed(sheet, wide=False)


def _columns_told() -> Iterator[tuple[str, ...]]:
    """What the guide says of every column."""
    for table in TABLES:
        yield "bold", f"{table.name}表", "", table.help
        for column in table.columns:
            offer = "下拉选择。" if column.codes and "下拉" not in column.help else ""
            yield "plain", "", column.title, (column.help + offer) or "按公布的内容填写。"
        yield ("plain",)
