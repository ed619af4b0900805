"""A place for every BPMN element of a flow: lanes as rows in one pool, flow to the right.

The engine sees boxes and the room they need. What it does not see is set here:
names outside their shapes, papers and remarks beside a step and their ties. The
inside of a sub-process is laid out first, and is then one large box.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

from flowstd.ir.model import Flow
from flowstd.layout.from_ir import arranged
from flowstd.layout.model import Corners, Point, Rect
from flowstd.layout.shape import Arrangement, Duty, EdgeShape, NodeShape, Outline, Shape

from .aside import Aside, PaperPlace, RemarkPlace, aside_of
from .breaking import INSIDE, OUTSIDE, broken, height, least_room
from .elements import Elements
from .gates import apart, gates_of, with_gate
from .geometry import turned
from .outside import EVENT, GATEWAY, NO_ROOM, Name, Room, Taken, name_of, place_names, size_of_name

MARGIN = 20                # px round the pool
HEAD = 30                  # px of the head of a pool or lane
TASK_W, TASK_H = 100, 80
PADDING = 7                # px between a task's name and its border
WIDTHS = (100, 120, 140, 160, 200, 300)
WAY_NAME = 90              # the widest name of a sequence flow, in px
SIZES = {"dataObjectReference": (36, 50), "dataInput": (36, 50), "dataOutput": (36, 50), "dataStoreReference": (50, 50),
         "dock": (10, 10)}
_EVENTS: dict[str, Duty] = {"startEvent": "start", "endEvent": "end"}
ALONE = (0, 0)             # the room of what has nothing beside it
SLASH = 5                  # px that the mark of a default flow stands off its line


class Laid(NamedTuple):
    """Where everything of an ``Elements`` goes, in its order; px, y downwards."""

    across: int                                # from the first lane to the last
    along: int
    lanes: tuple[tuple[int, int], ...]         # from, to
    parts: tuple[Rect, ...]
    part_labels: tuple[Rect | None, ...]       # names that stand outside their shape
    papers: tuple[PaperPlace, ...]
    remarks: tuple[RemarkPlace, ...]
    ways: tuple[Corners, ...]
    way_labels: tuple[Rect | None, ...]


    def turned(self) -> Laid:
        """The same with the flow running down; names of parts are still to be set, nothing stands beside a part."""
        return self._replace(
            parts=tuple(map(turned, self.parts)), part_labels=(None,) * len(self.parts),
            ways=tuple(tuple((y, x) for x, y in way) for way in self.ways),
            way_labels=tuple(label and turned(label) for label in self.way_labels))


class Plane(NamedTuple):
    """All of one pool with its lanes."""

    pool: Rect
    lanes: tuple[Rect, ...]
    laid: Laid


def place(elements: Elements, least: tuple[int, ...]) -> Plane:
    """The plane of *elements*, in lanes that are at *least* so high; nothing on it overlaps."""
    origin = Point(MARGIN + 2 * HEAD, MARGIN)
    if any(part.home >= 0 for part in elements.parts):
        from .nested import set_out_nested

        laid = set_out_nested(elements, least, origin)
    else:
        laid = set_out(elements, least, [size_of(part.tag, part.name) for part in elements.parts], origin)
    width = laid.along + HEAD
    return Plane(Rect(MARGIN, MARGIN, width + HEAD, laid.across),
                 tuple(Rect(MARGIN + HEAD, start, width, end - start) for start, end in laid.lanes), laid)


def set_out(elements: Elements, least: tuple[int, ...], sizes: list[tuple[int, int]], origin: Point,
            *, down: bool = False) -> Laid:
    """Everything of *elements* in lanes that are at least so high; parts of these sizes, the first lane at *origin*.

    With *down* all is to be turned so that the flow runs down: names take their room across the flow, and the room
    is all that they get; *sizes* are as turned.
    """
    exits, entries = [0] * len(elements.parts), [0] * len(elements.parts)
    for way in elements.ways:
        exits[way.source] += 1
        entries[way.target] += 1
    names = [name_of(part.tag, part.name, leaving > 2) for part, leaving in zip(elements.parts, exits, strict=True)]
    asides = _asides(elements)
    labels = [_way_name(way.name, way.default) for way in elements.ways]
    if down:
        names = [name and name.turned() for name in names]
        labels = [(tall, wide) for wide, tall in labels]
    nodes = [_node(part.tag, part.lane, part.favoured, sizes[n], name.room if name else NO_ROOM,
                   asides[n].room if n in asides else ALONE, exits[n], entries[n])
             for n, (part, name) in enumerate(zip(elements.parts, names, strict=True))]
    gates = gates_of(elements, exits, entries)
    found = _arranged(elements, gates, nodes, names, labels, least)
    while oval := [n for n, part in enumerate(elements.parts)
                   if part.tag.endswith("Event") and found.sizes[n][0] != found.sizes[n][1]]:
        for n in oval:                         # an event that grows for its lines stays round, and needs the room
            size = max(found.sizes[n])
            nodes[n] = nodes[n]._replace(across=size, along=size)
        found = _arranged(elements, gates, nodes, names, labels, least)
    return _laid(elements, found, names, asides, labels, origin)


def _arranged(elements: Elements, gates: dict[int, int], nodes: list[NodeShape], names: list[Name | None],
              labels: list[tuple[int, int]], least: tuple[int, ...]) -> Arrangement:
    """All arranged, each of the *gates* with what it stands before if it can be."""
    found = _with_gates(elements, gates, nodes, names, labels, least) if gates else None
    if found is None:
        found = arranged(Shape(len(elements.lanes), tuple(nodes), _edges(elements, range(len(nodes)), labels), least))
    return found


def _with_gates(elements: Elements, gates: dict[int, int], nodes: list[NodeShape], names: list[Name | None],
                labels: list[tuple[int, int]], least: tuple[int, ...]) -> Arrangement | None:
    """All arranged with each of the *gates* and what it stands before as one box; None where that cannot be."""
    places = list(accumulate([number not in gates for number in range(len(nodes) - 1)], initial=0))
    gated = set(gates.values())
    boxes = [with_gate(node) if number in gated else node for number, node in enumerate(nodes) if number not in gates]
    edges = _edges(elements, places, labels, gates)
    found = arranged(Shape(len(elements.lanes), tuple(boxes), edges, least))
    return apart(elements, gates, places, names, found)


def _edges(elements: Elements, places: Sequence[int], labels: list[tuple[int, int]],
           gates: Container[int] = ()) -> tuple[EdgeShape, ...]:
    """What the engine sees of the ways, but for those on from *gates*; *places* of the parts among the boxes."""
    return tuple([EdgeShape(places[way.source], places[way.target], tall, wide, way.back, way.message)
                  for way, (wide, tall) in zip(elements.ways, labels, strict=True) if way.source not in gates])


@lru_cache(maxsize=20_000)
def size_of(tag: str, name: str) -> tuple[int, int]:
    """Width and height of a part's shape; a task grows with its name."""
    if tag.endswith("Event"):
        return EVENT, EVENT
    if tag.endswith("Gateway"):
        return GATEWAY, GATEWAY
    if tag in SIZES:
        return SIZES[tag]
    for width in WIDTHS:
        lines = broken(name, width - 2 * PADDING, INSIDE)[0]
        if lines <= 3 + (width - TASK_W) // 40:
            break
    return width, max(TASK_H, height(lines, INSIDE) + 2 * PADDING + 8)


