"""check --fix mends and then checks; --diff shows it and writes nothing."""

from __future__ import annotations

import pytest

from tests.catalogues import GOOD_ROW, HEADINGS, catalogue

NAME = "T-1,甲许可(含乙),行政许可,新办,immediate\n"


@pytest.fixture
def folder(tmp_path):
    return catalogue(tmp_path / "c", {"items.csv": HEADINGS + NAME + "T-2,丙许可（县级）,行政许可,新办,immediate\n"})


def test_fix_mends_and_then_checks(run, folder):
    ran = run("check", folder, "--fix")

    assert "甲许可（含乙）" in (folder / "items.csv").read_text("utf-8")
    assert "items.csv:2: NAM002 mended: the name has Latin brackets: 甲许可(含乙)" in ran.err
    assert "items.csv:3: NAM001 left alone: the table has no column 行使层级" in ran.err
    assert "NAM002" not in ran.out and "NAM001" in ran.out


def test_diff_shows_the_change_and_writes_nothing(run, folder):
    before = (folder / "items.csv").read_bytes()
    ran = run("check", folder, "--diff")

    assert ran.code == 1 and (folder / "items.csv").read_bytes() == before
    assert f"\n-{NAME}" in ran.out and "\n+T-1,甲许可（含乙）,行政许可,新办,immediate\n" in ran.out
    assert ran.out.startswith(f"--- {folder / 'items.csv'}\n+++ ")
    assert run("check", folder, "--diff", "--exit-zero").code == 0


def test_diff_of_what_needs_no_mending_is_empty(run, folder):
    assert run("check", folder, "--diff", "--select", "TIM")[:2] == (0, "")


def test_a_file_that_cannot_be_read_is_told(run, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("name：坏", encoding="utf-8")
    ran = run("check", path, "--diff")

    assert ran.code == 1 and ran.out == "" and "full-width colon" in ran.err
    assert run("check", path, "--fix").code == 1 and path.read_text("utf-8") == "name：坏"


def test_reports_stay_whole_beside_fix(run, folder):
    assert run("check", folder, "--fix", "--format", "json").out.startswith('{\n "format"')


def test_one_table_of_a_catalogue_is_read_as_the_catalogue_says(run, folder):
    (folder / "more.csv").write_text(HEADINGS + "T-9,丁许可(戊),行政许可,新办,immediate\nT-8,己\n", encoding="utf-8")
    ran = run("check", folder / "more.csv", "--fix")

    assert "NAM002 mended" in ran.err and "甲许可(含乙)" in (folder / "items.csv").read_text("utf-8")
    assert ran.code == 1 and "more.csv:3: SRC001 error" in ran.out and "items.csv" not in ran.out + ran.err


def test_a_file_that_may_not_be_written_ends_with_3(run, folder, monkeypatch):
    def refuse(path, data):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("flowstd.base.files.write_new", refuse)
    ran = run("check", folder, "--fix")

    assert ran.code == 3 and "items.csv" in ran.err
    assert sorted(path.name for path in folder.iterdir()) == ["flowstd.toml", "items.csv"]


def test_a_diff_of_nothing_says_so(run, tmp_path):
    ran = run("check", catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW}), "--diff")

    assert (ran.code, ran.out) == (0, "") and "nothing can be mended by itself" in ran.err
