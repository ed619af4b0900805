"""The figures of hand-made drawings with known answers, and agreement with the neutral tool where it is at hand."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowstd.layout.engine import arrange
from flowstd.layout.faults import faults_of_scene
from flowstd.layout.from_ir import lay_out
from flowstd.layout.quality import faults, faults_of_arrangement, measure, measure_arrangement, measure_scene, seen
from flowstd.layout.scene import scene_of, scene_of_arrangement
from flowstd.layout.shape import Arrangement, EdgePath, EdgeShape, NodeShape, Shape
from tests.benchmarks.corpus import corpus
from tests.benchmarks.neutral import figures
from tests.benchmarks.plain import plain_shape
from tests.benchmarks.quality_table import geometry_of, shared_tool, turned
from tests.conftest import need
from tests.layout.test_faults import AB, CD, A, B, C, D, box, drawn, label, wire
from tests.layout.test_faults import turned as turned_drawing
from tests.shapes import shape_of


def test_a_straight_line_costs_its_length_and_nothing_else() -> None:
    q = measure(drawn(A, B, AB))

    assert (q.nodes, q.lines, q.crossings, q.bends, q.length, q.near, q.touches) == (2, 1, 0, 0, 110, 0, 0)
    assert (q.forward, q.strict, q.straightness) == (1.0, 1.0, 1.0)
    assert (q.bends_per_line, q.length_per_node) == (0.0, 55.0)


def test_corners_that_lie_on_a_straight_stretch_are_none() -> None:
    assert measure(drawn(A, B, wire("a", "b", (100, 90), (100, 120), (100, 120), (100, 200)))).bends == 0
    assert measure(drawn(A, D, wire("a", "d", (100, 90), (100, 150), (450, 150), (450, 200)))).bends == 2


def test_every_crossing_counts_and_a_meeting_at_one_end_does_not() -> None:
    over = wire("a", "d", (100, 90), (100, 130), (450, 130), (450, 200))
    under = wire("c", "b", (420, 90), (420, 160), (100, 160), (100, 200))
    into_b = wire("e", "b", (250, 90), (250, 110), (100, 110), (100, 200))

    assert measure(drawn(A, B, C, D, over, under)).crossings == 1
    assert measure(drawn(A, box("e", 200, 50, 90), B, AB, into_b)).crossings == 0


def test_a_grid_of_strangers_crosses_everywhere() -> None:
    size = 5
    nodes: list[Any] = []
    for n in range(size):
        nodes += [box(f"t{n}", 60 + 40 * n, 30, 20, 20), box(f"b{n}", 60 + 40 * n, 400, 20, 20),
                  box(f"l{n}", 10, 100 + 40 * n, 20, 20), box(f"r{n}", 270, 100 + 40 * n, 20, 20)]
        nodes += [wire(f"t{n}", f"b{n}", (70 + 40 * n, 50), (70 + 40 * n, 400)),
                  wire(f"l{n}", f"r{n}", (30, 110 + 40 * n), (270, 110 + 40 * n))]
    q = measure(drawn(*nodes))

    assert (q.crossings, q.near, q.touches) == (size * size, 0, 0)


def test_lines_side_by_side_are_near_below_four_pixels() -> None:
    def beside(x: int) -> int:
        return measure(drawn(A, B, C, D, wire("a", "b", (150, 70), (200, 70), (200, 220), (150, 220)),
                             wire("c", "d", (400, 70), (x, 70 + 1), (x, 221), (400, 221)))).near

    assert (beside(203), beside(204)) == (1, 0)


def test_a_corner_on_a_foreign_line_reads_as_a_junction() -> None:
    touching = wire("c", "d", (400, 70), (200, 70), (200, 150), (100, 150), (100, 151), (350, 151), (350, 220),
                    (400, 220))

    assert measure(drawn(A, B, C, D, AB, touching)).touches == 1


def test_a_label_is_far_when_nobody_would_link_it_to_its_line() -> None:
    near, far = label(130, 120), label(200, 120)

    assert measure(drawn(A, B, wire("a", "b", (100, 90), (100, 200), label=near))).labels_far == 0
    assert measure(drawn(A, B, wire("a", "b", (100, 90), (100, 200), label=far))).labels_far == 1


def test_forward_is_judged_by_middles_and_strict_by_borders() -> None:
    up = wire("b", "a", (100, 200), (100, 90))
    level = wire("a", "c", (150, 70), (400, 70))

    q = measure(drawn(A, B, C, D, up, level, CD))
    assert (q.forward, q.strict) == (2 / 3, 1 / 3)
    assert measure(drawn(A, B, C, D, wire("b", "a", (100, 200), (100, 90), back=True), CD)).forward == 1.0
    assert measure(turned_drawing(drawn(A, B, C, D, up, level, CD))).forward == 2 / 3


def test_the_main_path_is_the_longest_way_forward() -> None:
    bent = wire("b", "d", (150, 220), (250, 220), (250, 240), (300, 240), (350, 240), (350, 220), (400, 220))

    assert measure(drawn(A, B, C, D, AB, bent, wire("a", "c", (150, 70), (400, 70)))).straightness == 0.5


def test_a_page_is_judged_with_text_of_nine_points() -> None:
    def page(across: int, along: int, font_px: int = 12) -> tuple[bool, bool]:
        shape = Shape(1, (NodeShape(0, 100, 40),), ())
        q = measure_arrangement(shape, Arrangement(across, along, ((0, across),), ((0, 0),), (True,), ()), font_px)
        return q.a4, q.a4_level

    assert page(718, 1040) == (True, False)
    assert page(720, 1040) == (False, False)
    assert page(1040, 718) == (False, True)
    assert page(950, 1040, font_px=16) == (True, False)
    shape = Shape(1, (NodeShape(0, 100, 40),), ())
    q = measure_arrangement(shape, Arrangement(300, 600, ((0, 300),), ((0, 0),), (True,), ()))
    assert q.aspect == pytest.approx(0.5)
    assert q.area == pytest.approx(300 * 600 * (25.4 / 96) ** 2 / 480)


SMALL = corpus(30, seed=3)
AGREED = {"crossings": "crossing", "near": "near", "forward": "forward", "strict": "strict", "width_mm": "width_mm",
          "height_mm": "height_mm", "area": "area_node", "aspect": "aspect", "a4": "a4", "a4_level": "a4_land",
          "bends_per_line": "bends", "length_per_node": "len_node", "nodes": "nodes", "lines": "edges",
          "labels_far": "label_far"}
MUST_BE_ZERO = ("node_overlap", "edge_node", "own_hit", "detached", "overlap", "label_label", "label_node",
                "label_edge", "label_missing", "lane_out", "lane_lane")


@pytest.mark.parametrize("direction", ["down", "right"])
def test_the_neutral_tool_finds_the_same_figures(direction: str) -> None:
    tool = shared_tool()
    need(tool is not None, "the neutral quality tool beside the project")
    for flow in corpus(60, seed=7):
        shape = plain_shape(flow, "right" if direction == "right" else "down")
        arrangement = arrange(shape)
        scene = scene_of_arrangement(shape, arrangement)
        scene = turned(scene) if direction == "right" else scene
        ours, theirs = measure_scene(scene), tool.measure(geometry_of(scene))

        assert {name: getattr(ours, name) for name in AGREED} \
            == pytest.approx({name: theirs[key] for name, key in AGREED.items()})
        if not faults_of_arrangement(shape, arrangement):
            assert {key: theirs[key] for key in MUST_BE_ZERO} == dict.fromkeys(MUST_BE_ZERO, 0)
            assert theirs["lane_band"] == 1
            assert theirs["ortho"] == 1


def test_a_random_arrangement_without_faults_is_clean_by_the_neutral_tool() -> None:
    tool = shared_tool()
    need(tool is not None, "the neutral quality tool beside the project")
    rng, clean = Random(11), 0
    for _ in range(60):
        shape = shape_of(rng, "any", rng.randint(2, 30), rng.randint(1, 6))
        scene = scene_of_arrangement(shape, arrange(shape))
        if not faults_of_arrangement(shape, arrange(shape)):
            theirs = tool.measure(geometry_of(scene))
            assert {key: theirs[key] for key in MUST_BE_ZERO} == dict.fromkeys(MUST_BE_ZERO, 0)
            clean += 1

    assert clean


@given(seed=st.integers(0, 10**6))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_the_loose_measure_finds_wrong_is_a_fault(seed: int) -> None:
    rng = Random(seed)
    shape = plain_shape(rng.choice(SMALL))
    scene = scene_of_arrangement(shape, disturbed(rng, arrange(shape)))
    found = figures(geometry_of(scene))

    wrong = not found["clean"] or found["detached"] or found["ortho"] < 1 or not found["bands"]
    assert faults_of_scene(scene) or not wrong


def disturbed(rng: Random, arrangement: Arrangement) -> Arrangement:
    """An arrangement with one box, label, corner or lane out of its place."""
    dx, dy = rng.choice((-90, -30, -8, 8, 30, 90)), rng.choice((-60, -8, 0, 8, 60))
    what = rng.choice(("node", "label", "corner", "line", "lane"))
    nodes, edges = list(arrangement.nodes), list(arrangement.edges)
    if what == "node":
        at = rng.randrange(len(nodes))
        nodes[at] = (nodes[at][0] + dx, nodes[at][1] + dy)
    elif what == "lane":
        (low, high), *others = arrangement.lanes
        return arrangement._replace(lanes=((low, high + abs(dx)), *others))
    else:
        at = rng.randrange(len(edges))
        edge = edges[at]
        if what == "label" and edge.label:
            edges[at] = edge._replace(label=(edge.label[0] + dx, edge.label[1] + dy))
        moved = range(len(edge.points)) if what == "line" else [rng.randrange(len(edge.points))]
        if what != "label":
            edges[at] = edge._replace(points=tuple((x + dx, y + dy) if n in moved else (x, y)
                                                   for n, (x, y) in enumerate(edge.points)))
    return arrangement._replace(nodes=tuple(nodes), edges=tuple(edges))


def test_a_drawing_and_its_arrangement_give_one_scene() -> None:
    shape = Shape(2, (NodeShape(0, 100, 40), NodeShape(1, 100, 40)), (EdgeShape(0, 1),))
    paths = (EdgePath(((100, 90), (100, 150), (450, 150), (450, 200)), None, False),)
    lanes = ((0, 300), (300, 600))
    scene = scene_of_arrangement(shape, Arrangement(600, 500, lanes, ((50, 50), (400, 200)), (True, True), paths))
    drawing = drawn(box("n0", 50, 50), box("n1", 400, 200, lane=1), wire("n0", "n1", *paths[0].points))

    assert measure_scene(scene) == measure_scene(scene_of(drawing))


def test_what_is_seen_at_once_is_what_is_found_one_by_one() -> None:
    drawings = [lay_out(flow) for flow in corpus(12)]
    drawings.append(drawn(A, B, C, D, AB, AB._replace(id="twice"), wire("c", "b", (400, 70), (75, 70), (75, 200))))

    assert [seen(drawing) for drawing in drawings] == [(faults(one), measure(one).crossings) for one in drawings]
    assert any(found.faults for found in map(seen, drawings)) and any(found.crossings for found in map(seen, drawings))
