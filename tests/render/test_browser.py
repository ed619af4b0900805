"""In a real browser, with our font and with another, every text stands in its symbol."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flowstd.base.term import workdays
from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from flowstd.layout.from_ir import lay_out
from flowstd.layout.sheet import compose
from flowstd.render.svg.from_sheet import to_svg
from tests.benchmarks.corpus import corpus
from tests.conftest import EXAMPLES, need
from tests.layout.flows import chain, question

BROWSER = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "")
FONTS = {"noto": "'Noto Sans CJK SC', sans-serif", "liberation": "'Liberation Sans', 'Noto Sans CJK SC', sans-serif"}
LABELS = ("材料是否齐全、符合法定形式？", "Business Licence issued?", "WWWWWWWWWWWWWWWWWWWWWWWW", "是否准予 GB/T 1526-1989 许可？",
          "5", "经营高危险性体育项目（游泳、滑雪、潜水、攀岩）许可申请材料是否齐全、是否符合法定形式、是否需要现场勘验？")

# for every step: the outline's box and form, and each text's box as the browser measures it, in px of the chart
MEASURE = """() => [...document.querySelectorAll('svg .steps > g:not(.connector)')].flatMap(step => {
  const own = [...step.children].find(part => ['rect', 'path'].includes(part.tagName) &&
                                              part.getAttribute('stroke') !== 'none');
  const papers = [...step.querySelectorAll(':scope > g')].map(paper => [paper, paper.querySelector('path')]);
  const all = [[step, own], ...papers];
  return all.flatMap(([group, outline]) => [...group.querySelectorAll(':scope > text')].map(text => {
    const box = outline.getBBox(), type = text.getBBox();
    return {form: group.getAttribute('class'), text: text.textContent,
            size: parseFloat(getComputedStyle(text).fontSize), base: parseFloat(text.getAttribute('y')),
            box: [box.x, box.y, box.width, box.height],
            type: [type.x, type.y, type.width, type.height]};
  }));
})"""


@pytest.fixture(scope="module")
def charts() -> list[str]:
    flows = [*corpus()[:50], *(make(label) for label in LABELS for make in (chain, question)),
             question("是否准予许可？", within=workdays(20)),
             chain("受理", within=workdays(20), takes=("m1", "m2", "m3", "m4"), issues=("受理通知书",), note="见备注")]
    cases = [(flow, None, "") for flow in flows]
    bureau = list(load(open_catalogue(EXAMPLES / "bureau")))[::40]
    cases += [(case.flow, case.item, case.scenario) for case in bureau]
    return [to_svg(compose(flow, lay_out(flow), item, scenario)) for flow, item, scenario in cases]


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    need(bool(BROWSER) and importlib.util.find_spec("playwright") is not None, "Chromium and playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("font", FONTS)
def test_every_text_stands_in_its_symbol(page: Any, charts: list[str], font: str) -> None:
    need(bool(list(Path("/usr/share/fonts").rglob("NotoSansCJK*"))), "fonts-noto-cjk")
    families = FONTS[font]
    page.set_content(f'<style>svg, svg * {{ font-family: {families} }}</style>' + "".join(charts))
    found = page.evaluate(MEASURE)

    assert len(charts) >= 60
    assert len(found) > 1000
    assert [one for one in found if not stands(one)] == []


def stands(one: dict[str, Any]) -> bool:
    """Whether a text as measured lies in its outline; in a diamond, where the diamond is wide enough for its ink."""
    x, y, width, height = one["box"]
    left, top, wide, high = one["type"]
    if left < x or left + wide > x + width:
        return False
    if one["form"] != "decision":
        return bool(y - 1 <= top and top + high <= y + height + 1)
    away = max(abs(one["base"] - share * one["size"] - y - height / 2) for share in (0.8, -0.1))
    return bool(wide <= width * (1 - 2 * away / height) + 0.5)


def test_the_steps_are_read_out_in_order(page: Any) -> None:
    flow = question("是否准予？")
    page.set_content(to_svg(compose(flow, lay_out(flow))))
    told = page.locator("svg").aria_snapshot()

    assert told.index("开始（申请人；开始）") < told.index("是否准予？（综合窗口；判断）") < told.index("准予（综合窗口；结束）")
