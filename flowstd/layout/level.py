"""Which links may run level, straight across from one lane to the next, and on which side of their source.

A side of a box serves one level line. Who gets it decides how calm a chart
looks: the story, an exception that must pass above it, a return.
"""

from __future__ import annotations

from typing import Literal

from .shape import Shape
from .story import Story

LOW, HIGH = 0, 1
First = Literal["fitting", "story", "exception"]      # which of two exits to one lane runs level


def level_sides(shape: Shape, story: Story, *, beside: bool, first: First = "fitting") -> dict[int, int]:
    """For each link that may run level the side of its source: at most one a side, the story first.

    Links to other lanes come first, then returns keep a side free, then
    exceptions within the lane stand beside their decision on the side they
    lean to (*beside*). A decision is not entered on a side that its own exits want.
    """
    out, target = story.out, story.target
    sides: dict[int, int] = {}
    wanted: dict[int, list[bool]] = {}           # by the exits of each decision: its low and its high side
    for node, box in enumerate(shape.nodes):
        if box.outline == "diamond":
            taken = wanted[node] = [False, False]
            if beside:
                _let_pass(node, out[node], story, sides, taken)
            _to_other_lanes(node, story, sides, taken, first)
            _keep_for_returns(node, story, taken)
            if beside and story.onward[node] not in sides:
                _stand_beside(node, out[node], story, sides, taken)
        elif node in story.away and box.outline != "bar" and (len(out[node]) == 1 or box.duty != "start"):
            _to_other_lanes(node, story, sides, [False, False], first)
    return {number: side for number, side in sides.items()
            if target[number] not in wanted or not wanted[target[number]][1 - side]}


def _to_other_lanes(node: int, story: Story, sides: dict[int, int], taken: list[bool], first: First) -> None:
    here, lane, target, bars = story.lane[node], story.lane, story.target, story.bars
    away = story.away.get(node, [])
    if len(away) > 1:
        away = sorted(away, key=lambda link: _outer_first(link, story, first))
    for number in away:
        side = HIGH if lane[target[number]] > here else LOW
        if not taken[side] and not bars[target[number]]:
            taken[side] = True
            sides[number] = side


def _keep_for_returns(node: int, story: Story, taken: list[bool]) -> None:
    for number in story.returns.get(node, ()):
        side = LOW if story.lane[story.target[number]] < story.lane[node] else HIGH
        taken[side if not taken[side] else 1 - side] = True


def _stand_beside(node: int, links: list[int], story: Story, sides: dict[int, int], taken: list[bool]) -> None:
    here = story.lane[node]
    for number in links:
        target = story.target[number]
        if number == story.onward[node] or story.lane[target] != here or story.bars[target]:
            continue
        lean = _pull(target, story) - here
        liked = (LOW,) if lean < 0 else (HIGH,) if lean > 0 else (HIGH, LOW)
        side = next((side for side in liked if not taken[side]), None)
        if side is not None:
            taken[side] = True
            sides[number] = side


def _let_pass(node: int, links: list[int], story: Story, sides: dict[int, int], taken: list[bool]) -> None:
    """An exception that leads beyond the lane into which the story turns passes above it: it gets the story's side."""
    onward, lane, target = story.onward[node], story.lane, story.target
    if onward < 0:
        return
    here, there = lane[node], lane[target[onward]]
    if there == here or not _goes_down(onward, story):
        return
    side = HIGH if there > here else LOW
    for number in links:
        node = target[number]
        if (number != onward and lane[node] == here and not story.bars[node]
                and (_pull(node, story) > there if side == HIGH else _pull(node, story) < there)
                and _ends_soon(node, story)):
            taken[side] = True
            sides[number] = side
            return


def _pull(node: int, story: Story) -> float:
    """The mean lane of where *node* leads: which way an exception leans."""
    lanes = [story.lane[story.target[link]] for link in (*story.out[node], *story.returns.get(node, ()))]
    return sum(lanes) / len(lanes) if lanes else story.lane[node]


def _outer_first(link: int, story: Story, first: First) -> tuple[int, int]:
    """Of several exits to one side the farthest runs level, so that none crosses another.

    Where two lead to one lane, what is *fitting* runs level: the exception if it ends soon and the story goes on down
    that lane, and else the story.
    """
    source, target = story.source[link], story.target[link]
    near = -abs(story.lane[target] - story.lane[source])
    if story.onward[source] == link:
        if first == "exception":
            return near, 3
        return near, 1 if first == "fitting" and _goes_down(link, story) else -1
    return near, 0 if _ends_soon(target, story) else 2


def _goes_down(link: int, story: Story) -> bool:
    """Whether the lane that a link leads into is also the next one's."""
    target, lane = story.target, story.lane
    return any(lane[target[after]] == lane[target[link]] for after in story.out[target[link]])


def _ends_soon(node: int, story: Story) -> bool:
    """Whether a case that reaches *node* ends within two further steps of one kind of way."""
    for _ in range(3):
        links = story.out[node]
        if not links:
            return True
        if len(links) > 1:
            return False
        node = story.target[links[0]]
    return False
