"""Items that differ in plain texts only, as rows of a table do: what they share is understood once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ValidationError, create_model

from flowstd.base.where import Where

from .element import Element
from .model import LISTS, Item
from .problems import inner_model


@cache
def plain() -> frozenset[str]:
    """The elements that are a text and nothing else: nothing asks what stands in them to understand another."""
    return frozenset(name for name, field in Item.model_fields.items()
                     if field.annotation is str and name not in LISTS and name != "profile")


def retold(item: Item, texts: Mapping[str, str], where: Where) -> Item | None:
    """*item* as it is written at *where*, with other plain *texts*; None where one of them cannot be.

    >>> first = Item(name="户外广告", item_type="行政许可", code="T-1", promised="5工作日")
    >>> retold(first, {"name": "临时占道", "code": "T-2"}, Where("items.csv", 3)).file_name
    'T-2'
    """
    try:
        own = _texts().model_validate(texts)
    except ValidationError:
        return None
    parts = {name: _placed(getattr(item, name), item.where, where) for name in _with_places() & item.model_fields_set}
    return item.model_copy(update={"where": where, **parts, **{name: getattr(own, name) for name in texts}})


def _placed(value: Any, before: Where, now: Where) -> Any:
    """*value*, its parts that stand where the item does moved along with it."""
    if isinstance(value, tuple):
        moved = any(part.where is before for part in value)
        return tuple([_placed(part, before, now) for part in value]) if moved else value
    return value.model_copy(update={"where": now}) if isinstance(value, Element) and value.where is before else value


@cache
def _with_places() -> frozenset[str]:
    """The elements whose parts know where they stand."""
    return frozenset(name for name in Item.model_fields
                     if (inner := inner_model(Item, name)) is not None and "where" in inner.model_fields)


@cache
def _texts() -> type[BaseModel]:
    """The plain texts of an item, each with its own rules."""
    fields: dict[str, Any] = {name: (Annotated[str, *Item.model_fields[name].metadata], "") for name in plain()}
    return create_model("Texts", **fields)
