"""Findings as a workbook: a sheet for each department, to be filled in and sent back.

A finding keeps its answer: a workbook that was sent back is read before it is
written anew, and what was answered as mended but is still found says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from flowstd.base.digest import digest
from flowstd.base.errors import BadSource
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Language, Text, preferred
from flowstd.base.where import Where
from flowstd.catalog.book.cells import Cells, letters
from flowstd.catalog.book.look import BLANK_ROWS, Look, height, printed, protected
from flowstd.catalog.book.tables import cleaned
from flowstd.catalog.book.workbook import read_workbook

from .entry import Checked
from .words import AUTHORITY, FAULT, ITEM, LEVELS, NO_DEPARTMENT, ORDER, PLACE, REMEDY, RULE, WHY, law, why

TITLE = Text("流程图检查结果", "Findings on flowcharts")
SUMMARY = Text("汇总", "summary")
STATE, LEVEL = Text("状态", "state"), Text("级别", "level")
NEW, OPEN, STILL = Text("新", "new"), Text("未改", "open"), Text("答已改正，仍有问题", "answered as mended, still found")
ANSWERS = (Text("已改正", "mended"), Text("将改正", "will be mended"), Text("申请允许偏离", "deviation asked for"),
           Text("有异议", "disputed"))
DEVIATION = ANSWERS[2]
ASKED = (Text("处理", "answer"), Text("说明理由", "reason"), Text("偏离依据", "basis"), Text("完成日期", "done by"),
         Text("填写人", "filled in by"))
KEY = "flowstd"                   # the heading of the hidden column that tells findings apart
_TOLD = (STATE, ITEM, Text("事项名称", "name"), RULE, LEVEL, FAULT, REMEDY, WHY, AUTHORITY, PLACE)
_WIDTHS = (10, 30, 28, 10, 8, 46, 40, 40, 26, 26, 16, 34, 26, 12, 12, 4)
_HELP = (Text("从下拉列表中选。", "Choose from the list."),
         Text("有异议或申请允许偏离的，写明理由。", "Say why, when you dispute it or ask for a deviation."),
         Text("申请允许偏离的，写明依据。", "The legal basis of a deviation."), Text("写成 2026-01-31。", "As 2026-01-31."),
         Text("", ""))
_LONGEST_NAME = 31                # characters of a sheet's name
_NOT_IN_NAME = "[]:*?/\\'"


class Answer(NamedTuple):
    """What a department answered to one finding, cell by cell; *answer* is one of ``ANSWERS`` in either language."""

    answer: str = ""
    reason: str = ""
    basis: str = ""
    done: str = ""
    by: str = ""


def to_xlsx(checked: Iterable[Checked], answers: Mapping[str, Answer] | None = None,
            language: Language | None = None) -> bytes:
    """The workbook; *answers* are those of an earlier one, by finding. None: there was no earlier one.

    Raises: MissingExtra: XlsxWriter is not installed.
    """
    return _Writer(answers, language or preferred()).book(tuple(checked))


def answers_in(path: Path) -> dict[str, Answer]:
    """What departments answered in the workbook at *path*, by finding; blank answers are there too.

    Raises: BadSource: it is no workbook, or not one of findings.
    """
    book = read_workbook(path, lambda name: True)
    found: dict[str, Answer] = {}
    for sheet in book.sheets:
        found.update(_answers(sheet))
    if not any(_columns(sheet) for sheet in book.sheets):
        raise BadSource(Text("不是检查结果工作簿", "it is no workbook of findings"), where=Where(str(path)),
                        fix=Text("换一个文件名，或先移走这个文件", "choose another name, or move that file away"))
    return found


def key_of(finding: Finding) -> str:
    """What tells a finding from others, run after run: its rule, item, step and words; not its line, which moves."""
    return digest("\n".join((finding.code, finding.item, finding.node, finding.message.zh)))[:16]


def _columns(sheet: Cells) -> dict[str, int]:
    """Heading → column of a sheet of findings; empty for other sheets."""
    heads = {text: column for column, text in sheet.rows.get(1, {}).items()}
    return heads if KEY in heads else {}


def _answers(sheet: Cells) -> dict[str, Answer]:
    heads = _columns(sheet)
    columns = [next((heads[word] for word in asked if word in heads), 0) for asked in ASKED]
    found = {}
    for number, cells in sheet.rows.items():
        key = cells.get(heads.get(KEY, 0), "")
        if number > 1 and key:
            found[key] = Answer(*(cleaned(cells.get(column, "")) for column in columns))
    return found


class _Writer:
    def __init__(self, answers: Mapping[str, Answer] | None, language: Language) -> None:
        self.answers, self.language = answers, language
        self.look = Look(TITLE.say(language))

    def book(self, checked: tuple[Checked, ...]) -> bytes:
        departments: dict[str, list[Checked]] = {}
        for one in checked:
            departments.setdefault(one.department or self.say(NO_DEPARTMENT), []).append(one)
        summary = self.look.workbook.add_worksheet(self.say(SUMMARY))
        names = _sheet_names(departments, self.say(SUMMARY))
        for department, charts in departments.items():
            if any(one.findings for one in charts):
                self._sheet(self.look.workbook.add_worksheet(names[department]), charts)
        self._summary(summary, departments, names)
        return self.look.bytes()

    def say(self, text: Text) -> str:
        return text.say(self.language)

    def _summary(self, sheet: Any, departments: Mapping[str, list[Checked]], names: Mapping[str, str]) -> None:
        look = self.look
        heads = (Text("实施主体", "department"), Text("流程图", "charts"), *(LEVELS[level] for level in ORDER))
        sheet.set_row(0, 30)
        look.write(sheet, 0, 0, self.say(TITLE), look.title)
        look.write(sheet, 1, 0, self.say(_HOW), look.across)
        for place, head in enumerate(heads):
            sheet.set_column(place, place, 12 if place else 70, look.plain)
            look.write(sheet, 3, place, self.say(head), look.head)
        for row, (department, charts) in enumerate(departments.items(), 4):
            if any(one.findings for one in charts):
                sheet.write_url(row, 0, f"internal:'{names[department]}'!A1", look.link, department[:250])
            else:
                look.write(sheet, row, 0, department, look.plain)
            for place, count in enumerate((len(charts), *(_count(charts, level) for level in ORDER)), 1):
                sheet.write_number(row, place, count, look.number)
        protected(sheet, rows=False)
        printed(sheet, wide=False)
        sheet.activate()

    def _sheet(self, sheet: Any, charts: Iterable[Checked]) -> None:
        look = self.look
        rows = [(one, finding) for one in charts
                for finding in sorted(one.findings, key=lambda finding: ORDER.index(finding.level))]
        first, last = len(_TOLD), len(_TOLD) + len(ASKED)
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width, None, {"hidden": place == last})
        sheet.set_row(0, 24)
        for place, head in enumerate((*map(self.say, _TOLD), *map(self.say, ASKED), KEY)):
            look.write(sheet, 0, place, head, look.needed if place == first else look.head)
        for number, (one, finding) in enumerate(rows, 1):
            cells = self._row(one, finding)
            sheet.set_row(number, height(zip(cells[:last], _WIDTHS, strict=False)))
            for place, text in enumerate(cells):
                style = look.answer if first <= place < last else look.fixed
                if text:
                    look.write(sheet, number, place, text, style)
                else:
                    sheet.write_blank(number, place, None, style)
        for place, help in enumerate(_HELP, first):
            rule: dict[str, Any] = {"validate": "any"}
            if place == first:
                rule = {"validate": "list", "source": [self.say(answer) for answer in ANSWERS], "show_error": True}
            if self.say(help):
                rule |= {"input_title": self.say(ASKED[place - first]), "input_message": self.say(help)}
            sheet.data_validation(1, place, len(rows), place, rule)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(rows), last - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(last + 1)}{len(rows) + BLANK_ROWS}"})
        protected(sheet, rows=False)
        printed(sheet)

    def _row(self, one: Checked, finding: Finding) -> tuple[str, ...]:
        key = key_of(finding)
        answer = (self.answers or {}).get(key, Answer())
        return (self._state(key, answer), one.key, one.title, finding.code, self.say(LEVELS[finding.level]),
                self.say(finding.message), self.say(finding.fix) if finding.fix else "",
                why(finding.code, self.language), law(finding), str(finding.where) if finding.where else "", *answer,
                key)

    def _state(self, key: str, answer: Answer) -> str:
        if answer.answer in ANSWERS[0]:
            return self.say(STILL)
        return self.say(OPEN if self.answers is not None and key in self.answers else NEW)


_HOW = Text("每个部门一张表。黄色格请填写后寄回；改正事项请改原表或原文件。再次检查写到同一文件，已填的答复会保留；"
            "申请允许偏离的，检查时打出可以放进 flowstd.toml 的条文，由主管同意后采用。",
            "One sheet for each department. Fill in the yellow cells and send it back; mend items where they are "
            "written. A later check into this file keeps the answers; deviations that were asked for are printed as "
            "allowances for flowstd.toml, to be put there by whoever agrees.")


def _count(charts: Iterable[Checked], level: Level) -> int:
    return sum(finding.level is level for one in charts for finding in one.findings)


def _sheet_names(departments: Iterable[str], taken: str) -> dict[str, str]:
    """A name for each department's sheet: of the letters and the length that Excel takes, each once.

    >>> _sheet_names(["区:局", "区局"], "汇总")
    {'区:局': '区局', '区局': '区局 2'}
    """
    used = {taken.casefold(), "history"}
    found = {}
    for department in departments:
        plain = "".join(char for char in department if char not in _NOT_IN_NAME and char.isprintable()).strip()
        plain = plain or "—"
        name, number = plain[:_LONGEST_NAME], 1
        while name.casefold() in used:
            number += 1
            name = f"{plain[:_LONGEST_NAME - 1 - len(str(number))]} {number}"
        used.add(name.casefold())
        found[department] = name
    return found
