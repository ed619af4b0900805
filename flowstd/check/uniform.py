"""The same item at several implementers: cases grouped by their catalogue code, and what differs among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.legal import LegalSource
from flowstd.base.text import Text
from flowstd.ir.case import Case

from .instrument import plain
from .rule import Fault
from .subject import Subject

if TYPE_CHECKING:
    from flowstd.item import Item

OF_A_PART = ("need", "kind", "source", "copies", "type", "valid")      # what a material or a result is besides its name


def implementer(item: Item) -> str:
    """Who handles *item*: the name of the organ, or as far as it has none its code, or that in the item's code."""
    return item.authority or item.authority_code or item.code[:18]


def groups(cases: Iterable[Case]) -> list[tuple[Case, ...]]:
    """Cases of one catalogue item and one scenario at different implementers, the first declared first."""
    found: dict[tuple[str, str], dict[str, Case]] = {}
    for case in cases:
        if case.item.catalog_code:
            found.setdefault((case.item.catalog_code, case.scenario), {}).setdefault(implementer(case.item), case)
    return [tuple(group.values()) for group in found.values() if len(group) > 1]


def divided(subject: Subject, elements: tuple[str, ...]) -> Iterator[Fault]:
    """A fault for each case whose *elements* are not those of the first case of its group."""
    for group in groups(subject.cases):
        standard = group[0].item
        for case in group[1:]:
            item, fields = case.item, type(case.item).model_fields
            differing = {name: apart for name in elements
                         if (apart := _apart(getattr(item, name), getattr(standard, name))) is not None}
            titles = [str(fields[name].title) for name in differing]
            if titles:
                ours, theirs = (_cut(text) for text in next(iter(differing.values())))
                here, there = implementer(item), implementer(standard)
                more = titles[1:]
                yield Fault(Text(f"{here}的{titles[0]}是“{ours}”，{there}是“{theirs}”"
                                 + (f"；{'、'.join(more)}也不同" if more else ""),
                                 f'{titles[0]} of {here} is "{ours}", of {there} "{theirs}"'
                                 + (f"; {', '.join(more)} differ too" if more else "")),
                            Text("改成一致，或说明不同的理由", "make them equal, or give the reason for the difference"),
                            where=item.where, item=case.key)


class _Apart(NamedTuple):
    """Two values that differ, as a message shows them."""

    ours: str
    theirs: str


def _apart(ours: Any, theirs: Any) -> _Apart | None:
    """How two values of an element differ; the order of its parts makes no difference."""
    if not isinstance(ours, tuple):
        return None if ours == theirs else _Apart(_shown(ours), _shown(theirs))
    mine, other = {_known_by(part): part for part in ours}, {_known_by(part): part for part in theirs}
    if mine.keys() != other.keys():
        return _Apart(_shown(ours), _shown(theirs))
    if len(mine) < len(ours) or len(other) < len(theirs):
        return None                                    # of two parts of one name nobody knows which is which
    return next((apart for key, part in mine.items() if (apart := _parts_apart(part, other[key])) is not None), None)


def _known_by(part: Any) -> Any:
    """What makes a part of a list the same part elsewhere."""
    if isinstance(part, LegalSource):
        return plain(part.title), part.article
    return getattr(part, "name", part)


def _parts_apart(ours: Any, theirs: Any) -> _Apart | None:
    """How a part differs from its namesake, by what both say of it."""
    for name in OF_A_PART:
        mine, other = getattr(ours, name, None), getattr(theirs, name, None)
        if mine not in ("", None) and other not in ("", None) and mine != other:
            title = type(ours).model_fields[name].title
            return _Apart(*(f"{ours.name}（{title}：{_shown(value)}）" for value in (mine, other)))
    return None


def _shown(value: Any) -> str:
    """A value in words; of a list its parts."""
    if isinstance(value, tuple):
        return "、".join(_shown(getattr(part, "name", part)) for part in value) or "空"
    return "空" if value is None else str(getattr(value, "zh", value))


def _cut(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
