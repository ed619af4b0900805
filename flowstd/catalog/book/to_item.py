"""A row of the sheet 事项 with its rows in 材料 and 结果 → an item, every fault at its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flowstd.base.errors import BadElement
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.item.cells import NUMBERS, PARTS, cell_value
from flowstd.item.model import Item
from flowstd.item.problems import as_error
from flowstd.item.source import item_from
from flowstd.item.values import Path

from .columns import ITEMS
from .days import day_from
from .law_texts import Citations
from .record import Problems, Record

Inner = Mapping[str, Sequence[Record]]       # element → its rows in a sheet of its own
CODES = ("code", "local_code", "catalog_code", "authority_code", "version", "profile")
DAYS = ("effective_on", "cancelled_on")
MANY = {column.field for column in ITEMS.columns if column.many}
_CITED = ("basis", "waiver_basis")
_WORDS = re.compile(r"[\n；;、，,|^](?![^（(]*[）)])")        # but not inside 镇（乡、街道）级
_NOT_ELEMENTS = ("scenario", "template", "title")


def elements_of(record: Record, inner: Inner, citations: Citations) -> dict[str, Any]:
    """The elements that the rows give, as ``item_from`` takes them; *inner* has those with a sheet of their own.

    Raises: BadElement, ItemProblems.
    """
    problems = Problems()
    found: dict[str, Any] = {}
    fee: dict[str, Any] = {}
    for name, text in record.values.items():
        if name in _NOT_ELEMENTS or name.startswith("with."):
            continue
        if name.startswith("fee."):
            fee[name[4:]] = citations.source(text) if name[4:] in _CITED else text
        else:
            found[name] = problems.of(_value, name, record, citations)
    if fee:
        found["fee"] = fee
    for name, rows in inner.items():
        if rows and name in found:
            problems.found.append(BadElement(
                Text("事项表里写了，另一张表里又写了", "is given here and in a sheet of its own"), where=record.where(name),
                fix=Text("只留一处", "keep one of them")))
        elif rows:
            found[name] = tuple(problems.of(_part, row, citations) for row in rows)
    if problems.found:
        raise as_error(problems.found, record.where())
    return found


def item_of(elements: Mapping[str, Any], record: Record, inner: Inner,
            elsewhere: Callable[[str], Where | None] = lambda name: None) -> Item:
    """The item of these elements; *elsewhere* knows the place of those that the row does not give."""

    def place(path: Path) -> Where:
        name = str(path[0]) if path else ""
        if name == "fee":
            return record.where(f"fee.{path[1]}" if len(path) > 1 else "fee.charged")
        rows = inner.get(name, ())
        if rows and len(path) > 1 and isinstance(path[1], int):
            field = str(path[2]) if len(path) > 2 else ""
            return rows[path[1]].where("only" if field == "scenario" else field)
        return (record.get(name) == "" and elsewhere(name)) or record.where(name)

    return item_from(elements, record.where(), place)


def narrow(text: str) -> str:
    """Full-width digits and letters as the usual ones: codes and numbers hold no others.

    >>> narrow("５１１Ａ－１")
    '511A-1'
    """
    return unicodedata.normalize("NFKC", text).strip()


def _value(name: str, record: Record, citations: Citations) -> Any:
    text = record.get(name)
    if name in CODES:
        return narrow(text)
    if name in DAYS:
        return record.made(name, day_from)
    if name in NUMBERS:
        return cell_value(name, narrow(text))
    if name == "legal_bases":
        return tuple(map(citations.source, record.many(name)))
    if name in PARTS:
        return cell_value(name, text)
    if name == "acceptance_conditions":
        return tuple(line.strip() for line in text.split("\n") if line.strip())
    if name in MANY:
        return tuple(word.strip() for word in _WORDS.split(text) if word.strip())
    return text


def _part(record: Record, citations: Citations) -> dict[str, Any]:
    """One material, result or allowance."""
    found: dict[str, Any] = {}
    for name, text in record.values.items():
        if name in ("of", "scenario"):
            continue
        if name == "until":
            found[name] = record.made(name, day_from)
        elif name == "only":
            found["scenario"] = text
        elif name == "copies":
            number = narrow(text)
            found[name] = int(number) if re.fullmatch("[0-9]{1,6}", number) else text
        else:
            found[name] = citations.source(text) if name in _CITED else text
    return found
