"""Everything that is wrong with an item, said at once, each with its element, its place and a remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, time
from functools import cache, lru_cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from flowstd.base.errors import BadElement, FlowstdError
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text, short
from flowstd.base.where import NOWHERE, Where

from .values import CUSTOM, Path

Places = Callable[[Path], Where]             # where the author wrote the element at a path


class ItemProblems(BadElement):
    """Several faults of one item; *problems* has each of them, in the item's order."""

    def __init__(self, problems: Sequence[FlowstdError], *, where: Where = NOWHERE) -> None:
        self.problems = tuple(problems)
        first, count = self.problems[0], len(self.problems)
        super().__init__(Text(f"事项有 {count} 处错误：" + "；".join(error.what.zh for error in self.problems),
                              f"the item has {count} faults: " + "; ".join(error.what.en for error in self.problems)),
                         where=where or first.where, fix=first.fix)


def problems_of(error: FlowstdError) -> tuple[FlowstdError, ...]:
    """The single faults that *error* reports: for a catalogue that lists each on its own line."""
    return error.problems if isinstance(error, ItemProblems) else (error,)


def as_error(problems: Sequence[FlowstdError], where: Where = NOWHERE) -> FlowstdError:
    """The one error to raise for *problems*: itself when it is alone."""
    return problems[0] if len(problems) == 1 else ItemProblems(problems, where=where)


def told(error: ValidationError, model: type[BaseModel], places: Places) -> list[FlowstdError]:
    """What pydantic found wrong with a *model*, as faults with the office's name of each element."""
    found: list[FlowstdError] = []
    for detail in error.errors(include_url=False):
        path: Path = tuple(detail["loc"])
        for rest, what, fix in _said(detail, model, path):
            at = path + rest
            name = label(model, at)
            found.append(BadElement(Text(f"{name.zh}：{what.zh}", f"{name.en}: {what.en}"), where=places(at), fix=fix))
    return found


def label(model: type[BaseModel], path: Path) -> Text:
    """What people call the element at *path*: its Chinese name, and its name in code.

    >>> from flowstd.item.model import Item
    >>> label(Item, ("materials", 0, "need"))
    Text(zh='“申请材料”第 1 项“材料必要性”（materials[0].need）', en='materials[0].need')
    """
    zh, en = "", ""
    for part, within in zip(path, _models(model, path), strict=True):
        if isinstance(part, int):
            zh, en = f"{zh}第 {part + 1} 项", f"{en}[{part}]"
        else:
            field = within.model_fields.get(part) if within else None
            zh += f"“{field.title}”" if field and field.title else f"“{short(part)}”"
            en += f".{short(part)}" if en else short(part)
    return Text(f"{zh}（{en}）" if zh != f"“{en}”" else zh, en) if path else Text("事项", "item")


@cache
def field_names(model: type[BaseModel]) -> dict[str, str]:
    """Every name an author may use for an element, code or Chinese, and the field it stands for."""
    names = {name: name for name in model.model_fields if name != "where"}
    return {**names, **{field.title: name for name, field in model.model_fields.items() if field.title}}


def meant(name: str, names: Iterable[str]) -> Text:
    """Did you mean, with the names of the author's own script first."""
    return did_you_mean(name, sorted(names, key=lambda known: known.isascii() != name.isascii()))


@lru_cache(maxsize=1024)
def inner_model(model: type[BaseModel] | None, field: str) -> type[BaseModel] | None:
    """The model that *field* holds, alone or in a tuple."""
    if model is None or field not in model.model_fields:
        return None
    return next(_models_in(model.model_fields[field].annotation), None)


def _models(model: type[BaseModel], path: Path) -> Iterator[type[BaseModel] | None]:
    within: type[BaseModel] | None = model
    for part in path:
        yield within
        if isinstance(part, str):
            within = inner_model(within, part)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _said(detail: Any, model: type[BaseModel], path: Path) -> list[tuple[Path, Text, Text | None]]:
    kind = detail["type"]
    if kind == CUSTOM:
        return list(detail["ctx"]["faults"])
    if kind == "extra_forbidden":
        *_, within = _models(model, path)
        names = field_names(within) if within else {}
        return [((), Text("没有这个要素", "there is no such element"), meant(str(path[-1]), names))]
    what, fix = _plain(kind, detail)
    return [((), what, fix)]


def _plain(kind: str, detail: Any) -> tuple[Text, Text | None]:
    value, limits = detail["input"], detail.get("ctx", {})
    got = short(value.isoformat() if isinstance(value, date | time) else repr(value))
    if kind == "missing":
        return Text("缺少", "is missing"), Text("补上", "add it")
    if kind == "string_type":
        shown = short(str(value))
        number = value is not None and not isinstance(value, list | tuple | dict)
        if value is None:
            return (Text("应为文字，这里是空的", "should be text, but is empty"),
                    Text("写上文字，或删去这一行", "write a text, or remove the line"))
        return (Text(f"应为文字，不能是 {got}", f"should be text, not {got}"),
                Text(f"加上引号：\"{shown}\"", f'put it in quotes: "{shown}"') if number else
                Text("写成一段文字", "write one text"))
    if kind.startswith("int_"):
        return Text(f"应为整数，不能是 {got}", f"should be a whole number, not {got}"), Text("例如 3", "such as 3")
    if kind == "greater_than_equal":
        return Text(f"不能小于 {limits['ge']}", f"may not be less than {limits['ge']}"), None
    if kind.startswith("bool_"):
        return (Text(f"应为是或否（true 或 false），不能是 {got}", f"should be true or false, not {got}"),
                Text("写 true 或 false", "write true or false"))
    if kind in ("tuple_type", "list_type"):
        return Text(f"应为列表，不能是 {got}", f"should be a list, not {got}"), Text("写成 [甲, 乙]", "write [A, B]")
    if kind == "too_short" and limits["min_length"] == 1:
        return Text("不能为空", "may not be empty"), Text("至少写一个", "write at least one")
    if kind in ("enum", "literal_error"):
        words = limits["expected"].replace(" or ", ", ")
        return Text(f"应为 {words} 之一，不能是 {got}", f"should be one of {words}, not {got}"), None
    if kind == "is_instance_of":                    # the place of a value: made by us, never written
        return Text("没有这个要素", "there is no such element"), None
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return Text(f"应为一组“名称：值”，不能是 {got}", f"should be a group of names and values, not {got}"), None
    if kind.startswith("date_"):
        return Text(f"应为日期，不能是 {got}", f"should be a date, not {got}"), Text("写成 2026-01-31", "write it as 2026-01-31")
    return Text(f"值不对：{got}", f"{got}: {detail['msg']}"), None
