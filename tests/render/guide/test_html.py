"""The guide as a page: without script, safe with any text, readable on a phone, by keyboard and by screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from flowstd.ir.case import Case
from flowstd.pipeline import Chart
from tests.conftest import EXAMPLES, need
from tests.render.guide.guides import EVIL, bare, full, hostile
from tests.render.test_browser import BROWSER

SVG = {"svg", "title", "desc", "rect", "g", "path", "text", "ellipse", "circle", "polygon", "line", "a"}
HTML = {"html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "strong", "nav", "ul", "ol",
        "li", "main",
        "section", "dl", "div", "dt", "dd", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure",
        "footer", "br",
        "code"}


class Page(HTMLParser):
    """Tags, attributes and texts of a page; every tag that must close does."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "col", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("make", [full, hostile, bare])
def test_nothing_but_text_comes_from_an_author(make: Any) -> None:
    page = Page(make().html())

    assert {tag for tag, _ in page.tags} <= HTML | SVG
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    links = [attributes[name] for _, attributes in page.tags for name in attributes
             if name in ("href", "xlink:href", "src")]
    assert all(link is not None and link.startswith(("#", "https://example.cn/")) for link in links)
    if make is hostile:
        assert EVIL in page.words


def test_ids_are_unique_and_links_within_lead_somewhere() -> None:
    page = Page(full().html())
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    inner = [str(attributes["href"])[1:] for tag,
             attributes in page.tags if tag == "a" and str(attributes["href"]).startswith("#")]

    assert len(ids) == len(set(ids))
    assert set(inner) <= set(ids)
    assert {attributes["aria-labelledby"] for tag, attributes in page.tags if tag in ("section", "table")} <= set(ids)


def test_headings_step_down_one_by_one() -> None:
    levels = [int(tag[1]) for tag, _ in Page(full().html()).tags if tag in ("h1", "h2", "h3")]

    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_carries_the_hash_of_its_chart() -> None:
    chart = full()
    page = chart.html()
    shown = [word for word in Page(page).words if len(word) == 16 and set(word) <= set("0123456789abcdef")]

    assert shown and f"内容校验码：{shown[0]}" in chart.svg()
    assert f'<meta name="flowstd-content" content="{shown[0]}' in page


def test_the_bureau_s_guides_are_pages() -> None:
    cases = [entry for entry in load(open_catalogue(EXAMPLES / "bureau")) if isinstance(entry, Case)]

    assert len(cases) == 344
    for case in cases[::23]:
        page = Page(case.compile().html())
        assert case.item.name in "".join(page.words)


# ---- in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    need(bool(BROWSER) and find_spec("playwright") is not None, "Chromium and playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


def shown(browser: Any, chart: Chart, folder: Path, width: int, **more: Any) -> Any:
    path = chart.save(folder / "guide.html")
    page = browser.new_page(viewport={"width": width, "height": 800}, **more)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("dialog", lambda dialog: page.complaints.append("dialog"))
    page.on("request", lambda request: page.complaints.append(request.url) if not request.url.startswith("file:")
            else None)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 390, 768, 820, 1024, 1280])
def test_nothing_runs_out_of_the_screen(browser: Any, tmp_path: Path, width: int) -> None:
    page = shown(browser, full(), tmp_path, width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


def test_hostile_texts_do_nothing(browser: Any, tmp_path: Path) -> None:
    page = shown(browser, hostile(), tmp_path, 390)

    assert page.complaints == [] and page.evaluate("document.scripts.length + document.images.length") == 0
    assert page.locator("h1").inner_text() == EVIL
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_gets_cards_that_are_still_a_table(browser: Any, tmp_path: Path) -> None:
    page = shown(browser, full(), tmp_path, 390)

    assert page.evaluate("getComputedStyle(document.querySelector('td')).display") == "block"
    table = page.get_by_role("table", name="办理步骤")
    assert table.get_by_role("row").count() == 9 and table.get_by_role("columnheader").count() == 8
    assert table.get_by_role("rowheader").first.inner_text() == "提交申请"


def test_the_chart_can_be_scrolled_by_keyboard_and_is_read_as_a_process(browser: Any, tmp_path: Path) -> None:
    page = shown(browser, full(), tmp_path, 390)
    chart = page.get_by_role("region", name="办理流程图，可左右滚动")

    chart.focus()
    page.keyboard.press("ArrowRight")
    # The page's policy forbids evaluating strings, so the wait is a promise of frames, not a polled string.
    assert page.evaluate("""async () => {
        const chart = document.querySelector('.chart')
        for (let frame = 0; frame < 300 && !chart.scrollLeft; frame++) await new Promise(requestAnimationFrame)
        return chart.scrollLeft
    }""") > 0
    assert page.evaluate("document.activeElement.className") == "chart"
    assert chart.get_by_role("img", name="受理").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper(browser: Any, tmp_path: Path, scheme: str) -> None:
    """Contrast of 4.5 to 1 at least, for every ink on every paper."""
    page = shown(browser, full(), tmp_path, 1280, color_scheme=scheme)
    colours = page.evaluate("""() => { const style = getComputedStyle(document.documentElement);
        const names = ['ink', 'soft', 'link', 'amber', 'paper', 'tint'];
        return Object.fromEntries(names.map(name => [name, style.getPropertyValue('--' + name)])) }""")

    for ink in ("ink", "soft", "link", "amber"):
        for paper in ("paper", "tint"):
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    def light(colour: str) -> float:
        digits = colour.strip().lstrip("#")
        digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
        parts = [int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_printed_it_is_a4_with_the_chart_whole_on_a_page(browser: Any, tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    page = shown(browser, full(), tmp_path, 1280)
    document = PdfDocument(page.pdf(prefer_css_page_size=True))

    texts = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    assert [round(size) for size in document[0].get_size()] == [595, 842]
    assert 2 <= len(texts) <= 5
    assert [number for number, text in enumerate(texts) if "内容校验码" in text
            and "图例" in text]      # head and foot of the chart
    assert not any("跳到正文" in text for text in texts)
