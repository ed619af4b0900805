"""Flow → Drawing: boxes fit their texts, equal steps are equal, both directions show one picture."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings

from flowstd.base.errors import UnknownName
from flowstd.base.kept import Kept
from flowstd.base.legal import LegalSource
from flowstd.base.term import workdays
from flowstd.dsl import applicant, end, flow_of, parallel, reviewer, window
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow
from flowstd.layout import from_ir
from flowstd.layout.engine import Engine
from flowstd.layout.faults import faults
from flowstd.layout.from_ir import lay_out
from flowstd.layout.measure import advance
from flowstd.layout.model import Drawing, Rect, Symbol, TextLine
from flowstd.layout.spoken import spoken
from flowstd.standard.edition import load
from tests import shapes
from tests.layout.flows import chain, question

trying = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def names(symbol: Symbol) -> list[str]:
    return [line.text for line in symbol.lines if line.role == "name"]


def _without_blanks(symbol: Symbol) -> str:
    return "".join("".join(names(symbol)).split())


def symbol(drawing: Drawing, id: str) -> Symbol:
    return next(one for one in drawing.symbols if one.id == id)


def ink(line: TextLine) -> Rect:
    """Where the ink of a line stands."""
    wide = advance(line.text) * line.size // 1000
    return Rect(line.x - wide // 2, line.y - round(0.8 * line.size), wide, round(0.9 * line.size))


def inside(inner: Rect, outer: Rect) -> bool:
    return (outer.x <= inner.x and outer.y <= inner.y and inner.right <= outer.right and inner.bottom <= outer.bottom)


@trying
@given(flow=shapes.flows())
def test_every_line_of_type_stands_in_what_it_belongs_to(flow: Flow) -> None:
    drawing = lay_out(flow)

    for one in drawing.symbols:
        assert all(inside(ink(line), one.body) for line in one.lines)
        for paper in one.papers:
            assert inside(paper.rect, one.rect)
            assert all(inside(ink(line), paper.rect) for line in paper.lines)
    for aside in drawing.asides:
        assert all(inside(ink(line), aside.rect) for line in aside.lines)
    for band in drawing.bands:
        assert all(inside(ink(line), band.head) for line in band.lines)
    for wire in drawing.wires:
        assert wire.label is None or all(inside(ink(line), wire.label.rect) for line in wire.label.lines)


@trying
@given(flow=shapes.flows())
def test_every_word_of_a_label_is_drawn(flow: Flow) -> None:
    drawing = lay_out(flow)

    for node, one in zip(flow.nodes, drawing.symbols, strict=True):
        drawn = "".join(names(one)) + "".join(line.text for aside in drawing.asides if aside.owner == node.id
                                              for line in aside.lines)
        assert "".join(node.label.split()) in "".join(drawn.split())
    for link, wire in zip(flow.links, drawing.wires, strict=True):
        drawn = "".join(line.text for line in wire.label.lines) if wire.label else ""
        assert "".join(drawn.split()) == "".join(link.label.split())


@trying
@given(flow=shapes.flows())
@example(flow=shapes.flow_of(shapes.Random(15_705_512 * 1009), "any", 20, 1))     # a blank at which a line ends is gone
def test_both_directions_show_one_flow(flow: Flow) -> None:
    down, right = lay_out(flow, "down"), lay_out(flow, "right")

    assert [s.id for s in down.symbols] == [s.id for s in right.symbols]
    assert [_without_blanks(s) for s in down.symbols] == [_without_blanks(s) for s in right.symbols]
    assert [(w.source, w.target, w.text) for w in down.wires] == [(w.source, w.target, w.text) for w in right.wires]


@trying
@given(flow=shapes.flows("ordinary"))
def test_lanes_stand_side_by_side_from_end_to_end(flow: Flow) -> None:
    drawing = lay_out(flow)

    assert all(one.rect.right == other.rect.x for one, other in zip(drawing.bands, drawing.bands[1:], strict=False))
    assert all((band.rect.y, band.rect.h) == (0, drawing.height) for band in drawing.bands)
    assert drawing.bands[-1].rect.right == drawing.width


def test_ordinary_steps_are_equal() -> None:
    drawing = lay_out(chain("受理", "一次性告知补正", "审查", "送达许可证件"))
    sizes = {(one.rect.w, one.rect.h) for one in drawing.symbols if one.form == "process"}

    assert len(sizes) == 1


def test_a_long_name_makes_its_own_box_larger_and_no_other() -> None:
    drawing = lay_out(chain("受理", "材料是否齐全、符合法定形式" * 20))
    short, long = symbol(drawing, "n0").rect, symbol(drawing, "n1").rect

    assert short.h == 40
    assert long.h > 100


@pytest.mark.parametrize("label", ["受" * 2000, "W" * 2000, "材料是否齐全？" * 290, "a b " * 500])
def test_two_thousand_characters_are_drawn_whole(label: str) -> None:
    for flow, id in ((chain(label), "n0"), (question(label), "ask")):
        drawn = "".join(names(symbol(lay_out(flow), id)))

        assert "".join(drawn.split()) == "".join(label.split())


def test_a_diamond_is_flat() -> None:
    rect = symbol(lay_out(question("材料是否齐全、符合法定形式？")), "ask").rect

    assert 1.7 <= rect.w / rect.h <= 2.6
    assert rect.w <= 180


def test_the_limit_stands_under_the_name_in_smaller_type() -> None:
    one = symbol(lay_out(chain("审查", within=workdays(5))), "n0")
    name, term = one.lines

    assert (name.text, term.text) == ("审查", "（5个工作日）")
    assert term.y > name.y
    assert term.size < name.size


def test_time_that_does_not_count_is_said_to() -> None:
    one = symbol(lay_out(chain("专家评审", excluded_by=LegalSource(title="行政许可法", article="第四十五条"))), "n0")

    assert [line.text for line in one.lines if line.role == "term"] == ["（不计入时限）"]


def test_materials_hang_on_the_head_and_documents_at_the_foot() -> None:
    one = symbol(lay_out(chain("受理", takes=("m1",), issues=("受理通知书",))), "n0")
    materials, document = one.papers

    assert (materials.form, document.form) == ("data", "document")
    assert materials.rect.bottom == one.body.y
    assert document.rect.y == one.body.bottom
    assert document.rect.bottom == one.rect.bottom


def test_many_materials_are_counted() -> None:
    one = symbol(lay_out(chain("提交申请", takes=tuple(f"m{number}" for number in range(1, 8)))), "n0")
    listed = "".join(line.text for line in one.papers[0].lines)

    assert listed == "第1种材料、第2种材料、第3种材料等7份"


def test_papers_of_a_diamond_stand_beside_it() -> None:
    drawing = lay_out(question("是否准予？", issues=("受理通知书",)))
    aside = drawing.asides[0]
    owner = symbol(drawing, "ask").rect

    assert aside.owner == "ask"
    assert aside.rect.right < owner.x or aside.rect.x > owner.right
    assert aside.tie[0][0] in (owner.x, owner.right)
    assert aside.tie[-1][0] in (aside.rect.x, aside.rect.right)


def test_equal_remarks_share_a_mark() -> None:
    drawing = lay_out(chain("受理", "审查", note="逾期不告知即为受理"))

    assert names(symbol(drawing, "n0")) == ["受理①"]
    assert names(symbol(drawing, "n1")) == ["审查①"]


def test_equal_shapes_are_arranged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = Engine.arrange
    monkeypatch.setattr(Engine, "arrange", lambda engine, shape: calls.append(shape) or real(engine, shape))
    monkeypatch.setattr(from_ir, "_ARRANGED", Kept())
    monkeypatch.setattr("flowstd.layout.shelf._in_use", None)      # builds of other tests may have left one
    lay_out(chain("受理", "审查"))
    lay_out(chain("登记", "核查", title="确认"))

    assert len(calls) == 1


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(UnknownName):
        lay_out(chain("受理"), edition="1526")


def test_hostile_labels_are_drawn_as_they_are_but_for_what_cannot_be_shown() -> None:
    drawing = lay_out(chain("<script>alert(1)</script>", "受\x00理\ud800", "]]>"))

    assert "".join(names(symbol(drawing, "n0"))) == "<script>alert(1)</script>"
    assert names(symbol(drawing, "n1")) == ["受\ufffd理\ufffd"]
    assert names(symbol(drawing, "n2")) == ["]]>"]


def test_where_ways_only_meet_there_is_a_small_diamond_and_no_question() -> None:
    flow = flow_of(parallel(window.ask("是否齐全？", {"是": window.do("登记"), "否": window.do("补录")}),
                            reviewer.examine("审查"), name="会审") >> end.granted)
    meeting = next(node.id for node in flow.nodes if node.kind is Kind.DECISION and not node.label)
    drawing = lay_out(flow)
    symbol = next(symbol for symbol in drawing.symbols if symbol.id == meeting)
    said = spoken(flow, load())[flow.nodes.index(flow.node_by_id[meeting])]

    assert (symbol.form, symbol.rect.w, symbol.rect.h, symbol.lines) == ("decision", 24, 24, ())
    assert said.name == "各路汇合（窗口）"
    assert not faults(drawing)


def test_a_short_question_with_an_endless_limit_has_a_diamond_that_holds_it() -> None:
    asked = window.check("齐？", within=workdays(10**30), 是=end.done, 否=end.refused)
    drawing = lay_out(flow_of(applicant.submit("申请") >> asked))

    assert faults(drawing) == ()
    assert any("0" * 30 in line.text for one in drawing.symbols for line in one.lines)
