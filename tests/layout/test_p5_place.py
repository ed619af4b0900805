"""Phase 5: px. Boxes in their lanes, line ends on the border they belong to, labels clear."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.along import ARROW
from flowstd.layout.shape import ROUND, Arrangement, NodeShape, Shape
from tests import shapes
from tests.layout.phases import END, STEP, arranged, chart, rounded, trying

Area = tuple[int, int, int, int]               # low, early, high, late


def placed(shape: Shape, narrow: bool = False) -> tuple[Shape, Arrangement]:
    """The arrangement, and the shape with its boxes as they grew."""
    found = arranged(shape, narrow)
    return found.grown(shape), found


def box(shape: Shape, found: Arrangement, node: int) -> Area:
    (x, y), size = found.nodes[node], shape.nodes[node]
    return x, y, x + size.across, y + size.along


def labels(shape: Shape, found: Arrangement) -> list[tuple[int, Area]]:
    """Every label, by its link."""
    return [(link, (path.label[0], path.label[1], path.label[0] + edge.label_across, path.label[1] + edge.label_along))
            for link, (edge, path) in enumerate(zip(shape.edges, found.edges, strict=True)) if path.label]


def meet(a: Area, b: Area) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def off_border(node: NodeShape, corner: tuple[int, int], end: tuple[int, int]) -> float:
    """How far, in px and along the line's own direction at most, *end* lies from the outline."""
    half_across, half_along = node.across / 2, node.along / 2
    x, y = abs(end[0] - corner[0] - half_across), abs(end[1] - corner[1] - half_along)
    if node.outline == "diamond":
        return min(abs(half_along * (1 - x / half_across) - y), abs(half_across * (1 - y / half_along) - x))
    if node.outline == "round":
        radius = min(node.across // 2, node.along // 2, ROUND)
        dx, dy = x - (half_across - radius), y - (half_along - radius)
        if dx > 0 and dy > 0:
            return abs((dx * dx + dy * dy) ** 0.5 - radius)
    return max(x - half_across, y - half_along, min(half_across - x, half_along - y))


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_every_box_stands_in_its_lane_and_on_the_sheet(shape: Shape, narrow: bool) -> None:
    grown, found = placed(shape, narrow)

    for number, node in enumerate(grown.nodes):
        low, early, high, late = box(grown, found, number)
        lane = found.lanes[node.lane]
        assert lane[0] <= low and high <= lane[1]
        assert early >= 0 and late <= found.along


@trying
@given(shape=shapes.shapes())
def test_lanes_lie_side_by_side_and_are_as_wide_as_their_heads(shape: Shape) -> None:
    _, found = placed(shape)

    assert found.lanes[0][0] == 0 and found.lanes[-1][1] == found.across
    assert all(one[1] == other[0] for one, other in pairwise(found.lanes))
    assert all(to - start >= least for (start, to), least in zip(found.lanes, shape.lane_least, strict=False))


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_boxes_keep_apart(shape: Shape, narrow: bool) -> None:
    grown, found = placed(shape, narrow)
    boxes = [box(grown, found, number) for number in range(len(grown.nodes))]

    assert not any(meet(one, other) for one, other in combinations(boxes, 2))


@trying
@given(shape=shapes.shapes().map(rounded), narrow=st.booleans())
def test_lines_dock_on_the_outline_from_outside(shape: Shape, narrow: bool) -> None:
    grown, found = placed(shape, narrow)

    for edge, path in zip(grown.edges, found.edges, strict=True):
        for number, end, before in ((edge.source, path.points[0], path.points[1]),
                                    (edge.target, path.points[-1], path.points[-2])):
            assert off_border(grown.nodes[number], found.nodes[number], end) <= 1
            low, early, high, late = box(grown, found, number)
            assert not (low < before[0] < high and early < before[1] < late)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_every_labelled_line_has_its_label_beside_it(shape: Shape, narrow: bool) -> None:
    grown, found = placed(shape, narrow)
    placed_labels = dict(labels(grown, found))

    assert placed_labels.keys() == {link for link, edge in enumerate(shape.edges) if edge.label_across}
    for link, area in placed_labels.items():
        wide = (area[0] - 8, area[1] - 8, area[2] + 8, area[3] + 8)
        (ax, ay), (bx, by) = found.edges[link].points[:2]
        room = grown.nodes[shape.edges[link].source]
        reach = max(0, room.reach - room.along)
        line = min(ax, bx) - 1 - room.low, min(ay, by) - 1, max(ax, bx) + 1 + room.high, max(ay, by) + 1 + reach
        assert meet(wide, line)


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_labels_keep_clear_of_boxes_lines_and_each_other(shape: Shape, narrow: bool) -> None:
    grown, found = placed(shape, narrow)
    boxes = [box(grown, found, number) for number in range(len(grown.nodes))]
    lines = [(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)) for path in found.edges
             for (ax, ay), (bx, by) in pairwise(path.points)]
    areas = [area for _, area in labels(grown, found)]

    for number, area in enumerate(areas):
        assert not any(meet(area, other) for other in (*boxes, *areas[:number]))
        assert not any(meet(area, line) for line in lines)
        assert area[0] >= 0 and area[2] <= found.across and area[1] >= 0 and area[3] <= found.along


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_lines_are_right_angled_and_stay_on_the_sheet(shape: Shape, narrow: bool) -> None:
    _, found = placed(shape, narrow)

    for path in found.edges:
        assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in pairwise(path.points))
        assert all(0 < x < found.across and 0 < y < found.along for x, y in path.points)


@trying
@given(shape=shapes.shapes())
def test_an_arrow_has_room_before_it_turns(shape: Shape) -> None:
    """The last stretch of a line that comes from above is long enough for its arrow head."""
    grown, found = placed(shape)

    for edge, path in zip(grown.edges, found.edges, strict=True):
        (ax, ay), (bx, by) = path.points[-2:]
        if ax == bx and ay < by and len(path.points) > 2 and grown.nodes[edge.target].outline != "diamond":
            assert by - ay >= ARROW - 4


def test_a_story_stands_in_the_middle_of_a_lane_as_wide_as_its_head() -> None:
    shape = chart(STEP, END, links="0>1")._replace(lane_least=(400,))
    _, found = placed(shape)

    assert found.across == 400
    assert found.nodes[0][0] + STEP.across // 2 == 200


def test_papers_stand_on_the_side_without_lines() -> None:
    shape = chart(STEP._replace(aside=60), STEP._replace(lane=1), links="0>1", lanes=2)
    _, found = placed(shape)

    assert not found.aside_high[0]
    assert found.nodes[0][0] >= 60
