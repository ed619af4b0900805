"""What the engine sees of a flow: sizes and connections, no words.

Two flows with the same shape get the same arrangement, which is why the shape
is the key of the layout cache. The engine thinks in two axes: *along* the flow
(down, or to the right) and *across* it (lane after lane). ``low`` is the side
of the smaller across-coordinate: left in a downward chart, top in a rightward one.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Outline = Literal["box", "diamond", "bar", "round"]     # round: a stadium, its ends half circles of up to ROUND px
ROUND = 24
Duty = Literal["start", "end", "step", "decision", "split", "join"]


class NodeShape(NamedTuple):
    """One node: its lane, its size and the room it keeps free beside itself."""

    lane: int
    across: int                   # size across the flow
    along: int                    # size along the flow
    outline: Outline = "box"
    duty: Duty = "step"
    aside: int = 0                # room for papers beside the node; the engine chooses the side and keeps lines off it
    low: int = 0                  # further room kept free of boxes on the low side; lines at the middle may pass
    high: int = 0
    reach: int = 0                # the least length of the node's cell along the flow; 0: its own
    favoured: int = 0             # ends: 1 for the outcome that the main path should lead to
    # how much of its size hangs on its early, late, low and high side
    hung: tuple[int, int, int, int] = (0, 0, 0, 0)
    gate: int = 0                 # size along the flow of a gateway that hangs there early: every link enters it first

    @property
    def middle_across(self) -> int:
        """The middle of what nothing hangs on, from its low side: where lines meet it."""
        _, _, low, high = self.hung
        return low + (self.across - low - high) // 2

    @property
    def middle_along(self) -> int:
        """The same from its early side."""
        early, late, _, _ = self.hung
        return early + (self.along - early - late) // 2

    @property
    def to_gate(self) -> int:
        """How far before its middle along the flow the gateway has its own: there lines enter at the sides."""
        return self.middle_along - self.gate // 2 if self.gate else 0


class EdgeShape(NamedTuple):
    """One link: node indices, the size of its label (0 × 0: none), and whether its author sent it back.

    Links that go to one target join on their way; one that is *apart* joins only others that are.
    """

    source: int
    target: int
    label_across: int = 0
    label_along: int = 0
    back: bool = False
    apart: bool = False


class Shape(NamedTuple):
    """All the engine knows."""

    lanes: int
    nodes: tuple[NodeShape, ...]
    edges: tuple[EdgeShape, ...]
    lane_least: tuple[int, ...] = ()   # the least across-size of each lane (its head must fit)
    sheets: tuple[tuple[int, int], ...] = ()   # (across, along) of the papers it should fit if it can, the best first


def alike(one: Shape, other: Shape) -> bool:
    """Whether two shapes differ in nothing that matters before there are px: sizes, and round ends.

    >>> small, large = (Shape(1, (NodeShape(0, size, size, aside=size),), ()) for size in (40, 60))
    >>> alike(small, large)
    True
    """
    return (one.lanes == other.lanes and len(one.nodes) == len(other.nodes) and len(one.edges) == len(other.edges)
            and all(map(_stand_alike, one.nodes, other.nodes)) and all(map(_lead_alike, one.edges, other.edges)))


def _stand_alike(one: NodeShape, other: NodeShape) -> bool:
    return (one.lane == other.lane and bool(one.aside) == bool(other.aside) and one.favoured == other.favoured
            and (one.outline == other.outline or not {one.outline, other.outline} & {"bar", "diamond"})
            and (one.duty == other.duty or not {one.duty, other.duty} & {"start", "split"}))


def _lead_alike(one: EdgeShape, other: EdgeShape) -> bool:
    return (one.source == other.source and one.target == other.target and one.back == other.back
            and one.apart == other.apart and bool(one.label_across) == bool(other.label_across))


class EdgePath(NamedTuple):
    """A routed link in (across, along) pairs, border to border, and the low/early corner of its label."""

    points: tuple[tuple[int, int], ...]
    label: tuple[int, int] | None
    back: bool


class Arrangement(NamedTuple):
    """Where everything goes, in (across, along) px."""

    across: int                                  # size of the whole
    along: int
    lanes: tuple[tuple[int, int], ...]           # from, to
    nodes: tuple[tuple[int, int], ...]           # the low, early corner of each box
    aside_high: tuple[bool, ...]                 # whether a node's papers stand on its high side
    edges: tuple[EdgePath, ...]
    sizes: tuple[tuple[int, int], ...] = ()      # (across, along) of each box: grown where many lines meet one side

    def grown(self, shape: Shape) -> Shape:
        """*shape* with its boxes as large as they were drawn."""
        if not self.sizes:
            return shape
        return shape._replace(nodes=tuple([node._replace(across=across, along=along)
                                           for node, (across, along) in zip(shape.nodes, self.sizes, strict=True)]))
