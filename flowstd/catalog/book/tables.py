"""The sheets of a workbook under their headings → records; what stands beside them is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flowstd.base.errors import BadElement, BadSource, FlowstdError, UnknownName
from flowstd.base.finding import Finding, Level
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import Where

from .cells import Cells, letters, shown
from .columns import Table
from .record import Record

HEADING_ROWS = 10                     # a heading stands in one of the first rows
REMARK = "SRC002"
Meaning = Callable[[str], str]        # heading → what its column holds; empty when unknown


@dataclass
class Filled:
    """The records of one sheet, the faults of single cells by row, and what else was seen."""

    records: list[Record] = field(default_factory=list)
    faults: dict[int, list[FlowstdError]] = field(default_factory=dict)
    problems: list[FlowstdError] = field(default_factory=list)         # of the sheet itself
    remarks: list[Finding] = field(default_factory=list)


def filled(sheet: Cells, table: Table, meaning: Meaning | None = None) -> Filled:
    """The records of *sheet*, which is laid out as *table*; *meaning* knows further headings.

    Raises: BadSource: it has no headings, or one twice.
    """
    known = {name: column.field for column in table.columns for name in (column.title, column.field)}
    if sheet.rows.keys() <= {0}:
        return Filled()

    def meant(heading: str) -> str:
        plain = heading.replace("\n", "").rstrip("*＊ ").strip()
        return known.get(plain, "") or (meaning(plain) if meaning else "")

    head = _heading_row(sheet, meant)
    headings = {column: text.strip() for column, text in sorted(sheet.rows[head].items()) if text.strip()}
    found = Filled()
    columns = _columns(sheet, head, headings, meant, known, found)
    fields = {column: name for name, column in columns.items()}
    outside: list[str] = []
    for number in sorted(row for row in sheet.rows if row > head):
        cells = sheet.rows[number]
        values = {fields[column]: text for column,
                  cell in cells.items() if column in fields and (text := cleaned(cell))}
        outside += [f"{letters(column)}{number}" for column in sorted(cells)
                    if column not in headings and len(outside) < 1_000 and cells[column].strip()]
        faults: list[FlowstdError] = [
            BadElement(fault, where=sheet.where(number, column), fix=_MEND)
                  for column in sorted(fields) if (fault := sheet.faults.get((number, column)))]
        if faults:
            found.faults[number] = faults
        repeated = bool(values) and all(text == headings[columns[name]] for name, text in values.items())
        if (values or faults) and not repeated:
            found.records.append(Record(values, number, sheet, columns))
    _remark(sheet, outside, found)
    return found


def cleaned(text: str) -> str:
    """Cell text without the blanks around it, which nobody sees; line ends are all of one kind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "\n" if text.endswith("\n") and "\n" not in text.strip() and ("；" in text or ";" in text) else ""
    return text.strip() + kept if text.strip() else ""


def _heading_row(sheet: Cells, meant: Meaning) -> int:
    for number in sorted(sheet.rows)[:HEADING_ROWS]:
        if sum(bool(meant(text)) for text in sheet.rows[number].values()) >= 2:
            return number
    raise BadSource(Text(f"工作表“{sheet.name}”没有表头", f'the sheet "{sheet.name}" has no headings'),
                    where=Where(sheet.file, sheet=sheet.name, cell="A1"),
                    fix=Text("第一行写模板里的列名；用 flowstd new 文件名.xlsx 得到模板",
                             "put the headings of the template into the first row; get it with: flowstd new FILE.xlsx"))


def _columns(sheet: Cells, head: int, headings: Mapping[int, str], meant: Meaning, known: Mapping[str, str],
             found: Filled) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, heading in headings.items():
        name = meant(heading)
        where = sheet.where(head, column)
        if not name:
            found.problems.append(UnknownName(Text(f"不认识的列“{heading[:40]}”", f'unknown column "{heading[:40]}"'),
                                              where=where, fix=did_you_mean(heading, known)))
        elif name in columns:
            raise BadSource(Text(f"有两列都是“{heading[:40]}”", f'two columns are both "{heading[:40]}"'), where=where,
                            fix=Text("删去一列，或改名", "remove or rename one of them"))
        else:
            columns[name] = column
    return columns


def _remark(sheet: Cells, outside: list[str], found: Filled) -> None:
    if outside:
        found.remarks.append(remark(
            sheet, outside[0], Text(f"有 {len(outside)} 格写在没有表头的列里，没有读：{shown(outside)}",
                                    f"{len(outside)} cells under no heading were not read: {shown(outside)}"),
            Text("移到有表头的列，或删去", "move them under a heading, or delete them")))
    if sheet.formulas:
        cells = [name.rstrip("*") for name in sheet.formulas]
        linked = any(name.endswith("*") for name in sheet.formulas)
        zh, en = ("，其中有引用别的文件的", ", some from other files") if linked else ("", "")
        found.remarks.append(remark(
            sheet, cells[0], Text(f"有 {len(cells)} 格是公式{zh}，读的是上次保存时的值：{shown(cells)}",
                                  f"{len(cells)} cells are formulas{en}; their last values were read: {shown(cells)}"),
            Text("复制后“选择性粘贴－数值”", "copy them and paste the values")))


def remark(sheet: Cells, cell: str, message: Text, fix: Text) -> Finding:
    """Something about a sheet that the author should know."""
    return Finding(REMARK, "workbook-remark", Level.WARNING, message, Where(sheet.file, sheet=sheet.name, cell=cell),
                   fix)


_MEND = Text("改成直接填写的值", "type the value itself")
