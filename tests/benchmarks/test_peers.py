"""The measure that all engines are judged by, and that every peer's positions come through whole."""

from __future__ import annotations

from typing import Any

import pytest

from flowstd.layout.from_ir import lay_out
from flowstd.layout.geometry import geometry
from flowstd.layout.quality import measure
from tests.benchmarks import peers
from tests.benchmarks.corpus import corpus
from tests.benchmarks.neutral import corners, figures
from tests.benchmarks.quality_table import shared_tool
from tests.conftest import need

SIZE = 12
SAME = {"crossings": "crossing", "boxes overlap": "node_overlap", "through boxes": "edge_node", "detached": "detached",
        "bends": "bends", "length": "len_node", "ortho": "ortho", "labels missing": "label_missing",
        "lane out": "lane_out", "bands": "lane_band", "forward": "forward", "area": "area_node", "a4": "a4",
        "aspect": "aspect"}


def box(x: float, y: float, w: float = 100, h: float = 40, **more: Any) -> dict[str, Any]:
    return {"x": x, "y": y, "w": w, "h": h, **more}


def chart(nodes: dict[str, Any], *edges: tuple[str, str, list[list[float]]], **more: Any) -> dict[str, Any]:
    return figures({"direction": "TB", "font_pt": 9, "nodes": nodes, "lanes": {}, **more,
                    "edges": [{"src": a, "dst": b, "points": points} for a, b, points in edges]})


FOUR = {"a": box(0, 0), "b": box(300, 300), "c": box(300, 0), "d": box(0, 300)}


def test_slanted_lines_cross_once() -> None:
    found = chart(FOUR, ("a", "b", [[50, 40], [350, 300]]), ("c", "d", [[350, 40], [50, 300]]))

    assert (found["crossings"], found["ortho"], found["bends"], found["clean"]) == (1, 0.0, 0.0, True)


def test_lines_on_lines_and_through_boxes_are_not_clean() -> None:
    across = chart(FOUR, ("a", "b", [[50, 40], [50, 150], [200, 150], [200, 320], [300, 320]]),
                   ("c", "d", [[350, 40], [350, 150], [100, 150], [100, 320]]))
    through = chart({**FOUR, "e": box(0, 150)}, ("a", "d", [[50, 40], [50, 300]]))

    assert (across["shared"], across["clean"]) == (1, False)
    assert (through["through boxes"], through["clean"]) == (1, False)


def test_the_corner_of_a_diamonds_box_is_free_and_a_line_that_ends_there_hangs() -> None:
    diamond = {"a": box(0, 0), "q": box(0, 100, 100, 60, shape="diamond"), "d": box(0, 300)}

    assert chart(diamond, ("a", "d", [[8, 40], [8, 115], [-9, 115], [-9, 320], [0, 320]]))["through boxes"] == 0
    assert chart(diamond, ("a", "d", [[50, 40], [50, 300]]))["through boxes"] == 1
    assert chart(diamond, ("a", "q", [[10, 40], [10, 100]]))["detached"] == 1
    assert chart(diamond, ("a", "q", [[50, 40], [50, 100]]))["detached"] == 0


def test_points_that_do_not_turn_a_line_are_dropped() -> None:
    assert corners([[0, 0], [0, 5], [0, 5], [0, 9], [4, 9]]) == [(0, 0), (0, 9), (4, 9)]
    assert len(corners([[0, 0], [0, 9], [0, 3]])) == 3


@pytest.mark.parametrize("direction", ["down", "right"])
def test_our_drawings_measure_the_same_by_both_of_our_measures(direction: Any) -> None:
    for flow in corpus(SIZE, seed=5):
        drawing = lay_out(flow, direction)
        strict, loose = measure(drawing), figures(geometry(drawing))

        assert (strict.crossings, strict.bends_per_line, strict.length_per_node, strict.forward, strict.area,
                strict.a4) \
            == pytest.approx(tuple(loose[name] for name in ("crossings", "bends", "length", "forward", "area", "a4")))
        assert loose["bands"]
        assert loose["ortho"] == 1


@pytest.fixture(scope="module")
def ours() -> tuple[Any, list[dict[str, Any]]]:
    flows = corpus(SIZE, seed=5)
    result = peers.flowstd(flows)
    return result, [peers.asked(flow, drawn) for flow, drawn in zip(flows, result.charts, strict=True) if drawn]


@pytest.mark.parametrize("name", ["dot-flat", "dot-lanes", *peers.NODE_PEERS])
def test_a_peer_places_every_box_and_line_it_was_given(name: str, ours: tuple[Any, list[dict[str, Any]]]) -> None:
    _, charts = ours
    result = peers.dot_peer(name, charts) if name.startswith("dot") else peers.node_peer(name, charts)
    need(result is not None, name)
    assert result
    for asked, placed in zip(charts, result.charts, strict=True):
        assert placed
        found = figures(placed)

        assert set(placed["nodes"]) == set(asked["nodes"])
        assert [(e["src"], e["dst"]) for e in placed["edges"]] == [(e["src"], e["dst"]) for e in asked["edges"]]
        assert found["boxes overlap"] == 0
        assert found["detached"] <= 2 * sum(box["shape"] == "diamond" for box in asked["nodes"].values()) * 3
        if name != "bpmn-auto-layout":
            assert all(placed["nodes"][n]["w"] == box["w"] for n, box in asked["nodes"].items())
            assert found["labels missing"] == 0
    tool = shared_tool()
    if tool and not result.charts[0].get("curved"):                      # type: ignore[union-attr]
        for placed in result.charts:
            found, theirs = figures(placed or {}), tool.measure(placed)
            assert {n: found[n] for n in SAME} == pytest.approx({n: theirs[key] for n, key in SAME.items()})


def test_the_page_tells_the_command_and_every_engine(ours: tuple[Any, list[dict[str, Any]]]) -> None:
    text = peers.page([ours[0]], SIZE, 5)

    assert peers.COMMAND in text
    assert "| flowstd | true lanes, right-angled | " in text
