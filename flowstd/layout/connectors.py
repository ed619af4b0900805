"""Room for the connectors along one edge of a page: where each circle stands and how its line gets there.

Lines meet the cut wherever they ran. Beyond it they spread until every circle
has room for the words beside it, and none passes another on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

FREE = 10                        # px from the cut to the first line that turns aside
TRACK = 10                       # between lines that turn aside
RUN = 16                         # from the last of them to the circles: room for an arrow head
APART = 8                        # between the circles, or their words
NEAR = 4                         # lines this close do not turn at one height
KINK = 8                         # a line that turns aside for less looks like a slip
_ASIDE = ((0, 2), (1, 1), (-1, -1))      # how far a place lies from a border, and how far it is moved off


class Spread(NamedTuple):
    """For each line, in order: where its circle stands along the edge, and how far out it turns aside."""

    places: tuple[int, ...]
    turns: tuple[int, ...]
    depth: int                   # from the cut to the circles


def spread(lines: Sequence[int], wide: Sequence[int], strips: Sequence[tuple[int, int]],
           clear: Sequence[int]) -> Spread | None:
    """Circles for lines that come in at *lines*, each needing *wide* px, within their own *strips* where there is room.

    A circle stands on its line where the line is *clear* px off the next strip. None: they do not have room on the
    whole edge.

    >>> spread([50, 60], [40, 40], [(0, 200)], [24, 24])
    Spread(places=(31, 79), turns=(10, 10), depth=26)
    """
    places: list[int] = []
    for low, high in strips:
        inside = [number for number, line in enumerate(lines) if low <= line < high]
        if not inside:
            continue
        settled = _settled([lines[n] for n in inside], [wide[n] for n in inside], low, high)
        if settled is None:
            break
        places += settled
    if len(places) < len(lines):
        found = _settled(lines, wide, strips[0][0], strips[-1][1])
        if found is None:
            return None
        places = _off([high for _, high in strips], found)
    places = _straight(lines, wide, places, strips, clear)
    levels = _levels(lines, places)
    return Spread(tuple(places), tuple(FREE + TRACK * level for level in levels),
                  (FREE + TRACK * max(levels) if places != list(lines) else 0) + RUN)


def _settled(lines: Sequence[int], wide: Sequence[int], low: int, high: int) -> list[int] | None:
    """Places as near to *lines*, one or more, as they can be, in their order and apart."""
    offsets = [0]
    for one, other in pairwise(wide):
        offsets.append(offsets[-1] + (one + other + 1) // 2 + APART)
    least = low + APART // 2 + (wide[0] + 1) // 2
    most = high - APART // 2 - (wide[-1] + 1) // 2 - offsets[-1]
    if most < least:
        return None
    groups: list[tuple[int, int]] = []                  # sum and count of what stands together
    for line, offset in zip(lines, offsets, strict=True):
        group = (line - offset, 1)
        while groups and groups[-1][0] * group[1] >= group[0] * groups[-1][1]:
            total, count = groups.pop()
            group = (group[0] + total, group[1] + count)
        groups.append(group)
    starts = [min(most, max(least, total // count)) for total, count in groups for _ in range(count)]
    places = [start + offset for start, offset in zip(starts, offsets, strict=True)]
    firm = _firm(lines, [least + offset for offset in offsets], places)
    return firm if firm[-1] <= most + offsets[-1] else places


def _firm(lines: Sequence[int], leasts: Sequence[int], places: Sequence[int]) -> list[int]:
    """The same *places*, each at its line or clearly beside it; *leasts* are the lowest that they can be."""
    found: list[int] = []
    pushed = 0                                          # how far the last place is above its least
    for line, least, place in zip(lines, leasts, places, strict=True):
        lowest = least + pushed
        place = max(place, lowest)
        if abs(place - line) < KINK:
            place = line if line >= lowest else max(place, line + KINK)
        found.append(place)
        pushed = place - least
    return found


def _straight(lines: Sequence[int], wide: Sequence[int], places: Sequence[int], strips: Sequence[tuple[int, int]],
              clear: Sequence[int]) -> list[int]:
    """The same places, but at their lines where only the border of a strip kept them off, and it is far enough."""
    last, borders = len(lines) - 1, [end for _, end in strips[:-1]]
    gaps = [(one + other + 1) // 2 + APART for one, other in pairwise(wide)]
    leasts, most = [strips[0][0] + (wide[0] + APART + 1) // 2, *gaps], strips[-1][1] - (wide[-1] + APART + 1) // 2
    found = list(places)
    turned = [number for number, line in enumerate(lines)
              if line != found[number] and all(abs(line - border) >= clear[number] for border in borders)]
    while True:
        free = next((number for number in turned
                     if lines[number] >= leasts[number] + (found[number - 1] if number else 0)
                     and lines[number] <= (found[number + 1] - leasts[number + 1] if number < last else most)), None)
        if free is None:
            return found
        found[free] = lines[free]
        turned.remove(free)


def _off(borders: Sequence[int], places: Sequence[int]) -> list[int]:
    """The same places, none within a px of the border of a lane."""
    return [place + next((aside for off, aside in _ASIDE if place - off in borders), 0) for place in places]


def _levels(lines: Sequence[int], places: Sequence[int]) -> list[int]:
    """How far out each line turns aside, so that none meets another: who goes further turns later than who is ahead."""
    levels = [0] * len(lines)
    for n in range(len(lines) - 2, -1, -1):             # to the right: who is ahead stands to the right
        if places[n] > lines[n] and lines[n + 1] < places[n] + NEAR:
            levels[n] = levels[n + 1] + 1
    for n in range(1, len(lines)):
        if places[n] < lines[n] and lines[n - 1] > places[n] - NEAR:
            levels[n] = levels[n - 1] + 1
    return levels
