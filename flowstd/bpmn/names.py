"""Names of events, gateways and papers on a finished picture: where nothing else is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from flowstd.layout.model import Rect

from .element import local
from .geometry import Geometry, rings
from .outside import has_name_outside, size_of_name
from .picture import name_of
from .route import Field

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

ROOMS = (90, 60, 140)      # px that a name may be wide
GAPS = (4, 16, 28, 44)       # px from its shape


def set_names(keys: Iterable[str], made: Geometry, field: Field, ids: dict[str, Element]) -> None:
    """Set the name of each of these shapes that has one outside, and none yet."""
    for key in keys:
        name = name_of(ids[key], ids)
        if not name or key in made.names or not has_name_outside(local(ids[key])):
            continue
        rect = made.shapes[key]
        spots = chain(_spots(rect, name), rings(rect, *size_of_name(name, ROOMS[0])))
        made.names[key] = next(filter(field.is_free, spots), next(_spots(rect, name)))
        field.name(made.names[key])


def _spots(rect: Rect, name: str) -> Iterator[Rect]:
    """Places round a shape: below and above it, beside lines that leave it there, then to its sides."""
    middle = rect.x + rect.w // 2
    for gap in GAPS:
        for room in ROOMS:
            wide, tall = size_of_name(name, room)
            for left in (middle - wide // 2, middle + 5, middle - 5 - wide):
                yield Rect(left, rect.bottom + gap, wide, tall)
                yield Rect(left, rect.y - gap - tall, wide, tall)
            for top in (rect.y + rect.h // 2 - tall // 2, rect.bottom - 6, rect.y + 6 - tall):
                yield Rect(rect.right + gap, top, wide, tall)
                yield Rect(rect.x - gap - wide, top, wide, tall)
