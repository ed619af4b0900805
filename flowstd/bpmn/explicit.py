"""A flow as Python that names every node and link: for graphs that are no expression."""

from __future__ import annotations

import re
from datetime import date

from pydantic import BaseModel

from flowstd.base.legal import LegalSource
from flowstd.base.term import Term
from flowstd.ir.model import Flow

from .python import cited, counted, heading, quoted

_IMPORTS = (
    ("datetime", "date"),
    ("flowstd", "Fee, Flow, Item, Material, Result"),
    ("flowstd.base.legal", "Evidence, LegalSource"),
    ("flowstd.base.term", "days, hours, months, workdays, years"),
    ("flowstd.ir.kinds", "DocumentKind, Kind, Outcome, Role, StepKind"),
    ("flowstd.ir.model", "Document, Lane, Link, Node"),
    ("flowstd.item.allowance", "Allowance"),
)


def explicit(flow: Flow, source: str = "") -> str:
    """A Python module that names every node and link: for graphs that are no expression."""
    lines = ["flow = Flow("]
    if flow.title:
        lines.append(f"    title={quoted(flow.title)},")
    for field, parts in (
        ("lanes", flow.lanes),
        ("nodes", flow.nodes),
        ("links", flow.links),
        ("documents", flow.documents),
    ):
        if parts:
            lines.append(f"    {field}=(")
            lines += [f"        {_value(part)}," for part in parts]
            lines.append("    ),")
    body = "\n".join([*lines, ")"])
    return f"{heading(flow, source)}\n{imports_text(body)}\n{body}\n"


def imports_text(body: str) -> str:
    """The imports of the words that *body* uses; those of Python apart from ours."""
    used = set(re.findall(r"\b(\w+)[.(]", body))
    lines = [(module, [name for name in names.split(", ") if name in used]) for module, names in _IMPORTS]
    texts = [
        f"from {module} import {', '.join(names)}\n" + ("\n" if module == "datetime" else "")
        for module, names in lines
        if names
    ]
    return "".join(texts)


def _value(value: object) -> str:
    """A value of ours as the Python that makes it, without what is as usual."""
    if isinstance(value, Term):
        return counted(value)
    if isinstance(value, str) and type(value) is not str:
        return f"{type(value).__name__}.{value.name}"  # type: ignore[attr-defined]
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(_value, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, LegalSource):
        return _as_model(value)
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    if not isinstance(value, BaseModel):
        return repr(value)
    return f"{type(value).__name__}({', '.join(fields_text(value))})"


def fields_text(value: BaseModel) -> list[str]:
    """The fields of a value as arguments, without what is as usual."""
    return [f"{name}={_value(getattr(value, name))}" for name, field in type(value).model_fields.items()
            if name != "where" and (field.is_required() or getattr(value, name) != field.default)]


def _as_model(source: LegalSource) -> str:
    said = cited(source)
    return (
        said
        if said.startswith("LegalSource(")
        else f"LegalSource(title={quoted(source.title)}"
        + "".join(
            f", {name}={quoted(value)}"
            for name, value in (("article", source.article), ("number", source.number))
            if value
        )
        + ")"
    )
