"""The engine as a whole: the same chart for the same shape, everywhere, and no narrower than it must be."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowstd.layout import engine
from flowstd.layout.crossings import crossings
from flowstd.layout.engine import Engine, _demerits, _narrow_may_fit, _Plan, arrange
from flowstd.layout.faults import faults_of_arrangement
from flowstd.layout.shape import Arrangement, EdgePath, Shape
from tests import shapes
from tests.conftest import ROOT
from tests.layout.phases import END, STEP, arranged, chart, routed, trying

PRINTED = """
from hashlib import sha256
from flowstd.layout.engine import arrange
from tests.shapes import examples
print(sha256(repr([arrange(shape) for shape in examples(25)]).encode()).hexdigest())
"""


def printed(**more: str) -> str:
    """What a fresh interpreter prints of 25 arrangements."""
    done = subprocess.run([sys.executable, "-c", PRINTED], cwd=ROOT, env=os.environ | more, check=True,
                          capture_output=True, text=True)
    return done.stdout


def fits(found: Arrangement, sheet: tuple[int, int]) -> bool:
    return found.across <= sheet[0] and found.along <= sheet[1]


def shrink(found: Arrangement, sheet: tuple[int, int]) -> float:
    return max(found.across / sheet[0], found.along / sheet[1])


def test_every_run_arranges_alike() -> None:
    one = printed(PYTHONHASHSEED="0", LANG="C", TZ="UTC")

    assert len(one) == 65
    assert one == printed(PYTHONHASHSEED="4711", LANG="zh_CN.UTF-8", TZ="Asia/Shanghai")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(1, 40), lanes=st.integers(1, 5))
def test_equal_shapes_are_arranged_alike(seed: int, size: int, lanes: int) -> None:
    one, other = (shapes.shape_of(shapes.Random(seed), "any", size, lanes) for _ in range(2))

    assert one == other and one is not other
    assert arrange(one) == arrange(other)


@trying
@given(shape=shapes.shapes("ordinary"), across=st.integers(100, 1500), along=st.integers(100, 1500))
def test_a_chart_is_narrow_only_where_that_makes_it_fit(shape: Shape, across: int, along: int) -> None:
    free, wished = arrange(shape), arrange(shape._replace(sheets=((across, along),)))

    assert wished == free or not fits(free, (across, along))
    assert fits(wished, (across, along)) or shrink(wished, (across, along)) <= shrink(free, (across, along))


def test_a_wide_chart_is_set_narrow_for_a_narrow_sheet() -> None:
    bar = STEP._replace(outline="bar", along=8, duty="split")
    branches = chart(bar, STEP, STEP, STEP, STEP, bar._replace(duty="join"), links="0>1 0>2 0>3 0>4 1>5 2>5 3>5 4>5")
    free = arrange(branches)
    narrow = arrange(branches._replace(sheets=((free.across - 1, 3000),)))

    assert narrow.across < free.across
    assert narrow.along > free.along


def test_a_chart_that_fits_its_sheet_is_planned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = []
    real = engine.place
    monkeypatch.setattr(engine, "place", lambda *args: plans.append(args) or real(*args))
    arrange(chart(STEP, END, links="0>1")._replace(sheets=((1000, 1000),)))

    assert len(plans) == 1


def test_a_chart_of_one_step_and_one_without_links_are_arranged() -> None:
    assert len(arrange(chart(STEP, links="")).nodes) == 1
    assert arrange(chart(STEP, STEP, links="", lanes=3)).edges == ()


def overlap(one: EdgePath, other: EdgePath) -> bool:
    """Whether two lines run on one another anywhere."""
    for (ax, ay), (bx, by) in pairwise(one.points):
        for (cx, cy), (dx, dy) in pairwise(other.points):
            if ax == bx == cx == dx and max(min(ay, by), min(cy, dy)) < min(max(ay, by), max(cy, dy)):
                return True
            if ay == by == cy == dy and max(min(ax, bx), min(cx, dx)) < min(max(ax, bx), max(cx, dx)):
                return True
    return False


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(shape=shapes.shapes(), seed=st.integers(0, 2**32 - 1))
def test_lines_that_are_kept_apart_join_none_that_is_not(shape: Shape, seed: int) -> None:
    chance = shapes.Random(seed)
    shape = shape._replace(edges=tuple(edge._replace(apart=chance.random() < 0.4) for edge in shape.edges))
    found = arrange(shape)

    assert [fault.name for fault in faults_of_arrangement(shape, found)] == []
    kinds = [[path for edge, path in zip(shape.edges, found.edges, strict=True) if edge.apart is apart]
             for apart in (False, True)]
    assert not any(overlap(one, other) for one in kinds[0] for other in kinds[1])


def test_a_line_kept_apart_docks_beside_the_others() -> None:
    shape = chart(STEP, STEP, STEP, STEP, links="0>3 1>3 2>3")
    one, other, last = shape.edges
    joined, parted = (arrange(shape._replace(edges=(one, other._replace(apart=apart), last))).edges
                      for apart in (False, True))

    assert joined[0].points[-1] == joined[1].points[-1]
    assert parted[0].points[-1] != parted[1].points[-1]


def test_shapes_that_are_alike_are_routed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = engine.route
    monkeypatch.setattr(engine, "route", lambda *args, **kw: asked.append(args) or real(*args, **kw))
    knowing = Engine()
    for step in (STEP, STEP._replace(across=STEP.across + 40), STEP._replace(outline="round")):
        knowing.arrange(chart(step, END, links="0>1"))
    assert len(asked) == 1
    knowing.arrange(chart(STEP._replace(outline="diamond"), END, links="0>1"))
    assert len(asked) == 2


@trying
@given(shape=shapes.shapes(), sheet=st.tuples(st.integers(200, 900), st.integers(300, 1200)), more=st.integers(1, 60))
def test_an_engine_that_knows_a_shape_arranges_a_wider_one_as_a_new_engine_does(
        shape: Shape, sheet: tuple[int, int], more: int) -> None:
    narrow = shape._replace(sheets=(sheet,))
    wide = narrow._replace(nodes=tuple(
        node._replace(across=node.across + 2 * more, along=node.along + more, aside=node.aside and node.aside + more,
                      low=more, high=2 * more, reach=node.reach + more, hung=(more // 4, 0, more // 4, 0),
                      outline="round" if node.outline == "box" else node.outline,
                      duty="step" if node.duty in ("end", "decision", "join") else node.duty) for node in shape.nodes),
        lane_least=(10 * more,) * shape.lanes, edges=tuple(
            edge._replace(label_across=edge.label_across + more, label_along=edge.label_along + more)
            if edge.label_across else edge for edge in shape.edges))
    knowing = Engine()
    knowing.arrange(narrow)

    assert knowing.arrange(wide) == arrange(wide)
    assert knowing.arrange(narrow) == arrange(narrow)


@pytest.mark.parametrize(("across", "along", "worth"), [
    (100, 500, False),             # fits
    (110, 500, False),             # too wide by little, but too long by far
    (110, 104, True),
    (140, 90, False),              # too wide by far; the second sheet has room
    (210, 210, True),              # fits none: whatever is less wide may be the better one
])
def test_a_narrow_plan_is_worth_a_try_where_it_may_fit_a_better_sheet(across: int, along: int, worth: bool) -> None:
    roomy = Arrangement(across, along, (), (), (), (), ())

    assert _narrow_may_fit(roomy, ((100, 100), (200, 600))) is worth


@pytest.mark.parametrize(("roomy", "crossings", "better"), [
    ((150, 90), 1, False),         # as calm, but fits the paper turned
    ((150, 90), 0, True),          # calmer, and fits the same paper turned
    ((90, 90), 1, True),           # as calm on the same sheet: it comes first
    ((90, 90), 2, False),          # on the same sheet, with more crossings
    ((150, 150), 0, False),        # calmer, but needs a larger paper
    ((150, 300), 0, False),        # calmer, but fits no paper
])
def test_a_plan_is_taken_for_the_smaller_paper_and_then_for_fewer_crossings(
        roomy: tuple[int, int], crossings: int, better: bool) -> None:
    one, other = (_demerits(_Plan(count, Arrangement(*size, (), (), (), (), ())), ((100, 150), (150, 100), (150, 220)))
                  for count, size in ((crossings, roomy), (1, (90, 140))))

    assert (one <= other) is better


def test_of_two_plans_for_no_paper_the_one_that_shrinks_less_is_taken_then_the_calmer() -> None:
    large, less, calm = (_Plan(count, Arrangement(*size, (), (), (), (), ()))
                         for count, size in ((0, (400, 400)), (5, (300, 300)), (4, (300, 300))))

    assert _demerits(calm, ((100, 100),)) < _demerits(less, ((100, 100),)) < _demerits(large, ((100, 100),))


@trying
@given(shape=shapes.shapes())
def test_lines_cross_as_often_as_their_ways_must_or_more(shape: Shape) -> None:
    for narrow in (False, True):
        assert routed(shape, narrow).crossings <= crossings([edge.points for edge in arranged(shape, narrow).edges])


@trying
@given(shape=shapes.shapes())
def test_on_one_large_paper_lines_cross_no_more_than_in_the_usual_roomy_or_narrow_plan(shape: Shape) -> None:
    shape = shape._replace(sheets=((100_000, 100_000),))
    found, *usual = (crossings([edge.points for edge in plan.edges])
                     for plan in (arrange(shape), *(arranged(shape, narrow) for narrow in (False, True))))

    assert found <= min(usual)


@trying
@given(shape=shapes.shapes())
def test_beside_a_bar_lines_enter_by_its_first_stroke_and_leave_by_its_last(shape: Shape) -> None:
    found = arrange(shape)

    ends = [(node, x, y, stroke, len(points) == 2)
            for edge, (points, _, _) in zip(shape.edges, found.edges, strict=True)
            for node, (x, y), stroke in ((edge.source, points[0], -1), (edge.target, points[-1], 1))]
    straight = {(node, x) for node, x, _, _, is_straight in ends if is_straight}       # returns between level boxes
    for node, x, y, stroke, _ in ends:
        (left, first), (across, along) = found.nodes[node], found.sizes[node]
        if shape.nodes[node].outline == "bar" and x in (left, left + across) and (node, x) not in straight:
            assert y == (first + along if stroke < 0 else first) + stroke
