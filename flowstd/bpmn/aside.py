"""Papers and remarks in one row beside a step: what it takes in, then the remark, then what it issues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flowstd.layout.model import Point, Rect

from .breaking import INSIDE, OUTSIDE, broken, height
from .elements import Elements

PAPER_W, PAPER_H = 36, 50
PAPER_NAME = 84            # px that the name of a paper may take
REMARK_W = 120
GAP = 4                    # px between a paper and its name
TIE = 24                   # px between the step and the row
BUS = 12                   # px from the row at which its ties run level
BETWEEN = 10               # px between two things of a row


class _Thing(NamedTuple):
    """A paper or remark of the row."""

    number: int                      # in the elements
    remark: bool
    issued: bool
    x: int                           # of its left edge, from the middle of the step
    w: int
    h: int                           # of the paper or remark itself
    name_w: int
    name_h: int


class Aside(NamedTuple):
    """The row beside one step."""

    things: tuple[_Thing, ...]
    depth: int                       # room across the flow
    reach: int                       # room along the flow

    def papers(self, step: Rect, below: bool, beyond: int) -> Iterator[tuple[int, tuple[Rect, Rect, tuple[Point, ...]]]]:
        """Number, bounds, bounds of the name and tie of every paper."""
        docks = self._docks(step)
        for thing in self.things:
            if thing.remark:
                continue
            rect = self._rect(thing, step, below, beyond)
            name_y = rect.bottom + GAP if below else rect.y - GAP - thing.name_h
            name = Rect(rect.x + rect.w // 2 - thing.name_w // 2, name_y, thing.name_w, thing.name_h)
            tie = _tie(rect, step, below, docks[thing.issued])
            yield thing.number, (rect, name, tie if not thing.issued else tie[::-1])

    def remarks(self, step: Rect, below: bool, beyond: int) -> Iterator[tuple[int, tuple[Rect, tuple[Point, ...]]]]:
        """Number, bounds and tie of every remark."""
        for thing in self.things:
            if thing.remark:
                rect = self._rect(thing, step, below, beyond)
                yield thing.number, (rect, _tie(rect, step, below, step.x + step.w // 2)[::-1])

    def _rect(self, thing: _Thing, step: Rect, below: bool, beyond: int) -> Rect:
        near = step.bottom + beyond + TIE if below else step.y - beyond - TIE - thing.h
        return Rect(step.x + step.w // 2 + thing.x, near, thing.w, thing.h)

    def _docks(self, step: Rect) -> dict[bool, int]:
        """Where on the step the ties of what it takes in, and of what it issues, are gathered."""
        middle, margin = step.x + step.w // 2, step.w // 8
        found = {False: middle, True: middle}
        for thing in self.things:                    # the innermost of each kind: the last taken, the first issued
            if not thing.remark and not thing.issued:
                found[False] = middle + thing.x + thing.w // 2
        for thing in reversed(self.things):
            if thing.issued:
                found[True] = middle + thing.x + thing.w // 2
        return {issued: min(max(x, step.x + margin), step.right - margin) for issued, x in found.items()}


def aside_of(elements: Elements, width: int, papers: list[int], remark: int | None) -> Aside:
    """The row for one step of *width* px, before it is known on which side it stands."""
    row: list[tuple[int, _Thing]] = []               # width of the cell, thing
    for number in papers:
        if not elements.papers[number].issued:
            row.append(_paper(elements, number))
    if remark is not None:
        row.append(_remark(elements, remark))
    for number in papers:
        if elements.papers[number].issued:
            row.append(_paper(elements, number))
    total = sum(cell for cell, _ in row) + BETWEEN * (len(row) - 1)
    things, at = [], -(total // 2)
    for cell, thing in row:
        things.append(thing._replace(x=at + (cell - thing.w) // 2))
        at += cell + BETWEEN
    depth = max(thing.h + (GAP + thing.name_h if thing.name_h else 0) for thing in things)
    return Aside(tuple(things), TIE + depth + GAP, total + BETWEEN)


def _paper(elements: Elements, number: int) -> tuple[int, _Thing]:
    paper = elements.papers[number]
    room = PAPER_NAME
    lines, width = broken(paper.name, room, OUTSIDE)
    while lines > 4:
        room += room // 2
        lines, width = broken(paper.name, room, OUTSIDE)
    thing = _Thing(number, False, paper.issued, 0, PAPER_W, PAPER_H, width + 2, height(lines, OUTSIDE))
    return max(PAPER_W, width + 2), thing


def _remark(elements: Elements, number: int) -> tuple[int, _Thing]:
    room = REMARK_W
    lines, _ = broken(elements.remarks[number].text, room - 14, INSIDE)
    while lines > 6:
        room += room // 2
        lines, _ = broken(elements.remarks[number].text, room - 14, INSIDE)
    return room, _Thing(number, True, False, 0, room, max(40, height(lines, INSIDE) + 14), 0, 0)


def _tie(rect: Rect, step: Rect, below: bool, dock: int) -> tuple[Point, ...]:
    """From the paper to the step: straight where it can be, else level beside the row and then straight."""
    x = rect.x + rect.w // 2
    near, edge = (rect.y, step.bottom) if below else (rect.bottom, step.y)
    if x == dock:
        return Point(x, near), Point(x, edge)
    level = near - BUS if below else near + BUS
    return Point(x, near), Point(x, level), Point(dock, level), Point(dock, edge)
