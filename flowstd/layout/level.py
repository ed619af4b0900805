"""Which links may run level, straight across from one lane to the next, and on which side of their source.

A side of a box serves one level line. Who gets it decides how calm a chart
looks: the story, an exception that must pass above it, a return.
"""

from __future__ import annotations

from .shape import Shape

LOW, HIGH = 0, 1


def level_sides(shape: Shape, out: list[list[int]], back: list[bool], onward: list[int], *,
                beside: bool, story_first: bool = False) -> dict[int, int]:
    """For each link that may run level the side of its source: at most one a side, the story first.

    Links to other lanes come first, then returns keep a side free, then
    exceptions within the lane stand beside their decision on the side they
    lean to (*beside*). A decision is not entered on a side that its own exits want.
    """
    nodes, edges = shape.nodes, shape.edges
    pull = _pull(shape)
    returns: list[list[int]] = [[] for _ in nodes]
    for number, edge in enumerate(edges):
        if back[number]:
            returns[edge.source].append(number)
    sides: dict[int, int] = {}
    wanted = [[False, False] for _ in nodes]
    for node, links in enumerate(out):
        if nodes[node].outline == "bar" or (nodes[node].duty == "start" and len(links) != 1):
            continue
        taken = wanted[node]
        decides = nodes[node].outline == "diamond"
        if beside and decides:
            _let_pass(node, links, shape, out, onward, pull, sides, taken)
        _to_other_lanes(node, links, shape, out, onward, sides, taken, story_first)
        if decides:
            _keep_for_returns(node, returns[node], shape, taken)
            if beside and onward[node] not in sides:
                _stand_beside(node, links, shape, onward, pull, sides, taken)
    for number, side in list(sides.items()):
        entered = edges[number].target
        if nodes[entered].outline == "diamond" and wanted[entered][1 - side]:
            del sides[number]
    return sides


def _to_other_lanes(node: int, links: list[int], shape: Shape, out: list[list[int]], onward: list[int],
                    sides: dict[int, int], taken: list[bool], story_first: bool) -> None:
    here = shape.nodes[node].lane
    for number in sorted(links, key=lambda link: _outer_first(link, shape, out, onward, story_first)):
        target = shape.nodes[shape.edges[number].target]
        side = HIGH if target.lane > here else LOW
        if target.outline != "bar" and target.lane != here and not taken[side]:
            taken[side] = True
            sides[number] = side


def _keep_for_returns(node: int, returns: list[int], shape: Shape, taken: list[bool]) -> None:
    for number in returns:
        side = LOW if shape.nodes[shape.edges[number].target].lane < shape.nodes[node].lane else HIGH
        taken[side if not taken[side] else 1 - side] = True


def _stand_beside(node: int, links: list[int], shape: Shape, onward: list[int], pull: list[float],
                  sides: dict[int, int], taken: list[bool]) -> None:
    here = shape.nodes[node].lane
    for number in links:
        target = shape.nodes[shape.edges[number].target]
        if number == onward[node] or target.outline == "bar" or target.lane != here:
            continue
        lean = pull[shape.edges[number].target] - here
        liked = (LOW,) if lean < 0 else (HIGH,) if lean > 0 else (HIGH, LOW)
        side = next((side for side in liked if not taken[side]), None)
        if side is not None:
            taken[side] = True
            sides[number] = side


def _let_pass(node: int, links: list[int], shape: Shape, out: list[list[int]], onward: list[int], pull: list[float],
              sides: dict[int, int], taken: list[bool]) -> None:
    """An exception that leads beyond the lane into which the story turns passes above it: it gets the story's side."""
    story = onward[node]
    if story < 0:
        return
    here, there = shape.nodes[node].lane, shape.nodes[shape.edges[story].target].lane
    if there == here or not any(shape.nodes[shape.edges[after].target].lane == there
                                for after in out[shape.edges[story].target]):
        return
    side = HIGH if there > here else LOW
    for number in links:
        target = shape.edges[number].target
        lead = pull[target]
        beyond = lead > there if side == HIGH else lead < there
        if (number != story and shape.nodes[target].lane == here and shape.nodes[target].outline != "bar" and beyond
                and _ends_soon(target, shape, out)):
            taken[side] = True
            sides[number] = side
            return


def _outer_first(link: int, shape: Shape, out: list[list[int]], onward: list[int],
                 story_first: bool) -> tuple[int, int]:
    """Of several exits to one side the farthest runs level, so that none crosses another.

    Where two lead to one lane, the exception runs level if it ends soon and
    the story goes on down that lane, unless *story_first*; else the story does.
    """
    edge = shape.edges[link]
    lane = shape.nodes[edge.target].lane
    story = onward[edge.source]
    if story == link:
        goes_down = any(shape.nodes[shape.edges[after].target].lane == lane for after in out[edge.target])
        return -abs(lane - shape.nodes[edge.source].lane), 1 if goes_down and not story_first else -1
    return -abs(lane - shape.nodes[edge.source].lane), 0 if _ends_soon(edge.target, shape, out) else 2


def _ends_soon(node: int, shape: Shape, out: list[list[int]]) -> bool:
    """Whether a case that reaches *node* ends within two further steps of one kind of way."""
    for _ in range(3):
        if not out[node]:
            return True
        if len(out[node]) > 1:
            return False
        node = shape.edges[out[node][0]].target
    return False


def _pull(shape: Shape) -> list[float]:
    """The mean lane of where each node leads: which way an exception leans."""
    total, count = [0] * len(shape.nodes), [0] * len(shape.nodes)
    for edge in shape.edges:
        total[edge.source] += shape.nodes[edge.target].lane
        count[edge.source] += 1
    return [total[n] / count[n] if count[n] else float(shape.nodes[n].lane) for n in range(len(shape.nodes))]
