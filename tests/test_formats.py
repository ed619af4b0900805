"""The table of formats: one place, from which help, checks, builds and files come."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowstd.base import extras
from flowstd.pipeline import FORMATS, Format, format_of
from tests.catalogues import GOOD_ROW, HEADINGS, catalogue
from tests.cli.conftest import run as run
from tests.render.charts import chart, two_pages

EXTRAS = [form for form in FORMATS.values() if form.extra]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_format_is_made_and_found_by_its_suffix(form: Format, tmp_path: Path) -> None:
    chart().save(tmp_path / f"a{form.suffix}")

    assert format_of(Path(f"a.新办{form.suffix}")) is form
    assert [path.name for path in tmp_path.iterdir()] == [f"a{form.suffix}"]
    assert (tmp_path / f"a{form.suffix}").stat().st_size > 100


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_further_pages_stand_beside_the_first(form: Format, tmp_path: Path) -> None:
    two_pages().save(tmp_path / f"a{form.suffix}")

    further = [f"a.page2{form.suffix}"] if form.paged else []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*further, f"a{form.suffix}"])


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_only_formats_set_in_our_font_tell_what_it_lacks(form: Format) -> None:
    told = form.findings(chart("受理䶮"))

    assert [finding.code for finding in told] == (["FNT001"] if form.name in ("png", "pdf", "docx") else [])
    assert all("䶮" in finding.message.zh for finding in told)
    assert form.findings(chart()) == ()


@pytest.mark.parametrize("form", EXTRAS, ids=[form.name for form in EXTRAS])
def test_a_missing_package_ends_a_build_with_2_and_one_line_before_any_work(form: Format, run, tmp_path, monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW})

    built = run("build", folder, "-o", tmp_path / "out", "--format", f"svg,{form.name}")
    drawn = run("draw", "nothing.json", "-o", tmp_path / f"a{form.suffix}")

    for ran in (built, drawn):
        assert ran.code == 2
        assert ran.err.count("\n") == 1 and f'pip install "flowstd[{form.extra}]"' in ran.err
    assert not (tmp_path / "out").exists()


def test_help_lists_them_all(run):
    build, draw = run("build", "--help").out, run("draw", "--help").out

    assert all(name in build for name in FORMATS)
    assert all(form.suffix in draw for form in FORMATS.values())


def test_a_build_tells_what_the_font_lacks(run, tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW.replace("广告", "䶮广告")})

    in_svg = run("build", folder, "-o", tmp_path / "out", "--format", "svg")
    in_png = run("build", folder, "-o", tmp_path / "out", "--format", "svg,png")

    assert "FNT001" not in in_svg.out
    assert "FNT001 warning" in in_png.out and "䶮" in in_png.out and in_png.code == in_svg.code
