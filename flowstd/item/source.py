"""An item from the data of a file: names in code or in Chinese, every fault told at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from flowstd.base.errors import BadElement, FlowstdError
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where

from .model import Item
from .problems import Places, as_error, field_names, inner_model, meant, told
from .values import Path


def item_from(data: Mapping[str, Any], where: Where = NOWHERE, places: Places | None = None) -> Item:
    """The item that *data* describes, written at *where*; *places* knows where each of its values stands.

    Keys are element names, in code (``promised``) or as offices say (``承诺办结时限``). A path given to
    *places* holds the names as the author wrote them: ``("申请材料", 0, "材料名称")``.

    Raises: BadElement: one value is wrong. ItemProblems: several are; ``problems_of(error)`` has each.

    >>> item_from({"事项名称": "户外广告", "事项类型": "行政许可", "承诺办结时限": "5工作日"}).promised.zh
    '5个工作日'
    """
    reader = _Reader(where, places or (lambda path: where))
    named = reader.group(data, Item, (), ())
    try:
        item = Item.model_validate(named)
    except ValidationError as error:
        reader.problems += told(error, Item, reader.place)
    if reader.problems:
        raise as_error(reader.problems, where)
    return item


class _Reader:
    """Turns the author's names into ours, and remembers which of the author's stood where."""

    def __init__(self, where: Where, places: Places) -> None:
        self.where = where
        self.places = places
        self.written: dict[Path, Path] = {}          # our path → the author's
        self.problems: list[FlowstdError] = []

    def place(self, path: Path) -> Where:
        """Where the value at our *path* stands; what is missing stands where its group does."""
        while path and path not in self.written:
            path = path[:-1]
        return self.places(self.written.get(path, ())) or self.where

    def group(self, data: Mapping[str, Any], model: type[BaseModel], path: Path, written: Path) -> dict[str, Any]:
        names = field_names(model)
        self.written[path] = written
        found: dict[str, Any] = {"where": self.place(path)}
        for key, value in data.items():
            name = names.get(key) if isinstance(key, str) else None
            if name is None or name in found:
                self.refuse(key, name, names, (*written, key))
                continue
            at = (*path, name)
            self.written[at] = (*written, key)
            found[name] = self.value(value, inner_model(model, name), at, (*written, key))
        return found

    def value(self, value: Any, model: type[BaseModel] | None, path: Path, written: Path) -> Any:
        self.written[path] = written
        if isinstance(value, list | tuple):
            return tuple(self.value(part, model, (*path, place), (*written, place)) for place, part in enumerate(value))
        if isinstance(value, Mapping) and model is not None and "where" in model.model_fields:
            return self.group(value, model, path, written)
        return value

    def refuse(self, key: Any, name: str | None, names: dict[str, str], written: Path) -> None:
        shown = str(key)[:40]
        if name is None:
            what, fix = Text(f"没有要素“{shown}”", f'there is no element "{shown}"'), meant(str(key), names)
        else:
            what = Text(f"“{shown}”写了两次（{name}）", f'"{shown}" is given twice ({name})')
            fix = Text("删去一个", "remove one")
        self.problems.append(BadElement(what, where=self.places(written) or self.where, fix=fix))
