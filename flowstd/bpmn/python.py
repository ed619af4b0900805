"""Values of ours as Python text: what an expression and a list of nodes both write."""

from __future__ import annotations

from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.term import Term
from flowstd.ir.model import Flow


def counted(term: Term) -> str:
    """A time as the word of its unit, and a number."""
    return f"{term.unit.value}({term.count})"


def cited(source: LegalSource) -> str:
    """A citation, as short as it says the same."""
    from flowstd.dsl.law import law

    short = " ".join(
        part for part in (source.title, f"（{source.number}）" if source.number else "", source.article) if part
    )
    for text in (short, source.zh):
        if law(text) == source:
            return quoted(text)
    said = [f"title={quoted(source.title)}"]
    said += [
        f"{name}={quoted(value)}"
        for name, value in (("article", source.article), ("number", source.number))
        if value
    ]
    said += [
        f"{name}=date({day.year}, {day.month}, {day.day})"
        for name, day in (
            ("in_force_from", source.in_force_from),
            ("in_force_until", source.in_force_until),
            ("checked_on", source.checked_on),
        )
        if day
    ]
    if source.evidence is not Evidence.AUTHOR:
        said.append(f"evidence=Evidence.{source.evidence.name}")
    return f"LegalSource({', '.join(said)})"


def quoted(text: str) -> str:
    """A Python text literal between double quotes."""
    plain = repr(text)
    if plain.startswith("'") and '"' not in text:
        return '"' + plain[1:-1].replace("\\'", "'") + '"'
    return plain


def heading(flow: Flow, source: str) -> str:
    title = " ".join((flow.title or "流程").split()).replace("\\", "").replace('"', "")
    name = source.replace("\\", "/").rpartition("/")[2].replace('"', "")
    return f'"""{title}{f"（读自 {name}）" if name else ""}。"""\n'
