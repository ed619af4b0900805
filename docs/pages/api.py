"""The public names of flowstd, in the groups in which the package declares them."""

from __future__ import annotations

import inspect

import flowstd

from .marks import page, table
from .meanings import NAMES

GROUPS = {                             # the first name of each group of flowstd.__init__, and what the group is
    "Item": "事项及其要素 / The item and its elements",
    "Term": "时限 / How long",
    "applicant": "泳道 / Who acts",
    "parallel": "组合 / How steps are put together",
    "template": "标准模板 / Standard flows",
    "Flow": "流程和图 / The graph and its chart",
    "Finding": "问题 / What is wrong, and where",
}


def pages() -> dict[str, str]:
    """One page."""
    parts = ["`from flowstd import …` 的全部名称：先是中文一览，后是由文档字符串生成的英文参考。\n\n"
             "Every name of `from flowstd import …`: at a glance in Chinese, then from the docstrings.",
             "## 一览", table(("名称", "含义"), [(f"{{py:obj}}`~flowstd.{name}`", NAMES.get(name, ""))
                                           for name in flowstd.__all__[1:]])]
    for name in flowstd.__all__[1:]:
        if name in GROUPS:
            parts.append(f"## {GROUPS[name]}")
        parts.append(_documented(name))
    return {"api.md": page("Python API", *parts)}


def _documented(name: str) -> str:
    value = getattr(flowstd, name)
    if inspect.isclass(value):
        left = "model_config, where, name"
        return (f"```{{eval-rst}}\n.. autoclass:: flowstd.{name}{_signature(value)}\n   :members:\n"
                f"   :exclude-members: {left}\n```")
    if inspect.isfunction(value):
        return f"```{{eval-rst}}\n.. autofunction:: flowstd.{name}\n```"
    return f"```{{eval-rst}}\n.. py:data:: flowstd.{name}\n\n   {_said(name, value)}\n```"


def _signature(value: type) -> str:
    """What an element needs; what it may have besides is on a page of its own."""
    fields = getattr(value, "model_fields", {})
    needed = [name for name, field in fields.items() if field.is_required()]
    return f"(*, {', '.join(needed)}, …)" if len(fields) > len(needed) + 1 else ""


def _said(name: str, value: object) -> str:
    if isinstance(value, flowstd.Lane):
        return f"{value.name}（``{value.role.value}``）"
    return (inspect.getdoc(type(value)) or "").partition("\n")[0] or name
