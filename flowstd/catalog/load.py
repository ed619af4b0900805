"""A catalogue or one source → a stream of cases, or the reasons why there is none."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from flowstd.base.errors import BadElement, BadUse, FlowstdError, UnknownName
from flowstd.base.files import read_source, whole
from flowstd.base.kept import Kept
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.ir.case import Case
from flowstd.ir.model import Flow
from flowstd.pipeline import Chart, compile_case, compile_flow

from .config import Catalogue, limits_for
from .entry import Failed, failures
from .granted import with_granted
from .rules import read_rules
from .units import words_in

SHEETS = (".csv", ".xlsx")           # files whose rows are items
_BOOK = 100                           # items in a workbook, as good a guess as any


def load(catalogue: Catalogue) -> Iterator[Case | Failed]:
    """Every entry of *catalogue*: items written by hand first, then the rows of its sheets.

    A row whose code an item written by hand has as well gives way to it.
    """
    Kept.make_room()
    written: set[str] = set()
    taken: dict[str, Where] = {}
    files = list(catalogue.files())
    for path in files:
        if path.suffix not in SHEETS:
            for entry in _of_file(path, catalogue):
                if isinstance(entry, Case):
                    entry = _first(entry, taken)
                written |= words_in(path) if isinstance(entry, Failed) else {entry.item.code} - {""}
                yield with_granted(entry, catalogue.allow)
    for path in files:
        if path.suffix in SHEETS:
            for entry in _rows(path, catalogue, written, taken):
                yield with_granted(entry, catalogue.allow)


def count(catalogue: Catalogue) -> int:
    """About how many entries there are, without reading them: for a progress bar."""
    total = 0
    for path in catalogue.files():
        total += _lines(path) if path.suffix == ".csv" else _BOOK if path.suffix == ".xlsx" else 1
    return total


def _lines(path: Path) -> int:
    try:
        return whole(path).count(b"\n")
    except OSError:
        return 1                      # told as one entry that failed


def load_source(source: str) -> list[Chart | Failed]:
    """The charts of one file: a module (``file.py`` or ``file.py:name``), an item in YAML, a workbook, a flow in JSON.

    ``item.yaml:变更`` takes one scenario of an item, ``book.xlsx:T-1.变更`` one case of a workbook.

    Raises: BadUse: no such kind of source. FlowstdError: it cannot be read.
    """
    path, name = _split_name(source)
    if not path.exists():
        raise BadUse(Text(f"找不到 {source}", f"there is no {source}"), fix=_beside(path))
    if path.suffix == ".py":
        return _of_module(path, name)
    if path.suffix in (".yaml", ".yml"):
        return _of_yaml(path, name)
    if path.suffix == ".json":
        return [compile_flow(Flow.from_json(read_source(path), file=str(path)))]
    if path.suffix == ".xlsx":
        return _of_book(path, name)
    raise BadUse(Text(f"不知道怎么读 {source}", f"{source} is no kind of source"),
                 fix=Text("来源可以是 .py、.py:名称、.yaml、.xlsx、.json；CSV 放在文件夹里用 flowstd build",
                          "a source is .py, .py:name, .yaml, .xlsx or .json; CSV belongs into a folder for flowstd "
                          "build"))


def _split_name(source: str) -> tuple[Path, str]:
    """``file.py:name`` → path and name; the name may be left out."""
    head, colon, name = source.rpartition(":")
    if colon and head.endswith((".py", ".yaml", ".yml", ".xlsx")):
        return Path(head), name
    return Path(source), ""


def _of_yaml(path: Path, scenario: str) -> list[Chart | Failed]:
    from . import from_yaml

    entries = list(from_yaml.cases_in(path, {}))
    if scenario:
        cases = [entry for entry in entries if isinstance(entry, Case)]
        entries = [case for case in cases if case.scenario == scenario]
        if not entries:
            raise UnknownName(Text(f"{path} 里没有情形“{scenario}”", f'{path} holds no scenario "{scenario}"'),
                              where=Where(str(path)),
                              fix=did_you_mean(scenario, [case.scenario for case in cases]))
    return [compile_case(entry) if isinstance(entry, Case) else entry for entry in entries]


def _of_book(path: Path, name: str) -> list[Chart | Failed]:
    from . import from_xlsx

    Kept.make_room()
    entries = list(from_xlsx.cases_in(path, {}))
    if name:
        cases = [entry for entry in entries if isinstance(entry, Case)]
        entries = [case for case in cases if name in (case.key, case.item.code, case.item.name)]
        if not entries:
            raise UnknownName(Text(f"{path} 里没有“{name}”", f'{path} holds no "{name}"'), where=Where(str(path)),
                              fix=did_you_mean(name, [case.key for case in cases]))
    return [compile_case(entry) if isinstance(entry, Case) else entry for entry in entries]


def _of_module(path: Path, name: str) -> list[Chart | Failed]:
    from . import from_python

    limits = limits_for(path)
    if not name:
        return [chart_of(value) for value in from_python.drawables_in(path, limits)]
    value = from_python.value_in(path, name, limits)
    return [chart_of(one) for one in (value if isinstance(value, list | tuple) else (value,))]


def chart_of(value: Any) -> Chart:
    """The chart of what a module holds that can be drawn."""
    from flowstd.dsl import Block, flow_of

    if isinstance(value, Chart):
        return value
    if isinstance(value, Case):
        return compile_case(value)
    return compile_flow(flow_of(value) if isinstance(value, Block) else value)


def _of_file(path: Path, catalogue: Catalogue) -> Iterator[Case | Failed]:
    """The entries of one file written by hand; a file that cannot be read is one entry that failed."""
    from . import from_python, from_yaml

    try:
        if path.suffix == ".py":
            yield from from_python.cases_in(path, catalogue.limits)
        else:
            yield from from_yaml.cases_in(path, catalogue.elements)
    except FlowstdError as error:
        yield failures(path.relative_to(catalogue.folder).as_posix(), error)


def _rows(path: Path, catalogue: Catalogue, written: Container[str],
          taken: dict[str, Where]) -> Iterator[Case | Failed]:
    from .from_sheet import Sheet

    try:
        rules = read_rules(catalogue.folder / catalogue.rules) if catalogue.rules else None
        if path.suffix == ".xlsx":
            from . import from_xlsx

            entries = from_xlsx.cases_in(path, catalogue.elements, rules, columns=catalogue.columns, replaced=written)
        else:
            entries = Sheet(catalogue.columns, catalogue.elements, rules).cases(path, replaced=written)
        for entry in entries:
            yield _first(entry, taken) if isinstance(entry, Case) else entry
    except FlowstdError as error:
        yield failures(path.relative_to(catalogue.folder).as_posix(), error)


def _first(case: Case, taken: dict[str, Where]) -> Case | Failed:
    """*case*, unless an earlier one is the same item in the same scenario."""
    first = taken.setdefault(case.key, case.where)
    if first is case.where:
        return case
    return Failed.of(case.key, BadElement(
        Text(f"“{case.key}”写了两次：{first} 和 {case.where}",
             f'"{case.key}" is given twice: at {first} and at {case.where}'),
        where=case.where, fix=Text("删去一处，或改编码、情形", "remove one, or change its code or scenario")))


def _beside(path: Path) -> Text | None:
    beside = sorted(one.name for one in path.parent.iterdir()) if path.parent.is_dir() else []
    return did_you_mean(path.name, beside) if beside else None
