"""PDF: the same page as the picture, with text, links and a title; equal sheets give equal bytes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from flowstd.base import extras
from flowstd.base.errors import MissingExtra
from flowstd.layout.bare import bare
from flowstd.layout.measure import clean
from flowstd.layout.model import Aside, Form, Paper, Point, Rect, Symbol
from flowstd.layout.page import Print
from flowstd.layout.sheet import compose
from flowstd.render.pdf.from_sheet import to_pdf
from flowstd.render.png.from_sheet import to_png
from flowstd.render.typeface import texts
from flowstd.standard.edition import load
from tests.render.charts import chart, two_pages

SHEET = chart().sheet()
SAME = 0.0002                   # of all pixels: where two programs draw the edge of a letter


def opened(pdf: bytes) -> Any:
    from pypdfium2 import PdfDocument

    return PdfDocument(pdf)


def words(pdf: bytes, page: int = 0) -> str:
    """The text of a page without line breaks."""
    return re.sub(r"\s", "", opened(pdf)[page].get_textpage().get_text_range())


def pictures(sheet: Any, theme: str = "official") -> tuple[Any, Any]:
    """The first page as PDF and PNG show it."""
    from PIL import Image

    drawn = opened(to_pdf(sheet, theme))[0].render(scale=96 / 72 * 2).to_pil().convert("RGB")
    meant = Image.open(BytesIO(to_png(sheet, theme, scale=2))).convert("RGB")
    assert abs(drawn.width - meant.width) <= 1 and abs(drawn.height - meant.height) <= 1
    return drawn.crop((0, 0, *meant.size)), meant


def difference(sheet: Any, theme: str = "official") -> float:
    """The part of the page where PDF and PNG differ by more than the edge of a line."""
    from PIL import ImageChops

    counts = ImageChops.difference(*pictures(sheet, theme)).convert("L").histogram()
    return sum(counts[128:]) / sum(counts)


@pytest.mark.parametrize("theme", load().palette.themes)
def test_a_page_is_the_picture_that_png_shows(theme: str) -> None:
    assert difference(SHEET, theme) < SAME


@pytest.mark.parametrize("theme", load().palette.themes)
def test_areas_have_the_same_colours(theme: str) -> None:
    inks = load().theme(theme)
    drawn, meant = ({colour: count for count, colour in one.getcolors(1 << 24)} for one in pictures(SHEET, theme))
    filled = {inks.paper, inks.head, inks.fills.get("process", inks.fill), *(
        inks.fills.get(form, inks.fill) for form in ("terminal", "decision", "document", "data"))}

    for colour in filled:
        rgb = tuple(bytes.fromhex(colour[1:]))
        assert meant[rgb] > 500 and drawn[rgb] == pytest.approx(meant[rgb], rel=0.12)


def test_a_chart_that_runs_right_is_too() -> None:
    made = chart()
    sheet = compose(made.flow, made.drawing("right"), made.item, made.scenario)

    assert difference(sheet) < SAME


FORMS: tuple[Form, ...] = ("terminal", "process", "decision", "predefined", "parallel", "document", "data", "note",
                           "connector")


@pytest.mark.parametrize("form", FORMS)
def test_each_symbol_has_the_same_outline_as_in_svg(form: Form) -> None:
    sheet = bare(SHEET)
    symbol = Symbol("a", form, Rect(20, 20, 110, 60), 0, ())
    upright = Symbol("b", form, Rect(20, 100, 56, 70), 0, ())
    hung = Symbol("c", "process", Rect(20, 200, 110, 90), 0, (), (
        Paper("data", Rect(20, 200, 110, 20), ()), Paper("document", Rect(20, 265, 110, 25), ())))
    mirrored = Aside("a", "note", Rect(160, 20, 60, 40), (), (Point(250, 40), Point(220, 40)))
    drawing = replace(sheet.drawing, symbols=(symbol, upright, hung), asides=(mirrored,), wires=(),
                      bands=sheet.drawing.bands[:1])
    alone = replace(sheet, drawing=drawing, spoken=sheet.spoken[:3],
                    pages=(replace(sheet.pages[0], width=300, height=400),))

    assert difference(alone) < SAME


def test_the_difference_would_show_one_symbol_four_px_aside() -> None:
    drawing = SHEET.drawing
    first = drawing.symbols[1]
    other = replace(SHEET, drawing=replace(drawing, symbols=(drawing.symbols[0], first._replace(
        rect=Rect(first.rect.x + 4, *first.rect[1:])), *drawing.symbols[2:])))
    from PIL import Image, ImageChops

    one, two = (Image.open(BytesIO(to_png(sheet, scale=2))).convert("L") for sheet in (SHEET, other))
    counts = ImageChops.difference(one, two).histogram()

    assert sum(counts[128:]) / sum(counts) > SAME


def test_all_text_can_be_searched_and_copied() -> None:
    found = words(to_pdf(SHEET))

    for line in texts(SHEET):
        assert re.sub(r"\s", "", clean(line)) in found


def test_the_document_says_what_it_is() -> None:
    pdf = to_pdf(SHEET, author="区行政审批局")
    told = opened(pdf).get_metadata_dict()

    assert told["Title"] == SHEET.title and told["Author"] == "区行政审批局" and told["Subject"] == SHEET.description
    assert b"/Lang (zh-CN)" in pdf and b"/DisplayDocTitle true" in pdf


def test_an_address_is_a_link_and_a_script_is_none() -> None:
    page = SHEET.pages[0]
    bad = replace(SHEET, pages=(replace(page, prints=(Print("点这里", 40, 40, 12, link="javascript:alert(1)"),)),))

    assert b"/URI (https://example.cn/item?a=1&b=2)" in to_pdf(SHEET)
    assert b"/URI" not in to_pdf(bad) and b"javascript" not in to_pdf(bad)


def test_every_page_of_the_sheet_is_a_page_of_the_document() -> None:
    made = opened(two_pages().pdf())

    assert len(made) == 2
    assert words(two_pages().pdf(), 1) == words(two_pages().pdf(), 0) != ""


@pytest.mark.parametrize("name", ["<script>", "a\x00b", "\ud800", "(](\\", "‮反向", "䶮㐂", "x" * 2000])
def test_hostile_words_are_words(name: str) -> None:
    from flowstd.layout.from_ir import lay_out
    from tests.layout.flows import chain

    flow = chain(name)
    pdf = to_pdf(compose(flow, lay_out(flow)))

    assert len(opened(pdf)) == 1
    if name.isascii() and name.isprintable():
        assert name in words(pdf)


def test_equal_sheets_give_equal_bytes_in_another_process() -> None:
    code = "import hashlib; from tests.render.charts import chart; print(hashlib.sha256(chart().pdf()).hexdigest())"
    found = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "TZ": zone}).stdout
             for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))}

    assert len(found) == 1


def test_without_the_package_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)

    with pytest.raises(MissingExtra, match=r'^PDF needs one more package: pip install "flowstd\[pdf\]"$'):
        chart().pdf()
