"""Flow → Shape with plausible box sizes, so that the engine can be looked at and measured without any text."""

from __future__ import annotations

from typing import Literal

from flowstd.ir.kinds import Kind, Outcome
from flowstd.ir.model import Flow
from flowstd.layout.shape import Duty, EdgeShape, NodeShape, Outline, Shape

_SIZES: dict[Kind, tuple[int, int, Outline, Duty]] = {
    Kind.START: (84, 30, "box", "start"),
    Kind.END: (84, 30, "box", "end"),
    Kind.TASK: (108, 40, "box", "step"),
    Kind.CALL: (108, 40, "box", "step"),
    Kind.DECISION: (136, 56, "diamond", "decision"),
    Kind.SPLIT: (108, 8, "bar", "split"),
    Kind.JOIN: (108, 8, "bar", "join"),
}


def plain_shape(flow: Flow, direction: Literal["down", "right"] = "down") -> Shape:
    """The shape of *flow* with one size for each kind of node; a label is 12 px a letter wide and 16 px high."""
    lane = {part.id: index for index, part in enumerate(flow.lanes)}
    number = {node.id: index for index, node in enumerate(flow.nodes)}
    down = direction == "down"
    nodes = []
    for node in flow.nodes:
        wide, high, outline, duty = _SIZES[node.kind]
        if outline == "bar" and not down:
            wide, high = 8, 60
        favoured = int(node.outcome in (Outcome.GRANTED, Outcome.DONE))
        across, along = (wide, high) if down else (high, wide)
        nodes.append(NodeShape(lane[node.lane], across, along, outline, duty, favoured=favoured))
    edges = []
    for link in flow.links:
        label = (max(28, 12 * len(link.label) + 4), 16) if link.label else (0, 0)
        across, along = label if down else label[::-1]
        edges.append(EdgeShape(number[link.source], number[link.target], across, along, link.back))
    return Shape(len(flow.lanes), tuple(nodes), tuple(edges))
