"""The geometry is what other programs read: its words do not change."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from flowstd.base.digest import canonical
from flowstd.dsl import applicant, end, flow_of, window
from flowstd.ir.model import Flow
from flowstd.layout.from_ir import lay_out
from flowstd.layout.geometry import geometry
from flowstd.layout.model import Direction
from flowstd.layout.quality import measure
from tests import shapes
from tests.layout.flows import question


def test_a_chart_in_plain_numbers() -> None:
    drawing = lay_out(question("材料是否齐全？"))
    found = geometry(drawing, "K1.新办")

    assert set(found) == {"id", "direction", "font_pt", "nodes", "edges", "lanes"}
    assert (found["id"], found["direction"], found["font_pt"]) == ("K1.新办", "TB", 9.0)
    assert list(found["nodes"]) == ["start", "ask", "yes", "no"]
    assert set(found["nodes"]["ask"]) == {"x", "y", "w", "h", "shape", "lane"}
    assert (found["nodes"]["ask"]["shape"], found["nodes"]["start"]["shape"]) == ("diamond", "rect")
    assert found["nodes"]["ask"]["lane"] == "窗口"
    assert list(found["lanes"]) == ["申请人", "窗口"]
    assert found["edges"][0].keys() == {"src", "dst", "points", "loop"}
    assert found["edges"][2]["text"] == "不符合条件"
    assert found["edges"][2]["label"].keys() == {"x", "y", "w", "h"}


def test_a_chart_that_runs_right_says_so() -> None:
    assert geometry(lay_out(question("材料是否齐全？"), "right"))["direction"] == "LR"


def test_a_chart_without_a_name_has_its_title() -> None:
    assert geometry(lay_out(question("材料是否齐全？")))["id"] == "许可"


@pytest.mark.parametrize("direction", ["down", "right"])
def test_papers_that_hang_on_a_step_do_not_move_its_middle(direction: Direction) -> None:
    flow = flow_of(applicant.submit("提交申请", issues="受理回执") >> window.accept("受理") >> end.done)
    drawing = lay_out(flow, direction)
    submit, accept = (geometry(drawing)["nodes"][step] for step in ("申请人/提交申请", "窗口/受理"))

    assert drawing.symbols[1].papers
    assert (submit["w"], submit["h"]) == (accept["w"], accept["h"])
    assert measure(drawing).forward == 1.0


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(flow=shapes.flows())
def test_lines_run_from_border_to_border_and_boxes_stand_in_their_lanes(flow: Flow) -> None:
    drawing = lay_out(flow)
    found = json.loads(canonical(geometry(drawing, "x")))
    round_ = {symbol.id for symbol in drawing.symbols if symbol.form == "terminal"}

    for edge in found["edges"]:
        for point, node in ((edge["points"][0], edge["src"]), (edge["points"][-1], edge["dst"])):
            assert on_border(point, found["nodes"][node], node in round_)
    for node in found["nodes"].values():
        lane = found["lanes"][node["lane"]]
        assert lane["x"] <= node["x"] and node["x"] + node["w"] <= lane["x"] + lane["w"]


ROUND = 12               # how far the outline of a round end may draw in where lines dock


def on_border(point: list[int], box: dict[str, int], round_: bool) -> bool:
    x, y = point[0] - box["x"], point[1] - box["y"]
    inside = 0 <= x <= box["w"] and 0 <= y <= box["h"]
    return inside and (box["shape"] == "diamond" or min(x, box["w"] - x, y, box["h"] - y) <= ROUND * round_)
