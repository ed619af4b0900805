"""A merging gateway and the one it stands before, as one box: so a diagram is laid out as the chart is, which has none.

Every line that enters the box is to enter the gateway, from before or at its
sides. Where one does not, all gateways get places of their own.
"""

from __future__ import annotations

from flowstd.layout.shape import Arrangement, EdgePath, NodeShape

from .elements import Elements
from .outside import GAP, GATEWAY, Name

DEPTH = GATEWAY + 24       # px from where a gateway begins to where the next one does

_Point = tuple[int, int]


def gates_of(elements: Elements, exits: list[int], entries: list[int]) -> dict[int, int]:
    """Each merging gateway of ours, with the part that it alone leads to; both by number."""
    found = {}
    for number, part in enumerate(elements.parts):
        if part.beside and number + 1 < len(elements.parts):
            node = elements.parts[number + 1].node
            if node is not None and node.id == part.beside and exits[number] == 1 == entries[number + 1]:
                found[number] = number + 1
    return found


def with_gate(node: NodeShape) -> NodeShape:
    """*node* and the gateway before it as one box."""
    return node._replace(along=node.along + DEPTH, reach=node.reach + DEPTH if node.reach else 0,
                         hung=(DEPTH, 0, 0, 0), gate=GATEWAY)


def apart(elements: Elements, gates: dict[int, int], places: list[int], names: list[Name | None],
          at: Arrangement) -> Arrangement | None:
    """Each gateway and the part after it in their places, from those of the boxes; None where a line enters none.

    *places*: of the parts among the boxes; *names*: of the parts.
    """
    nodes, sizes, high = [], [], []
    gated = set(gates.values())
    for number, place in enumerate(places):
        (across, along), (wide, long) = at.nodes[place], at.sizes[place]
        if number in gates:
            long = GATEWAY
        elif number in gated:
            along, long = along + DEPTH, long - DEPTH
        nodes.append((across, along))
        sizes.append((wide, long))
        high.append(at.aside_high[place])
    edges, laid = [], iter(at.edges)
    for way in elements.ways:
        if way.source in gates:
            (across, along), (wide, long) = nodes[way.source], sizes[way.source]
            middle = across + wide // 2
            edges.append(EdgePath(((middle, along + long), (middle, nodes[way.target][1])), None, False))
            continue
        edge = next(laid)
        if way.target in gates and not _enters(edge.points, nodes[way.target], sizes[way.target],
                                               names[gates[way.target]]):
            return None
        if way.source in gated and edge.points[0][1] < nodes[way.source][1]:
            return None                                        # it leaves by the gateway
        edges.append(edge)
    return at._replace(nodes=tuple(nodes), sizes=tuple(sizes), aside_high=tuple(high), edges=tuple(edges))


def _enters(points: tuple[_Point, ...], corner: _Point, size: tuple[int, int], name: Name | None) -> bool:
    """Whether a line enters a gateway: from before, or at a side, where it stays clear of the *name* of the next."""
    (across, along), (end, at) = points[-2:]
    if across == end:
        return along < at <= corner[1] + size[1] // 2
    clear = name is None or name.above != (across < end) or name.room[2] <= 2 * (DEPTH - GAP)
    return clear and along == at and corner[1] <= at <= corner[1] + size[1]
