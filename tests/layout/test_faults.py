"""Each fault of the zero list in a drawing that has exactly it, downward and to the right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flowstd.layout.faults import faults, faults_of_arrangement
from flowstd.layout.model import Aside, Band, Corners, Drawing, Form, Label, Rect, Symbol, TextLine, Wire
from flowstd.layout.shape import Arrangement, EdgePath, EdgeShape, NodeShape, Shape


def line(text: str, x: int, y: int) -> TextLine:
    return TextLine(text, x, y, 10)


def box(name: str, x: int, y: int, w: int = 100, h: int = 40, form: Form = "process", lane: int = 0) -> Symbol:
    return Symbol(name, form, Rect(x, y, w, h), lane, ())


def wire(source: str, target: str, *points: tuple[int, int], label: Label | None = None, text: str = "",
         back: bool = False) -> Wire:
    return Wire(f"{source}>{target}", source, target, tuple(points), back, label, text)


def label(x: int, y: int, w: int = 30, h: int = 16) -> Label:
    return Label(Rect(x, y, w, h), ())


def paper(owner: str, x: int, y: int, *tie: tuple[int, int]) -> Aside:
    return Aside(owner, "document", Rect(x, y, 40, 30), (), tuple(tie))


def drawn(*parts: Symbol | Wire | Aside) -> Drawing:
    """Two lanes of 300 px with heads of 20 px on a sheet of 600 × 500, and the parts."""
    bands = tuple(Band(f"L{n}", f"L{n}", Rect(300 * n, 0, 300, 500), Rect(300 * n, 0, 300, 20), ()) for n in (0, 1))
    return Drawing("", "down", 12, 600, 500, bands, tuple(p for p in parts if isinstance(p, Symbol)),
                   tuple(p for p in parts if isinstance(p, Aside)), tuple(p for p in parts if isinstance(p, Wire)))


def turned(drawing: Drawing) -> Drawing:
    """The same drawing with the flow to the right; texts are left out."""

    def rect(r: Rect) -> Rect:
        return Rect(r.y, r.x, r.h, r.w)

    def points(given: Corners) -> Corners:
        return tuple((y, x) for x, y in given)

    return replace(
        drawing, direction="right", width=drawing.height, height=drawing.width,
        bands=tuple(b._replace(rect=rect(b.rect), head=rect(b.head), lines=()) for b in drawing.bands),
        symbols=tuple(s._replace(rect=rect(s.rect), lines=()) for s in drawing.symbols),
        asides=tuple(a._replace(rect=rect(a.rect), tie=points(a.tie), lines=()) for a in drawing.asides),
        wires=tuple(w._replace(points=points(w.points), label=w.label and Label(rect(w.label.rect), ()))
                    for w in drawing.wires))


A, B = box("a", 50, 50), box("b", 50, 200)
C, D = box("c", 400, 50, lane=1), box("d", 400, 200, lane=1)
AB, CD = wire("a", "b", (100, 90), (100, 200)), wire("c", "d", (450, 90), (450, 200))
QUESTION = box("q", 50, 50, 140, 60, "decision")
SHORT_BAR = box("p", 50, 100, 100, 8, "parallel")

SOUND = {
    "one line": drawn(A, B, AB),
    "two lanes": drawn(A, B, C, D, AB, CD),
    "a hand-over": drawn(A, C, wire("a", "c", (150, 70), (400, 70))),
    "a crossing": drawn(A, B, C, D, wire("a", "d", (100, 90), (100, 130), (450, 130), (450, 200)),
                        wire("c", "b", (420, 90), (420, 160), (100, 160), (100, 200))),
    "a trunk into one target": drawn(A, C, D, wire("a", "d", (100, 90), (100, 150), (450, 150), (450, 200)), CD),
    "a trunk joined from both sides": drawn(
        A, box("e", 500, 50, 80, 40, lane=1), D, wire("a", "d", (100, 90), (100, 150), (450, 150), (450, 200)),
        wire("e", "d", (540, 90), (540, 150), (450, 150), (450, 200))),
    "a diamond": drawn(QUESTION, box("b", 70, 200), C,
                       wire("q", "b", (120, 110), (120, 200), label=label(124, 114), text="是"),
                       wire("q", "c", (190, 80), (340, 80), (340, 70), (400, 70))),
    "off the tip of a diamond": drawn(QUESTION, box("b", 60, 200, 60, 40), wire("q", "b", (85, 95), (85, 200))),
    "a line past the corner of a diamond": drawn(A, B, box("e", 90, 110, 140, 60, "decision"), wire(
        "a", "b", (100, 90), (100, 115), (70, 115), (70, 200))),
    "a terminal": drawn(box("s", 50, 50, 80, 30, "terminal"), B, wire("s", "b", (90, 80), (90, 200))),
    "a paper": drawn(A, B, AB, paper("a", 180, 55, (150, 70), (180, 70))),
    "two papers on one stem": drawn(A, paper("a", 200, 35, (150, 70), (175, 70), (175, 50), (200, 50)),
                                    paper("a", 200, 75, (150, 70), (175, 70), (175, 90), (200, 90))),
    "text in its box": drawn(A._replace(lines=(line("提交申请", 100, 74),))),
    "text in its diamond": drawn(QUESTION._replace(lines=(line("是否齐全", 120, 84),))),
}

BROKEN = {
    "boxes-overlap": [
        drawn(A, B._replace(rect=Rect(100, 80, 100, 40))),
        drawn(A, B._replace(rect=Rect(150, 50, 100, 40))),                          # they only touch
        drawn(A, B, paper("a", 120, 190)),
    ],
    "box-off-lane": [
        drawn(A, B._replace(rect=Rect(250, 200, 100, 40))),
        drawn(A._replace(lane=1)),
        drawn(A._replace(rect=Rect(50, 10, 100, 40))),                              # in the head
        drawn(A._replace(rect=Rect(180, 50, 100, 40)), paper("a", 290, 55)),
    ],
    "lanes-overlap": [
        replace(drawn(A), bands=(drawn().bands[0], drawn().bands[1]._replace(rect=Rect(290, 0, 310, 500)))),
        replace(drawn(A), bands=(drawn().bands[0], drawn().bands[1]._replace(rect=Rect(300, 0, 300, 480)))),
    ],
    "off-sheet": [
        replace(drawn(A), height=400),
        drawn(A, B, wire("a", "b", (50, 70), (-10, 70), (-10, 220), (50, 220))),
    ],
    "line-slanted": [drawn(A, B, wire("a", "b", (100, 90), (100, 110), (120, 150), (120, 180), (100, 180),
                                      (100, 200)))],
    "line-through-box": [
        drawn(A, B, box("e", 60, 120), AB),
        drawn(A, B, box("e", 100, 120), AB),                                        # along its border
        drawn(A, B, box("e", 90, 110, 100, 60, "decision"), wire("a", "b", (100, 90), (100, 200))),
    ],
    "line-through-own-box": [
        drawn(A, B, wire("a", "b", (150, 70), (160, 70), (160, 60), (100, 60), (100, 200))),
        drawn(A, B, wire("a", "b", (150, 70), (170, 70), (170, 210), (140, 210), (140, 190), (100, 190), (100, 200))),
    ],
    "line-through-aside": [
        drawn(A, B, AB, paper("a", 90, 120)),
        drawn(A, B._replace(rect=Rect(150, 200, 100, 40)), paper("a", 220, 55, (150, 70), (220, 70)),
              wire("a", "b", (130, 50), (130, 30), (190, 30), (190, 200))),
    ],
    "line-through-label": [
        drawn(A, B, C, D, AB, wire("c", "d", (450, 90), (450, 200), label=label(90, 120), text="是")),
        drawn(A, B, wire("a", "b", (100, 90), (100, 200), label=label(90, 120), text="是")),   # its own line
        drawn(SHORT_BAR._replace(lines=(line("并联审查", 180, 108),)), box("b", 170, 200),
              box("e", 180, 40), wire("e", "b", (190, 80), (190, 200))),                     # the name of a bar
    ],
    "line-through-head": [drawn(A, B, wire("a", "b", (100, 50), (100, 10), (200, 10), (200, 220), (150, 220)))],
    "line-on-lane-border": [
        drawn(A, B, wire("a", "b", (150, 70), (300, 70), (300, 220), (150, 220))),
        drawn(A, B, wire("a", "b", (150, 70), (299, 70), (299, 220), (150, 220))),
    ],
    "lines-share": [
        drawn(A, B, C, D, wire("a", "b", (150, 70), (250, 70), (250, 220), (150, 220)),
              wire("c", "d", (400, 60), (250, 60), (250, 210), (400, 210))),
        drawn(A, B, C, D, AB, wire("c", "d", (400, 70), (260, 70), (260, 150), (250, 150), (250, 190), (350, 190),
                                   (350, 150), (255, 150), (255, 220), (400, 220))),           # with itself
        # to one target, but they part again before they reach it
        drawn(A, C, D, wire("a", "d", (100, 90), (100, 150), (450, 150), (450, 200)),
              wire("c", "d", (450, 90), (450, 120), (350, 120), (350, 150), (380, 150), (380, 220), (400, 220))),
    ],
    "lines-fork": [
        drawn(A, B, D, AB, wire("a", "d", (100, 90), (100, 150), (450, 150), (450, 200))),
        drawn(A, B, AB, AB._replace(id="twice")),
    ],
    "end-undocked": [
        drawn(A, B, wire("a", "b", (100, 95), (100, 200))),
        drawn(A, B, wire("a", "b", (100, 90), (100, 190))),
        drawn(A, B, wire("a", "b", (150, 90), (150, 200))),                        # at the corner
        drawn(QUESTION, box("b", 60, 200, 60, 40), wire("q", "b", (85, 110), (85, 200))),   # at the box of a diamond
        drawn(box("s", 50, 50, 80, 30, "terminal"), B, wire("s", "b", (54, 80), (54, 200))),
        drawn(A, B, AB, paper("a", 180, 55, (150, 70), (175, 70))),
    ],
    "label-on-box": [drawn(A, B, C, wire("a", "b", (100, 90), (100, 200), label=label(120, 80), text="是"))],
    "label-on-label": [drawn(A, B, C, D, wire("a", "b", (100, 90), (100, 200), label=label(110, 120)),
                             wire("c", "d", (450, 90), (450, 200), label=label(130, 130)))],
    "label-missing": [drawn(A, B, wire("a", "b", (100, 90), (100, 200), text="是"))],
}

TEXTS = {
    "box": drawn(A._replace(lines=(line("提交申请材料并缴纳费用", 100, 74),))),
    "too high": drawn(A._replace(lines=(line("提交", 100, 56),))),
    "diamond": drawn(QUESTION._replace(lines=(line("是否齐全并符合", 120, 65),))),
    "terminal": drawn(box("s", 50, 50, 80, 30, "terminal")._replace(lines=(line("不予许可的申请", 90, 60),))),
    "paper": drawn(A, paper("a", 180, 55)._replace(lines=(line("不予受理通知书", 200, 70),))),
    "head": replace(drawn(A), bands=(drawn().bands[0]._replace(lines=(line("市" * 40, 150, 15),)), drawn().bands[1])),
    "label": drawn(A, B, wire("a", "b", (100, 90), (100, 200), text="不准予",
                              label=Label(Rect(110, 120, 20, 16), (line("不准予", 120, 132),)))),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_drawing_has_no_fault(name: str) -> None:
    assert faults(SOUND[name]) == ()
    assert faults(turned(SOUND[name])) == ()


@pytest.mark.parametrize(("name", "number"), [(name, number) for name in BROKEN for number in range(len(BROKEN[name]))])
def test_a_broken_drawing_has_exactly_its_fault(name: str, number: int) -> None:
    drawing = BROKEN[name][number]

    assert {fault.name for fault in faults(drawing)} == {name}
    if not any(symbol.lines for symbol in drawing.symbols):
        assert {fault.name for fault in faults(turned(drawing))} == {name}


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_leaves_its_box_is_found(name: str) -> None:
    assert [fault.name for fault in faults(TEXTS[name])] == ["text-leaves-box"]


def test_a_fault_tells_what_and_where() -> None:
    (fault,) = faults(drawn(A, B, box("e", 60, 120), AB))

    assert (fault.name, fault.first, fault.second) == ("line-through-box", "a>b", "e")
    assert str(fault) == "line-through-box a>b e at 100,120"


STEP = NodeShape(0, 100, 40)


def arranged(*corners: tuple[int, int], edges: tuple[EdgePath, ...] = ()) -> Arrangement:
    return Arrangement(400, 300, ((0, 400),), corners, tuple(True for _ in corners), edges)


def kinds(shape: Shape, arrangement: Arrangement) -> list[str]:
    return [fault.name for fault in faults_of_arrangement(shape, arrangement)]


def test_an_arrangement_is_judged_like_a_drawing() -> None:
    shape = Shape(1, (STEP, STEP), (EdgeShape(0, 1, 28, 16),))
    path = EdgePath(((100, 60), (100, 200)), (104, 70), False)

    assert faults_of_arrangement(shape, arranged((50, 20), (50, 200), edges=(path,))) == ()
    assert kinds(shape, arranged((50, 20), (50, 190), edges=(path,))) == ["line-through-own-box", "end-undocked"]
    assert kinds(shape, arranged((50, 20), (50, 200), edges=(path._replace(label=None),))) == ["label-missing"]


def test_the_room_a_node_keeps_is_free_of_boxes_and_foreign_lines() -> None:
    shape = Shape(1, (STEP._replace(high=80, aside=60, reach=60), STEP._replace(across=30)), ())

    assert faults_of_arrangement(shape, arranged((20, 20), (20, 120))) == ()
    passed = shape._replace(nodes=(*shape.nodes, STEP), edges=(EdgeShape(1, 2),))
    path = EdgePath(((160, 60), (160, 200)), None, False)
    assert kinds(passed, arranged((20, 100), (145, 20), (110, 200), edges=(path,))) == ["line-through-label"]
    assert kinds(shape, arranged((20, 20), (160, 50))) == ["boxes-overlap"]      # in its room
    assert kinds(shape, arranged((20, 20), (210, 40))) == ["boxes-overlap"]      # on its paper
