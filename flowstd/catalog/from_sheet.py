"""CSV rows → cases: one item a row; a bad row is told and the others go on.

Headings are element names, in code or in Chinese (``promised``, ``承诺办结时限``);
``[columns]`` in flowstd.toml renames others, and ``""`` leaves a column out.
``scenario`` and ``template`` (情形, 模板) choose the flow, and ``with.NAME`` gives a
parameter of the template; a row without them is mapped by the rules.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from flowstd.base.errors import BadElement, BadSource, FlowstdError, UnknownName
from flowstd.base.files import read_source
from flowstd.base.kept import Kept
from flowstd.base.near import did_you_mean, nearest
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.dsl import flow_of
from flowstd.ir.case import Case, case_title, make_case
from flowstd.ir.model import Flow
from flowstd.item.alike import plain, retold
from flowstd.item.cells import cell_value
from flowstd.item.model import Item
from flowstd.item.problems import field_names
from flowstd.item.source import item_from

from .choice import FILLED_BY, Choice
from .csv_text import broken, cell_place, cells
from .entry import Failed, failures
from .rules import Rule, Rules
from .source import Mark, Source
from .undivided import in_cells

CHOOSING = {"scenario": "scenario", "情形": "scenario", "template": "template", "模板": "template"}
PARAMETER = ("with.", "参数.")
_NAMES = field_names(Item)
NEEDED = ("name", "item_type")


@dataclass(frozen=True)
class Sheet:
    """How the rows of one catalogue are read."""

    columns: Mapping[str, str]        # heading → element, where they differ
    defaults: Mapping[str, Any]       # element → value for rows that do not give it
    rules: Rules | None
    items: Kept = field(default_factory=Kept)        # for rows that differ in plain texts only
    flows: Kept = field(default_factory=Kept)        # by rule and what fills it in

    def cases(self, path: Path, replaced: Container[str] = ()) -> Iterator[Case | Failed]:
        """One case for each row of *path*, or why there is none; rows whose code is in *replaced* are passed over.

        Raises: BadSource: the file cannot be read as a table at all.
        """
        for row in self.rows(path, replaced):
            if isinstance(row, Failed):
                yield row
                continue
            try:
                yield self.case(row)
            except FlowstdError as error:
                yield failures(row.label, error)

    def rows(self, path: Path, replaced: Container[str] = ()) -> Iterator[Row | Failed]:
        """The rows of *path* as they are written, not yet understood; rows whose code is in *replaced* are passed over.

        Raises: BadSource: the file cannot be read as a table at all.
        """
        yield from self.rows_in(read_source(path), str(path), replaced)

    def rows_in(self, text: str, file: str, replaced: Container[str] = ()) -> Iterator[Row | Failed]:
        """The same of *text*, which stands in *file*."""
        table = _Table(text, file, self.columns)
        yield from table.problems
        seen: dict[tuple[str, str], Where] = {}
        for row in table:
            if isinstance(row, Row):
                if row.elements.get("code") in replaced:
                    continue
                try:
                    _once(row, seen)
                except FlowstdError as error:
                    yield failures(row.label, error)
                    continue
            yield row

    def case(self, row: Row) -> Case:
        """The case that *row* says. Raises BadElement, UnknownName; ItemProblems when several values are wrong."""
        rule = None if row.template else self._rule(row)
        item = self._item(row, rule)
        choice = self._choice(row, rule)
        case = make_case(item, choice.scenario, self._process(choice, item, row, rule), where=row.where)
        noticed = in_cells(row.elements, row.where)
        return case.model_copy(update={"noticed": noticed}) if noticed else case

    def _process(self, choice: Choice, item: Item, row: Row, rule: Rule | None) -> Flow:
        """The steps; rows that fill in one rule or template alike share one flow, each under its own title."""
        title = case_title(item, choice.scenario)
        if rule is not None and not row.parameters and not row.elements.keys() & set(FILLED_BY):
            ruled = self.flows.of((rule,), (), lambda: _ready(flow_of(choice.block_for(item))))
            return ruled.model_copy(update={"title": title})
        filled = (row.template, *row.parameters.items(), *[getattr(item, name) for name in FILLED_BY])
        own = self.flows.of((rule,), filled, lambda: _ready(_placeless(
            flow_of(replace(choice, where=row.where).block_for(item)))))
        return own.model_copy(update={"title": title, "where": row.where})

    def _item(self, row: Row, rule: Rule | None) -> Item:
        """The item; rows that differ in plain texts only are understood once, and each has its texts and its place."""
        cells = row.elements
        shared = (tuple(cells), tuple([text for name, text in cells.items() if name not in plain()]))
        alike = self.items.of((rule,), shared, lambda: self._understood(row, rule))
        if alike.where is row.where:
            return alike
        own = retold(alike, {name: text for name, text in cells.items() if name in plain()}, row.where)
        return own or self._understood(row, rule)

    def _understood(self, row: Row, rule: Rule | None) -> Item:
        elements = self._elements(row, rule)
        try:
            return item_from(elements, row.where, lambda path: self._place(path, row, rule))
        except FlowstdError:          # again, as it is wrong anyway: for the places of its cells
            return item_from(elements, row.where, lambda path: self._cell(path, row, rule))

    def _rule(self, row: Row) -> Rule:
        if self.rules is None:
            raise BadElement(Text("这一行没有写模板，也没有规则文件", "the row names no template, and there is no rules file"),
                             where=row.where, fix=Text("加一列 template，或在 flowstd.toml 写 rules = \"templates.toml\"",
                                                       'add a column "template", or give rules = "templates.toml" '
                                                       "in flowstd.toml"))
        return self.rules.rule_for(row.elements, row.where)

    def _elements(self, row: Row, rule: Rule | None) -> dict[str, Any]:
        cells = {name: cell_value(name, text) for name, text in row.elements.items()}
        given: dict[str, Any] = {**self.defaults, **cells}
        if rule is None or self.rules is None:
            return given
        examples = {name: value for name, value in {**self.rules.illustrative, **rule.elements}.items()
                    if not given.get(name)}
        if examples:
            given.update(examples)
            own = given.get("illustrative", ())
            given["illustrative"] = "；".join((*((own,) if isinstance(own, str) else own), *examples))
        return given

    def _place(self, path: tuple[str | int, ...], row: Row, rule: Rule | None) -> Where:
        """The line of a value: the row's own, or that of the rule that gave it."""
        ruled = rule is not None and path and path[0] not in row.elements and path[0] in rule.elements
        return rule.choice.where if rule is not None and ruled else row.where

    def _cell(self, path: tuple[str | int, ...], row: Row, rule: Rule | None) -> Where:
        """The cell of a value, where a cell gave it."""
        if not path or path[0] not in row.elements:
            return self._place(path, row, rule)
        headings = [meaning(heading.strip(), self.columns) for heading, _ in cells(row.where.file, 1)]
        return cell_place(row.where, headings.index(path[0])) if path[0] in headings else row.where

    def _choice(self, row: Row, rule: Rule | None) -> Choice:
        if rule is None:
            return Choice(row.scenario, row.template, _parameters(row, row.parameters), row.where)
        if not row.parameters and not row.scenario:
            return rule.choice
        if not row.parameters:
            return replace(rule.choice, scenario=row.scenario)
        parameters = {**rule.choice.parameters.data, **row.parameters}
        return Choice(row.scenario or rule.choice.scenario, rule.choice.template,
                      _parameters(row, parameters), row.where)


