"""A chart on several pages: readable, without a fault on any page, nothing lost, and every line found again."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from flowstd.catalog.from_python import cases_in
from flowstd.ir.case import Case
from flowstd.ir.model import Flow
from flowstd.layout.faults import faults
from flowstd.layout.from_ir import lay_out
from flowstd.layout.model import Direction, Symbol
from flowstd.layout.page import Page, Sheet
from flowstd.layout.pieces import letters
from flowstd.layout.plans import LANE, Places
from flowstd.layout.sheet import compose
from flowstd.pipeline import compile_case
from flowstd.standard.edition import NEWEST, load
from tests import blocks, shapes
from tests.benchmarks.corpus import big
from tests.conftest import EXAMPLES as WRITTEN
from tests.layout.flows import chain
from tests.layout.test_sheet import ITEM, apart, chart, ink, words

EXAMPLES = int(os.environ.get("FLOWSTD_EXAMPLES", "2000" if os.environ.get("CI") else "60"))
trying = settings(max_examples=max(1, EXAMPLES // 6), derandomize=True, deadline=None, database=None,
                  phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))


def large(kind: str) -> st.SearchStrategy[Flow]:
    """Flows of 30 to 120 nodes."""
    return st.builds(lambda seed, size, lanes: shapes.flow_of(shapes.Random(seed), kind, size, lanes),
                     st.integers(0, 2**32 - 1), st.integers(30, 120), st.integers(1, 8))


def sheet(flow: Flow, direction: Direction = "down") -> Sheet:
    return compose(flow, lay_out(flow, direction), ITEM, "新办")


def returning(size: int, steps: range) -> Flow:
    """A chain of *size* steps, of which some return to the first."""
    flow = chain(*["受理"] * size)
    backs = [flow.links[0].model_copy(update={"id": f"back{number}", "source": f"n{number}", "target": "n0",
                                              "back": True}) for number in steps]
    return flow.model_copy(update={"links": (*flow.links, *backs)})


def connectors(made: Sheet, page: Page) -> list[Symbol]:
    return [symbol for symbol in made.on(page).drawing.symbols if symbol.form == "connector"]


def holds(flow: Flow, direction: Direction = "down") -> None:
    made = sheet(flow, direction)
    whole = made.drawing
    assert [page.number for page in made.pages] == list(range(1, len(made.pages) + 1))
    shown = [symbol.id for page in made.pages for symbol in made.on(page).drawing.symbols if symbol.form != "connector"]
    assert sorted(shown) == sorted(symbol.id for symbol in whole.symbols)
    for page in made.pages:
        part = made.on(page)
        assert not faults(part.drawing), f"page {page.number}: {faults(part.drawing)[:3]}"
        assert len(part.spoken) == len(part.drawing.symbols)
        assert f"第{page.number}页 共{len(made.pages)}页" in words(page)
        printed = [ink(line) for line in page.prints]
        assert all(apart(chart(page), one) for one in printed)
    labels = sum(wire.label is not None for page in made.pages for wire in made.on(page).drawing.wires)
    assert labels == sum(wire.label is not None for wire in whole.wires)
    if len(made.pages) > 1:
        lead_to_each_other(made)
        every_link_can_be_followed(made)
        marks_are_met_in_order(made)


def lead_to_each_other(made: Sheet) -> None:
    """Where a page says that a line goes on at A on page 2, page 2 says that it comes from here."""
    out, into = set(), set()
    for page in made.pages:
        for symbol in connectors(made, page):
            mark, text = (line.text for line in symbol.lines)
            for other in pages_in(text):
                if text.startswith("接"):
                    out.add((mark, page.number, other))
                else:
                    into.add((mark, other, page.number))
    assert out == into


def pages_in(text: str) -> list[int]:
    """The pages that a connector names: 承第2、4—6页."""
    return [page for first, last in re.findall(r"(\d+)(?:—(\d+))?", text)
            for page in range(int(first), int(last or first) + 1)]


def every_link_can_be_followed(made: Sheet) -> None:
    mark_of, entry = {}, {}
    for page in made.pages:
        for symbol in connectors(made, page):
            mark_of[page.number, symbol.id] = symbol.lines[0].text
        for wire in made.on(page).drawing.wires:
            if (page.number, wire.source) in mark_of:
                entry[mark_of[page.number, wire.source]] = wire.target
    links = {wire.id: wire for wire in made.drawing.wires}
    found = set()
    for page in made.pages:
        for wire in made.on(page).drawing.wires:
            if (page.number, wire.source) not in mark_of:
                marked = (page.number, wire.target) in mark_of
                target = entry[mark_of[page.number, wire.target]] if marked else wire.target
                assert (wire.source, target) == (links[wire.id].source, links[wire.id].target)
                found.add(wire.id)
    assert found == set(links)


def marks_are_met_in_order(made: Sheet) -> None:
    """Page by page, and from end to end of its sides, every mark that was not there before follows the last."""
    last = -1
    for page in made.pages:
        new = {symbol: number for symbol in connectors(made, page) if (number := number_of(symbol)) > last}
        for side, axis in (("left", "y"), ("right", "y"), ("top", "x"), ("bottom", "x")):
            elsewhere = {number for symbol, number in new.items() if side not in symbol.id}
            along = sorted((getattr(symbol.rect, axis), number) for symbol, number in new.items() if side in symbol.id)
            met = list(dict.fromkeys(number for _, number in along if number not in elsewhere))
            assert met == sorted(met)
        assert set(new.values()) == set(range(last + 1, last + 1 + len(set(new.values()))))
        last = max(new.values(), default=last)


def number_of(connector: Symbol) -> int:
    return next(number for number in range(1000) if letters(number) == connector.lines[0].text)


@pytest.mark.parametrize("kind", ["ordinary", "wild"])
@pytest.mark.parametrize("direction", ["down", "right"])
def test_pages_of_large_charts_hold_all_that_pages_promise(kind: str, direction: Direction) -> None:
    @trying
    @given(flow=large(kind))
    def tried(flow: Flow) -> None:
        holds(flow, direction)

    tried()


@trying
@given(flow=blocks.flows(length=7).filter(lambda flow: len(flow.nodes) >= 30))
def test_pages_of_written_processes_hold_the_same(flow: Flow) -> None:
    holds(flow)


@trying
@given(flow=st.builds(lambda seed, size, lanes: big(size, seed, lanes), st.integers(0, 2**32 - 1),
                      st.integers(60, 600), st.integers(3, 5)), direction=st.sampled_from(["down", "right"]))
def test_every_chart_of_a_process_can_be_read_whichever_way_it_runs(flow: Flow, direction: Direction) -> None:
    made = sheet(flow, direction)

    assert made.pt >= 9
    assert not any(faults(made.on(page).drawing) for page in made.pages)


def test_a_thousand_steps_are_cut_into_pages_that_can_be_read() -> None:
    """Where one page of many has more connectors than an edge has room for, that page is cut elsewhere."""
    made = sheet(big(1000, 4), "right")

    assert len(made.pages) > 60
    assert made.pt >= 9


def test_a_step_alone_in_its_lane_does_not_make_every_page_two() -> None:
    """Pages are cut across only where steps stand apart: the first ones of this process need no page beside them."""
    made = sheet(big(250))
    first = made.on(made.pages[0]).drawing

    assert len(made.drawing.bands) > len(first.bands) >= 3
    assert [symbol.lines[1].text for symbol in connectors(made, made.pages[0])] == ["接第2页"]


def test_a_step_that_returns_to_the_first_from_every_page_stays_readable() -> None:
    assert sheet(returning(200, range(2, 200, 2)), "right").pt >= 9


def test_a_long_chart_is_cut_into_pages_that_can_be_read() -> None:
    made = sheet(chain(*["受理"] * 60))

    assert len(made.pages) > 1
    assert made.pt >= 9
    assert {page.paper for page in made.pages} == {"A4 portrait"}


def test_pages_lie_the_way_the_chart_runs() -> None:
    """Two pages of A3 are needed either way up; standing, they would be left half empty."""
    [case] = cases_in(WRITTEN / "bureau" / "models" / "dance_hall.py")
    assert isinstance(case, Case)
    made = compile_case(case, direction="right").sheet()

    assert len(made.pages) > 1
    assert {page.paper for page in made.pages} == {"A3 landscape"}


def test_one_line_parts_the_pages_of_a_chain() -> None:
    made = sheet(chain(*["受理"] * 60))

    texts = [[tuple(line.text for line in symbol.lines) for symbol in connectors(made, page)] for page in made.pages]
    assert texts[0] == [("A", "接第2页")]
    assert texts[1] == [("A", "承第1页"), ("B", "接第3页")]


def test_a_return_to_the_first_page_passes_the_second_unseen() -> None:
    flow = chain(*["受理"] * 60)
    back = flow.links[0].model_copy(update={"id": "back", "source": "n59", "target": "n0", "back": True})
    made = sheet(flow.model_copy(update={"links": (*flow.links, back)}))

    last = made.pages[-1].number
    assert last > 2
    assert "接第1页" in {line.text for symbol in connectors(made, made.pages[-1]) for line in symbol.lines}
    assert f"承第{last}页" in {line.text for symbol in connectors(made, made.pages[0]) for line in symbol.lines}
    assert len(connectors(made, made.pages[1])) == 2


def test_pages_in_a_row_are_named_from_to() -> None:
    made = sheet(returning(60, range(4, 60, 2)), "right")

    last = made.pages[-1].number
    assert last > 3
    assert f"承第2—{last}页" in {line.text for symbol in connectors(made, made.pages[0]) for line in symbol.lines}


def test_title_and_fields_stand_on_the_first_page_and_contacts_on_the_last() -> None:
    first, *_, last = sheet(chain(*["受理"] * 60)).pages

    assert "区行政审批局" in words(first) and "区行政审批局" not in words(last)
    assert "0531-12345678" in words(last) and "0531-12345678" not in words(first)
    assert all("户外广告设施设置许可办理流程图（新办）" in words(page) for page in (first, last))


def test_remarks_stand_on_the_pages_of_their_steps() -> None:
    flow = chain(*["受理"] * 60)
    nodes = [node.model_copy(update={"note": "当场受理"}) if node.id == "n0" else node for node in flow.nodes]
    first, *others = sheet(flow.model_copy(update={"nodes": tuple(nodes)})).pages

    assert "①当场受理" in words(first)
    assert not any("①当场受理" in words(page) for page in others)


def test_lane_heads_stand_on_every_page() -> None:
    made = sheet(chain(*["受理"] * 60))

    assert all([band.name for band in made.on(page).drawing.bands] == ["申请人", "综合窗口"] for page in made.pages)


def test_a_lane_is_rather_cut_at_its_border_than_inside() -> None:
    drawing = lay_out(shapes.flow_of(shapes.Random(3), "ordinary", 60, 5))
    places = Places(drawing, load(NEWEST))
    borders = {edge for band in drawing.bands for edge in (band.rect.x, band.rect.right)}

    assert {cut.at in borders for cut in places.across.bounds} == {True, False}
    assert places.lanes == [0 if cut.at in borders else LANE for cut in places.across.bounds]


def test_a_chart_that_fits_is_one_page_without_connectors() -> None:
    made = sheet(chain("受理", "审查"))

    assert [page.shown for page in made.pages] == [None]


def test_marks_go_on_after_z() -> None:
    assert [letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