def _asides(elements: Elements) -> dict[int, Aside]:
    """The papers and remarks beside each part that has any."""
    papers: dict[int, list[int]] = {}
    remarks: dict[int, list[int]] = {}
    for number, paper in enumerate(elements.papers):
        papers.setdefault(paper.part, []).append(number)
    for number, remark in enumerate(elements.remarks):
        remarks.setdefault(remark.part, []).append(number)
    return {part: aside_of(elements, part, papers.get(part, []), remarks.get(part, []))
            for part in sorted({*papers, *remarks})}


@lru_cache(maxsize=20_000)
def _node(tag: str, lane: int, favoured: bool, size: tuple[int, int], name: Room, aside: tuple[int, int], exits: int,
          entries: int) -> NodeShape:
    """What the engine sees of a part, with so much room for its name and for what stands beside it."""
    width, tall = size
    low, high, reach = name
    depth, along = aside
    if depth:
        reach = max(reach + width, along)
    outline: Outline = "box"
    duty: Duty = _EVENTS.get(tag, "step")
    if tag.endswith("Gateway"):
        outline, duty = "diamond", "decision" if exits > 1 else "step"
        if tag == "parallelGateway":
            duty = "split" if exits > entries else "join"
    return NodeShape(lane, tall, width, outline, duty, depth, low, high, reach, int(favoured))


