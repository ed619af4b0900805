"""A scope of a foreign file, laid out by our engine: nested lanes, pools, events on borders, open sub-processes.

Message flows are lines like others, so they run between pools without meeting
anything. A step with events on its border is given room all round, in which the
events and their names stand. The inside of an open sub-process is laid out
first, and is then one large box.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from flowstd.layout.model import Point, Rect

from .breaking import INSIDE, OUTSIDE, broken, height
from .element import one_line
from .elements import Elements
from .layout import HEAD, Laid, set_out, size_of
from .outside import EVENT
from .scope import DOCK, Scope

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

BETWEEN = 40               # px between two pools
INNER = 10                 # px between a sub-process and what is in it
LEVEL = 4                  # px between the turns of two lines that leave one side
NAME = 80                  # the widest name of an event on a border, in px
BLACK = 60                 # the least height of a pool without steps

Points = tuple[Point, ...]


@dataclass
class Geometry:
    """Where everything goes, by id; px from the top left corner."""

    shapes: dict[str, Rect] = field(default_factory=dict)
    names: dict[str, Rect] = field(default_factory=dict)          # of shapes and lines
    lines: dict[str, Points] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)                 # sub-processes whose inside is drawn
    width: int = 0
    height: int = 0

    def moved(self, dx: int, dy: int) -> Geometry:
        """The same, elsewhere."""
        return Geometry({key: _moved(rect, dx, dy) for key, rect in self.shapes.items()},
                        {key: _moved(rect, dx, dy) for key, rect in self.names.items()},
                        {key: tuple(Point(x + dx, y + dy) for x, y in points) for key, points in self.lines.items()},
                        self.opened, self.width, self.height)

    def take(self, other: Geometry) -> None:
        """Everything of *other* as well."""
        self.shapes.update(other.shapes)
        self.names.update(other.names)
        self.lines.update(other.lines)
        self.opened |= other.opened


class _Room(NamedTuple):
    """The room round a step with events on its border."""

    across: int
    along: int


def geometry_of(scope: Scope) -> Geometry:
    """A place for everything in *scope*."""
    return _Laying(scope).geometry()


class _Laying:
    """One scope being laid out."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.inner = {number: geometry_of(inside) for number, inside in scope.inside.items()}
        self.own = [self._own_size(number) for number in range(len(scope.parts))]
        self.rooms = {number: _room(events) for number, events in scope.events.items()}
        sizes = [(w + 2 * self._room(n).along, h + 2 * self._room(n).across) for n, (w, h) in enumerate(self.own)]
        self.depth = 1 + max([frame.depth for frame in scope.frames], default=-1)
        elements = Elements(
            tuple(map(str, range(len(scope.bands)))),
            tuple(scope.parts),
            tuple(scope.ways),
            tuple(scope.papers),
            tuple(scope.remarks),
        )
        self.laid: Laid = set_out(elements, tuple(self._least()), sizes, Point(HEAD * self.depth, 0))
        self.shift = self._shifts()
        self.made = Geometry()
        self.apart = (0, 0)

    def geometry(self) -> Geometry:
        made, scope, laid = self.made, self.scope, self.laid
        made.width = laid.along + HEAD * self.depth
        made.height = self._down(laid.across)
        self._frames()
        for number, part in enumerate(scope.parts):
            if part.tag != DOCK:
                made.shapes[part.id] = self._real(number)
                label = laid.part_labels[number]
                if label is not None:
                    made.names[part.id] = self._lower(label)
            if number in self.inner:
                self._open(number)
        self._beside()
        ends = self._events()
        for number, way in enumerate(scope.ways):
            if way.id:
                made.lines[way.id] = self._line(number, ends)
                label = laid.way_labels[number]
                if label is not None:
                    made.names[way.id] = self._lower(label)
        self._loose()
        return made

    # ---- sizes

    def _own_size(self, number: int) -> tuple[int, int]:
        events = self.scope.events.get(number, [])
        if len(events) > 1:
            wide, tall = self._plain_size(number)
            level, upright = _apart(events)
            return max(wide, len(events) * level + 10), max(tall, (len(events) - 1) * upright)
        return self._plain_size(number)

    def _plain_size(self, number: int) -> tuple[int, int]:
        part = self.scope.parts[number]
        if part.tag == "textAnnotation":
            lines = broken(part.name, 106, INSIDE)[0]
            return 120, max(40, height(lines, INSIDE) + 14)
        if number not in self.inner:
            return size_of(part)
        inside = self.inner[number]
        wide = max(inside.width + 2 * INNER, 140)
        return wide, inside.height + 2 * INNER + self._head(number, wide)

    def _head(self, number: int, wide: int) -> int:
        """The room for the name of an open sub-process."""
        return height(broken(self.scope.parts[number].name, wide - 20, INSIDE)[0], INSIDE) + 4

    def _room(self, number: int) -> _Room:
        return self.rooms.get(number, _Room(0, 0))

    def _least(self) -> list[int]:
        """The least height of each band: its lanes' names, and those of its pools, run up their heads."""
        least = [0] * len(self.scope.bands)
        for frame in sorted(self.scope.frames, key=lambda frame: -frame.depth):
            count = frame.last - frame.first + 1
            short = (_upright(frame.name) if frame.name else BLACK) - sum(least[frame.first:frame.last + 1])
            for band in range(frame.first, frame.last + 1):
                least[band] += max(0, -(-short // count))
        return least

    # ---- pools apart from each other

    def _shifts(self) -> list[int]:
        """How far each band is moved down to leave room between pools."""
        pools = self.scope.pools
        changes = [number > 0 and pools[number] != pools[number - 1] for number in range(len(pools))]
        return [BETWEEN * sum(changes[:number + 1]) for number in range(len(pools))]

    def _down(self, y: int) -> int:
        for (_, end), shift in zip(self.laid.lanes, self.shift, strict=True):
            if y < end:
                return y + shift
        return y + (self.shift[-1] if self.shift else 0)

    def _lower(self, rect: Rect) -> Rect:
        return Rect(rect.x, self._down(rect.y), rect.w, rect.h)

    def _frames(self) -> None:
        for frame in (frame for frame in self.scope.frames if frame.id):
            top, bottom = self.laid.lanes[frame.first][0], self.laid.lanes[frame.last][1]
            x = HEAD * frame.depth
            self.made.shapes[frame.id] = Rect(x, top + self.shift[frame.first], self.made.width - x,
                                              bottom - top + self.shift[frame.last] - self.shift[frame.first])

    # ---- steps

    def _outer(self, number: int) -> Rect:
        return self._lower(self.laid.parts[number])

    def _real(self, number: int) -> Rect:
        """A step without the room round it."""
        rect, room = self._outer(number), self._room(number)
        return Rect(rect.x + room.along, rect.y + room.across, rect.w - 2 * room.along, rect.h - 2 * room.across)

    def _open(self, number: int) -> None:
        rect, inside = self._real(number), self.inner[number]
        top = rect.y + INNER + self._head(number, rect.w)
        self.made.take(inside.moved(rect.x + (rect.w - inside.width) // 2, top))
        self.made.opened.add(self.scope.parts[number].id)

    def _beside(self) -> None:
        """Papers and remarks with their ties."""
        scope, made, laid = self.scope, self.made, self.laid
        for paper, stands in zip(scope.papers, laid.papers, strict=True):
            made.shapes[paper.id], made.names[paper.id] = self._lower(stands.rect), self._lower(stands.name)
            self._tie(paper.id, stands.tie)
        for remark, beside in zip(scope.remarks, laid.remarks, strict=True):
            made.shapes[remark.id] = self._lower(beside.rect)
            self._tie(remark.id, beside.tie)

    def _tie(self, key: str, tie: Points) -> None:
        line = self.scope.ties[key]
        if line:
            points = tuple(Point(x, self._down(y)) for x, y in tie)
            self.made.lines[line] = points[::-1] if key in self.scope.turned else points

    # ---- lines

    def _line(self, number: int, ends: dict[str, Points]) -> Points:
        way = self.scope.ways[number]
        points = [Point(x, self._down(y)) for x, y in self.laid.ways[number]]
        before = list(ends[way.id]) if way.id in ends else self._inward(way.source, points[0], way.id)
        after = self._inward(way.target, points[-1], way.id)
        whole = _straight([*before, *points, *after[::-1]])
        for part, backwards in ((way.source, False), (way.target, True)):
            pool = self.scope.docked.get(part)
            if pool is not None:
                whole = _cut(whole[::-1] if backwards else whole, self.made.shapes[pool])
                whole = whole[::-1] if backwards else whole
        return tuple(whole)

    def _inward(self, number: int, dock: Point, line: str) -> list[Point]:
        """From the border of a step, or of what stands in it, through the room round it to where a line docks."""
        outer, real = self._outer(number), self._real(number)
        if outer == real:
            return []
        return _through(_nearest(real, outer, dock), dock, real, outer, LEVEL)

    def _events(self) -> dict[str, Points]:
        """Every event on a border, where its line leaves; the way from the event to the dock of the line."""
        ends: dict[str, Points] = {}
        for number, events in self.scope.events.items():
            outer, real = self._outer(number), self._real(number)
            self.apart = _apart(events)
            wanted: dict[str, list[tuple[int, str, str, Point]]] = {"top": [], "bottom": [], "left": [], "right": []}
            for event in events:
                key = event.get("id", "")
                way = next((n for n, one in enumerate(self.scope.ways) if self.scope.starts.get(one.id) == key), None)
                if way is None:
                    wanted["bottom"].append((real.right, key, "", Point(real.right, outer.bottom)))
                    continue
                at = self.laid.ways[way][0]
                dock = Point(at.x, self._down(at.y))
                side = _side(outer, dock)
                wanted[side].append(
                    (dock.x if side in ("top", "bottom") else dock.y, key, self.scope.ways[way].id, dock)
                )
            names = {event.get("id", ""): one_line(event.get("name")) for event in events}
            for side, found in wanted.items():
                self._along_side(side, sorted(found), outer, real, names, ends)
        return ends

    def _along_side(
        self,
        side: str,
        found: list[tuple[int, str, str, Point]],
        outer: Rect,
        real: Rect,
        names: dict[str, str],
        ends: dict[str, Points],
    ) -> None:
        level = side in ("top", "bottom")
        low, high = (real.x, real.right) if level else (real.y, real.bottom)
        apart = self.apart[0] if level else self.apart[1]
        middles = _spread([at for at, *_ in found], low + EVENT // 2, high - EVENT // 2, apart)
        border = {"top": real.y, "bottom": real.bottom, "left": real.x, "right": real.right}[side]
        for number, (middle, (_, key, line, dock)) in enumerate(zip(middles, found, strict=True)):
            x, y = (middle, border) if level else (border, middle)
            self.made.shapes[key] = Rect(x - EVENT // 2, y - EVENT // 2, EVENT, EVENT)
            if names[key]:
                self.made.names[key] = _event_name(names[key], side, x, y)
            if line:
                out = {
                    "top": Point(x, y - EVENT // 2),
                    "bottom": Point(x, y + EVENT // 2),
                    "left": Point(x - EVENT // 2, y),
                    "right": Point(x + EVENT // 2, y),
                }[side]
                ends[line] = tuple(_through(out, dock, real, outer, LEVEL * (len(found) - number + 1)))

    def _loose(self) -> None:
        """Lines between things that have no step in common: straight from border to border."""
        shapes, lines = self.made.shapes, self.made.lines
        for key, source, target in self.scope.loose:
            ends = [_place(one, shapes, lines) for one in (source, target)]
            if key and ends[0] is not None and ends[1] is not None:
                lines[key] = (_border(ends[0], _middle(ends[1])), _border(ends[1], _middle(ends[0])))


# ---- small geometry

def _moved(rect: Rect, dx: int, dy: int) -> Rect:
    return Rect(rect.x + dx, rect.y + dy, rect.w, rect.h)


def _upright(text: str) -> int:
    """The least room in which *text* takes two lines."""
    room = 60
    while broken(text, room, INSIDE)[0] > 2:
        room += max(12, room // 8)
    return room


def _room(events: list[Element]) -> _Room:
    """Room for events that stick out, and for their names beside the lines that leave them."""
    named = [broken(one_line(event.get("name")), NAME, OUTSIDE) for event in events if one_line(event.get("name"))]
    tall = max([height(lines, OUTSIDE) for lines, _ in named], default=0)
    wide = NAME + 8 if named else 0
    turns = LEVEL * (len(events) + 1)
    return _Room(EVENT // 2 + 4 + tall + turns, EVENT // 2 + 4 + wide + turns)


def _event_name(name: str, side: str, x: int, y: int) -> Rect:
    """After the line that leaves the event, in the room round the step."""
    lines, width = broken(name, NAME, OUTSIDE)
    wide, tall = (width + 2 if lines == 1 else NAME), height(lines, OUTSIDE)
    out = EVENT // 2 + 2
    if side == "top":
        return Rect(x + 6, y - out - tall, wide, tall)
    if side == "left":
        return Rect(x - out - 2 - wide, y + 6, wide, tall)
    return Rect(x + out + 2, y + 6, wide, tall) if side == "right" else Rect(x + 6, y + out, wide, tall)


def _side(rect: Rect, at: Point) -> str:
    """The side of *rect* on which a point lies."""
    far = {
        "left": abs(at.x - rect.x),
        "right": abs(at.x - rect.right),
        "top": abs(at.y - rect.y),
        "bottom": abs(at.y - rect.bottom),
    }
    return min(far, key=lambda side: far[side])


def _apart(events: list[Element]) -> tuple[int, int]:
    """The least distance of two events on a level and on an upright side, in px: their names stand between them."""
    named = [broken(one_line(event.get("name")), NAME, OUTSIDE)[0] for event in events if one_line(event.get("name"))]
    if not named:
        return EVENT + 8, EVENT + 8
    return NAME + 16, max(EVENT + 8, height(max(named), OUTSIDE) + 12)


def _spread(wanted: list[int], low: int, high: int, apart: int) -> list[int]:
    """Places as near to the wanted ones as they can be, apart from each other and between *low* and *high*."""
    found: list[int] = []
    for at in wanted:
        found.append(max(at, low, found[-1] + apart if found else low))
    over = found[-1] - high if found else 0
    for number in range(len(found) - 1, -1, -1):
        if over <= 0:
            break
        limit = high if number == len(found) - 1 else found[number + 1] - apart
        found[number] = min(found[number], limit)
    return found


def _nearest(real: Rect, outer: Rect, dock: Point) -> Point:
    """Where a line that docks on the outer rectangle meets the inner one."""
    side = _side(outer, dock)
    if side in ("top", "bottom"):
        x = min(max(dock.x, real.x + 8), real.right - 8)
        return Point(x, real.y if side == "top" else real.bottom)
    y = min(max(dock.y, real.y + 8), real.bottom - 8)
    return Point(real.x if side == "left" else real.right, y)


def _through(start: Point, dock: Point, real: Rect, outer: Rect, off: int) -> list[Point]:
    """From *start* to *dock* through the room between two rectangles, turning *off* px from the outer one."""
    if start.x == dock.x or start.y == dock.y:
        return [start]
    if _side(outer, dock) in ("top", "bottom"):
        level = dock.y + (off if dock.y < real.y else -off)
        return [start, Point(start.x, level), Point(dock.x, level)]
    level = dock.x + (off if dock.x < real.x else -off)
    return [start, Point(level, start.y), Point(level, dock.y)]


def _straight(points: list[Point]) -> list[Point]:
    """The same line without points that change nothing."""
    out: list[Point] = []
    for point in points:
        if out and out[-1] == point:
            continue
        if len(out) > 1 and (out[-2].x == out[-1].x == point.x or out[-2].y == out[-1].y == point.y):
            out[-1] = point
        else:
            out.append(point)
    return out


def _cut(points: list[Point], pool: Rect) -> list[Point]:
    """The line from where it leaves *pool*."""
    for number, (a, b) in enumerate(pairwise(points)):
        if pool.y < a.y < pool.bottom and not pool.y < b.y < pool.bottom:
            return [Point(b.x, pool.y if b.y <= pool.y else pool.bottom), *points[number + 1:]]
    return points


def _place(key: str, shapes: dict[str, Rect], lines: dict[str, Points]) -> Rect | None:
    """The bounds of a shape, or the middle of a line."""
    if key in shapes:
        return shapes[key]
    if key in lines:
        a, b = max(pairwise(lines[key]), key=lambda ab: abs(ab[0].x - ab[1].x) + abs(ab[0].y - ab[1].y))
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