def _parameters(row: Row, given: Mapping[str, Any]) -> Source:
    return Source(row.where.file, given, {(): Mark(row.where.line, 0)})


def meaning(heading: str, columns: Mapping[str, str]) -> str | None:
    """What the cells under *heading* are; empty when they are left out, None when nobody knows."""
    name = columns.get(heading, heading)
    for prefix in PARAMETER:
        if name.startswith(prefix):
            return "with." + name[len(prefix):]
    return {**_NAMES, **CHOOSING}.get(name) if name else ""


class Row(NamedTuple):
    """One row of a sheet, its cells by what they mean; empty cells are left out."""

    where: Where
    elements: dict[str, str]
    scenario: str
    template: str
    parameters: dict[str, str]

    @property
    def label(self) -> str:
        """What a reader knows the row by."""
        return self.elements.get("code") or self.elements.get("name") or str(self.where)


class _Table:
    """The rows of one CSV text under its headings."""

    def __init__(self, text: str, file: str, columns: Mapping[str, str]) -> None:
        self.file = file
        self.reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        self.problems: list[Failed] = []
        self.unknown: list[str] = []
        try:
            headings = [heading.strip() for heading in next(self.reader, [])]
        except csv.Error as error:
            raise broken(error, file, 1, self.reader.line_num) from None
        self.headings = headings
        self.meanings = [self._meaning(heading, number, columns) for number, heading in enumerate(headings)]
        self._check_headings()

    def __iter__(self) -> Iterator[Row | Failed]:
        line = self.reader.line_num
        while True:
            first = line + 1
            try:
                cells = next(self.reader, None)
            except csv.Error as error:
                yield Failed.of(f"{self.file}:{first}", broken(error, self.file, first, self.reader.line_num))
                return
            line = self.reader.line_num
            if cells is None:
                return
            if not any(cell.strip() for cell in cells):
                continue
            where = Where(self.file, first)
            if len(cells) != len(self.headings):
                yield Failed.of(cells[0] or str(where), self._uneven(cells, where))
                continue
            yield self._row(cells, where)

    def _row(self, cells: list[str], where: Where) -> Row:
        elements: dict[str, str] = {}
        chosen = {"scenario": "", "template": ""}
        parameters: dict[str, str] = {}
        for meaning, cell in zip(self.meanings, cells, strict=True):
            value = cell.strip()
            if not meaning or not value:
                continue
            if meaning.startswith("with."):
                parameters[meaning[5:]] = value
            elif meaning in chosen:
                chosen[meaning] = value
            else:
                elements[meaning] = value
        return Row(where, elements, chosen["scenario"], chosen["template"], parameters)

    def _meaning(self, heading: str, number: int, columns: Mapping[str, str]) -> str:
        """What the cells under *heading* are; empty when they are left out."""
        found = meaning(heading, columns)
        if found is None:
            self.unknown.append(heading)
            names = {**_NAMES, **CHOOSING}
            self.problems.append(Failed.of(f"{self.file}#{heading}", UnknownName(
                Text(f"不认识的列“{heading}”", f'unknown column "{heading}"'), where=cell_place(Where(self.file, 1), number),
                fix=_either(did_you_mean(columns.get(heading, heading), names), heading))))
        return found or ""

    def _check_headings(self) -> None:
        where = Where(self.file, 1)
        twice = [place for place, name in enumerate(self.meanings) if name and name in self.meanings[:place]]
        if twice:
            name = self.meanings[twice[0]]
            raise BadSource(Text(f"有两列都是“{name}”", f'two columns are both "{name}"'), where=cell_place(where, twice[0]),
                            fix=Text("删去一列，或改名", "remove or rename one of them"))
        missing = [name for name in NEEDED if name not in self.meanings]
        if missing:
            titles = "、".join(f"{Item.model_fields[name].title}（{name}）" for name in missing)
            raise BadSource(Text(f"表格缺少列：{titles}", f"the sheet lacks the columns: {', '.join(missing)}"), where=where,
                            fix=self._missing_remedy(missing))

    def _missing_remedy(self, missing: list[str]) -> Text:
        if len(self.headings) == 1 and any(sign in self.headings[0] for sign in ";\t；，"):
            return Text("列要用半角逗号分隔：另存为“CSV（逗号分隔）”", "columns are divided by commas: save it as comma-separated CSV")
        for name in missing:
            near = nearest(name, self.unknown) or nearest(Item.model_fields[name].title or "", self.unknown)
            if near:
                return Text(f"列“{near}”是否应当叫“{name}”？", f'should the column "{near}" be called "{name}"?')
        return Text("第一行写列名；名称不同的列在 flowstd.toml 的 [columns] 里对应",
                    "the first row holds the headings; map other names under [columns] in flowstd.toml")

    def _uneven(self, cells: list[str], where: Where) -> FlowstdError:
        return BadSource(Text(f"这一行有 {len(cells)} 格，表头有 {len(self.headings)} 列",
                              f"the row has {len(cells)} cells under {len(self.headings)} headings"),
                         where=cell_place(where, len(self.headings)),
                         fix=Text("内容里有逗号的格要加英文引号", "put a cell that holds a comma into quotation marks"))


