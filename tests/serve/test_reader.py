"""A folder is read once, and again only where it changed; what cannot be read is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.serve.reader import Reader
from flowstd.serve.told import place, told
from flowstd.serve.values import Entry, File, Looks
from tests.catalogues import CONFIG, GOOD_PYTHON, HEADINGS, LONG_PYTHON, catalogue
from tests.serve.running import FILES, B


def reader(folder: Path, **more: str) -> Reader:
    return Reader(catalogue(folder, {**FILES, **more}))


def entries(found: Reader) -> dict[str, Entry]:
    """What a fresh look lists, by id."""
    listing = found.look({})
    listed = (*(one for source in listing.sources for one in source.entries), *(listing.rows or ()))
    return {entry.id: entry for entry in listed}


def test_files_come_first_then_rows(tmp_path):
    assert list(entries(reader(tmp_path))) == ["a.yaml#T-2.备案", B, "items.csv#T-1.新办"]


def test_a_row_gives_way_to_an_item_written_by_hand(tmp_path):
    found = reader(tmp_path, **{"items.csv": HEADINGS + "T-3,企业档案查询,公共服务,查询,immediate\n"})

    assert list(entries(found)) == ["a.yaml#T-2.备案", B]


def test_what_has_not_changed_is_not_read_again(tmp_path):
    begun: list[str] = []
    text = "from helper import LABEL\n" + GOOD_PYTHON.replace('"查询档案"', "LABEL")
    found = Reader(catalogue(tmp_path, {**FILES, "helper.py": "LABEL = '查询档案'\n", "b.py": text},
                             'items = ["*.csv", "*.yaml", "b.py"]\n'), begun.append)
    first = found.look({})
    assert begun == ["a.yaml", "b.py"] and first.rows is not None

    assert found.look({}).rows is None and begun == ["a.yaml", "b.py"]
    (tmp_path / "helper.py").write_text("LABEL = '调阅档案'\n", "utf-8")
    again = found.look({})
    assert begun == ["a.yaml", "b.py", "b.py"]
    assert again.sources[1].entries[0].stamp != first.sources[1].entries[0].stamp
    old, new = (look.sources[1].entries[0] for look in (first, again))
    assert "调阅档案" in found.draw(new, Looks()).pages[0]
    assert found.draw(old, Looks()) is None


def test_a_chart_and_what_can_be_pointed_at(tmp_path):
    found = reader(tmp_path)
    drawn = found.draw(entries(found)[B], Looks())

    step = next(one for one in drawn.steps if one["label"] == "查询档案")
    assert f'id="{step["ids"][0]}"' in drawn.pages[0]
    assert step["place"]["text"] == "b.py:5"
    assert step["place"]["link"] == f"vscode://file{tmp_path.as_posix()}/b.py:5:57"


@pytest.mark.parametrize("looks", [Looks(direction="right"), Looks(theme="colour"), Looks(view="external")])
def test_looks_change_the_chart(tmp_path, looks):
    found = reader(tmp_path)
    entry = entries(found)["a.yaml#T-2.备案"]

    assert found.draw(entry, looks).pages != found.draw(entry, Looks()).pages


@pytest.mark.parametrize("look", ["", 'view = "external"\n', 'collapse = "fit"\n'])
def test_the_list_weighs_the_chart_that_is_opened(tmp_path, look):
    found = Reader(catalogue(tmp_path, {"b.py": LONG_PYTHON}, look + CONFIG))
    entry, looks = entries(found)[B], found.look({}).looks
    findings = found.draw(entry, looks).findings

    assert found.weigh(entry) == (False, 0, len(findings)) and len(findings) == (61 if look else 62)


@pytest.mark.parametrize(("name", "text", "where"), [
    ("b.py", "flow = (\n", "b.py:1"), ("b.py", "1 / 0\n", "b.py:1"), ("a.yaml", "name：坏\n", "a.yaml:1"),
    ("b.py", "import os\nraise SystemExit\n", "b.py:2"), ("flowstd.toml", 'titel = "x"\n', "flowstd.toml:1"),
])
def test_what_is_wrong_is_told_with_its_line(tmp_path, name, text, where):
    found = reader(tmp_path)
    found.look({})
    (tmp_path / name).write_text(text, "utf-8")
    listing = found.look({})

    fault = (*listing.faults, *(one for source in listing.sources for one in source.faults))[0]
    assert fault["place"]["text"].startswith(where)
    assert "".join(fault["place"]["excerpt"]).strip() in text


def test_a_folder_that_is_gone(tmp_path):
    found = Reader(tmp_path / "none")

    assert found.look({}).faults[0]["code"] == "SRC001"


def test_an_entry_that_is_gone(tmp_path):
    found = reader(tmp_path)
    gone = entries(found)[B]._replace(stamp="another")

    assert found.draw(gone, Looks()) is None and found.export(gone, Looks(), "svg", 1) is None


def test_half_a_save_does_not_take_away_what_was_listed_before_it(tmp_path):
    found = reader(tmp_path)
    entry = entries(found)[B]
    (tmp_path / "b.py").write_text("")
    assert B not in entries(found)

    assert found.draw(entry, Looks()).pages


def test_a_file_to_keep(tmp_path):
    found = reader(tmp_path)
    entry, looks = entries(found)[B], Looks(direction="right", theme="colour")
    made = found.export(entry, looks, "svg", 1)

    assert isinstance(made, File) and made.name == "T-3.查询.svg"
    assert made.data.decode() == found.draw(entry, looks).pages[0]


def test_a_row_that_cannot_be_understood_is_told_when_it_is_looked_at(tmp_path):
    found = reader(tmp_path, **{"items.csv": HEADINGS + "T-1,户外广告,行政许可,新办,nonsense\n"})
    row = entries(found)["items.csv#T-1.新办"]

    assert found.weigh(row) == (True, 1, 0)
    assert "nonsense" in found.draw(row, Looks()).faults[0]["message"]


# ---- places

def test_nothing_outside_the_folder_is_shown(tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text("password = 1\n")
    inside = tmp_path / "c"
    inside.mkdir()
    (inside / "link.py").symlink_to(secret)

    for file in (secret, inside / ".." / "secret.py", inside / "link.py"):
        assert place(Where(str(file), 1), inside) == {"text": f"{file.name}:1"}


def test_a_link_cannot_be_anything_but_a_file(tmp_path):
    odd = tmp_path / 'a"><script>&#?x.py'
    odd.write_text("x\n")

    assert place(Where(str(odd), 1), tmp_path)["link"].endswith("/a%22%3E%3Cscript%3E%26%23%3Fx.py:1")


def test_the_gravest_come_first(tmp_path):
    several = [Finding("A", "a", level, Text("甲", "a")) for level in (Level.INFO, Level.ERROR, Level.WARNING)]

    assert [one["level"] for one in told(several, tmp_path)] == ["error", "warning", "info"]


def test_the_part_of_the_line_that_is_meant(tmp_path):
    (tmp_path / "a.py").write_text('  window.accept("受理", 材料=1)\n', "utf-8")

    assert place(Where(str(tmp_path / "a.py"), 1, 17, 1, 21), tmp_path)["excerpt"] == [
        'window.accept(', '"受理"', ", 材料=1)"]
