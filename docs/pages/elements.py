"""The elements of an item, by both names, with their types and code lists."""

from __future__ import annotations

from flowstd.item.allowance import Allowance
from flowstd.item.element import Element
from flowstd.item.model import INNER_LISTS, LISTS, Fee, Item, Material, Result
from flowstd.item.profile import profile

from .marks import code, page, table

PARTS = {"事项": Item, "材料": Material, "收费": Fee, "审批结果": Result, "允许的偏离": Allowance}


def pages() -> dict[str, str]:
    """One page."""
    parts = ["表格的列名、YAML 的键、`Item(…)` 的参数，用哪个名称都可以。\n\n"
             "Headings of sheets, keys of YAML and keywords of `Item(…)`: either name will do."]
    for title, model in PARTS.items():
        parts += [f"## {title} `{model.__name__}`", table(("名称 / Name", "要素", "代码表 / Code list"), _rows(model))]
    return {"elements.md": page("事项的要素 / Elements of an item", *parts)}


def _rows(model: type[Element]) -> list[tuple[str, str, str]]:
    lists = LISTS if model is Item else INNER_LISTS.get(model, {})
    return [(code(name), field.title or "", "、".join(profile().list(lists[name]).words) if name in lists else "")
            for name, field in model.model_fields.items() if name != "where"]
