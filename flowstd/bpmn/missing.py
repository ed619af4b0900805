"""Places for what has none: beside what it follows, where it is free; everything else stays where it is.

Shapes go to the right of what leads to them, else as near as there is room; lines
take the first right-angled way that meets no shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from flowstd.layout.model import Point, Rect

from .element import local, parts_of, plain_id
from .elements import Part
from .geometry import Geometry, Points
from .graph import FLOW_NODES
from .interchange import laid_anew, lay, write
from .layout import size_of
from .old import Old
from .outside import EVENT, name_of
from .picture import name_of as words_of
from .problems import index_of
from .table import BPMNDI, DI

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

STEP = 20                  # px between two places that are tried
GAP = 50                   # px between a step and the next
CLEAR = 12                 # px kept free round what is put
FURTHEST = 60              # rings of places tried
_DRAWN = FLOW_NODES | {"dataObjectReference", "dataStoreReference", "textAnnotation"}
_LINES = ("sequenceFlow", "messageFlow", "association")


def completed(root: Element) -> Element:
    """A copy of the file in which everything that can be drawn has a place."""
    planes = list(root.iter(f"{{{BPMNDI}}}BPMNPlane"))
    if not planes:
        return laid_anew(root)
    root = deepcopy(root)
    ids = index_of(root, "")
    for plane in root.iter(f"{{{BPMNDI}}}BPMNPlane"):
        about = ids.get(plain_id(plane.get("bpmnElement")))
        if about is None:
            continue
        if not len(plane):
            lay(plane, about, ids)
        else:
            _Completing(plane, about, ids).complete()
    return root


class _Completing:
    """One diagram that lacks some places."""

    def __init__(self, plane: Element, about: Element, ids: dict[str, Element]) -> None:
        self.plane, self.ids = plane, ids
        self.old = Old(plane)
        self.rects = {key: Rect(round(box.x), round(box.y), round(box.w), round(box.h))
                      for key, box in self.old.boxes.items() if key in ids}
        self.lines = {plain_id(edge.get("bpmnElement")) for edge in plane.iterchildren(f"{{{BPMNDI}}}BPMNEdge")}
        self.holders = [key for key in self.rects if local(ids[key]) in ("participant", "lane", "group")]
        self.scopes = list(_scopes(about, ids, self.old))
        self.made = Geometry()

    def complete(self) -> None:
        flows = [line for scope in self.scopes for line in parts_of(scope, *_LINES)]
        waiting = [one for scope in self.scopes for one in parts_of(scope)
                   if local(one) in _DRAWN and one.get("id") and one.get("id") not in self.rects]
        while waiting:
            one = next((one for one in waiting if self._near(one, flows) is not None), waiting[0])
            waiting.remove(one)
            self._put(one, self._near(one, flows))
        for line in flows:
            stale = {plain_id(line.get("sourceRef")), plain_id(line.get("targetRef"))} & set(self.made.shapes)
            if line.get("id") and (stale or line.get("id") not in self.lines):
                self._draw(line)
        write(self.plane, self.made, self.ids, keep=True)

    # ---- shapes

    def _near(self, element: Element, flows: list[Element]) -> tuple[Rect, int] | None:
        """What leads to a thing (1) or what it leads to (-1), if that has a place."""
        key = element.get("id")
        if local(element) == "boundaryEvent":
            host = self.rects.get(plain_id(element.get("attachedToRef")))
            return (host, 0) if host is not None else None
        for end, other, side in (("targetRef", "sourceRef", 1), ("sourceRef", "targetRef", -1)):
            for flow in flows:
                if plain_id(flow.get(end)) == key and plain_id(flow.get(other)) in self.rects:
                    return self.rects[plain_id(flow.get(other))], side
        return None

    def _put(self, element: Element, near: tuple[Rect, int] | None) -> None:
        key = element.get("id", "")
        part = Part(key, local(element), words_of(element, self.ids), 0, None)
        wide, tall = size_of(part)
        if near is not None and near[1] == 0:
            rect = self._on_border(near[0])
        else:
            name = name_of(part, 0)
            room = (max(wide, name.reach if name else 0), tall + (2 * name.depth if name else 0))
            rect = self._free(room, self._wish(element, near, wide, tall), wide, tall, self._home(element))
        self.rects[key] = self.made.shapes[key] = rect

    def _wish(self, element: Element, near: tuple[Rect, int] | None, wide: int, tall: int) -> Point:
        if near is not None:
            rect, side = near
            x = rect.right + GAP if side > 0 else rect.x - GAP - wide
            return Point(x, rect.y + (rect.h - tall) // 2)
        home = self._home(element)
        if home is not None:
            return Point(home.x + 60, home.y + 20)
        return Point(min([rect.x for rect in self.rects.values()], default=0),
                     max([rect.bottom for rect in self.rects.values()], default=0) + GAP)

    def _home(self, element: Element) -> Rect | None:
        """The lane, sub-process or pool a thing belongs in."""
        key = element.get("id", "")
        for one in self.ids.values():
            if local(one) == "lane" and key in [(ref.text or "").strip() for ref in parts_of(one, "flowNodeRef")] \
                    and one.get("id", "") in self.rects:
                return self.rects[one.get("id", "")]
        parent = element.getparent()
        if parent is None:
            return None
        if parent.get("id", "") in self.rects:
            return self.rects[parent.get("id", "")]
        pool = next((one.get("id", "") for one in self.ids.values() if local(one) == "participant"
                     and plain_id(one.get("processRef")) == parent.get("id")), "")
        return self.rects.get(pool)

    def _free(self, room: tuple[int, int], wish: Point, wide: int, tall: int, home: Rect | None) -> Rect:
        """The free place that is nearest to the wished one; at home, if there is room."""
        taken = [rect for key, rect in self.rects.items() if key not in self.holders and not self._is_open(key)]
        taken += [
            _around(a, b)
            for edge in self.plane.iterchildren(f"{{{BPMNDI}}}BPMNEdge")
            for a, b in pairwise(_points(edge))
        ]
        for inside in ((home, None) if home is not None else (None,)):
            for dx, dy in _rings():
                x, y = wish.x + dx * STEP, wish.y + dy * STEP
                cell = Rect(
                    x - (room[0] - wide) // 2 - CLEAR,
                    y - (room[1] - tall) // 2 - CLEAR,
                    room[0] + 2 * CLEAR,
                    room[1] + 2 * CLEAR,
                )
                if inside is not None and not _within(cell, inside):
                    continue
                if not any(_meet(cell, other) for other in taken) and not self._cut_by_border(cell):
                    return Rect(x, y, wide, tall)
        return Rect(wish.x, max(rect.bottom for rect in self.rects.values()) + GAP, wide, tall)

    def _is_open(self, key: str) -> bool:
        return self.old.shapes.get(key) is not None and self.old.shapes[key].get("isExpanded") == "true"

    def _cut_by_border(self, cell: Rect) -> bool:
        """Whether a pool, lane or open sub-process has its border in the cell."""
        frames = [rect for key, rect in self.rects.items() if key in self.holders or self._is_open(key)]
        return any(_meet(cell, frame) and not _within(cell, frame) for frame in frames)

    def _on_border(self, host: Rect) -> Rect:
        """The first free place for an event on the border of its step: below, from right to left, then above."""
        for y in (host.bottom, host.y):
            for x in range(host.right - EVENT // 2, host.x, -EVENT - 8):
                rect = Rect(x - EVENT // 2, y - EVENT // 2, EVENT, EVENT)
                if not any(_meet(rect, other) for key, other in self.rects.items()
                           if local(self.ids[key]) == "boundaryEvent"):
                    return rect
        return Rect(host.right - EVENT, host.bottom - EVENT // 2, EVENT, EVENT)

    # ---- lines

    def _draw(self, line: Element) -> None:
        source, target = (self.rects.get(plain_id(line.get(end))) for end in ("sourceRef", "targetRef"))
        if source is None or target is None:
            return
        ends = {plain_id(line.get("sourceRef")), plain_id(line.get("targetRef"))}
        taken = [
            rect
            for key, rect in self.rects.items()
            if key not in ends and key not in self.holders and not self._is_open(key)
        ]
        ways = list(_ways(source, target))
        clear = [way for way in ways if not any(_meet(_around(a, b), rect) for a, b in pairwise(way) for rect in taken)]
        self.made.lines[line.get("id", "")] = (clear or ways)[0]


def _scopes(about: Element, ids: dict[str, Element], old: Old) -> Iterator[Element]:
    """The containers whose steps a diagram shows."""
    yield about
    if local(about) == "collaboration":
        for pool in parts_of(about, "participant"):
            process = ids.get(plain_id(pool.get("processRef")))
            if process is not None:
                yield from _scopes(process, ids, old)
        pooled = {plain_id(pool.get("processRef")) for one in ids.values() if local(one) == "collaboration"
                  for pool in parts_of(one, "participant")}
        for process in ids.values():
            if local(process) == "process" and process.get("id", "") not in pooled \
                    and any(node.get("id", "") in old.boxes for node in parts_of(process)):
                yield from _scopes(process, ids, old)
    for inner in parts_of(about, "subProcess", "transaction", "adHocSubProcess"):
        if old.opens(inner):
            yield from _scopes(inner, ids, old)


def _rings() -> Iterator[tuple[int, int]]:
    """Steps from a place outwards: to the right first, then below, above, and to the left."""
    yield 0, 0
    for ring in range(1, FURTHEST):
        edge = [
            (dx, dy)
            for dx in range(-ring, ring + 1)
            for dy in range(-ring, ring + 1)
            if max(abs(dx), abs(dy)) == ring
        ]
        yield from sorted(edge, key=lambda at: (at[0] < 0, abs(at[0]) + abs(at[1]), -at[1]))


def _ways(a: Rect, b: Rect) -> Iterator[Points]:
    """Right-angled ways from one border to another, the plainest first."""
    ax, ay, bx, by = a.x + a.w // 2, a.y + a.h // 2, b.x + b.w // 2, b.y + b.h // 2
    if ay == by and a.right <= b.x:
        yield Point(a.right, ay), Point(b.x, by)
    if ax == bx and (a.bottom <= b.y or b.bottom <= a.y):
        yield (Point(ax, a.bottom), Point(bx, b.y)) if a.bottom <= b.y else (Point(ax, a.y), Point(bx, b.bottom))
    if a.right < b.x:
        for share in (2, 3, 4):
            middle = a.right + (b.x - a.right) // share
            yield Point(a.right, ay), Point(middle, ay), Point(middle, by), Point(b.x, by)
    above, below = a.y >= b.bottom, a.bottom <= b.y
    if above or below:
        start, end = (Point(ax, a.y), Point(bx, b.bottom)) if above else (Point(ax, a.bottom), Point(bx, b.y))
        yield start, Point(ax, (start.y + end.y) // 2), Point(bx, (start.y + end.y) // 2), end
        yield start, Point(ax, by), Point(b.x if ax < b.x else b.right, by)
        yield Point(a.right if bx > a.right else a.x, ay), Point(bx, ay), end
    for off in (30, 60, 120, 240):
        for level, top in ((min(a.y, b.y) - off, True), (max(a.bottom, b.bottom) + off, False)):
            yield (
                Point(ax, a.y if top else a.bottom),
                Point(ax, level),
                Point(bx, level),
                Point(bx, b.y if top else b.bottom),
            )


def _points(edge: Element) -> list[Point]:
    return [Point(round(float(point.get("x", "0"))), round(float(point.get("y", "0"))))
            for point in edge.iterchildren(f"{{{DI}}}waypoint")]


def _around(a: Point, b: Point) -> Rect:
    return Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))


def _within(a: Rect, b: Rect) -> bool:
    return b.x <= a.x and b.y <= a.y and b.right >= a.right and b.bottom >= a.bottom


def _meet(a: Rect, b: Rect) -> bool:
    return (a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom) \
        or (min(a.w, a.h, b.w, b.h) == 0 and a.x <= b.right and b.x <= a.right and a.y <= b.bottom and b.y <= a.bottom)
