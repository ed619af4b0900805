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
    returns: list[list[int]] = [[] for _ in shape.nodes]
    for number, runs_back in enumerate(story.back):
        if runs_back:
            returns[story.source[number]].append(number)
    sides: dict[int, int] = {}
    wanted = [[False, False] for _ in shape.nodes]
    for node, links in enumerate(story.out):
        outline = shape.nodes[node].outline
        if outline == "bar" or (len(links) != 1 and shape.nodes[node].duty == "start"):
            continue
        taken = wanted[node]
        decides = outline == "diamond"
        if beside and decides:
            _let_pass(node, links, shape, story, sides, taken)
        away = [number for number in links if story.lane[story.target[number]] != story.lane[node]]
        if away:
            _to_other_lanes(node, away, shape, story, sides, taken, first)
        if decides:
            _keep_for_returns(node, returns[node], story, taken)
            if beside and story.onward[node] not in sides:
                _stand_beside(node, links, shape, story, sides, taken)
    for number, side in list(sides.items()):
        entered = story.target[number]
        if wanted[entered][1 - side] and shape.nodes[entered].outline == "diamond":
            del sides[number]
    return sides


def _to_other_lanes(node: int, away: list[int], shape: Shape, story: Story, sides: dict[int, int],
                    taken: list[bool], first: First) -> None:
    here, lane, target = story.lane[node], story.lane, story.target
    if len(away) > 1:
        away.sort(key=lambda link: _outer_first(link, story, first))
    for number in away:
        side = HIGH if lane[target[number]] > here else LOW
        if not taken[side] and shape.nodes[target[number]].outline != "bar":
            taken[side] = True
            sides[number] = side


def _keep_for_returns(node: int, returns: list[int], story: Story, taken: list[bool]) -> None:
    for number in returns:
        side = LOW if story.lane[story.target[number]] < story.lane[node] else HIGH
        taken[side if not taken[side] else 1 - side] = True


def _stand_beside(node: int, links: list[int], shape: Shape, story: Story, sides: dict[int, int],
                  taken: list[bool]) -> None:
    here = story.lane[node]
    for number in links:
        target = story.target[number]
        if number == story.onward[node] or story.lane[target] != here or shape.nodes[target].outline == "bar":
            continue
        lean = story.pull[target] - here
        liked = (LOW,) if lean < 0 else (HIGH,) if lean > 0 else (HIGH, LOW)
        side = next((side for side in liked if not taken[side]), None)
        if side is not None:
            taken[side] = True
            sides[number] = side


def _let_pass(node: int, links: list[int], shape: Shape, story: Story, sides: dict[int, int],
              taken: list[bool]) -> None:
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
        beyond = story.pull[node] > there if side == HIGH else story.pull[node] < there
        if (number != onward and lane[node] == here and beyond and shape.nodes[node].outline != "bar"
                and _ends_soon(node, story)):
            taken[side] = True
            sides[number] = side
            return


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
