"""``flowstd book``: every chart that can be made, in the order of the index page; the others are told."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from flowstd.batch.index import NAME
from flowstd.pipeline import Chart
from flowstd.render.pdf.book import Entry, to_book
from tests.catalogues import CONFIG, GOOD_PYTHON, GOOD_YAML, HEADINGS, catalogue
from tests.cli.conftest import run as run
from tests.render.pdf.test_from_sheet import opened, words

ROWS = ("B-2,乙事项,行政许可,新办,immediate\nA-1,甲事项,公共服务,,public_service\nA-3,丙事项,行政许可,变更,immediate\n"
        "A-3,丙事项,行政许可,新办,immediate\n")


def titles(path) -> list[str]:
    return [entry.get_title() for entry in opened(path.read_bytes()).get_toc()]


def test_the_book_has_the_order_of_the_index(run, tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + ROWS})

    ran = run("book", folder, "-o", tmp_path / "a.pdf")
    run("build", folder, "-o", tmp_path / "out", "--format", "json")

    assert (ran.code, ran.err) == (0, "") and "4 charts" in ran.out
    bound = [title for title in titles(tmp_path / "a.pdf") if title.endswith(("事项", "）"))]
    page = (tmp_path / "out" / NAME).read_text("utf-8")
    assert bound == ["甲事项", "丙事项（变更）", "丙事项（新办）", "乙事项（新办）"]
    assert page.index("甲事项") < page.index("丙事项") < page.index("乙事项")
    assert "测试" in words((tmp_path / "a.pdf").read_bytes())


ALL_LOOKS = {"view": "external", "direction": "right", "theme": "colour", "collapse": "always"}
FRAGMENT = '''from flowstd import Item
from flowstd.dsl import applicant, end, fragment, window

item = Item(name="企业档案查询", item_type="公共服务", code="T-3")
chart = item.scenario("查询", applicant.submit("提出申请") >> window.accept("受理")
                      >> fragment("送达环节", applicant.do("领取回执") >> window.deliver("送达")) >> end.done)
'''


@pytest.mark.parametrize("said, asked", [({}, {}), (ALL_LOOKS, {}), ({}, ALL_LOOKS),
                                         (ALL_LOOKS, {"view": "internal", "theme": "official"})])
def test_the_book_binds_the_charts_that_are_built(run, tmp_path, monkeypatch, said, asked):
    bound: list[tuple[str, str]] = []

    def told(title: str, entries: Sequence[Entry], *, edition: str, theme: str) -> bytes:
        bound.extend((theme, entry.sheet.key, entry.sheet.description) for entry in entries)
        return to_book(title, entries, edition=edition, theme=theme)

    monkeypatch.setattr("flowstd.batch.book.to_book", told)
    config = "".join(f'{name} = "{value}"\n' for name, value in said.items())
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + ROWS, "b.py": FRAGMENT}, config + CONFIG)
    options = [word for name, value in asked.items() for word in (f"--{name}", value)]

    assert run("book", folder, "-o", tmp_path / "a.pdf", *options).code == 0
    run("build", folder, "-o", tmp_path / "out", "--format", "svg", *options)

    shown = [path.read_text("utf-8") for path in (tmp_path / "out").glob("*.svg")]
    built = [(re.search(r'class="flowstd flowstd-(\w+)"', text)[1], re.search(r'<title id="(.+)-title"', text)[1],
              re.search("<desc[^>]*>(.*)</desc>", text)[1]) for text in shown]
    assert len(built) == 5 and sorted(bound) == sorted(built)


def test_what_cannot_be_made_is_told_and_the_rest_is_bound(run, tmp_path, monkeypatch):
    good = Chart.sheet
    monkeypatch.setattr(Chart, "sheet", lambda chart: 1 / 0 if chart.item.code == "T-2" else good(chart))
    folder = catalogue(tmp_path / "c", {"bad.yaml": "name：坏", "a.yaml": GOOD_YAML, "b.py": GOOD_PYTHON})

    ran = run("book", folder, "-o", tmp_path / "a.pdf")

    assert ran.code == 1
    assert "bad.yaml:1:5: SRC001" in ran.out and "INT001" in ran.out and "1 charts, 2 failed" in ran.out
    assert "企业档案查询（查询）" in titles(tmp_path / "a.pdf")


def test_no_chart_no_file(run, tmp_path):
    ran = run("book", catalogue(tmp_path / "c", {"bad.yaml": "name：坏"}), "-o", tmp_path / "a.pdf")

    assert ran.code == 1 and "no file is written" in ran.out
    assert not (tmp_path / "a.pdf").exists()


def test_wrong_use_ends_before_any_work(run, tmp_path):
    folder = catalogue(tmp_path / "c", {"b.py": GOOD_PYTHON})

    assert run("book", folder, "-o", tmp_path / "a.svg").code == 2
    assert run("book", folder, "-o", tmp_path / "none" / "a.pdf").code == 3
    assert run("book", folder).code == 2
    assert run("book", tmp_path / "none", "-o", tmp_path / "a.pdf").code == 2
    assert list(tmp_path.glob("*.pdf")) == []
