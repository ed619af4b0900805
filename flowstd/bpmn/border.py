"""Events on the border of one step, and the lines that meet it there: apart from each other, with room for names.

The engine sees a box with room all round. Lines end at the edge of that room;
here they are led on to the border, or to the event they belong to.
"""

from __future__ import annotations

from typing import NamedTuple

from flowstd.layout.model import Point, Rect

from .breaking import INSIDE, OUTSIDE, broken, height
from .outside import EVENT

NAME = 80                  # the widest name of an event, in px
LEVEL = 4                  # px between the turns of two lines that leave one side
HALF = EVENT // 2
ALONE = HALF + 4           # px that an event takes on either side of its middle
LINE = 7                   # px that a line takes
GAP = 6                    # px between a name and the line beside it
BROAD = 260                # the widest step that is made so for its events alone, in px
PADDING = 7                # px between the text of a step and its border
MARK = HALF + 14           # px from the middle of the lower border within which an event would cover a mark

Points = list[Point]


class Guest(NamedTuple):
    """An event, or a line without one, that wants a place on the border."""

    event: str                       # id; empty: a line
    name: str
    dock: Point | None               # where its line meets the edge of the room; None: it has none


class Settled(NamedTuple):
    """Where the guests of a step go."""

    shapes: dict[str, Rect]
    names: dict[str, Rect]
    ways: dict[tuple[Point, str], Points]     # from the border or event to just before a dock, by dock and event
    short: dict[str, int]            # by how many px a side is too short for its guests


def room_for(names: list[str]) -> tuple[int, int]:
    """The room round a step with events of these names: above and below, and on either side, in px."""
    sizes = [_name_size(name) for name in names if name]
    wide = max([w for w, _ in sizes], default=0)
    tall = max([h for _, h in sizes], default=0)
    turns = LEVEL * (len(names) + 3)
    return HALF + 4 + tall + turns, HALF + 4 + (wide + GAP if wide else 0) + turns


def least_size(names: list[str]) -> tuple[int, int]:
    """The least width and height of a step with events of these names."""
    middle = max(0, len(names) - 2)                  # the first and last have their names outwards
    return 44 + 2 * ALONE * len(names) + (NAME if any(names) else 0) * middle, 20 + 50 * (len(names) - 1)


def clear_size(text: str, wide: int, tall: int) -> tuple[int, int]:
    """A size from *wide* by *tall* upwards in which no event on the border covers the text of its step.

    Where a long name would need more than BROAD, events at its sides stand above or below the text.

    >>> clear_size("告知听证权利", 100, 80)
    (120, 80)
    """
    for broad in range(wide, BROAD + 1, 10):
        lines, width = broken(text, broad - 2 * PADDING, INSIDE)
        if width + 2 * HALF + 4 <= broad:
            return broad, max(tall, height(lines, INSIDE) + 2 * HALF + 4)
    return wide, max(tall, height(broken(text, wide - 2 * PADDING, INSIDE)[0], INSIDE) + 4 * (HALF + 4))


class Kept(NamedTuple):
    """Stretches of the border, from and to, on which no event may stand because it would cover something."""

    sides: tuple[int, int] = (0, 0)            # downwards: the text of a step
    top: tuple[int, int] = (0, 0)              # the name of an open sub-process
    bottom: tuple[int, int] = (0, 0)           # the marks of an activity


NOTHING = Kept()


def kept_clear(text: str, real: Rect, *, opened: bool, marked: bool) -> Kept:
    """Where no event may stand on the border of an activity: on its text, name or marks."""
    middle = real.x + real.w // 2
    bottom = (middle - MARK, middle + MARK) if marked else (0, 0)
    if not opened:
        return Kept(_words_of(text, real), bottom=bottom)
    half = broken(text, real.w - 2 * PADDING, INSIDE)[1] // 2 + HALF + 2 if text else 0
    return Kept(top=(middle - half, middle + half), bottom=bottom)


def _words_of(text: str, real: Rect) -> tuple[int, int]:
    """From where to where, downwards, no event may stand at the sides of a step; nowhere if its text keeps clear."""
    lines, width = broken(text, real.w - 2 * PADDING, INSIDE)
    middle, half = real.y + real.h // 2, height(lines, INSIDE) // 2 + HALF + 2
    return (middle, middle) if width + 2 * HALF + 4 <= real.w else (middle - half, middle + half)


def settle(real: Rect, outer: Rect, guests: list[Guest], kept: Kept = NOTHING) -> Settled:
    """A place for every guest on the border of *real*; *outer* is the edge of the room."""
    settled = Settled({}, {}, {}, {})
    sides: dict[str, list[Guest]] = {"bottom": [], "top": [], "left": [], "right": []}
    for guest in guests:
        sides[_side(outer, guest.dock) if guest.dock is not None else "bottom"].append(guest)
    held = {side for side, found in sides.items() if any(guest.event for guest in found)}
    corner = bool(held & {"top", "bottom"}) and bool(held & {"left", "right"})      # where events could meet
    for side, found in sides.items():
        if found:
            level = side in ("top", "bottom")
            found.sort(key=lambda guest: _wish(guest, real, level))
            wishes = [_wish(guest, real, level) for guest in found]
            wishes = _beside(found, wishes, {"top": kept.top, "bottom": kept.bottom}.get(side, kept.sides))
            _place(side, found, wishes, real, EVENT + 2 if corner else HALF + 2, settled)
    return settled