@lru_cache(maxsize=20_000)
def _way_name(name: str, default: bool) -> tuple[int, int]:
    """Room for the name of a sequence flow: width and height."""
    if not name:
        return 0, 0
    room = WAY_NAME
    while broken(name, room, OUTSIDE)[0] > 4:
        room *= 2
    wide, tall = size_of_name(name, room)
    slash = SLASH if default else 0
    return wide + slash, tall + slash


def _off_slash(room: Rect, corners: Sequence[tuple[int, int]]) -> Rect:
    """Where in its room the name of a default flow stands: off the line, which carries the mark of one."""
    (x, y), (next_x, next_y) = corners[:2]
    left = room.x if x == next_x and room.x < x else room.x + SLASH
    top = room.y if y == next_y and room.y < y else room.y + SLASH
    return Rect(left, top, room.w - SLASH, room.h - SLASH)


def least_of(flow: Flow, title: str) -> tuple[int, ...]:
    """The least height of each lane: names run up the heads, in two lines at most."""
    least = [upright(lane.name) for lane in flow.lanes]
    short = max(0, upright(title) - sum(least))
    return tuple(room + short // len(least) + 1 for room in least)


@lru_cache(maxsize=20_000)
def upright(text: str) -> int:
    """The least room in which *text* takes two lines."""
    room, least = 60, least_room(text, 2, INSIDE)
    while room < least or broken(text, room, INSIDE)[0] > 2:
        room += max(12, room // 8)
    return room


def _laid(elements: Elements, at: Arrangement, names: list[Name | None], asides: dict[int, Aside],
          labels: list[tuple[int, int]], origin: Point) -> Laid:
    left, top = origin
    events = {number for number, part in enumerate(elements.parts) if part.tag.endswith("Event")}
    parts = [Rect(along + left, across + top, long, wide)
             for (across, along), (wide, long) in zip(at.nodes, at.sizes, strict=True)]
    ways: list[Corners] = []
    way_labels: list[Rect | None] = []
    for way, (path, label, _), (wide, tall) in zip(elements.ways, at.edges, labels, strict=True):
        corners = [(along + left, across + top) for across, along in path]
        if label is None:
            way_labels.append(None)
        else:
            room = Rect(label[1] + left, label[0] + top, wide, tall)
            way_labels.append(_off_slash(room, corners) if way.default else room)
        if way.source in events:
            corners[0] = _on_circle(corners[0], corners[1], parts[way.source])
        if way.target in events:
            corners[-1] = _on_circle(corners[-1], corners[-2], parts[way.target])
        ways.append(tuple(corners))
    papers: dict[int, PaperPlace] = {}
    remarks: dict[int, RemarkPlace] = {}
    for part, aside in asides.items():
        below = at.aside_high[part]
        name = names[part]
        low, high, _ = name.room if name else NO_ROOM
        aside.put(parts[part], below, high if below else low, papers, remarks)
    return Laid(
        at.across, at.along, tuple([(start + top, end + top) for start, end in at.lanes]),
        tuple(parts), place_names(names, elements, parts, Taken(ways, way_labels, asides, at.aside_high)),
        tuple([papers[number] for number in range(len(elements.papers))]),
        tuple([remarks[number] for number in range(len(elements.remarks))]), tuple(ways), tuple(way_labels))


def _on_circle(end: tuple[int, int], before: tuple[int, int], rect: Rect) -> tuple[int, int]:
    """The end of a line where it meets the round border of an event."""
    x, y = end
    radius = rect.w // 2
    cx, cy = rect.x + radius, rect.y + radius
    if y == before[1] and abs(y - cy) < radius:
        inward = round(sqrt(radius * radius - (y - cy) ** 2))
        return cx + inward if x > cx else cx - inward, y
    if x == before[0] and abs(x - cx) < radius:
        inward = round(sqrt(radius * radius - (x - cx) ** 2))
        return x, cy + inward if y > cy else cy - inward
    return end
