"""One page a template: what it is for, its chart, its parameters and slots."""

from __future__ import annotations

import inspect

from flowstd.base.term import Term
from flowstd.dsl.templates import PROCEDURES, TEMPLATES
from flowstd.dsl.templates.registry import Template

from .marks import ask, code, page, table, toctree


def pages() -> dict[str, str]:
    """The list of templates, and a page for each."""
    made = {f"templates/{one.name}.md": _template(one) for one in TEMPLATES.values()}
    rows = [(f"[{one.title}]({one.name}.md)", code(one.name), one.summary) for one in TEMPLATES.values()]
    procedures = [(code(name), one.title, one.apart.zh if one.apart else "", "不计入" if one.apart else "计入")
                  for name, one in PROCEDURES.items()]
    return {**made, "templates/index.md": page(
        "标准模板 / Templates",
        "模板是返回流程的函数。表格和 YAML 里写名称或中文标题，Python 里直接调用。\n\n"
        "A template is a function that gives a flow: named in sheets and YAML, called in Python.",
        table(("模板", "名称 / Name", "用途 / Purpose"), rows),
        "## 特别程序 / Special procedures", "`special=[…]` 里写的环节，各有法定的位置。",
        table(("名称 / Name", "标题", "通常时限 / Usual term", "是否计入许可时限"), procedures),
        toctree(TEMPLATES, hidden="", maxdepth="1"))}


def _template(one: Template) -> str:
    parameters = [(code(name), code(_type(parameter)), _default(parameter))
                  for name, parameter in one.parameters.items()]
    call = f'template("{one.name}")()'
    return page(
        f"{one.title} {one.name}", inspect.getdoc(one.function).partition(">>>")[0].strip(),
        ask("flow", content=call, title=one.title, caption=f"`{call}`"),
        "## 参数 / Parameters", table(("名称 / Name", "类型 / Type", "缺省 / Default"), parameters),
        "## 插槽 / Slots", "`slots={…}` 里的步骤插入或替换这些位置：", "、".join(map(code, one.slots)))


def _type(parameter: inspect.Parameter) -> str:
    return str(parameter.annotation).replace("Given", "Mapping[str, Block]")


def _default(parameter: inspect.Parameter) -> str:
    value = parameter.default
    if isinstance(value, Term):
        return value.zh
    if isinstance(value, tuple):
        return "、".join(value)
    return str(value) if isinstance(value, str) else ""
