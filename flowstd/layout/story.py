"""What every phase asks of a shape: who leads where, and which way the story goes. Found once for all plans."""

from __future__ import annotations

from typing import NamedTuple

from .p1_cycles import break_cycles
from .shape import Shape


class Story(NamedTuple):
    """A shape as columns of numbers: by node, or by link."""

    lane: list[int]                # of each node
    bars: list[bool]               # nodes that split or join the flow
    source: list[int]              # of each link
    target: list[int]
    back: list[bool]               # links that run against the flow
    order: list[int]               # the nodes, none before what leads to it by a link that runs forward
    into: list[list[int]]          # forward links into each node, in declared order
    out: list[list[int]]
    away: dict[int, list[int]]     # those of them that lead to other lanes, by the node that they leave
    returns: dict[int, list[int]]  # links that run back, in the same way
    onward: list[int]              # the link that the story goes on with from each node, -1 at an end
    main: list[bool]               # nodes on the path from the start to the favoured end


def story_of(shape: Shape) -> Story:
    """The story of *shape*.

    >>> from .shape import EdgeShape, NodeShape
    >>> a = NodeShape(0, 40, 20)
    >>> story_of(Shape(1, (a, a), (EdgeShape(0, 1), EdgeShape(1, 0)))).back
    [False, True]
    """
    back, order = break_cycles(shape)
    lane = [node.lane for node in shape.nodes]
    source, target = [edge.source for edge in shape.edges], [edge.target for edge in shape.edges]
    into: list[list[int]] = [[] for _ in lane]
    out: list[list[int]] = [[] for _ in lane]
    away: dict[int, list[int]] = {}
    returns: dict[int, list[int]] = {}
    for number, runs_back in enumerate(back):
        start, end = source[number], target[number]
        if runs_back:
            returns.setdefault(start, []).append(number)
            continue
        into[end].append(number)
        out[start].append(number)
        if lane[start] != lane[end]:
            away.setdefault(start, []).append(number)
    onward = _onward(shape, order, out, target)
    return Story(lane, [node.outline == "bar" for node in shape.nodes], source, target, back, order, into, out, away,
                 returns, onward, _main(shape, order, onward, target))


def _onward(shape: Shape, order: list[int], out: list[list[int]], target: list[int]) -> list[int]:
    """The link the story goes on with: towards the favoured end, then the longest way, then the one declared first."""
    onward = [-1] * len(order)
    worth: list[tuple[int, int]] = [(0, 0)] * len(order)
    for node in reversed(order):
        best = (-1, -1)
        for number in out[node]:
            value = worth[target[number]]
            if value > best:
                best, onward[node] = value, number
        favoured = shape.nodes[node].favoured
        worth[node] = (favoured if favoured > best[0] else best[0], best[1] + 1)
    return onward


def _main(shape: Shape, order: list[int], onward: list[int], target: list[int]) -> list[bool]:
    main = [False] * len(order)
    if not order:
        return main
    node = next((n for n in order if shape.nodes[n].duty == "start"), order[0])       # nothing leads into the first
    main[node] = True
    while onward[node] >= 0:
        node = target[onward[node]]
        main[node] = True
    return main
