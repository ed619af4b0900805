"""How charts look, asked for on the command line or in flowstd.toml: whose they are, which way they run, which inks."""

from __future__ import annotations

import shutil

import pytest

from flowstd.passes.external_view import external_view
from tests.catalogues import catalogue
from tests.cli.conftest import run as run
from tests.render.pdf.test_from_sheet import words

SOURCE = '''from flowstd import Item
from flowstd.dsl import applicant, decider, end, reviewer, window

item = Item(name="户外广告设施设置许可", item_type="公共服务", code="T-3")
chart = item.scenario("新办", applicant.submit("提出申请") >> window.accept("受理") >> reviewer.examine("初核")
                      >> reviewer.examine("复核") >> decider.decide("作出决定") >> end.granted)
'''
NAME = "T-3.新办.svg"


@pytest.fixture
def folder(tmp_path):
    return catalogue(tmp_path / "c", {"a.py": SOURCE})


def shown(path) -> tuple[bool, bool]:
    """Whether a chart shows the office's own steps, and the step that they become."""
    text = path.read_text("utf-8")
    return ">初核<" in text, ">审查<" in text


@pytest.mark.parametrize(("asked", "written", "external"), [
    ([], "", False), (["--view", "internal"], "", False), (["--view", "external"], "", True),
    ([], 'view = "external"', True), (["--view", "internal"], 'view = "external"', False),
])
def test_a_build_makes_the_charts_that_are_asked_for(run, tmp_path, asked, written, external):
    folder = catalogue(tmp_path / "c", {"a.py": SOURCE}, written)

    assert run("build", folder, "-o", tmp_path / "out", *asked).code == 0
    assert shown(tmp_path / "out" / NAME) == (not external, external)


def test_another_view_is_another_build_each_time(run, tmp_path, folder):
    for asked, external in (([], False), (["--view", "external"], True), (["--view", "external"], True), ([], False)):
        run("build", folder, "-o", tmp_path / "out", *asked)
        assert shown(tmp_path / "out" / NAME) == (not external, external)


def test_the_next_build_says_why(run, tmp_path, folder):
    run("build", folder, "-o", tmp_path / "out")

    assert "the formats, view, direction, theme or edition changed" in run("build", folder, "-o", tmp_path / "out",
                                                                           "--view", "external", "--explain").out
    assert "nothing changed" in run("build", folder, "-o", tmp_path / "out", "--view", "external", "--explain").out


def test_draw_and_book_know_views(run, tmp_path, folder):
    run("draw", folder / "a.py", "-o", tmp_path / "a.svg", "--view", "external")
    run("draw", folder / "a.py", "-o", tmp_path / "b.json", "--view", "external")
    run("draw", folder / "a.py", "-o", tmp_path / "c.json")
    run("book", folder, "-o", tmp_path / "a.pdf", "--view", "external")

    assert shown(tmp_path / "a.svg") == (False, True)
    from flowstd.ir.model import Flow

    seen, written = (Flow.from_json((tmp_path / name).read_text("utf-8")) for name in ("b.json", "c.json"))
    assert seen == written != external_view(written)            # what is exchanged is whole, whatever is looked at
    assert "办事流程图（新办）" in words((tmp_path / "a.pdf").read_bytes(), 1)


def test_an_unknown_view_is_told_with_its_line_and_the_nearest(run, tmp_path, folder):
    ran = run("build", catalogue(tmp_path / "d", {"a.py": SOURCE}, 'title = "x"\nview = "externl"'), "-o",
              tmp_path / "out")

    assert ran.code == 2 and "flowstd.toml:2" in ran.err and 'did you mean "external"' in ran.err
    assert run("build", folder, "-o", tmp_path / "out", "--view", "both").code == 2
    assert not (tmp_path / "out").exists()


LOOKS = [("view", "external"), ("direction", "right"), ("theme", "colour")]


@pytest.mark.parametrize(("name", "value"), LOOKS)
def test_each_look_is_another_picture_by_option_and_by_setting(run, tmp_path, folder, name, value):
    run("build", folder, "-o", tmp_path / "plain")
    run("build", folder, "-o", tmp_path / "asked", f"--{name}", value)
    run("build", catalogue(tmp_path / "d", {"a.py": SOURCE}, f'{name} = "{value}"'), "-o", tmp_path / "said")
    run("draw", folder / "a.py", "-o", tmp_path / "drawn.svg", f"--{name}", value)
    asked = (tmp_path / "asked" / NAME).read_bytes()

    assert asked == (tmp_path / "said" / NAME).read_bytes() == (tmp_path / "drawn.svg").read_bytes()
    assert asked != (tmp_path / "plain" / NAME).read_bytes()
    run("build", folder, "-o", tmp_path / "plain", f"--{name}", value)
    assert (tmp_path / "plain" / NAME).read_bytes() == asked


def test_another_edition_is_another_picture(tmp_path, monkeypatch, folder):
    from flowstd.standard import edition
    from tests.catalogues import built

    home = tmp_path / "standard"
    shutil.copytree(edition._HERE / "e2026", home / "e2026")
    shutil.copytree(edition._HERE / "e2026", home / "e2099")
    words = home / "e2099" / "words.toml"
    words.write_text(words.read_text("utf-8").replace("运行流程图", "运行图"), encoding="utf-8")
    monkeypatch.setattr(edition, "_HERE", home)
    edition._load.cache_clear()
    built(folder, tmp_path / "out", "svg")
    first = (tmp_path / "out" / NAME).read_bytes()
    (folder / "flowstd.toml").write_text('edition = "2099"', encoding="utf-8")
    built(folder, tmp_path / "out", "svg")
    edition._load.cache_clear()

    assert (tmp_path / "out" / NAME).read_bytes() != first


@pytest.mark.parametrize(("name", "near"), [("theme", "colour"), ("edition", "2026")])
def test_what_there_is_not_is_wrong_use(run, tmp_path, folder, name, near):
    for given in (["build", folder, "-o", tmp_path / "out"], ["draw", folder / "a.py", "-o", tmp_path / "a.svg"]):
        done = run(*given, f"--{name}", near[:-1] + "x")
        assert done.code == 2 and near in done.err, done
    (folder / "flowstd.toml").write_text(f'{name} = "{near[:-1]}x"', encoding="utf-8")
    done = run("build", folder, "-o", tmp_path / "out")
    assert done.code == 2 and "flowstd.toml:1" in done.err


@pytest.mark.parametrize("said",
                         ["seconds = 0", "seconds = nan", "seconds = true", "memory = 1", "memory = 1.5", "second = 1"])
def test_limits_that_cannot_be_are_refused_at_their_line(run, tmp_path, folder, said):
    (folder / "flowstd.toml").write_text(f"[build]\n{said}\n", encoding="utf-8")
    done = run("build", folder, "-o", tmp_path / "out")

    assert done.code == 2 and "flowstd.toml:2" in done.err, done
