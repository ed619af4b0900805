"""Parts of a flow with one way in and one way out: each is decided on its own, and then stands for a line.

Lines that every undirected round trip passes together bound such parts (program
structure tree: Johnson, Pearson and Pingali, 1994). A sound part does what a
line does, so the whole is sound when its parts are and what is left of it is.
"""

from __future__ import annotations

from typing import NamedTuple

from .reduce import CHOICE, SPLIT, Core


class Part(NamedTuple):
    """Nodes with one way in, which leads to *first*, and one way out."""

    first: int
    inside: frozenset[int]


def parts_of(core: Core) -> list[Part]:
    """The parts of *core* with more than one node, none within another, the smallest ones."""
    lines = [(source, target) for source in core.exits for target in core.exits[source]]
    found = []
    for group in _together(core, lines):
        for at in group:
            inside, left = _between(core, lines, at, group)
            if len(left) == 1 and len(inside) > 1 and core.sink not in inside and core.source not in inside:
                found.append(Part(lines[at][1], frozenset(inside)))
    taken: set[int] = set()
    smallest = []
    for part in sorted(found, key=lambda part: (len(part.inside), part.first)):
        if not taken & part.inside:
            taken |= part.inside
            smallest.append(part)
    return smallest


def alone(core: Core, part: Part) -> Core:
    """*part* of *core* as a flow of its own."""
    own = Core.__new__(Core)
    own.source, own.sink = core.source, core.sink
    own.kind = {core.source: SPLIT, core.sink: CHOICE, **{node: core.kind[node] for node in sorted(part.inside)}}
    own.exits = {node: [] for node in own.kind}
    own.entries = {node: [] for node in own.kind}
    own.link(core.source, part.first)
    for node in sorted(part.inside):
        for target in core.exits[node]:
            own.link(node, target if target in part.inside else core.sink)
    return own


def _between(core: Core, lines: list[tuple[int, int]], at: int, group: list[int]) -> tuple[set[int], list[int]]:
    """The nodes that follow line *at* before another line of its *group*, and the lines of the group that end them."""
    bounds = {lines[other]: other for other in group}
    inside, stack, left = {lines[at][1]}, [lines[at][1]], dict[int, None]()
    while stack:
        node = stack.pop()
        for target in core.exits[node]:
            if (node, target) in bounds:
                left[bounds[node, target]] = None
            elif target not in inside:
                inside.add(target)
                stack.append(target)
    return inside, list(left)


def _together(core: Core, lines: list[tuple[int, int]]) -> list[list[int]]:
    """The lines in groups that lie on the very same round trips, whichever way lines are walked.

    Each line outside a spanning tree closes one round trip and is one bit; a line
    of the tree lies on the round trips whose bits meet below it.
    """
    closed = [*lines, (core.sink, core.source)]
    near: dict[int, list[int]] = {node: [] for node in core.kind}
    for at, (source, target) in enumerate(closed):
        near[source].append(at)
        if source != target:
            near[target].append(at)
    above: dict[int, int] = {core.source: -1}           # node → the tree line that leads to it
    order, tree = [core.source], set[int]()
    for node in order:
        for at in near[node]:
            other = closed[at][0] + closed[at][1] - node
            if other not in above:
                above[other] = at
                tree.add(at)
                order.append(other)
    trips = dict.fromkeys(order, 0)
    found: dict[int, list[int]] = {}
    for at, (source, target) in enumerate(closed):
        if at not in tree and source in trips and target in trips:
            bit = 1 << at
            trips[source] ^= bit
            trips[target] ^= bit
            found.setdefault(bit, []).append(at)
    for node in reversed(order[1:]):
        at = above[node]
        trips[closed[at][0] + closed[at][1] - node] ^= trips[node]
        found.setdefault(trips[node], []).append(at)
    return [[at for at in group if at < len(lines)] for group in found.values() if len(group) > 1]
