"""An item in one scenario → its rows in the sheet 事项, and in those that hold its parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flowstd.base.legal import LegalSource
from flowstd.base.term import Term
from flowstd.ir.case import case_title

from .columns import INNER, ITEMS, Table
from .from_flow import Row, term_words
from .law_texts import Citations
from .record import NOTHING, joined

if TYPE_CHECKING:
    from flowstd.ir.case import Case
    from flowstd.item.element import Element
    from flowstd.item.model import Item


def key_of(item: Item) -> str:
    """What other sheets call the item."""
    return item.code or item.name


def item_row(case: Case, citations: Citations) -> Row:
    """The row of the sheet 事项."""
    item = case.item
    about: Mapping[str, Any] = {"scenario": case.scenario,
                                "title": "" if case.flow.title == case_title(item, case.scenario) else case.flow.title
                                or NOTHING}
    found: Row = {}
    for column in ITEMS.columns:
        part, _, field = column.field.partition(".")
        if part == "fee":
            value = getattr(item.fee, field) if item.fee is not None else None
            value = None if field == "waivable" and not value else value
        elif column.field in about or column.field == "template":
            value = about.get(column.field)
        else:
            value = getattr(item, column.field)
        if text := _text(value, citations):
            found[column.field] = text
    return found


def inner_rows(item: Item, citations: Citations) -> dict[str, list[Row]]:
    """The rows of the sheets that hold parts of an item."""
    return {table.name: [_part(part, table, citations) for part in getattr(item, element)] for element,
            table in INNER.items()}


def _part(part: Element, table: Table, citations: Citations) -> Row:
    found = {column.field: getattr(part, "scenario" if column.field == "only" else column.field)
             for column in table.columns[2:]}
    return {field: text for field, value in found.items() if (text := _text(value, citations))}


def _text(value: Any, citations: Citations) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Term):
        return term_words(value)
    if isinstance(value, LegalSource):
        return citations.text(value)
    if isinstance(value, tuple):
        return joined(_text(one, citations) for one in value)
    return value.isoformat() if isinstance(value, date) else str(value)
