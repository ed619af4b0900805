"""An item in one scenario → its rows in the sheets 事项, 材料 and 结果."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flowstd.base.legal import LegalSource
from flowstd.base.term import Term
from flowstd.ir.case import case_title

from .columns import ITEMS, MATERIALS, RESULTS
from .from_flow import Row, term_words
from .law_texts import Citations
from .record import joined

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
                                "title": case.flow.title if case.flow.title != case_title(item, case.scenario) else ""}
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


def material_rows(item: Item, citations: Citations) -> list[Row]:
    """The rows of the sheet 材料."""
    return [_part(material, [column.field for column in MATERIALS.columns[2:]], citations) for material in item.materials]


def result_rows(item: Item, citations: Citations) -> list[Row]:
    """The rows of the sheet 结果."""
    return [_part(result, [column.field for column in RESULTS.columns[2:]], citations) for result in item.results]


def _part(part: Element, fields: list[str], citations: Citations) -> Row:
    return {field: text for field in fields if (text := _text(getattr(part, field), citations))}


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
