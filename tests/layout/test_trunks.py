"""Lines with a common trunk: all of it is drawn, each piece once, with one arrow head."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings

from flowstd.ir.model import Flow
from flowstd.layout.from_ir import lay_out
from flowstd.layout.model import Corners, Wire
from flowstd.layout.trunks import own_parts
from tests import shapes


def pixels(points: Corners) -> set[tuple[int, int, bool]]:
    """The places a line passes and whether level, without its last, which is a joint or a border."""
    found = set()
    for (ax, ay), (bx, by) in pairwise(points):
        for step in range(abs(ax - bx) + abs(ay - by)):
            found.add((ax + step * ((bx > ax) - (bx < ax)), ay + step * ((by > ay) - (by < ay)), ay == by))
    return found


def test_a_second_line_ends_where_it_joins_the_first() -> None:
    wires = (Wire("1", "a", "c", ((0, 0), (50, 0), (50, 40)), back=False),
             Wire("2", "b", "c", ((90, 0), (50, 0), (50, 40)), back=False),
             Wire("3", "d", "c", ((0, 20), (50, 20), (50, 40)), back=False))

    assert own_parts(wires) == ((wires[0].points, True), (((90, 0), (50, 0)), False),
                                (((0, 20), (50, 20)), False))


def test_lines_that_only_cross_are_drawn_whole() -> None:
    wires = (Wire("1", "a", "c", ((0, 20), (90, 20)), back=False),
             Wire("2", "b", "d", ((50, 0), (50, 40)), back=False))

    assert own_parts(wires) == tuple((wire.points, True) for wire in wires)


@settings(max_examples=60)
@given(flow=shapes.flows("ordinary"))
def test_nothing_is_left_out_and_every_place_of_arrival_has_one_head(flow: Flow) -> None:
    wires = lay_out(flow).wires
    parts = own_parts(wires)

    covered = set().union(*(pixels(points) for points, _ in parts))
    assert covered == set().union(*(pixels(wire.points) for wire in wires))
    heads = Counter((wire.target, wire.points[-1]) for wire, (_, arrives) in zip(wires, parts, strict=True) if arrives)
    assert heads == dict.fromkeys({(wire.target, wire.points[-1]) for wire in wires}, 1)
    trunks = Counter((wire.target, place) for wire, (points, _) in zip(wires, parts, strict=True)
                     for place in pixels(points))
    assert max(trunks.values(), default=0) <= 1
