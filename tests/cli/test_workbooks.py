"""Workbooks on the command line: an empty one to fill in, what came back as items, and the same again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.catalog.books import BRANCHES, ITEM, ITEM_HEADS, STEPS, ordinary, saved
from tests.catalogues import GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, catalogue

FILES = {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML, "b.py": GOOD_PYTHON}
BAD = ordinary(分支=(("事项", "步骤", "分支", "去向"), *BRANCHES[:2], ("T-1", "材料是否齐全？", "否", "补正材枓")))


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_new_makes_a_workbook_that_checks(run, tmp_path):
    path = tmp_path / "the blank.xlsx"

    assert f"flowstd check '{path}'" in run("new", path).out
    assert run("check", path).code == 0


def test_new_leaves_a_workbook_that_exists(run, tmp_path):
    (tmp_path / "blank.xlsx").write_bytes(b"filled in")

    assert run("new", tmp_path / "blank.xlsx").code == 3
    assert (tmp_path / "blank.xlsx").read_bytes() == b"filled in"


def test_import_writes_a_folder_that_builds(run, tmp_path):
    ran = run("import", saved(tmp_path / "book.xlsx", ordinary()), "-o", tmp_path / "items")

    assert (ran.code, ran.err) == (0, "")
    assert f"flowstd build {tmp_path / 'items'} -o {tmp_path / 'items'}-out" in ran.out
    assert names(tmp_path / "items") == ["flowstd.toml", "items/T-1.新办.flow.json", "items/T-1.新办.yaml"]
    run("build", tmp_path / "items", "-o", tmp_path / "out", "--format", "json")
    assert "T-1.新办.json" in names(tmp_path / "out")


def test_what_is_exported_comes_back(run, tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    assert run("export", folder, "--xlsx", tmp_path / "book.xlsx").code == 0
    assert run("import", tmp_path / "book.xlsx", "-o", tmp_path / "back").code == 0
    for source, out in ((folder, "first"), (tmp_path / "back", "second")):
        run("build", source, "-o", tmp_path / out, "--format", "json")

    for name in ("T-1.新办.json", "T-2.备案.json", "T-3.查询.json"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_a_bad_cell_is_named_and_the_other_items_are_written(run, tmp_path):
    other = ("T-2", "中医诊所备案", "备案", "其他行政权力")
    sheets = {**BAD, "事项": ordinary(事项=((*ITEM_HEADS, "模板"), ITEM, (*other, "备案")))["事项"]}
    path = saved(tmp_path / "book.xlsx", sheets)
    ran = run("import", path, "-o", tmp_path / "items")

    assert ran.code == 1
    assert f"{path}!分支!D4: SRC001 error: " in ran.out and 'did you mean "补正材料"?' in ran.out
    assert names(tmp_path / "items") == ["flowstd.toml", "items/T-2.备案.flow.json", "items/T-2.备案.yaml"]


def test_a_workbook_without_a_good_item_writes_nothing(run, tmp_path):
    ran = run("import", saved(tmp_path / "book.xlsx", BAD), "-o", tmp_path / "items")

    assert ran.code == 1 and "nothing is written" in ran.out
    assert not (tmp_path / "items").exists()


def test_draw_takes_one_case_of_a_workbook(run, tmp_path):
    path = saved(tmp_path / "book.xlsx", ordinary())

    assert "→" in run("draw", f"{path}:T-1.新办", "-o", tmp_path / "a.json").out
    assert 'did you mean "T-1.新办"?' in run("draw", f"{path}:T-1.新班", "-o", tmp_path / "a.json").err


@pytest.mark.parametrize("name", ["book.xls", "book.xlsm", "book.et", "book.csv"])
def test_other_kinds_are_told_how_to_be_saved(run, tmp_path, name):
    (tmp_path / name).write_bytes(b"a")
    ran = run("import", tmp_path / name, "-o", tmp_path / "items")

    assert ran.code == 2 and ".xlsx" in ran.err
    assert not (tmp_path / "items").exists()


def test_what_is_no_workbook_is_refused(run, tmp_path):
    (tmp_path / "book.xlsx").write_text("实施编码,事项名称\n", "gbk")
    ran = run("import", tmp_path / "book.xlsx", "-o", tmp_path / "items")

    assert ran.code == 1
    assert "plain text, such as CSV" in ran.out + ran.err and "fix: " in ran.out + ran.err


def test_an_item_with_steps_of_its_own_is_exported_row_by_row(run, tmp_path):
    path = saved(tmp_path / "book.xlsx", ordinary())
    run("import", path, "-o", tmp_path / "items")
    run("export", tmp_path / "items", "--xlsx", tmp_path / "again.xlsx")
    drawn = {}
    for source in (path, tmp_path / "again.xlsx"):
        run("draw", source, "-o", tmp_path / "a.json")
        drawn[source] = (tmp_path / "a.json").read_bytes()

    assert len(set(drawn.values())) == 1 and all(step[2].encode() in drawn[path] for step in STEPS)


def test_export_leaves_a_workbook_that_exists_unless_forced(run, tmp_path):
    folder, book = catalogue(tmp_path / "c", FILES), tmp_path / "book.xlsx"
    book.write_bytes(b"filled in")
    ran = run("export", folder, "--xlsx", book)

    assert (ran.code, book.read_bytes()) == (3, b"filled in") and "--force" in ran.err
    assert run("export", folder, "--xlsx", book, "--force").code == 0
    assert book.read_bytes() != b"filled in"


def test_import_writes_what_is_wrong_with_a_workbook_as_json(run, tmp_path):
    run("import", saved(tmp_path / "book.xlsx", BAD), "-o", tmp_path / "items", "--report", tmp_path / "r.json")

    assert [one["code"] for one in json.loads((tmp_path / "r.json").read_text("utf-8"))["findings"]] == ["SRC001"]


def test_a_workbook_and_yml_in_a_new_folder_are_read(run, tmp_path):
    run("new", tmp_path / "c")
    before = run("check", tmp_path / "c").out
    saved(tmp_path / "c" / "book.xlsx", ordinary())
    (tmp_path / "c" / "clinic.yml").write_text(GOOD_YAML, "utf-8")

    assert "charts    3" in before and "charts    5" in run("check", tmp_path / "c").out


def test_files_like_items_that_are_not_read_are_told(run, tmp_path):
    folder = catalogue(tmp_path / "c", {**FILES, "old.xls": b"", "more.yml": GOOD_YAML, "~$book.xlsx": b""},
                       'items = ["*.csv", "*.py", "*.yaml"]\n')
    ran = run("check", folder)

    assert ran.code == 0 and "old.xls: SRC002" in ran.out and "save it as .xlsx" in ran.out
    assert "more.yml: SRC002" in ran.out and "add *.yml to items" in ran.out and "~$" not in ran.out
    assert "SRC002" not in run("check", folder / "items.csv").out
