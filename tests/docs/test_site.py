"""The whole site: built by its one command without a warning, and pleasant on a phone."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flowstd.check.registry import rules
from flowstd.dsl.templates import TEMPLATES
from tests.conftest import ROOT, need
from tests.render.test_browser import BROWSER

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SEEN = (
    "index", "zh/tutorial", "en/howto/embed", "zh/howto/excel", "glossary", "reference/peers", "made/gallery",
    "made/dsl",
    "made/cli", "made/api", "made/rules/index", "made/rules/STR005", "made/templates/ordinary_licence", "made/elements",
    "made/schema")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from a copy of the pages, so that nothing is left beside them."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("docs", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("_build", "made", "__pycache__"))
    done = subprocess.run([sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "docs", "out"], cwd=folder,
                          env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"}, capture_output=True,
                          text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_every_rule_and_template_has_its_page_and_charts(site: Path) -> None:
    for one in rules():
        page = (site / "made" / "rules" / f"{one.code}.html").read_text("utf-8")
        assert one.summary.zh.split("“")[0] in page
        assert page.count('class="flowstd-chart') == (2 if one.reads in ("flow", "case", "drawing") else 0)
    for name in TEMPLATES:
        assert 'class="flowstd-chart' in (site / "made" / "templates" / f"{name}.html").read_text("utf-8")


def test_the_gallery_shows_twelve_charts(site: Path) -> None:
    assert (site / "made" / "gallery.html").read_text("utf-8").count('class="flowstd-chart') == 12


def test_no_page_is_wider_than_a_phone(site: Path) -> None:
    need(bool(BROWSER), "Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as program:
        browser = program.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        for size in (PHONE, DESK):
            page: Any = browser.new_page(viewport=size)
            for name in SEEN:
                page.goto((site / f"{name}.html").as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        browser.close()


def test_a_screen_reader_hears_the_steps_in_order(site: Path) -> None:
    chart = re.search(r'<div class="flowstd-chart.*?</svg>', (site / "index.html").read_text("utf-8"), re.DOTALL)
    assert chart
    spoken = re.findall(r'role="img"><title>([^<]+)', chart[0])

    assert spoken[0].startswith("开始")
    assert spoken[1].startswith("提交备案材料（申请人；")
    assert 'role="graphics-document document" aria-labelledby=' in chart[0]


def test_every_public_name_has_its_meaning_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    from pages.meanings import NAMES

    import flowstd

    assert [name for name in flowstd.__all__[1:] if name not in NAMES] == []
