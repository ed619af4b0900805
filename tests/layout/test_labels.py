"""Words at level lines stand on one line where there is room, and meet nothing there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from flowstd.ir.model import Flow
from flowstd.layout.faults import faults
from flowstd.layout.frame import placed
from flowstd.layout.frames import frames
from flowstd.layout.from_ir import lay_out
from flowstd.layout.labels import unbroken
from flowstd.layout.model import Direction, Label, Point, Rect, Wire
from flowstd.standard.edition import NEWEST, load
from tests import shapes

RULES = load(NEWEST)
WORD = "可当场更正"
BROKEN = frames(RULES).label(WORD)
LINE = frames(RULES).line(WORD)


def wire(length: int = 150, *, up: int = 0, text: str = WORD, x: int = 0) -> Wire:
    """A line from (x, 100) to the right, or with a negative *length* to the left; its word stands above it."""
    points = (Point(x, 100), Point(x + length, 100), *((Point(x + length, 100 - up),) if up else ()))
    frame = frames(RULES).label(text)
    left = x + 4 if length > 0 else x - 4 - frame.width
    place = Rect(left, 98 - frame.height, frame.width, frame.height)
    return Wire("1", "a", "b", points, False, Label(place, placed(frame.lines, place.x, place.y)), text)


def lines(*wires: Wire, boxes: tuple[Rect, ...] = (), borders: tuple[int, ...] = ()) -> int:
    """On how many lines the word of the first stands."""
    label = unbroken(list(wires), boxes, borders, RULES)[0].label
    assert label is not None
    return len(label.lines)


def test_the_word_has_two_lines_by_itself() -> None:
    assert (len(BROKEN.lines), len(LINE.lines)) == (2, 1)


@pytest.mark.parametrize("length", [150, -150])
def test_a_word_with_room_stands_on_one_line_right_above_its_own(length: int) -> None:
    before = wire(length)
    (made,) = unbroken([before], (), (), RULES)

    assert made.label and before.label
    was, now = before.label.rect, made.label.rect
    assert [line.text for line in made.label.lines] == [WORD]
    assert (now.bottom, now.h < was.h) == (was.bottom, True)
    assert now.x == was.x if length > 0 else now.right == was.right
    assert all(now.x < line.x < now.right and now.y < line.y <= now.bottom for line in made.label.lines)


def test_a_short_line_or_a_long_word_keeps_it_broken() -> None:
    assert lines(wire(4 + LINE.width + 10)) == 2
    assert lines(wire(4 + LINE.width + 20)) == 1
    assert lines(wire(1000, text=WORD * 6)) > 1
    assert lines(wire(150)._replace(points=(Point(0, 100), Point(0, 250)))) == 2


def test_what_stands_or_runs_there_keeps_it_broken() -> None:
    at = 4 + BROKEN.width + 6
    across = Wire("2", "c", "d", (Point(at, 0), Point(at, 300)), False)
    back_over = wire(150)._replace(points=(Point(0, 100), Point(150, 100), Point(150, 90), Point(20, 90)))

    assert lines(wire(), across) == 2
    assert lines(back_over) == 2
    assert lines(wire(), wire(-60, x=at + 60)) == 2
    assert lines(wire(), boxes=(Rect(at, 60, 40, 34),)) == 2
    assert lines(wire(), borders=(at,)) == 2
    assert lines(wire(up=80), boxes=(Rect(at, 120, 40, 34),), borders=(2, 140)) == 1


@pytest.mark.parametrize("direction", ["down", "right"])
def test_no_chart_gets_a_fault_by_it(direction: Direction) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(flow=shapes.flows())
    def tried(flow: Flow) -> None:
        assert not faults(lay_out(flow, direction))

    tried()
