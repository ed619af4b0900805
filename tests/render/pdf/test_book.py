"""A book: contents that lead to the right pages, every page numbered, equal bytes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from flowstd.render.pdf.book import Entry, to_book
from flowstd.standard.edition import load
from tests.render.charts import chart, two_pages
from tests.render.pdf.test_from_sheet import opened, words


def entries(names: list[str], headings: tuple[str, ...] = ("甲局", "行政许可")) -> list[Entry]:
    return [Entry(headings, name, chart(name).sheet()) for name in names]


def lead_to(document: Any, page: int) -> list[int]:
    """The numbers of the pages that the links of a page lead to, in the order of the links."""
    from ctypes import byref, c_int

    from pypdfium2 import raw

    held, found, at, link = document[page], [], c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(held.raw, byref(at), byref(link)):
        found.append(raw.FPDFDest_GetDestPageIndex(document.raw, raw.FPDFLink_GetDest(document.raw, link)) + 1)
    return found


def test_each_title_leads_to_the_page_whose_number_stands_behind_it() -> None:
    made = to_book("流程图集", [*entries(["受理一"]), Entry(("甲局", "公共服务"), "两页", two_pages("受理二").sheet()),
                            Entry(("乙局", "公共服务"), "末项", chart("受理三").sheet())])
    document, text = opened(made), words(made)

    assert "流程图集目录" in text
    for title, page in (("受理一", 2), ("两页", 3), ("末项", 5)):
        assert re.search(rf"{title}\.*{page}(?!\d)", text)
    assert lead_to(document, 0) == [2, 3, 5]
    assert ["受理一" in words(made, 1), "受理二" in words(made, 2), "受理二" in words(made, 3),
            "受理三" in words(made, 4)] == [True] * 4
    assert [f"—{page + 1}—" in words(made, page) for page in range(len(document))] == [True] * 5


def test_headings_stand_once_each_and_again_under_another() -> None:
    made = to_book("集", [*entries(["一"]), *entries(["二"]), *entries(["三"], ("乙局", "行政许可"))])

    assert [(entry.level, entry.get_title()) for entry in opened(made).get_toc()] == [
        (0, "甲局"), (1, "行政许可"), (2, "一"), (2, "二"), (0, "乙局"), (1, "行政许可"), (2, "三")]
    assert words(made).count("行政许可") == 2


def test_contents_go_on_over_pages_and_count_themselves() -> None:
    rows = (load().sheet.paper[0].height - 2 * load().sheet.page.margin) // load().sheet.type[0].row
    sheet = chart().sheet()
    many = [Entry(("甲局",), f"第{number}项", sheet) for number in range(1, 2 * rows + 1)]
    made = to_book("集", many)
    document = opened(made)
    contents = len(document) - len(many)

    assert contents == 3
    assert [page for at in range(contents)
            for page in lead_to(document, at)] == list(range(contents + 1, len(document) + 1))
    assert re.search(rf"第1项\.*{contents + 1}(?!\d)", words(made))


def test_a_heading_is_not_left_alone_at_the_foot_of_a_page() -> None:
    sheet = chart().sheet()
    rows = (load().sheet.paper[0].height - 2 * load().sheet.page.margin) // load().sheet.type[0].row
    for first in range(rows - 8, rows):
        made = to_book("集",
                       [*(Entry((), f"项{number}", sheet) for number in range(first)), Entry(("甲局", "许可"), "末", sheet)])
        pages = [words(made, page) for page in range(2)]

        assert [("甲局" in page) for page in pages] == [("末" in page) for page in pages]


@pytest.mark.parametrize("title", ["长" * 300, "<b>&", "", "a\x00b"])
def test_odd_titles_are_set(title: str) -> None:
    made = to_book(title, [Entry((title,), title, chart().sheet())])

    assert len(opened(made)) >= 2


def test_equal_entries_give_equal_bytes() -> None:
    assert to_book("集", entries(["一", "二"])) == to_book("集", entries(["一", "二"]))
