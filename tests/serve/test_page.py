"""The page in a real browser: a save is soon on the screen, a fault beside the last good chart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.catalogues import CONFIG, GOOD_PYTHON
from tests.conftest import need
from tests.render.guide.test_html import contrast
from tests.render.test_browser import BROWSER
from tests.serve.running import FILES, B, Running, running

ITEM = GOOD_PYTHON.replace("查询档案", "{}")
EVIL = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("page") / "c", config=CONFIG + "[build]\nseconds = 3\n") as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    need(bool(BROWSER) and find_spec("playwright") is not None, "Chromium and playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def look(browser: Any, server: Running) -> Iterator[Open]:
    """Opens a page that shows the item of b.py; none may complain of anything, nor ask anybody else."""
    pages: list[Any] = []

    server.until("/chart", lambda told: not told["faults"] and "查询档案" in told["chart"]["pages"][0], item=B)

    def opened(item: str = B, width: int = 1280, **more: Any) -> Any:
        page = browser.new_page(viewport={"width": width, "height": 800}, **more)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.complaints.append(request.url)
                if not request.url.startswith(server.address) else None)
        page.goto(f"{server.address}#item={quote(item)}")
        page.locator("#paper svg").first.wait_for()
        pages.append(page)
        return page

    yield opened
    for page in pages:
        assert page.complaints == []
        page.close()
    for name, text in FILES.items():
        server.write(name, text)


def step(page: Any, label: str) -> Any:
    return page.locator("#paper").get_by_role("img", name=label)


def test_a_save_is_soon_on_the_screen_of_every_browser(look, server):
    pages = [look(), look(width=390)]
    server.write("b.py", ITEM.format("调阅档案"))

    for page in pages:
        step(page, "调阅档案").wait_for()
        assert page.locator("#state").get_attribute("data-state") == "live"
        assert page.title() == "企业档案查询 · Chart preview"


@pytest.mark.parametrize(("text", "says", "where"), [
    ("flow = (\n", "Python syntax error", "b.py:1"),
    ("\n1 / 0\n", "ZeroDivisionError", "b.py:2"),
    ("while True: pass\n", "longer than 3 seconds", "b.py"),
    ("import os\nos._exit(1)\n", "was ended", "b.py"),
])
def test_a_fault_stands_above_the_last_good_chart_until_it_is_mended(look, server, text, says, where):
    page = look()
    server.write("b.py", text)
    banner = page.locator("#banner")
    banner.get_by_text(says).wait_for()

    assert step(page, "查询档案").is_visible()
    link = banner.locator("a.place")
    assert link.inner_text() == where and link.get_attribute("href").startswith("vscode://file/")
    page.locator("summary").click()
    assert page.locator("#exports button").count() == 0           # no file of what is not the newest
    server.write("b.py", ITEM.format("再查档案"))
    banner.wait_for(state="hidden")
    step(page, "再查档案").wait_for()
    page.locator("#exports button").first.wait_for()


def test_fifty_saves_a_second_end_in_the_last_one(look, server):
    page = look()

    def save() -> None:
        for number in range(100):
            server.write("b.py", ITEM.format(f"第{number}次"))
            time.sleep(0.02)

    saving = threading.Thread(target=save)
    saving.start()
    step(page, "第").wait_for()                                # while they go on
    saving.join()
    step(page, "第99次").wait_for()
    page.wait_for_timeout(200)
    assert step(page, "第99次").is_visible() and page.locator("#banner").is_hidden()


def test_a_folder_that_is_gone_leaves_the_chart(look, server):
    page = look()
    away = server.folder.with_name("away")
    server.folder.rename(away)
    try:
        page.locator("#banner").wait_for()
        assert step(page, "查询档案").is_visible() and page.locator("#items button").count() == 3
    finally:
        away.rename(server.folder)
    page.locator("#banner").wait_for(state="hidden")


def test_looks_are_switched_and_stay_when_the_page_is_loaded_again(look, server):
    page = look("a.yaml#T-2.备案")
    title = page.locator("#paper svg title", has_text="办事流程图").first
    page.locator("summary").click()
    for label, holds in (("Right", lambda: page.locator("#paper g.chart.right").wait_for()),
                         ("Colour", lambda: page.locator("#paper svg.flowstd-colour").wait_for()),
                         ("Applicant", lambda: title.wait_for(state="attached"))):
        page.get_by_text(label, exact=True).click()
        holds()
    page.reload()
    page.locator("#paper svg.flowstd-colour g.chart.right").wait_for()
    assert "view=external" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_and_the_chart_are_dark_as_the_reader_wishes(look, scheme):
    page = look(color_scheme=scheme)
    other = "Light" if scheme == "dark" else "Dark"

    def inks() -> tuple[str, str]:
        return (page.evaluate("getComputedStyle(document.body).backgroundColor"), page.evaluate(
            "getComputedStyle(document.querySelector('#paper').shadowRoot.querySelector('.paper')).fill"))

    page.locator("summary").click()
    page.get_by_text("Colour", exact=True).click()
    page.locator("#paper svg.flowstd-colour").wait_for()
    before = inks()
    page.get_by_text(other, exact=True).click()
    after = inks()
    assert before[0] != after[0] and before[1] != after[1]
    colours = page.evaluate("""() => { const style = getComputedStyle(document.documentElement);
        return Object.fromEntries(['ink', 'soft', 'link', 'red', 'amber', 'green', 'paper', 'tint', 'wash', 'red-wash',
            'amber-wash'].map(name => [name, style.getPropertyValue('--' + name)])) }""")
    pairs = [(ink, paper) for ink in ("ink", "soft", "link") for paper in ("paper", "tint")]
    for ink, paper in (*pairs, ("link", "wash"), ("red", "red-wash"), ("ink", "red-wash"), ("amber", "amber-wash"),
                       ("green", "paper")):
        assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


@pytest.mark.parametrize(("name", "suffix", "begins"), [("SVG", ".svg", b"<svg "), ("PNG", ".png", b"\x89PNG"),
                                                        ("BPMN", ".bpmn", b"<?xml"), ("PDF", ".pdf", b"%PDF")])
def test_exports_are_downloaded_under_the_item_s_name(look, name, suffix, begins, tmp_path):
    page = look()
    page.locator("summary").click()
    with page.expect_download() as waited:
        page.locator("#exports").get_by_text(name, exact=True).click()

    assert waited.value.suggested_filename == f"T-3.查询{suffix}"
    waited.value.save_as(tmp_path / "x")
    assert (tmp_path / "x").read_bytes().startswith(begins)


def test_zoom_and_pan(look):
    page = look()
    width = "document.querySelector('#paper').shadowRoot.querySelector('svg').getBoundingClientRect().width"
    place = "[document.querySelector('#stage').scrollLeft, document.querySelector('#stage').scrollTop]"
    before = page.evaluate(width)
    for _ in range(6):
        page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(width) > 3 * before

    start = page.evaluate(place)
    page.mouse.move(700, 400)
    page.mouse.down()
    page.mouse.move(600, 300, steps=3)
    page.mouse.up()
    assert page.evaluate(place) == [start[0] + 100, start[1] + 100]
    page.get_by_role("button", name="Whole page").click()
    assert page.evaluate("(stage => stage.scrollHeight - stage.clientHeight)(document.querySelector('#stage'))") <= 1


def test_a_chart_stays_where_it_is_moved_to_when_it_changes(look, server):
    page = look()
    for _ in range(6):
        page.get_by_role("button", name="Zoom in").click()
    page.evaluate("document.querySelector('#stage').scrollTo(120, 340)")
    server.write("b.py", ITEM.format("调阅档案"))
    step(page, "调阅档案").wait_for()

    assert page.evaluate("[document.querySelector('#stage').scrollLeft, document.querySelector('#stage').scrollTop]"
                         ) == [120, 340]


def test_all_can_be_reached_by_keyboard(look):
    page = look()
    page.keyboard.press("/")
    page.keyboard.type("诊所")
    page.locator("#items button").get_by_text("企业档案查询").wait_for(state="detached")
    assert page.locator("#counts").inner_text() == "1 / 3 items"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="中医诊所备案（备案）").wait_for()
    page.locator("#stage").focus()
    before = page.locator("#scale").inner_text()
    page.keyboard.press("+")
    assert page.locator("#scale").inner_text() != before
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "view"
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**view=external**")
    page.keyboard.press("Escape")
    assert page.locator(".sheet").is_hidden()


def test_a_finding_leads_to_its_step_and_its_line(look):
    page = look()
    found = page.locator("#found li", has=page.get_by_role("button", name="Show on the chart")).first
    found.get_by_role("button").click()

    assert page.locator("#paper g.pointed").count() == 1
    assert found.locator("a.place").get_attribute("href").startswith("vscode://file/")
    step(page, "查询档案").click()
    assert page.locator("#pointed").get_by_text("b.py:5").is_visible()


@pytest.mark.parametrize("width", [320, 390, 820, 1024, 1440])
def test_nothing_runs_out_of_the_screen(look, width):
    page = look(width=width)
    for pane in ("list", "chart", "findings") if width < 896 else ():
        page.locator(f"#tabs [data-pane={pane}]").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sheet = page.locator(".sheet").bounding_box()
    assert sheet["x"] >= 0 and sheet["x"] + sheet["width"] <= width


def test_hostile_words_stay_words(look, server):
    page = look()
    server.write("b.py", ITEM.format("x").replace("企业档案查询", EVIL.replace('"', '\\"')).replace("T-3", "T-8"))
    page.get_by_role("heading", name="<img").wait_for()
    assert page.evaluate("document.images.length") == 0 and page.title().startswith("<img")
    server.write("b.py", f"raise ValueError({EVIL!r})\n")
    page.locator("#banner").get_by_text("<script>").first.wait_for()
    assert page.evaluate("document.querySelectorAll('script').length") == 1


def test_a_server_that_stops_is_told(browser: Any, tmp_path: Path) -> None:
    with running(tmp_path / "c") as server:
        page = browser.new_page()
        page.goto(server.address)
        page.locator("#paper svg").first.wait_for()
        server.stop()
        page.locator("#state[data-state=cut_off]").wait_for()
        assert page.locator("#paper svg").first.is_visible()
        page.close()
