"""A large catalogue: a folder for each authority, pages that lead everywhere, and nothing outside."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from flowstd.base.errors import BadEnvironment
from flowstd.batch import index
from flowstd.batch.plan import folder_of
from flowstd.dsl import applicant, end
from flowstd.item import Item
from tests.batch.test_index import Reader, links
from tests.catalogues import built, catalogue

HEADINGS = "code,name,item_type,authority,情形,模板\n"
ROWS = [f"T-{number},户外广告,行政许可,{authority},新办,immediate\n"
        for number, authority in enumerate(("甲局", "甲局", "乙局", ""), 1)]
CONFIG = 'items = ["*.csv"]\n'


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Three entries are many."""
    monkeypatch.setattr("flowstd.batch.build.DIVIDED", 3)
    monkeypatch.setattr("flowstd.batch.index.LONGEST", 1)


def files(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def test_every_authority_has_a_folder_and_every_page_leads_to_files(tmp_path):
    out = tmp_path / "out"
    summary = built(catalogue(tmp_path / "c", {"items.csv": HEADINGS + "".join(ROWS)}, CONFIG), out)

    assert files(out) == sorted([
        "flowstd-manifest.json", "index.html", "甲局/T-1.新办.json", "甲局/T-2.新办.json", "甲局/index.html",
        "甲局/index.page2.html",
        "乙局/T-3.新办.json", "乙局/index.html", "未写明实施主体/T-4.新办.json", "未写明实施主体/index.html"])
    assert summary.files == len(files(out)) - 1
    reached = set()
    for page in out.rglob("*.html"):
        for link in links(Reader(page.read_text("utf-8"))):
            if not link.startswith("#"):
                target = (page.parent / unquote(link)).resolve()
                assert target.is_file(), (page, link)
                reached.add(target.relative_to(out.resolve()).as_posix())
    assert reached == set(files(out)) - {"flowstd-manifest.json"}


def test_it_is_built_once_and_what_goes_takes_its_folder_along(tmp_path):
    folder, out = catalogue(tmp_path / "c", {"items.csv": HEADINGS + "".join(ROWS)}, CONFIG), tmp_path / "out"
    built(folder, out)
    assert built(folder, out).built == 0
    (out / "甲局" / "mine.txt").write_text("mine")
    (folder / "items.csv").write_text(HEADINGS + ROWS[2], encoding="utf-8")        # few again: one folder for all
    summary = built(folder, out)

    assert (summary.built, len(summary.removed)) == (1, 8)
    assert files(out) == ["T-3.新办.json", "flowstd-manifest.json", "index.html", "甲局/mine.txt"]
    assert not (out / "乙局").exists()


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "乙局").symlink_to(elsewhere)
    with pytest.raises(BadEnvironment, match="乙局"):
        built(catalogue(tmp_path / "c", {"items.csv": HEADINGS + "".join(ROWS)}, CONFIG), out)

    assert list(elsewhere.iterdir()) == []


def test_no_two_authorities_share_a_folder():
    names = ("A局", "a局", "Ａ局", "A 局", "a-局", "", "con", "局" * 90, "局" * 91, "../../局")
    flow = applicant.submit("申请") >> end.done
    made = [folder_of(Item(name="广告", item_type="行政许可", authority=name).scenario("", flow))
            for name in names]

    assert len({name.casefold() for name in made}) == len(names)
    assert all(len(name.encode()) < 200 and not set(name) & set('./\\:') for name in made)


def test_pages_are_equal_for_equal_rows():
    rows = [index.Row(f"名{n}", "", f"T-{n}", "甲局", "行政许可", False, (f"甲局/T-{n}.svg",), 0, 0) for n in (2, 1)]

    assert dict(index.pages(rows, [], "", divided=True)) == dict(index.pages(rows[::-1], [], "", divided=True))