def _ready(flow: Flow) -> Flow:
    """*flow* with its tables made: copies under other titles share them."""
    _ = flow.node_by_id, flow.document_by_id, flow.exits, flow.entries
    return flow


def _placeless(flow: Flow) -> Flow:
    """*flow* without the places of its parts: what is said of them is said of the row."""
    parts = ("lanes", "nodes", "links", "documents")
    return flow.model_copy(update={
        name: tuple([part.model_copy(update={"where": NOWHERE}) for part in getattr(flow, name)]) for name in parts})


def _once(row: Row, seen: dict[tuple[str, str], Where]) -> None:
    code = row.elements.get("code", "")
    if not code:
        return
    first = seen.setdefault((code, row.scenario), row.where)
    if first is not row.where:
        raise BadElement(Text(f"编码“{code}”重复：第 {first.line} 行和第 {row.where.line} 行",
                              f'the code "{code}" is given twice: in row {first.line} and in row {row.where.line}'),
                         where=row.where,
                         fix=Text("改正其中一个编码；先写的一行照常生成", "correct one of them; the earlier row is built"))


def _either(near: Text, heading: str) -> Text:
    return Text(f'{near.zh} 不用这一列就在 [columns] 写 "{heading}" = ""',
                f'{near.en} To leave the column out, write "{heading}" = "" under [columns]')
