"""Phase 1: which links run against the flow, and an order in which everything else runs forward."""

from __future__ import annotations

from heapq import heappop, heappush

from .shape import Shape


def break_cycles(shape: Shape) -> tuple[list[bool], list[int]]:
    """For each link whether it runs back, and the nodes in an order that all other links follow.

    A link its author sent back is believed if the rest of the chart agrees;
    further loops are broken where a walk in declared order closes them. Ties
    are settled by declaration, so the order reads as the author wrote it.

    >>> from .shape import EdgeShape, NodeShape
    >>> a = NodeShape(0, 40, 20)
    >>> break_cycles(Shape(1, (a, a), (EdgeShape(0, 1), EdgeShape(1, 0))))
    ([False, True], [0, 1])
    """
    back = [edge.back for edge in shape.edges]
    order = _declared_order(shape, back)
    if len(order) < len(shape.nodes):      # there are loops that nobody sent back
        for number in _closing_edges(shape):
            back[number] = True
        order = _declared_order(shape, back)
    if True in back:
        place = [0] * len(order)
        for position, node in enumerate(order):
            place[node] = position
        for number, edge in enumerate(shape.edges):
            if edge.back and place[edge.source] < place[edge.target]:
                back[number] = False       # sent "back" to a later step: it runs forward
    return back, order


def _closing_edges(shape: Shape) -> list[int]:
    """The links that close a loop in a depth-first walk from the starts, in declared order; none was sent back."""
    count = len(shape.nodes)
    out: list[list[int]] = [[] for _ in range(count)]
    for number, edge in enumerate(shape.edges):
        if not edge.back:
            out[edge.source].append(number)
    entered = [0] * count
    for edges in out:
        for number in edges:
            entered[shape.edges[number].target] += 1
    roots = [n for n in range(count) if shape.nodes[n].duty == "start"]
    roots += [n for n in range(count) if not entered[n] and shape.nodes[n].duty != "start"]
    closing: list[int] = []
    state = [0] * count                    # 0 new, 1 on the walk, 2 done
    for root in (*roots, *range(count)):
        if state[root]:
            continue
        state[root] = 1
        walk = [(root, iter(out[root]))]
        while walk:
            node, links = walk[-1]
            for number in links:
                target = shape.edges[number].target
                if state[target] == 1:
                    closing.append(number)
                elif not state[target]:
                    state[target] = 1
                    walk.append((target, iter(out[target])))
                    break
            else:
                state[node] = 2
                walk.pop()
    return closing


def _declared_order(shape: Shape, back: list[bool]) -> list[int]:
    """Topological order of the forward links; among the ready nodes the one declared first. Loops are left out."""
    for edge, runs_back in zip(shape.edges, back, strict=True):
        if not runs_back and edge.source >= edge.target:
            break
    else:
        return list(range(len(shape.nodes)))             # as most are declared
    waiting = [0] * len(shape.nodes)
    out: list[list[int]] = [[] for _ in shape.nodes]
    for edge, runs_back in zip(shape.edges, back, strict=True):
        if not runs_back:
            waiting[edge.target] += 1
            out[edge.source].append(edge.target)
    ready = [node for node, count in enumerate(waiting) if not count]
    order: list[int] = []
    while ready:
        node = heappop(ready)
        order.append(node)
        for target in out[node]:
            waiting[target] -= 1
            if not waiting[target]:
                heappush(ready, target)
    return order
