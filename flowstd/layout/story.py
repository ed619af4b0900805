"""What every phase asks of a shape: who leads where, and which way the story goes. Found once for all plans."""

from __future__ import annotations

from typing import NamedTuple

from .p1_cycles import break_cycles
from .shape import Shape


class Story(NamedTuple):
    """A shape as columns of numbers: by node, or by link."""

    lane: list[int]                # of each node
    source: list[int]              # of each link
    target: list[int]
    back: list[bool]               # links that run against the flow
    order: list[int]               # the nodes, none before what leads to it by a link that runs forward
    into: list[list[int]]          # forward links into each node, in declared order
    out: list[list[int]]
    onward: list[int]              # the link that the story goes on with from each node, -1 at an end
    main: list[bool]               # nodes on the path from the start to the favoured end
    pull: list[float]              # the mean lane of where each node leads: which way an exception leans


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
    for number, runs_back in enumerate(back):
        if not runs_back:
            into[target[number]].append(number)
            out[source[number]].append(number)
    onward = _onward(shape, order, out, target)
    return Story(lane, source, target, back, order, into, out, onward, _main(shape, order, onward, into, target),
                 _pull(lane, source, target))


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


def _main(shape: Shape, order: list[int], onward: list[int], into: list[list[int]], target: list[int]) -> list[bool]:
    main = [False] * len(order)
    starts = [n for n in order if shape.nodes[n].duty == "start"] or [n for n in order if not into[n]]
    for start in starts[:1]:
        node = start
        main[node] = True
        while onward[node] >= 0:
            node = target[onward[node]]
            main[node] = True
    return main


def _pull(lane: list[int], source: list[int], target: list[int]) -> list[float]:
    total, count = [0] * len(lane), [0] * len(lane)
    for a, b in zip(source, target, strict=True):
        total[a] += lane[b]
        count[a] += 1
    return [total[n] / count[n] if count[n] else float(lane[n]) for n in range(len(lane))]
