"""Places for what has none: beside what it follows, where it is free; everything else stays where it is.

What lacks a place with all that is in it (a pool, an open sub-process) is laid
out by our engine and set down as one box. Lines take the best way that is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from flowstd.layout.model import Point, Rect

from .element import local, one_line, parts_of, plain_id
from .elements import Part
from .gather import scope_of
from .geometry import Geometry, round_all, turned
from .graph import FLOW_NODES
from .interchange import lay, planes_of, write
from .late import draw, draw_late, field_of
from .layout import HEAD, size_of
from .names import set_names
from .nested import INNER, size_round
from .old import OPEN, Old
from .outside import NO_ROOM, name_of
from .picture import name_of as words_of
from .problems import index_of
from .relayout import geometry_of
from .satellites import held_of, ties_of
from .scope import Loose
from .spots import Ground, Want

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

GAP = 50                   # px between a step and the next
TRIES = 4                  # orders in which places are given
Joined = dict[str, list[tuple[str, int]]]          # what each thing is joined to: 1 leads to it, -1 it leads to


def completed(root: Element) -> Element:
    """A copy of the file in which everything that can be drawn has a place."""
    root = deepcopy(root)
    ids = index_of(root, "")
    for plane, about in planes_of(root, ids):
        if not len(plane):
            lay(plane, about, ids)
        else:
            _Completing(plane, about, ids).complete()
    return root


class _Completing:
    """One diagram that lacks some places."""

    def __init__(self, plane: Element, about: Element, ids: dict[str, Element]) -> None:
        self.plane, self.about, self.ids = plane, about, ids
        self.old = Old(plane)
        self.all = self.old.geometry(ids)            # of the whole diagram
        self.given = set(self.all.shapes) | set(self.all.lines)
        self.home_of = _homes(ids)

    def complete(self) -> None:
        self._pools()
        scopes = list(_scopes(self.about, self.ids, self.old))
        lines = [line for scope in scopes for line in _lines(scope)]
        waiting = [one for scope in scopes for one in (*parts_of(scope, *FLOW_NODES), *held_of(scope))
                   if one.get("id") and one.get("id") not in self.all.shapes]
        self._put_all({one.get("id", ""): one for one in waiting}, _joined(lines))
        field = field_of(self.all, self.ids)
        lines += [line for key in sorted(self.all.opened) if key not in self.given for line in _lines(self.ids[key])]
        for line in lines:
            stale = {line.source, line.target} - self.given and line.id in self.given
            if line.id and (stale or line.id not in self.all.lines):
                self.given.discard(line.id)
                draw(line, self.all, field, self.ids)
        new = [key for key in self.all.shapes if key not in self.given]
        set_names(new, self.all, field, self.ids)
        write(self.plane, self.all.without(self.given), self.ids, keep=True)

    # ---- pools and lanes

    def _pools(self) -> None:
        """Pools of which nothing has a place go after all others; a pool round its steps; a lane into a gap."""
        for pool in parts_of(self.about, "participant"):
            key, process = pool.get("id", ""), self.ids.get(plain_id(pool.get("processRef")))
            if not key:
                continue
            inside = [] if process is None else [one.get("id", "") for one in process.iter() if one.get("id")]
            drawn = [self.all.shapes[one] for one in inside if one in self.all.shapes]
            if key not in self.all.shapes and drawn:
                self.all.shapes[key] = round_all(drawn, 40)
                self.all.upright |= {key} if self.old.runs_down else set()
            elif key not in self.all.shapes:
                left, top, right, bottom = self._bounds()
                at = (right + GAP, top) if self.old.runs_down else (left, bottom + GAP)
                self.all.take(self._laid(pool).moved(*at))
            for lanes in () if process is None else parts_of(process, "laneSet"):
                self._lanes(lanes, self.all.shapes[key])

    def _lanes(self, lanes: Element, pool: Rect) -> None:
        """Each lane without a place gets what the others leave of their pool, if that is anything."""
        shapes = self.all.shapes
        placed = [shapes[lane.get("id", "")] for lane in parts_of(lanes, "lane") if lane.get("id") in shapes]
        for lane in parts_of(lanes, "lane"):
            key = lane.get("id", "")
            if key and key not in shapes:
                rect = _in_gap(placed, pool, down=self.old.runs_down)
                if rect is not None:
                    shapes[key] = rect
                    placed.append(rect)
                    self.all.upright |= {key} if self.old.runs_down else set()
            for inner in parts_of(lane, "childLaneSet"):
                if key in shapes:
                    self._lanes(inner, shapes[key])

    def _laid(self, about: Element) -> Geometry:
        """What is laid out as a whole, from (0, 0)."""
        scope = scope_of(about, self.ids, Old(None, runs_down=self.old.runs_down))
        made = geometry_of(scope)
        draw_late(scope, made, self.ids)
        return made

    def _bounds(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of all that has a place."""
        rects = self.all.shapes.values() or (Rect(0, 0, 0, 0),)
        return (min(rect.x for rect in rects), min(rect.y for rect in rects),
                max(rect.right for rect in rects), max(rect.bottom for rect in rects))

    # ---- steps

    def _put_all(self, waiting: dict[str, Element], joined: Joined) -> None:
        """Give everything its place; again, with what found no room at home before all else."""
        given, first = self.all, list[str]()
        for _ in range(TRIES):
            self.all = given.copy()
            outside = self._put_in_order({key: waiting[key] for key in (*first, *waiting)}, set(first), joined)
            if outside <= set(first):
                return
            first = [*first, *(key for key in waiting if key in outside and key not in first)]

    def _put_in_order(self, waiting: dict[str, Element], first: set[str], joined: Joined) -> set[str]:
        """Give everything its place, what is joined to placed things first; tells what found no room at home."""
        ground, shapes = Ground(self.all, self.ids), self.all.shapes
        order = {key: number for number, key in enumerate(waiting)}
        keys, outside = list(waiting), set[str]()
        ready = [number for key, number in order.items() if key in first or self._near(waiting[key], joined)]
        rest = iter(keys)
        while len(order) > 0:
            key = keys[heappop(ready)] if ready else next(rest)
            if order.pop(key, None) is None:
                continue
            if not self._put(waiting[key], self._near(waiting[key], joined), ground):
                outside.add(key)
            for other, _ in joined.get(key, ()):
                if other in order and other not in shapes:
                    heappush(ready, order[other])
        return outside

    def _near(self, element: Element, joined: Joined) -> dict[int, Rect]:
        """What leads to a thing (1), what it leads to (-1), or what it stands on (0), as far as that has a place."""
        shapes = self.all.shapes
        if local(element) == "boundaryEvent":
            host = shapes.get(plain_id(element.get("attachedToRef")))
            return {0: host} if host is not None else {}
        found: dict[int, Rect] = {}
        for other, side in joined.get(element.get("id", ""), ()):
            if other in shapes and local(self.ids[other]) != "participant":
                found.setdefault(side, shapes[other])
        return found

    def _put(self, element: Element, near: dict[int, Rect], ground: Ground) -> bool:
        """Give a thing its place, and what is in it; tells whether it stands where it belongs."""
        key, made, home = element.get("id", ""), Geometry(), True
        if 0 in near:
            made.shapes[key] = ground.border(near[0])
        else:
            part = Part(key, local(element), words_of(element, self.ids), 0, None)
            inside = self._laid(element) if local(element) in OPEN and _holds_steps(element) else None
            rect, home = ground.free(self._want(element, part, near, inside))
            made.shapes[key] = rect
            if inside is not None:
                made.take(inside.moved(rect.x + (rect.w - inside.width) // 2, rect.bottom - INNER - inside.height))
                made.opened.add(key)
        ground.take(made, self.ids)
        self.all.take(made)
        return home

    def _want(self, element: Element, part: Part, near: dict[int, Rect], inside: Geometry | None) -> Want:
        wide, tall = (size_of(part.tag, part.name) if inside is None else
                      size_round(part.name, inside.width, inside.height))
        name, home = name_of(part.tag, part.name, False), self._home(element)
        low, high, reach = name.room if name else NO_ROOM
        room = max(wide, reach), tall + 2 * (low + high)
        held = inside.moved((wide - inside.width) // 2, tall - INNER - inside.height) if inside else Geometry()
        solid = (rect for key, rect in held.shapes.items() if key not in held.opened)
        return Want((wide, tall), room, self._wish(near, wide, tall, home), home, (*solid, *held.names.values()))

    def _wish(self, near: dict[int, Rect], wide: int, tall: int, home: Rect | None) -> Point:
        """Between what leads to a thing and what it leads to, else beside it, else at the head of its home."""
        if 1 in near and -1 in near:
            a, b = near[1], near[-1]
            return Point((a.x + a.right + b.x + b.right) // 4 - wide // 2,
                         (a.y + a.bottom + b.y + b.bottom) // 4 - tall // 2)
        down = self.old.runs_down
        for side, rect in near.items():
            if down:
                return Point(rect.x + (rect.w - wide) // 2, rect.bottom + GAP if side > 0 else rect.y - GAP - tall)
            return Point(rect.right + GAP if side > 0 else rect.x - GAP - wide, rect.y + (rect.h - tall) // 2)
        if home is not None:
            return Point(home.x + 30, home.y + 60) if down else Point(home.x + 60, home.y + 30)
        left, _, _, bottom = self._bounds()
        return Point(left, bottom + GAP)

    def _home(self, element: Element) -> Rect | None:
        """The lane, sub-process or pool a thing belongs in."""
        keys = (*self.home_of.get(element.get("id", ""), ()), *_above(element, self.home_of))
        return next((self.all.shapes[key] for key in keys if key in self.all.shapes), None)


# ---- what a file says of things without a place

def _homes(ids: dict[str, Element]) -> dict[str, list[str]]:
    """The lanes that name a thing, innermost first, and the pool of a process."""
    found: dict[str, list[str]] = {}
    for key, one in ids.items():
        if local(one) == "lane":
            for ref in parts_of(one, "flowNodeRef"):
                found.setdefault(plain_id(ref.text), []).insert(0, key)
        elif local(one) == "participant" and one.get("processRef"):
            found.setdefault(plain_id(one.get("processRef")), []).append(key)
    return found


def _above(element: Element, home_of: dict[str, list[str]]) -> Iterator[str]:
    """What a thing stands in: a sub-process, else what its process is drawn as."""
    parent = element.getparent()
    if parent is not None and local(parent) == "ioSpecification":
        parent = parent.getparent()
    if parent is not None:
        yield parent.get("id", "")
        yield from home_of.get(parent.get("id", ""), ())


def _lines(scope: Element) -> Iterator[Loose]:
    for flow in parts_of(scope, "sequenceFlow", "messageFlow"):
        yield Loose(flow.get("id", ""), plain_id(flow.get("sourceRef")), plain_id(flow.get("targetRef")),
                    one_line(flow.get("name")))
    for tie in ties_of(scope):
        yield Loose(*tie)


def _joined(lines: list[Loose]) -> Joined:
    found: Joined = {}
    for line in lines:
        found.setdefault(line.target, []).append((line.source, 1))
        found.setdefault(line.source, []).append((line.target, -1))
    return found


def _scopes(about: Element, ids: dict[str, Element], old: Old) -> Iterator[Element]:
    """The containers whose steps a diagram shows."""
    yield about
    if local(about) == "collaboration":
        pooled = {plain_id(pool.get("processRef")) for one in ids.values() if local(one) == "collaboration"
                  for pool in parts_of(one, "participant")}
        own = {plain_id(pool.get("processRef")) for pool in parts_of(about, "participant")}
        for key, process in ids.items():
            alone = key not in pooled and any(node.get("id", "") in old.boxes for node in parts_of(process))
            if local(process) == "process" and (key in own or alone):
                yield from _scopes(process, ids, old)
    for inner in parts_of(about, *OPEN):
        if old.opens(inner) and inner.get("id") in old.shapes:
            yield from _scopes(inner, ids, old)


def _holds_steps(element: Element) -> bool:
    return any(local(one) in FLOW_NODES for one in parts_of(element))


def _in_gap(placed: list[Rect], pool: Rect, *, down: bool) -> Rect | None:
    """The widest stretch that lanes leave of their pool, if a lane can stand there."""
    placed, pool = ([turned(rect) for rect in placed], turned(pool)) if down else (placed, pool)
    left = max([rect.x for rect in placed], default=pool.x + HEAD)
    start, end = _gap([(rect.y, rect.bottom) for rect in placed], pool.y, pool.bottom)
    rect = Rect(left, start, pool.right - left, end - start)
    return None if rect.h < HEAD else turned(rect) if down else rect


def _gap(taken: list[tuple[int, int]], low: int, high: int) -> tuple[int, int]:
    """The widest stretch between *low* and *high* that is not taken."""
    best, at = (low, low), low
    for start, end in [*sorted(taken), (high, high)]:
        if start - at > best[1] - best[0]:
            best = at, start
        at = max(at, end)
    return best