def _wish(guest: Guest, real: Rect, level: bool) -> int:
    """Where along its side a guest would best be: straight before its dock."""
    if guest.dock is None:
        return real.right
    return guest.dock.x if level else guest.dock.y


def _beside(guests: list[Guest], wishes: list[int], kept: tuple[int, int]) -> list[int]:
    """The same wishes, but of events clear of a stretch: before it for the first of several guests, else after it."""
    low, high = kept
    found = []
    for number, (guest, at) in enumerate(zip(guests, wishes, strict=True)):
        if guest.event and low < at < high:
            before = at - low < high - at if len(guests) == 1 else 2 * number < len(guests) - 1
            at = low if before else high
        found.append(at)
    return found


def _place(side: str, guests: list[Guest], wishes: list[int], real: Rect, edge: int, settled: Settled) -> None:
    """A place for the guests of one side, events at least *edge* px from its corners."""
    level = side in ("top", "bottom")
    low, high = (real.x, real.right) if level else (real.y, real.bottom)
    border = {"top": real.y, "bottom": real.bottom, "left": real.x, "right": real.right}[side]
    first = [not number and len(guests) > 1 for number in range(len(guests))]
    takes = [_takes(guest, level, early) for guest, early in zip(guests, first, strict=True)]
    edges = [edge if guest.event else LINE + 1 for guest in guests]
    middles = _apart(wishes, takes, low, high, edges)
    if middles[0] < low + edges[0]:
        settled.short[side] = low + edges[0] - middles[0]
    for number, (guest, middle) in enumerate(zip(guests, middles, strict=True)):
        x, y = (middle, border) if level else (border, middle)
        out = Point(x, y)
        if guest.event:
            settled.shapes[guest.event] = Rect(x - HALF, y - HALF, EVENT, EVENT)
            if guest.name:
                settled.names[guest.event] = _name_at(guest.name, side, x, y, first[number])
            out = {"top": Point(x, y - HALF), "bottom": Point(x, y + HALF), "left": Point(x - HALF, y),
                   "right": Point(x + HALF, y)}[side]
        if guest.dock is not None:
            onward = middle < (guest.dock.x if level else guest.dock.y)
            turn = number + 1 if onward else len(guests) - number        # so that none turns onto its neighbour's level
            settled.ways[guest.dock, guest.event] = _through(out, guest.dock, side, LEVEL * turn)


def _takes(guest: Guest, level: bool, early: bool) -> tuple[int, int]:
    """How much of the side a guest takes before and after its middle."""
    if not guest.event:
        return LINE, LINE
    if not guest.name:
        return ALONE, ALONE
    wide, tall = _name_size(guest.name)
    named = max(ALONE, (wide if level else tall) + 2 * GAP)
    return (named, ALONE) if early else (ALONE, named)


def _apart(wanted: list[int], takes: list[tuple[int, int]], low: int, high: int, edges: list[int]) -> list[int]:
    """Places as near to the wanted ones as they can be, apart from each other and from the corners."""
    found: list[int] = []
    for number, at in enumerate(wanted):
        least = found[-1] + takes[number - 1][1] + takes[number][0] if found else low + edges[number]
        found.append(max(at, least))
    limit = high - edges[-1]
    for number in range(len(found) - 1, -1, -1):
        found[number] = min(found[number], limit)
        if number:
            limit = found[number] - takes[number][0] - takes[number - 1][1]
    return found


def _name_size(name: str) -> tuple[int, int]:
    lines, width = broken(name, NAME, OUTSIDE)
    return (width + 2 if lines == 1 else NAME), height(lines, OUTSIDE)


def _name_at(name: str, side: str, x: int, y: int, early: bool) -> Rect:
    """Beside the line that leaves the event: after it, or before it for the first of several."""
    wide, tall = _name_size(name)
    if side in ("top", "bottom"):
        left = x - GAP - wide if early else x + GAP
        return Rect(left, y - HALF - 4 - tall if side == "top" else y + HALF + 2, wide, tall)
    top = y - GAP - tall if early else y + GAP
    return Rect(x - HALF - 4 - wide if side == "left" else x + HALF + 4, top, wide, tall)


def _side(rect: Rect, at: Point) -> str:
    """The side of *rect* on which a point lies."""
    far = {"left": abs(at.x - rect.x), "right": abs(at.x - rect.right), "top": abs(at.y - rect.y),
           "bottom": abs(at.y - rect.bottom)}
    return min(far, key=lambda side: far[side])


def _through(start: Point, dock: Point, side: str, off: int) -> Points:
    """From *start* towards *dock* at right angles, turning *off* px from the edge of the room."""
    if start.x == dock.x or start.y == dock.y:
        return [start]
    if side in ("top", "bottom"):
        level = dock.y + (off if side == "top" else -off)
        return [start, Point(start.x, level), Point(dock.x, level)]
    level = dock.x + (off if side == "left" else -off)
    return [start, Point(level, start.y), Point(level, dock.y)]
