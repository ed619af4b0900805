"""A file in the output folder that is not ours is never replaced or removed, unless --force asks for it."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import pytest

from flowstd.base.errors import BadEnvironment
from flowstd.batch.manifest import NAME, PART, Manifest
from flowstd.batch.write import OutputFolder
from tests.catalogues import GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, built, catalogue, flowstd

from .test_build import FILES

CHART, MINE = "T-1.新办.json", "somebody's"
KINDS = {
    "file": lambda path: path.write_text(MINE),
    "folder": lambda path: path.mkdir(),
}


def names(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()}


@pytest.fixture
def places(tmp_path):
    """The folder and an output folder that is empty."""
    (tmp_path / "out").mkdir()
    return catalogue(tmp_path / "c", FILES), tmp_path / "out"


def test_a_page_of_somebody_else_stops_the_build_before_anything_is_written(places):
    folder, out = places
    (out / "index.html").write_text(MINE)
    done = flowstd("build", folder, "-o", out, "--format", "json")

    assert done.code == 3 and "index.html" in done.err and "--force" in done.err
    assert (names(out), (out / "index.html").read_text()) == ({"index.html"}, MINE)
    assert flowstd("build", folder, "-o", out, "--format", "json", "--force").code == 0
    assert MINE not in (out / "index.html").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_that_would_replace_a_foreign_file_fails_and_names_it(places, kind):
    folder, out = places
    KINDS[kind](out / CHART)
    before = os.lstat(out / CHART)
    for _ in range(2):
        summary = built(folder, out)

        assert (summary.failed, len(summary.rows)) == (["T-1.新办"], 2)
        assert [CHART in one.message.en and "--force" in one.fix.en for one in summary.findings] == [True]
    (folder / "items.csv").write_text(HEADINGS + GOOD_ROW.replace("T-1", "T-9"), "utf-8")
    built(folder, out)
    assert os.lstat(out / CHART) == before


@pytest.mark.parametrize("way", ["force", "moved away", "the same"])
def test_it_is_made_once_it_may_be(places, way):
    folder, out = places
    built(folder, out)
    data = (out / CHART).read_bytes()
    for path in list(out.iterdir()):
        path.unlink()
    (out / CHART).write_bytes(data if way == "the same" else MINE.encode())
    if way == "moved away":
        built(folder, out)
        (out / CHART).unlink()

    assert built(folder, out, force=way == "force").failed == []
    assert (out / CHART).read_bytes() == data


@pytest.mark.parametrize("damage", [
    lambda manifest: manifest.unlink(),
    lambda manifest: manifest.write_bytes(b"{"),
    lambda manifest: manifest.write_bytes(manifest.read_bytes().replace(b'"charts":', b'"chart":')),
    lambda manifest: manifest.rename(manifest.parent / "a copy")], ids=["lost", "torn", "damaged", "renamed"])
def test_where_the_manifest_is_lost_or_damaged_all_is_ours(places, damage):
    folder, out = places
    built(folder, out)
    damage(out / NAME)
    (folder / "items.csv").write_text(HEADINGS + GOOD_ROW.replace("户外", "室内"), "utf-8")

    assert built(folder, out).failed == []
    assert "室内" in (out / CHART).read_text("utf-8")


@pytest.mark.parametrize("left", [0, 1, 2, 3])
@pytest.mark.parametrize("torn", [False, True])
def test_what_a_killed_first_build_had_made_is_ours(places, left, torn):
    """Its lines are in the part: one for each file that may be there, and perhaps the beginning of one more."""
    folder, out = places
    built(folder, out)
    lines = (out / NAME).read_bytes().splitlines(keepends=True)
    made = [name for line in lines[:left] for case in json.loads(line)["cases"] for name, *_ in case["files"]]
    for path in list(out.iterdir()):
        if path.name not in made:
            path.unlink()
    (out / PART).write_bytes(b"".join(lines[:left]) + (lines[left][:40] if torn else b""))
    for name, old in (("items.csv", "户外"), ("a.yaml", "中医"), ("b.py", "档案")):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace(old, "其他"), "utf-8")

    assert built(folder, out).failed == []
    assert all("其他" in (out / name).read_text("utf-8") for name in made)


def test_a_killed_first_build_makes_no_foreign_file_ours(places):
    folder, out = places
    built(folder, out)
    line = (out / NAME).read_bytes().splitlines(keepends=True)[0]
    for path in list(out.iterdir()):
        path.unlink()
    (out / PART).write_bytes(line + line[:40])
    (out / CHART).write_text(MINE)

    assert built(folder, out).failed == ["T-1.新办"]
    (out / "index.html").unlink()
    (out / NAME).unlink()
    (out / "index.html").write_text(MINE)
    with pytest.raises(BadEnvironment):
        built(folder, out)


OTHER_ROW = GOOD_ROW.replace("immediate", "filing")
OTHER_YAML = GOOD_YAML.replace("中医", "西医")
OTHER_PYTHON = GOOD_PYTHON.replace("提出申请", "当面申请")


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("files", "key", "there", "here"), [
    ({"a.csv": HEADINGS + (GOOD_ROW + OTHER_ROW).replace("T-1", "")}, "户外广告设施设置许可.新办", "a.csv:2", "a.csv:3"),
    ({"a.csv": HEADINGS + GOOD_ROW, "b.csv": HEADINGS + OTHER_ROW}, "T-1.新办", "a.csv:2", "b.csv:2"),
    ({"a.yaml": GOOD_YAML, "b.yaml": OTHER_YAML}, "T-2.备案", "a.yaml:1", "b.yaml:1"),
    ({"a.py": GOOD_PYTHON, "b.py": OTHER_PYTHON}, "T-3.查询", "a.py:5", "b.py:5"),
    ({"a.py": f"{GOOD_PYTHON}charts = [chart, item.scenario('查询', window.do('查询') >> end.done)]\n"},
     "T-3.查询", "a.py:5", "a.py:6")], ids=["rows", "tables", "YAML", "modules", "one module"])
def test_a_name_that_is_given_twice_is_told_so_already_by_the_first_build(tmp_path, files, key, there, here, jobs):
    """Of both places: the file that stands there is the one that this very build has made."""
    folder, out = catalogue(tmp_path / "c", files), tmp_path / "out"
    for _ in range(2):
        summary = built(folder, out, jobs=jobs)

        assert (summary.failed, len(summary.rows)) == ([key], 1)
        assert [(one.message.en, str(one.where)) for one in summary.findings if "given twice" in one.message.en] == [
            (f'"{key}" is given twice: at {folder / there} and at {folder / here}', str(folder / here))]
        assert names(out) == {f"{key}.json", "index.html", NAME}


def test_a_large_catalogue_asks_of_its_pages_too(places, monkeypatch):
    monkeypatch.setattr("flowstd.batch.build.DIVIDED", 1)
    folder, out = places
    (out / "未写明实施主体").mkdir()
    page = out / "未写明实施主体" / "index.html"
    page.write_text(MINE)
    with pytest.raises(BadEnvironment, match="is not flowstd's"):
        built(folder, out)

    assert page.read_text() == MINE
    page.unlink()
    assert built(folder, out).failed == []
    with closing(Manifest(OutputFolder(out))) as read:
        assert page.relative_to(out).as_posix() in read.files()


def test_a_folder_that_is_built_into_itself_keeps_its_sources(places):
    """What is built is never read as an item, and no source of it is replaced or removed."""
    folder, _ = places
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(built(folder, folder).rows) == 3
    assert built(folder, folder).built == 0
    (folder / "items.csv").unlink()
    built(folder, folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name in before} == {
        name: data for name, data in before.items() if name != "items.csv"}
    assert names(folder) - set(before) == {"T-2.备案.json", "T-3.查询.json", "index.html", NAME}
