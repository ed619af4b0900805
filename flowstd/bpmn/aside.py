"""Papers and remarks in one row beside a step: what it takes in, then the remark, then what it issues."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from flowstd.layout.model import Corners, Rect

from .breaking import INSIDE, OUTSIDE, broken, height
from .elements import Elements

PAPER_W, PAPER_H = 36, 50
STORE = 50                 # px of a data store, wide and high
PAPER_NAME = 84            # px that the name of a paper may take
REMARK_W = 120
GAP = 4                    # px between a paper and its name
TIE = 24                   # px between a step and the row
FAR_TIE = 40               # px between a gateway and the row: names of flows stand at its corners
BUS = 10                   # px from the row at which its ties run level
BETWEEN = 10               # px between two things of a row


class _Size(NamedTuple):
    """The room that a paper or remark takes."""

    cell: int                        # along the row
    w: int                           # of the paper or remark itself
    h: int
    name_w: int
    name_h: int


class _Thing(NamedTuple):
    """A paper or remark of the row."""

    number: int                      # in the elements
    kind: int                        # -1 what the step takes in, 0 the remark, 1 what it issues
    x: int                           # of its left edge, from the middle of the step
    w: int
    h: int                           # of the paper or remark itself
    name_w: int
    name_h: int


class PaperPlace(NamedTuple):
    """Where one paper, its name and its tie go."""

    rect: Rect
    name: Rect
    tie: Corners


class RemarkPlace(NamedTuple):
    """Where one remark and its tie go."""

    rect: Rect
    tie: Corners


class Aside(NamedTuple):
    """The row beside one step."""

    things: tuple[_Thing, ...]
    tag: str                         # of the step
    room: tuple[int, int]            # across the flow, and along it

    def put(self, step: Rect, below: bool, beyond: int, papers: dict[int, PaperPlace],
            remarks: dict[int, RemarkPlace]) -> None:
        """Give each of its *papers* and *remarks* a place, by their numbers."""
        docks = self.docks(step)
        for thing in self.things:
            rect = self._rect(thing, step, below, beyond)
            tie = self._tie(rect, step, below, docks[thing.kind])
            if not thing.kind:
                remarks[thing.number] = RemarkPlace(rect, tie[::-1])
                continue
            name_y = rect.bottom + GAP if below else rect.y - GAP - thing.name_h
            name = Rect(rect.x + rect.w // 2 - thing.name_w // 2, name_y, thing.name_w, thing.name_h)
            papers[thing.number] = PaperPlace(rect, name, tie[::-1] if thing.kind > 0 else tie)

    def docks(self, step: Rect) -> dict[int, int]:
        """Where on the step the ties are gathered: of what it takes in (-1), of remarks (0), of what it issues (1)."""
        middle, margin = step.x + step.w // 2, step.w // 8
        found: dict[int, int] = {}
        for thing in self.things:                    # the innermost of each kind: the last taken, the first issued
            if thing.kind < 1 or thing.kind not in found:
                found[thing.kind] = middle + thing.x + thing.w // 2
        if len(found) > 1 and 0 in found:
            found[0] = middle
        return {kind: min(max(x, step.x + margin), step.right - margin) for kind, x in found.items()}

    def _rect(self, thing: _Thing, step: Rect, below: bool, beyond: int) -> Rect:
        off = beyond + _tie_length(self.tag)
        return Rect(
            step.x + step.w // 2 + thing.x, step.bottom + off if below else step.y - off - thing.h, thing.w, thing.h
        )

    def _tie(self, rect: Rect, step: Rect, below: bool, dock: int) -> Corners:
        """From the paper to the step: straight where it can be, else level beside the row and then straight."""
        x = rect.x + rect.w // 2
        near, inset = (rect.y if below else rect.bottom), _inset(self.tag, step, dock)
        edge = step.bottom - inset if below else step.y + inset
        if x == dock:
            return (x, near), (x, edge)
        level = near - BUS if below else near + BUS
        return (x, near), (x, level), (dock, level), (dock, edge)


def _tie_length(tag: str) -> int:
    return FAR_TIE if tag.endswith("Gateway") else TIE


def _inset(tag: str, step: Rect, x: int) -> int:
    """How far below the top of its bounds the border of a shape lies at *x*."""
    off: float = abs(x - step.x - step.w // 2) / (step.w / 2)        # 0 in the middle, 1 at the side
    if tag.endswith("Gateway"):
        return round(off * step.h / 2)
    if tag.endswith("Event"):
        return round((1 - sqrt(max(0.0, 1 - off * off))) * step.h / 2)
    return 0


def aside_of(elements: Elements, part: int, papers: list[int], remarks: list[int]) -> Aside:
    """The row for one step, before it is known on which side it stands."""
    tag = elements.parts[part].tag
    row = [(0, number, _remark(elements.remarks[number].text)) for number in remarks]
    for number in papers:
        paper = elements.papers[number]
        row.append((1 if paper.issued else -1, number, _paper(paper.name, paper.store)))
    row.sort()
    total = sum([size.cell for _, _, size in row]) + BETWEEN * (len(row) - 1)
    things, at = [], -(total // 2)
    for kind, number, (cell, w, h, name_w, name_h) in row:
        things.append(_Thing(number, kind, at + (cell - w) // 2, w, h, name_w, name_h))
        at += cell + BETWEEN
    depth = max(thing.h + (GAP + thing.name_h if thing.name_h else 0) for thing in things)
    return Aside(tuple(things), tag, (_tie_length(tag) + depth + GAP, total + BETWEEN))


@lru_cache(maxsize=20_000)
def _paper(name: str, store: bool) -> _Size:
    room = PAPER_NAME
    lines, width = broken(name, room, OUTSIDE)
    while lines > 4:
        room += room // 2
        lines, width = broken(name, room, OUTSIDE)
    wide, tall = (STORE, STORE) if store else (PAPER_W, PAPER_H)
    close = width + 2                                # unless an editor, given no more, would take more lines
    named = close if broken(name, close, OUTSIDE)[0] == lines else room
    return _Size(max(wide, named), wide, tall, named, height(lines, OUTSIDE))


@lru_cache(maxsize=20_000)
def _remark(text: str) -> _Size:
    room = REMARK_W
    lines, _ = broken(text, room - 14, INSIDE)
    while lines > 6:
        room += room // 2
        lines, _ = broken(text, room - 14, INSIDE)
    return _Size(room, room, max(40, height(lines, INSIDE) + 14), 0, 0)
