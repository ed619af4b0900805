"""A workbook → cases: one row of the sheet 事项 with its rows in the other sheets is one case.

A row's steps stand in the sheets 步骤 and 分支, or it names a template; a row with
neither is mapped by the rules of the catalogue. What is wrong is told at its cell.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flowstd.base.errors import BadElement, BadSource, FlowstdError, UnknownName
from flowstd.base.finding import Finding
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.ir.case import Case, case_title, make_case
from flowstd.item.model import Item
from flowstd.item.problems import as_error, field_names

from .book.columns import BRANCHES, BY_NAME, CITATIONS, INNER, ITEMS, LANES, PAPERS, STEPS_TABLE
from .book.lane_names import misspelt_lanes
from .book.law_texts import Citations, read_citations
from .book.record import NOTHING, Problems, Record
from .book.tables import Filled, filled, remark
from .book.to_flow import FlowRows, flow_from
from .book.to_item import elements_of, item_of, narrow
from .book.workbook import Workbook, read_workbook
from .choice import Choice
from .entry import Failed, failures
from .from_sheet import CHOOSING, PARAMETER, Sheet
from .rules import Rule, Rules
from .source import Source

_CHILDREN = (*INNER.values(), STEPS_TABLE, BRANCHES, LANES, PAPERS)


def cases_in(path: Path, defaults: Mapping[str, Any], rules: Rules | None = None, *,
             columns: Mapping[str, str] | None = None,
             replaced: Container[str] = (), shown: str = "") -> Iterator[Case | Failed]:
    """One case for each row of the sheet 事项 in *path*, or why there is none.

    Rows whose code is in *replaced* are passed over. What the reader noticed without
    harm (formulas, cells under no heading) goes with the case it belongs to.

    Raises: BadSource: the file is no workbook, or has no such sheet.
    """
    book = read_workbook(path, lambda name: name in BY_NAME, shown=shown)
    yield from _Book(book, defaults, rules, columns or {}).cases(replaced)


@dataclass
class CaseRows:
    """All that a workbook says of one case."""

    item: Record
    inner: dict[str, list[Record]] = field(default_factory=lambda: {element: [] for element in INNER})
    flow: FlowRows = field(default_factory=FlowRows)
    faults: list[FlowstdError] = field(default_factory=list)       # of single cells

    def of(self, sheet: str) -> list[Record]:
        """The rows in one of the sheets."""
        flow = self.flow
        return {**{table.name: self.inner[element] for element, table in INNER.items()},
                "步骤": flow.steps, "分支": flow.branches, "泳道": flow.lanes, "文书": flow.papers}[sheet]

    @property
    def label(self) -> str:
        """What a reader knows the case by."""
        name = narrow(self.item.get("code")) or self.item.get("name") or str(self.item.where())
        return ".".join(part for part in (name, self.item.get("scenario")) if part)


def case_of(rows: CaseRows, citations: Citations, defaults: Mapping[str, Any], rules: Rules | None = None) -> Case:
    """The case that *rows* say. Raises FlowstdError; ItemProblems when there are several faults, each at its cell."""
    return _Reading(rows, citations, Sheet({}, defaults, rules)).case()


class _Reading:
    """One case being read: its item and its steps, each as far as it goes."""

    def __init__(self, rows: CaseRows, citations: Citations, ruled: Sheet) -> None:
        self.rows, self.citations, self.ruled = rows, citations, ruled
        self.record = rows.item
        self.scenario = rows.item.get("scenario")

    def case(self) -> Case:
        problems = Problems()
        problems.found += self.rows.faults
        rule = problems.of(self._rule)
        item = problems.of(self._item, rule)
        made = problems.of(self._case, item, rule) if item is not None and not problems.found else None
        if item is None and self.rows.flow.steps:
            problems.of(self._flow, "", ())                  # its faults are told with those of the item
        if made is None:
            raise as_error(problems.found, self.record.where())
        return made

    def _item(self, rule: Rule | None) -> Item:
        rows = self.rows
        given = {**self.ruled.defaults, **elements_of(self.record, rows.inner, self.citations)}
        if rule is not None and self.ruled.rules is not None:
            examples = {**self.ruled.rules.illustrative, **rule.elements}
            given.update({name: value for name, value in examples.items() if not given.get(name)})
            given["illustrative"] = (*given.get("illustrative", ()),
                                     *(name for name in examples if name not in self.record.values))
        return item_of(given, self.record, rows.inner,
                       lambda name: rule.choice.where if rule is not None and name in rule.elements else None)

    def _case(self, item: Item, rule: Rule | None) -> Case:
        record, where = self.record, self.record.where()
        if self.rows.flow.steps:
            said = record.get("title")
            title = "" if said == NOTHING else said or case_title(item, self.scenario)
            flow = self._flow(title, tuple(result.name for result in item.results))
            return make_case(item, self.scenario, flow, where=where)
        if rule is not None:
            choice = replace(rule.choice, scenario=self.scenario or rule.choice.scenario, where=where)
        else:
            given = Source(where.file, {name[5:]: text for name,
                                        text in record.values.items() if name.startswith("with.")})
            choice = Choice(self.scenario, record.get("template"), given, record.where("template"))
        return make_case(item, choice.scenario, choice.block_for(item), where=where)

    def _flow(self, title: str, results: tuple[str, ...]) -> Any:
        return flow_from(self.rows.flow, title, results, self.citations, self.record.where())

    def _rule(self) -> Rule | None:
        template = self.record.get("template")
        if template and self.rows.flow.steps:
            raise BadElement(Text("写了模板，步骤表里又写了步骤", "a template is named, and there are steps too"),
                             where=self.record.where("template"), fix=Text("只留一种写法", "keep one of them"))
        if template or self.rows.flow.steps:
            return None
        if self.ruled.rules is None:
            raise BadElement(Text("没有步骤，也没有模板", "there are no steps, and no template is named"),
                             where=self.record.where("template"),
                             fix=Text("在“步骤”表里写步骤，或在“模板”列写模板名称", "write steps in the sheet 步骤, or name a template"))
        return self.ruled.rules.rule_for(self.record.values, self.record.where())


class _Book:
    """The sheets of one workbook, their rows sorted to cases."""

    def __init__(self, book: Workbook, defaults: Mapping[str, Any], rules: Rules | None,
                 columns: Mapping[str, str]) -> None:
        self.book, self.columns = book, columns
        self.ruled = Sheet(columns, defaults, rules)
        self.problems: list[tuple[str, FlowstdError]] = []         # of the book, each with the sheet it is about
        self.remarks: list[Finding] = []
        self.items = self._read(ITEMS.name, required=True)
        self.rows: list[CaseRows] = [CaseRows(record, faults=self.items.faults.get(record.row, []))
                                     for record in self.items.records]
        self.citations = self._citations()
        self._sort()

    def cases(self, replaced: Container[str]) -> Iterator[Case | Failed]:
        for sheet, problem in self.problems:
            yield failures(f"{self.book.file}!{sheet}", problem)
        noticed: tuple[Finding, ...] = (*self._of_book(), *self.remarks)
        seen: dict[tuple[str, str], Record] = {}
        for rows in self.rows:
            code = narrow(rows.item.get("code"))
            if code and code in replaced:
                continue
            try:
                _once(rows, seen)
                case = _Reading(rows, self.citations, self.ruled).case()
            except FlowstdError as error:
                yield failures(rows.label, error)
                continue
            noticed += tuple(misspelt_lanes(rows.flow.steps, rows.flow.lanes))
            yield case.model_copy(update={"noticed": noticed}) if noticed else case
            noticed = ()

    def _read(self, name: str, *, required: bool = False) -> Filled:
        sheet = self.book.sheet(name)
        if sheet is None:
            if required:
                raise BadSource(Text(f"工作簿里没有“{name}”表", f'the workbook has no sheet "{name}"'),
                                where=Where(self.book.file),
                                fix=did_you_mean(name, self.book.others))
            return Filled()
        found = filled(sheet, BY_NAME[name], self._meaning if required else None)
        self.problems += [(name, problem) for problem in found.problems]
        self.remarks += found.remarks
        return found

    def _meaning(self, heading: str) -> str:
        """Headings of the sheet 事项 that the template does not have, but a CSV file may."""
        name = self.columns.get(heading, heading)
        for prefix in PARAMETER:
            if name.startswith(prefix):
                return "with." + name[len(prefix):]
        return {**field_names(Item), **CHOOSING}.get(name, "")

    def _citations(self) -> Citations:
        problems = Problems()
        listed = self._read(CITATIONS.name)
        citations = read_citations(listed.records, problems)
        self.problems += [(CITATIONS.name, problem) for problem in problems.found]
        return citations

    def _sort(self) -> None:
        """Give every row of the other sheets to the cases that it is about."""
        by_name: dict[str, list[CaseRows]] = {}
        for rows in self.rows:
            for name in dict.fromkeys((narrow(rows.item.get("code")), narrow(rows.item.get("name")))):
                if name:
                    by_name.setdefault(name, []).append(rows)
        for table in _CHILDREN:
            found = self._read(table.name)
            told: set[str] = set()
            about: list[CaseRows] = []
            for number, record in enumerate(found.records):
                name = narrow(record.get("of"))
                if name or not number:
                    about = self._about(record, name, by_name, table.name, told)
                for rows in about:
                    rows.of(table.name).append(record)
                    rows.faults.extend(found.faults.get(record.row, ()))

    def _about(self, record: Record, name: str, by_name: Mapping[str, list[CaseRows]], sheet: str,
               told: set[str]) -> list[CaseRows]:
        cases = by_name.get(name, [])
        scenario = record.get("scenario")
        fitting = [rows for rows in cases if scenario in ("", rows.item.get("scenario"))]
        if not fitting and f"{name}.{scenario}" not in told:
            told.add(f"{name}.{scenario}")
            self.problems.append((sheet, _nobody(record, name, scenario, cases, by_name)))
        return fitting

    def _of_book(self) -> Iterator[Finding]:
        """What the reader noticed of the whole file."""
        first = self.book.sheets[0]
        guide = {"说明", "代码表"}
        others = [name for name in self.book.others if name not in guide]
        if others:
            few = "、".join(others[:5]) + ("…" if len(others) > 5 else "")
            yield remark(first, "A1", Text(f"有 {len(others)} 张别的工作表，没有读：{few}",
                                           f"{len(others)} other sheets were not read: {few}"),
                         Text("事项写在模板的表里", "items belong into the sheets of the template"))
        if self.book.links_out:
            yield remark(first, "A1", Text("工作簿链接到别的文件；没有打开它们",
                                           "the workbook links to other files; they were not opened"),
                         Text("在 Excel“数据－编辑链接”中断开链接", "break the links in Excel (Data, Edit Links)"))


def _nobody(record: Record, name: str, scenario: str, cases: list[CaseRows],
            known: Mapping[str, list[CaseRows]]) -> FlowstdError:
    if not name:
        return BadElement(Text("没有写事项", "no item is named"), where=record.where("of"),
                          fix=Text("写事项的实施编码", "write the code of the item"))
    if not cases:
        return UnknownName(Text(f"“事项”表里没有“{name[:64]}”", f'the sheet 事项 has no "{name[:64]}"'),
                           where=record.where("of"),
                           fix=did_you_mean(name, known))
    return UnknownName(Text(f"事项“{name[:64]}”没有情形“{scenario[:40]}”",
                            f'the item "{name[:64]}" has no scenario "{scenario[:40]}"'),
                       where=record.where("scenario"),
                       fix=did_you_mean(scenario, [rows.item.get("scenario") for rows in cases]))


def _once(rows: CaseRows, seen: dict[tuple[str, str], Record]) -> None:
    record = rows.item
    code = narrow(record.get("code")) or record.get("name")
    first = seen.setdefault((code, record.get("scenario")), record)
    if code and first is not record:
        raise BadElement(Text(f"“{rows.label}”写了两次：第 {first.row} 行和第 {record.row} 行",
                              f'"{rows.label}" is given twice: in row {first.row} and in row {record.row}'),
                         where=record.where("code"),
                         fix=Text("改正编码或情形；先写的一行照常生成", "correct the code or scenario; the earlier row is built"))
