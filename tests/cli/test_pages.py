"""``flowstd draw`` names every file it writes; further pages of an earlier chart do not stay unnoticed."""

from __future__ import annotations

import pytest

from tests.catalogues import GOOD_PYTHON, LONG_PYTHON
from tests.cli.conftest import run as run


@pytest.fixture
def draw(run, tmp_path):
    """``draw(source, "a.svg")``: what was printed last, line by line, and which files stand there."""
    def drawn(source: str, name: str, *options: str) -> tuple[list[str], list[str]]:
        (tmp_path / "source.py").write_text(source, "utf-8")
        (tmp_path / "out").mkdir(exist_ok=True)
        lines = run("draw", tmp_path / "source.py", "-o", tmp_path / "out" / name, *options).out.splitlines()
        at = next(number for number, line in enumerate(lines) if " → " in line)
        return ([line.replace(f"{tmp_path}/out/", "") for line in lines[at:]],
                sorted(path.name for path in (tmp_path / "out").iterdir()))

    return drawn


def test_every_page_is_named(draw):
    said, there = draw(LONG_PYTHON, "a.svg")

    assert there == ["a.page2.svg", "a.page3.svg", "a.page4.svg", "a.svg"]
    assert said[0].endswith(" → a.svg, a.page2.svg … a.page4.svg") and len(said) == 1


def test_pages_of_an_earlier_chart_are_removed_and_that_is_told(draw):
    draw(LONG_PYTHON, "a.svg")
    said, there = draw(GOOD_PYTHON, "a.svg")

    assert there == ["a.svg"] and said[0].endswith(" → a.svg")
    assert said[1:] == ["removed, as pages of an earlier chart: a.page2.svg, a.page3.svg … a.page4.svg"]


def test_what_may_be_somebody_elses_is_left_alone_and_told(draw, tmp_path):
    draw(LONG_PYTHON, "a.png")
    draw(LONG_PYTHON, "b.svg")
    for name in ("a.page2.svg", "a.page3.svg", "a.page02.svg", "a.pages.svg", "a.page2.svg.txt"):
        (tmp_path / "out" / name).write_text("<svg>一</svg>", "utf-8")
    (tmp_path / "out" / "a.page10.svg").symlink_to(tmp_path / "out" / "b.svg")
    before = draw(GOOD_PYTHON, "c.svg")[1]
    said, there = draw(GOOD_PYTHON, "a.svg")

    assert there == sorted([*before, "a.svg"])
    assert said[1:] == ["no pages of this chart, left alone: a.page2.svg, a.page3.svg … a.page10.svg"]
    assert draw(GOOD_PYTHON, "a.png") == (
        [said[0].replace("a.svg", "a.png"),
         "no pages of this chart, left alone: a.page2.png, a.page3.png … a.page4.png"], there)


def test_a_format_of_one_file_has_no_further_pages(draw, tmp_path):
    draw(LONG_PYTHON, "a.pdf")
    (tmp_path / "out" / "a.page2.pdf").write_bytes(b"%PDF")
    said, there = draw(GOOD_PYTHON, "a.pdf")

    assert there == ["a.page2.pdf", "a.pdf"] and len(said) == 1 and said[0].endswith(" → a.pdf")
