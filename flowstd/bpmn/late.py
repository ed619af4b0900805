"""The lines that are drawn when everything has its place: into sub-processes, to events on borders, between pools.

They take the ways that are left; where there is none, they run straight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from flowstd.layout.model import Point, Rect

from .breaking import INSIDE, broken, height
from .element import local, one_line
from .ends import End, ends_along, ends_down, ends_of, ends_on
from .geometry import Geometry, Points, around, rings
from .layout import HEAD, WAY_NAME
from .outside import size_of_name
from .route import Field
from .scope import Loose, Scope

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element


def draw_late(scope: Scope, made: Geometry, ids: dict[str, Element]) -> None:
    """Draw every loose line of *scope*, and of what is in it, into *made*, and set the names that lines still lack."""
    loose = list(_all_loose(scope))
    unnamed = [way for way in scope.ways if way.name and way.id in made.lines and way.id not in made.names]
    if not loose and not unnamed:
        return
    field = field_of(made, ids)
    for way in unnamed:                                  # they were cut at the border of a pool
        made.names[way.id] = name_beside(way.name, made.lines[way.id], field)
        field.name(made.names[way.id])
    for line in loose:
        if line.id and line.id not in made.lines:
            draw(line, made, field, ids)


def draw(line: Loose, made: Geometry, field: Field, ids: dict[str, Element]) -> None:
    """Draw one line and set its name, if both its ends have a place."""
    first, last = _place(line.source, made), _place(line.target, made)
    if first is None or last is None:
        return
    points = field.way(_ends(line.source, last, made, ids), _ends(line.target, first, made, ids)) \
        or (_border(first, _middle(last)), _border(last, _middle(first)))
    made.lines[line.id] = points
    field.line(points)
    if line.name:
        made.names[line.id] = name_beside(line.name, points, field)
        field.name(made.names[line.id])


def name_beside(name: str, points: Points, field: Field) -> Rect:
    """A free place for the name of a line: beside its longest stretch, else beside another, else somewhat off.

    Where nothing is free, it stands beside the longest stretch all the same.
    """
    stretches = sorted(pairwise(points), key=lambda ab: -abs(ab[0].x - ab[1].x) - abs(ab[0].y - ab[1].y))
    spots = [spot for gap in (4, 16, 28, 44) for a, b in stretches for room in (WAY_NAME, 60, 40)
             for spot in _beside(a, b, *size_of_name(name, room), gap)]
    around_it = (spot for a, b in stretches for spot in rings(around(a, b), *size_of_name(name, WAY_NAME)))
    return next(filter(field.is_free, chain(spots, around_it)), spots[0])


def field_of(made: Geometry, ids: dict[str, Element]) -> Field:
    """All of a picture as what lines have to keep clear of."""
    field = Field()
    for key, rect in made.shapes.items():
        tag = local(ids[key])
        if tag in ("participant", "lane"):
            field.frame(rect)
            field.name(_head(ids[key], rect, key in made.upright))
        elif key in made.opened:
            field.frame(rect)
            lines, width = broken(one_line(ids[key].get("name")), max(rect.w - 20, 20), INSIDE)
            field.name(Rect(rect.x + (rect.w - width) // 2, rect.y, width, height(lines, INSIDE) + 6))
        elif tag != "group":
            field.solid(rect)
    for name in made.names.values():
        field.name(name)
    for points in made.lines.values():
        field.line(points)
    return field


def _all_loose(scope: Scope) -> Iterator[Loose]:
    for inner in scope.inside.values():
        yield from _all_loose(inner)
    yield from scope.loose


def _head(element: Element, rect: Rect, upright: bool) -> Rect:
    """Where the name of a pool or lane stands; that of a pool without a process runs along its middle."""
    if local(element) == "participant" and not element.get("processRef"):
        lines, width = broken(one_line(element.get("name")), max((rect.h if upright else rect.w) - 20, 20), INSIDE)
        tall = height(lines, INSIDE)
        if upright:
            width, tall = tall, width
        return Rect(rect.x + (rect.w - width) // 2, rect.y + (rect.h - tall) // 2, width, tall)
    return Rect(rect.x, rect.y, rect.w, HEAD) if upright else Rect(rect.x, rect.y, HEAD, rect.h)


# ---- the ends of a line

def _ends(key: str, other: Rect, made: Geometry, ids: dict[str, Element]) -> Iterable[End]:
    """Where a line may leave a thing for another."""
    if key in made.lines and key not in made.shapes:
        return ends_on(made.lines[key])
    tag, rect = local(ids[key]), made.shapes[key]
    if tag == "participant":
        if key in made.upright:
            return ends_down(rect, [other.y + other.h * share // 4 for share in (1, 2, 3)])
        return ends_along(rect, [other.x + other.w * share // 4 for share in (1, 2, 3)])
    return ends_of(rect, tag)


def _place(key: str, made: Geometry) -> Rect | None:
    """The bounds of a shape, or the middle of a line."""
    if key in made.shapes:
        return made.shapes[key]
    if key in made.lines:
        a, b = max(pairwise(made.lines[key]), key=lambda ab: abs(ab[0].x - ab[1].x) + abs(ab[0].y - ab[1].y))
        return Rect((a.x + b.x) // 2, (a.y + b.y) // 2, 0, 0)
    return None


def _middle(rect: Rect) -> Point:
    return Point(rect.x + rect.w // 2, rect.y + rect.h // 2)


def _border(rect: Rect, towards: Point) -> Point:
    """Where a straight line from the middle of *rect* to a point leaves it."""
    cx, cy = rect.x + rect.w / 2, rect.y + rect.h / 2
    dx, dy = towards.x - cx, towards.y - cy
    if not dx and not dy:
        return _middle(rect)
    share = min([abs(size / 2 / step) for size, step in ((rect.w, dx), (rect.h, dy)) if step])
    return Point(round(cx + dx * min(1, share)), round(cy + dy * min(1, share)))


def _beside(a: Point, b: Point, wide: int, tall: int, gap: int) -> Iterator[Rect]:
    """Places beside one stretch of a line: at its middle, then towards its ends."""
    for share in (4, 3, 5, 2, 6, 1, 7, 0, 8):
        x, y = a.x + (b.x - a.x) * share // 8, a.y + (b.y - a.y) * share // 8
        if a.y == b.y:
            yield Rect(x - wide // 2, y - gap - tall, wide, tall)
            yield Rect(x - wide // 2, y + gap, wide, tall)
        else:
            yield Rect(x + gap, y - tall // 2, wide, tall)
            yield Rect(x - gap - wide, y - tall // 2, wide, tall)
