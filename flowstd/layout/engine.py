"""Shape → Arrangement (naive first version, replaced by the founder)."""

from __future__ import annotations

from .shape import Arrangement, EdgePath, Shape


def arrange(shape: Shape) -> Arrangement:
    """Place every node on its own rank; lines run straight from border to border along the outside."""
    widths = [max([40, *(n.across + 2 * n.aside + n.low + n.high for n in shape.nodes if n.lane == lane)]) + 40
              for lane in range(shape.lanes)]
    starts = [sum(widths[:lane]) for lane in range(shape.lanes)]
    nodes, along = [], 20
    for n in shape.nodes:
        nodes.append((starts[n.lane] + (widths[n.lane] - n.across) // 2, along))
        along += max(n.along, n.reach) + 40
    total = sum(widths)
    edges = []
    for number, e in enumerate(shape.edges):
        (ax, ay), (bx, by) = nodes[e.source], nodes[e.target]
        a, b = shape.nodes[e.source], shape.nodes[e.target]
        out = total + 10 + number * 8
        y1, y2 = ay + a.along + 10, by - 10
        points = ((ax + a.across // 2, ay + a.along), (ax + a.across // 2, y1), (out, y1), (out, y2), (bx + b.across // 2, y2), (bx + b.across // 2, by))
        edges.append(EdgePath(points, (ax + a.across // 2 + 4, y1 - e.label_along) if e.label_across else None, e.back))
    lanes = tuple((start, start + width) for start, width in zip(starts, widths, strict=True))
    return Arrangement(total, along, lanes, tuple(nodes), tuple(True for _ in nodes), tuple(edges))
