"""The layout cache: equal shapes are laid out once, and nothing that happens to the cache changes a drawing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flowstd.base.digest import digest
from flowstd.base.kept import Kept
from flowstd.batch import shelf
from flowstd.batch.shelf import Shelf
from flowstd.dsl import flow_of
from flowstd.dsl.templates import template
from flowstd.layout import from_ir
from flowstd.layout import shelf as in_use
from flowstd.layout.engine import Engine
from flowstd.layout.model import Drawing
from tests.catalogues import GOOD_ROW, GOOD_YAML, HEADINGS, catalogue, flowstd

FLOW = flow_of(template("ordinary_licence")())
DAMAGE = {"truncated": lambda data: data[:-40], "zeroed": lambda data: bytes(len(data)), "empty": lambda data: b"",
          "one letter": lambda data: data[:60] + b"7" + data[61:], "no layout": lambda data: b"{}\n",
          "another shape's": lambda data: signed(data.partition(b"\n")[2].replace(b".layout", b".lay0ut")),
          "binary": lambda data: b"\xff\xfe\n" + data}


def signed(data: bytes) -> bytes:
    return digest(data).encode() + b"\n" + data


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty cache, in use while the test runs."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    in_use.use(Shelf(tmp_path / "flowstd" / "layouts" / "v"))
    yield tmp_path / "flowstd" / "layouts" / "v"
    in_use.use(None)


def drawn(monkeypatch) -> tuple[Drawing, int]:
    """The drawing of FLOW in a process that remembers nothing, and how often the engine was asked."""
    asked = []
    real = Engine.arrange
    with monkeypatch.context() as patch:
        patch.setattr(from_ir, "_ARRANGED", Kept())
        patch.setattr(Engine, "arrange", lambda engine, shape: asked.append(shape) or real(engine, shape))
        return from_ir.lay_out(FLOW), len(asked)


def test_a_shape_is_laid_out_once_for_all_processes_to_come(home, monkeypatch):
    first, again = drawn(monkeypatch), drawn(monkeypatch)

    assert (first[1], again[1]) == (1, 0)
    assert first[0] == again[0]
    assert len(list(home.iterdir())) == 1


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_costs_time_only(home, monkeypatch, damage):
    first = drawn(monkeypatch)[0]
    (file,) = home.iterdir()
    whole = file.read_bytes()
    file.write_bytes(DAMAGE[damage](whole))

    assert drawn(monkeypatch) == (first, 1)
    assert file.read_bytes() == whole
    assert drawn(monkeypatch) == (first, 0)


def test_a_build_tells_damage_once_and_gives_the_same_bytes(tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML})
    place = {"XDG_CACHE_HOME": str(tmp_path / "cache")}

    def build() -> tuple[int, dict[str, bytes]]:
        ran = flowstd("build", str(folder), "-o", str(tmp_path / "out"), "--force", **place)
        assert ran.code == 0, ran
        return ran.err.count("layout cache"), {path.name: path.read_bytes() for path in (tmp_path / "out").glob("T-*")}

    first = build()
    for file in (tmp_path / "cache").rglob("*.layout"):
        file.write_bytes(file.read_bytes()[:-40])

    assert first[0] == 0
    assert build() == (1, first[1])
    assert build() == first


def test_a_cache_that_cannot_be_used_is_not(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    in_use.use(Shelf(tmp_path / "file" / "v"))
    try:
        assert [drawn(monkeypatch)[1] for _ in range(2)] == [1, 1]
    finally:
        in_use.use(None)


def test_the_oldest_go_when_there_is_too_much(home, monkeypatch):
    for number in range(8):
        path = home.parent / f"v{number % 2}" / f"{number}.layout"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 100)
        os.utime(path, ns=(number, number))
    (home.parent / "v0" / "mine.txt").write_text("mine")
    monkeypatch.setattr(shelf, "LARGEST", 500)
    shelf.prune()
    assert sorted(path.name for path in home.parent.rglob("*.layout")) == ["5.layout", "6.layout", "7.layout"]
    shelf.prune()
    assert shelf.kept() == (home.parent, 3, 300)
    assert shelf.clear() == 3
    assert [path.name for path in home.parent.rglob("*")] == ["v0", "mine.txt"]


def test_show_and_clear(home, monkeypatch):
    drawn(monkeypatch)
    place = {"XDG_CACHE_HOME": str(home.parent.parent.parent)}
    shown = flowstd("cache", "show", **place)
    assert (shown.code, str(home.parent) in shown.out, " 1\n" in shown.out) == (0, True, True), shown
    assert "1 layouts" in flowstd("cache", "clear", **place).out
    assert flowstd("cache", "clear", **place).code == 0
    assert flowstd("cache", "clean", **place).code == 2


def test_without_a_home_there_is_no_cache(monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)

    assert (shelf.home_of_cache(), shelf.kept(), shelf.clear()) == (None, None, 0)
    shelf.prune()


def test_another_engine_has_another_folder(tmp_path, monkeypatch):
    first = shelf.version()
    other = tmp_path / "engine"
    other.mkdir()
    for path in Path(from_ir.__file__).parent.glob("*.py"):
        (other / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(shelf.layout, "__path__", [str(other)])
    assert shelf.version() == first
    (other / "tracks.py").write_text("# another\n")

    assert shelf.version() != first
