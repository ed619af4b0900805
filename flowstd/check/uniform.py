"""The same item at several implementers: cases grouped by their catalogue code, and what differs among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flowstd.base.text import Text
from flowstd.ir.case import Case

from .rule import Fault
from .subject import Subject


def groups(cases: Iterable[Case]) -> list[tuple[Case, ...]]:
    """Cases of one catalogue item and one scenario at different authorities, the first declared first."""
    found: dict[tuple[str, str], dict[str, Case]] = {}
    for case in cases:
        if case.item.catalog_code:
            found.setdefault((case.item.catalog_code, case.scenario), {}).setdefault(case.item.authority, case)
    return [tuple(group.values()) for group in found.values() if len(group) > 1]


def divided(subject: Subject, elements: tuple[str, ...]) -> Iterator[Fault]:
    """A fault for each case whose *elements* are not those of the first case of its group."""
    for group in groups(subject.cases):
        standard = group[0].item
        for case in group[1:]:
            fields = type(case.item).model_fields
            differing = [name for name in elements
                         if _plain(getattr(case.item, name)) != _plain(getattr(standard, name))]
            titles = [str(fields[name].title) for name in differing]
            if titles:
                ours, theirs = (_shown(getattr(one, differing[0])) for one in (case.item, standard))
                more = titles[1:]
                yield Fault(Text(f"{case.item.authority}的{titles[0]}是“{ours}”，{standard.authority}是“{theirs}”"
                                 + (f"；{'、'.join(more)}也不同" if more else ""),
                                 f'{titles[0]} of {case.item.authority} is "{ours}", of {standard.authority} "{theirs}"'
                                 + (f"; {', '.join(more)} differ too" if more else "")),
                            Text("改成一致，或说明不同的理由", "make them equal, or give the reason for the difference"),
                            where=case.item.where, item=case.key)


def _plain(value: Any) -> Any:
    """What is compared of a list of parts: their names."""
    if isinstance(value, tuple):
        return tuple(getattr(part, "name", part) for part in value)
    return value


def _shown(value: Any) -> str:
    """A value as a message shows it, cut where it is long."""
    parts = _plain(value) if isinstance(value, tuple) else (value,)
    text = "、".join(str(getattr(part, "zh", part)) for part in parts if part is not None) or "空"
    return text if len(text) <= 30 else text[:29] + "…"
