"""A scope of a foreign file, laid out by our engine: nested lanes, pools, events on borders, open sub-processes.

Message flows are lines like others, so they run between pools without meeting
anything. A step with events on its border is given room all round, in which the
events and their names stand. The inside of an open sub-process is laid out
first, and is then one large box.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from flowstd.layout.model import Corners, Point, Rect

from .border import Guest, Settled, clear_size, kept_clear, least_size, room_for, settle
from .breaking import INSIDE, broken, height
from .element import one_line
from .elements import Elements
from .geometry import Geometry, Points, straight, turned
from .layout import HEAD, Laid, set_out, size_of, upright
from .nested import INNER, head_of, size_round
from .scope import DOCK, Scope

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

BETWEEN = 40               # px between two pools
TRIES = 4
BLACK = 60                 # the least height of a pool without steps


class _Room(NamedTuple):
    """The room round a step with events on its border."""

    across: int
    along: int


def geometry_of(scope: Scope) -> Geometry:
    """A place for everything in *scope*; again with larger steps where a side was too short for its events."""
    inner = {number: geometry_of(inside) for number, inside in scope.inside.items()}
    grown: dict[int, tuple[int, int]] = {}
    for _ in range(TRIES):
        laying = _Laying(scope, inner, grown)
        made = laying.geometry()
        laying.keep_events_round()
        if not laying.short:
            break
        for number, (wide, tall) in laying.short.items():
            before = grown.get(number, (0, 0))
            grown[number] = (before[0] + wide, before[1] + tall)
    return made


class _Laying:
    """One scope being laid out."""

    def __init__(self, scope: Scope, inner: dict[int, Geometry], grown: dict[int, tuple[int, int]]) -> None:
        self.scope, self.inner, self.grown = scope, inner, grown
        self.short: dict[int, tuple[int, int]] = {}      # part → how much wider and taller it should be
        self.own = [self._own_size(number) for number in range(len(scope.parts))]
        self.rooms = {number: _Room(*room_for(_names(events))) for number, events in scope.events.items()}
        sizes = [(w + 2 * self._room(n).along, h + 2 * self._room(n).across) for n, (w, h) in enumerate(self.own)]
        if scope.down:
            sizes = [(h, w) for w, h in sizes]
        self.depth = 1 + max([frame.depth for frame in scope.frames], default=-1)
        elements = Elements(
            tuple(map(str, range(len(scope.bands)))),
            tuple(scope.parts),
            tuple(scope.ways),
            tuple(scope.papers),
            tuple(scope.remarks),
        )
        origin = Point(HEAD * self.depth, 0)
        laid = set_out(elements, tuple(self._least()), sizes, origin, down=scope.down)
        self.laid: Laid = laid.turned() if scope.down else laid
        self.shift = self._shifts()
        self.made = Geometry()
        self.settled: dict[int, Settled] = {}

    def geometry(self) -> Geometry:
        made, scope, laid = self.made, self.scope, self.laid
        made.width, made.height = laid.along + HEAD * self.depth, self._apart(laid.across)
        if scope.down:
            made.width, made.height = made.height, made.width
        self._frames()
        for number, part in enumerate(scope.parts):
            if part.tag != DOCK:
                made.shapes[part.id] = self._real(number)
                label = laid.part_labels[number]
                if label is not None:
                    made.names[part.id] = self._moved(label)
            if number in self.inner:
                self._open(number)
        self._beside()
        self._settle()
        for number, way in enumerate(scope.ways):
            if way.id:
                made.lines[way.id] = self._line(number)
                label = laid.way_labels[number]
                if label is not None and not {way.source, way.target} & set(scope.docked):
                    made.names[way.id] = self._moved(label)
        return made

    # ---- sizes

    def keep_events_round(self) -> None:
        """An event that many lines made taller or wider is larger on the whole the next time."""
        for number, part in enumerate(self.scope.parts):
            rect = self._real(number)
            if part.tag.endswith("Event") and rect.w != rect.h:
                size = max(rect.w, rect.h)
                self.short[number] = size - self.own[number][0], size - self.own[number][1]

    def _own_size(self, number: int) -> tuple[int, int]:
        wide, tall = self._plain_size(number)
        events = self.scope.events.get(number, [])
        if events and number not in self.inner:
            wide, tall = clear_size(self.scope.parts[number].name, wide, tall)
        if len(events) > 1:
            least = least_size(_names(events))
            wide, tall = max(wide, least[0]), max(tall, least[1])
        more = self.grown.get(number, (0, 0))
        return wide + more[0], tall + more[1]

    def _plain_size(self, number: int) -> tuple[int, int]:
        part = self.scope.parts[number]
        if part.tag == "textAnnotation":
            lines = broken(part.name, 106, INSIDE)[0]
            return 120, max(40, height(lines, INSIDE) + 14)
        if number not in self.inner:
            return size_of(part.tag, part.name)
        inside = self.inner[number]
        return size_round(part.name, inside.width, inside.height)

    def _room(self, number: int) -> _Room:
        return self.rooms.get(number, _Room(0, 0))

    def _least(self) -> list[int]:
        """The least room of each band across: the names of its lanes and pools run along their heads."""
        least = [0] * len(self.scope.bands)
        for frame in sorted(self.scope.frames, key=lambda frame: -frame.depth):
            count = frame.last - frame.first + 1
            short = (upright(frame.name) if frame.name else BLACK) - sum(least[frame.first:frame.last + 1])
            for band in range(frame.first, frame.last + 1):
                least[band] += max(0, -(-short // count))
        return least

    # ---- pools apart from each other

    def _shifts(self) -> list[int]:
        """How far each band is moved on to leave room between pools."""
        pools = self.scope.pools
        changes = [number > 0 and pools[number] != pools[number - 1] for number in range(len(pools))]
        return [BETWEEN * sum(changes[:number + 1]) for number in range(len(pools))]

    def _apart(self, across: int) -> int:
        for (_, end), shift in zip(self.laid.lanes, self.shift, strict=True):
            if across < end:
                return across + shift
        return across + (self.shift[-1] if self.shift else 0)

    def _at(self, point: tuple[int, int]) -> Point:
        x, y = point
        return Point(self._apart(x), y) if self.scope.down else Point(x, self._apart(y))

    def _moved(self, rect: Rect) -> Rect:
        return Rect(*self._at((rect.x, rect.y)), rect.w, rect.h)

    def _frames(self) -> None:
        made, down = self.made, self.scope.down
        for frame in (frame for frame in self.scope.frames if frame.id):
            start = self.laid.lanes[frame.first][0] + self.shift[frame.first]
            end = self.laid.lanes[frame.last][1] + self.shift[frame.last]
            head = HEAD * frame.depth
            rect = Rect(head, start, (made.height if down else made.width) - head, end - start)
            made.shapes[frame.id] = turned(rect) if down else rect
            if down:
                made.upright.add(frame.id)

    # ---- steps

    def _outer(self, number: int) -> Rect:
        return self._moved(self.laid.parts[number])

    def _real(self, number: int) -> Rect:
        """A step without the room round it."""
        rect, room = self._outer(number), self._room(number)
        return Rect(rect.x + room.along, rect.y + room.across, rect.w - 2 * room.along, rect.h - 2 * room.across)

    def _open(self, number: int) -> None:
        rect, inside = self._real(number), self.inner[number]
        top = rect.y + INNER + head_of(self.scope.parts[number].name, rect.w)
        self.made.take(inside.moved(rect.x + (rect.w - inside.width) // 2, top))
        self.made.opened.add(self.scope.parts[number].id)

    def _beside(self) -> None:
        """Papers and remarks with their ties."""
        scope, made, laid = self.scope, self.made, self.laid
        for paper, stands in zip(scope.papers, laid.papers, strict=True):
            made.shapes[paper.id], made.names[paper.id] = self._moved(stands.rect), self._moved(stands.name)
            self._tie(paper.id, stands.tie)
        for remark, beside in zip(scope.remarks, laid.remarks, strict=True):
            made.shapes[remark.id] = self._moved(beside.rect)
            self._tie(remark.id, beside.tie)

    def _tie(self, key: str, tie: Corners) -> None:
        line = self.scope.ties[key]
        if line:
            points = tuple(map(self._at, tie))
            self.made.lines[line] = points[::-1] if key in self.scope.turned else points

    # ---- lines

    def _line(self, number: int) -> Points:
        way = self.scope.ways[number]
        points = [self._at(point) for point in self.laid.ways[number]]
        event = self.scope.starts.get(way.id, "")
        before = self.settled[way.source].ways.get((points[0], event), []) if way.source in self.settled else []
        after = self.settled[way.target].ways.get((points[-1], ""), []) if way.target in self.settled else []
        whole = list(straight([*before, *points, *after[::-1]]))
        for part, backwards in ((way.source, False), (way.target, True)):
            pool = self.scope.docked.get(part)
            if pool is not None:
                whole = _cut(whole[::-1] if backwards else whole, self.made.shapes[pool], down=self.scope.down)
                whole = whole[::-1] if backwards else whole
        return tuple(whole[::-1] if way.id in self.scope.turned else whole)

    def _settle(self) -> None:
        """A place for every event on a border, and for the lines that meet it."""
        docks = {way.id: self._docks(place) for place, way in enumerate(self.scope.ways)}
        lines = {event: docks[line][0] for line, event in self.scope.starts.items() if line in docks}
        for number, events in self.scope.events.items():
            outer = self._outer(number)
            guests = [
                Guest(event.get("id", ""), one_line(event.get("name")), lines.get(event.get("id", "")))
                for event in events
            ]
            plain = {
                dock: None
                for way in self.scope.ways
                for part, dock, event in zip(
                    (way.source, way.target), docks[way.id], (way.id in self.scope.starts, False), strict=True
                )
                if part == number and not event
            }
            real = self._real(number)
            kept = kept_clear(
                self.scope.parts[number].name, real, opened=number in self.inner, marked=number in self.scope.marked
            )
            settled = self.settled[number] = settle(
                real, outer, [*guests, *(Guest("", "", dock) for dock in plain)], kept
            )
            if settled.short:
                self.short[number] = (max(settled.short.get("top", 0), settled.short.get("bottom", 0)),
                                      max(settled.short.get("left", 0), settled.short.get("right", 0)))
            self.made.shapes.update(settled.shapes)
            self.made.names.update(settled.names)

    def _docks(self, way: int) -> tuple[Point, Point]:
        first, last = self.laid.ways[way][0], self.laid.ways[way][-1]
        return self._at(first), self._at(last)


# ---- small geometry

def _names(events: list[Element]) -> list[str]:
    return [one_line(event.get("name")) for event in events]


def _cut(points: list[Point], pool: Rect, *, down: bool) -> list[Point]:
    """The line from where it leaves *pool*."""
    low, high = (pool.x, pool.right) if down else (pool.y, pool.bottom)
    for number, (a, b) in enumerate(pairwise(points)):
        before, after = (a.x, b.x) if down else (a.y, b.y)
        if low < before < high and not low < after < high:
            border = low if after <= low else high
            return [Point(border, b.y) if down else Point(b.x, border), *points[number + 1:]]
    return points
