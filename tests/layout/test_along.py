"""Where ranks and channels lie: in their order, and no lower than what stands above them asks for."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.along import CHANNEL, MARGIN, lay_along
from flowstd.layout.docks import place_docks
from flowstd.layout.engine import arrange
from flowstd.layout.shape import EdgeShape, NodeShape, Shape
from tests import shapes
from tests.layout.phases import tracked


def laid(shape: Shape, narrow: bool = False) -> tuple[list[int], int, list[int]]:
    """Middles and end, and the rows and channels that are used, in their order."""
    routes, tracks = tracked(shape, narrow)
    docks, grown = place_docks(shape, routes, tracks)
    rooms = [(node.middle_along, node.along - node.middle_along, 0) for node in grown.nodes]
    middle, end = lay_along(routes, tracks, rooms, docks)
    return middle, end, [y for y in range(routes.grid.rows) if y % 2 or tracks.channel_count[y]]


@given(shape=shapes.shapes(), narrow=st.booleans())
def test_ranks_and_channels_keep_their_order(shape: Shape, narrow: bool) -> None:
    middle, end, used = laid(shape, narrow)
    places = [middle[y] for y in used]

    assert places == sorted(set(places)) and (not places or 0 < places[0] <= places[-1] < end)


def test_a_high_box_asks_for_room_in_its_own_column_only() -> None:
    """Three steps in a row beside one high step: the row stays as close as it was, though the first are level."""
    step, high = NodeShape(0, 80, 40), NodeShape(1, 80, 200)
    found = arrange(Shape(2, (step, step, step, high), (EdgeShape(0, 1), EdgeShape(1, 2))))
    tops = [top for _, top in found.nodes]

    assert tops[0] + 20 == tops[3] + 100
    assert [after - before - 40 for before, after in pairwise(tops[:3])] == [CHANNEL, CHANNEL]
    assert found.along == tops[2] + 40 + MARGIN


@given(shape=shapes.shapes("ordinary"), head=st.integers(0, 60), foot=st.integers(0, 60))
def test_lines_at_the_sides_keep_to_the_middle_of_what_nothing_hangs_on(shape: Shape, head: int, foot: int) -> None:
    nodes = tuple(node._replace(along=node.along + head + foot, hung=(head, foot, 0, 0)) if node.outline == "box"
                  else node
                  for node in shape.nodes)
    shape = shape._replace(nodes=nodes)
    found = arrange(shape)

    for edge, path in zip(shape.edges, found.edges, strict=True):
        for node, (x, y) in ((edge.source, path.points[0]), (edge.target, path.points[-1])):
            (left, top), (wide, long), box = found.nodes[node], found.sizes[node], shape.nodes[node]
            if box.outline == "box" and x in (left, left + wide) and edge.source != edge.target:
                assert top + head <= y <= top + long - foot
