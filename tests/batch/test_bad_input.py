"""A catalogue full of mistakes, built by the command as people run it: each is told, and the good charts are made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogues import GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, Ran, catalogue, flowstd
from tests.conftest import ROOT

LONG = "政务服务" * 50
BAD_ROWS = "".join(f"{code},户外广告设施设置许可,行政许可,新办,immediate\n"
                   for code in ("../../etc/x", "/etc/x", "a/b", "C:\\x", "CON", "T-1"))
MISSPELT = (GOOD_PYTHON.replace("end.done)", 'end.done >> back("查旬档案"))')
            .replace("import applicant", "import applicant, back"))
FILES = {
    "items.csv": HEADINGS + GOOD_ROW + BAD_ROWS + f",{LONG},行政许可,新办,immediate\n",
    "good.yaml": GOOD_YAML, "good.py": GOOD_PYTHON,
    "colon.yaml": "name：中医诊所备案\n", "twice.yaml": GOOD_YAML + "name: 又一个\n", "gbk.yaml": GOOD_YAML.encode("gbk"),
    "bom.yaml": ("\ufeff" + GOOD_YAML.replace("T-2", "T-8")).encode(),
    "syntax.py": "from flowstd import Item\nitem = (\n", "imports.py": "\nimport nothing_of_this_name\n",
    "raises.py": "def make():\n    return 1 / 0\n\n\nmake()\n", "misspelt.py": MISSPELT.replace("T-3", "T-7"),
}
TOLD = {                     # the rows of the catalogue of faults that a build can meet, by what is told of them
    "1 misspelt step": ("misspelt.py:5", "查旬档案"), "3 duplicate": ("items.csv:8", "T-1"),
    "5 full-width colon": ("colon.yaml:1", "："), "6 duplicate key": ("twice.yaml:6", "name"),
    "7 GBK": ("gbk.yaml", "GBK"),
    "12 path in a code": ("items.csv:3", "../../etc/x"), "12 absolute": ("items.csv:4", "/etc/x"),
    "12 slash": ("items.csv:5", "a/b"), "12 drive": ("items.csv:6", "C:"), "12 device": ("items.csv:7", "CON"),
    "41 syntax error": ("syntax.py:2", "("), "41 import error": ("imports.py:2", "nothing_of_this_name"),
    "41 exception": ("raises.py:2", "ZeroDivisionError"),
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> tuple[Ran, Path]:
    home = tmp_path_factory.mktemp("bad")
    folder = catalogue(home / "c", FILES)
    return flowstd("build", folder, "-o", home / "out", "--format", "json"), home


@pytest.mark.parametrize("row", TOLD)
def test_each_mistake_is_told_at_its_place(ran, row):
    place, words = TOLD[row]
    lines = ran[0].out.splitlines()
    told = [number for number, line in enumerate(lines) if place in line]

    assert told, ran[0].out
    assert any(words in line for number in told for line in lines[number:number + 6]), ran[0].out


def test_the_others_are_made_and_nothing_else_is_written(ran):
    done, home = ran

    assert (done.code, done.err) == (1, "") and "Traceback" not in done.out
    made = sorted(path.name for path in (home / "out").iterdir())
    assert [name for name in made if name.startswith("T-")] == [
        "T-1.新办.json", "T-2.备案.json", "T-3.查询.json", "T-8.备案.json"]
    assert len(made) == 7                                  # the item with the long name, the index, the manifest
    assert max(len(name.encode()) for name in made) < 255
    assert sorted(path.name for path in home.iterdir()) == ["c", "out"]


def test_told_again_and_nothing_touched(ran):
    done, home = ran
    before = {path.name: path.stat().st_mtime_ns for path in (home / "out").iterdir()}
    again = flowstd("build", home / "c", "-o", home / "out", "--format", "json")

    assert again.code == 1 and [line for line in again.out.splitlines() if ": SRC001" in line] == [
        line for line in done.out.splitlines() if ": SRC001" in line]
    assert {path.name: path.stat().st_mtime_ns for path in (home / "out").iterdir()} == before


# ---- the machine

def test_a_disk_that_takes_no_more_ends_with_3_and_the_next_build_goes_on(tmp_path):
    resource = pytest.importorskip("resource")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    folder, out = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML}), tmp_path / "out"
    command = [sys.executable, "-m", "flowstd", "build", str(folder), "-o", str(out)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en"}
    done = subprocess.run(command, env=env, preexec_fn=small, capture_output=True, text=True, check=False)

    assert done.returncode == 3 and "cannot write" in done.stderr and str(out) in done.stderr
    assert not list(out.glob(".flowstd-*"))
    assert flowstd("build", folder, "-o", out).code == 0
    assert len(list(out.glob("*.svg"))) == 2


def test_without_home_network_or_fonts_the_main_job_works(tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW})
    bare = {"HOME": "", "XDG_CACHE_HOME": "", "PATH": "", "http_proxy": "http://127.0.0.1:1",
            "FONTCONFIG_FILE": "/dev/null"}
    done = flowstd("build", folder, "-o", tmp_path / "out", **bare)

    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "out" / "T-1.新办.svg").exists()


def test_a_rare_character_on_a_machine_without_fonts_is_a_warning_and_the_chart_is_made(tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW.replace("户外广告", "𬒈广告")})
    done = flowstd("build", folder, "-o", tmp_path / "out", "--format", "svg,png,pdf", HOME="",
                   FONTCONFIG_FILE="/dev/null")
    told = done.out[done.out.index("FNT001 warning"):].splitlines()[:3]

    assert (done.code, done.err) == (0, "")
    assert "𬒈" in told[0] and any("T-1.新办" in line for line in told), done.out
    assert "𬒈广告" in (tmp_path / "out" / "T-1.新办.svg").read_text("utf-8")
    assert min((tmp_path / "out" / f"T-1.新办.{suffix}").stat().st_size for suffix in ("png", "pdf")) > 10_000


def test_an_extra_that_is_missing_is_one_line_with_the_command(tmp_path):
    code = ("import sys; from importlib.util import find_spec as real; import importlib.util; "
            "importlib.util.find_spec = lambda name, *more: None if name == 'resvg_py' else real(name, *more); "
            "from flowstd.cli.main import main; main(sys.argv[1:])")
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW})
    command = [sys.executable, "-c", code, "build", str(folder), "-o", str(tmp_path / "out"), "--format", "svg,png"]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en"},
                          capture_output=True,
                          text=True, check=False)

    assert done.returncode == 2
    assert 'pip install "flowstd[png]"' in done.stderr and len(done.stderr.splitlines()) <= 2
    assert not (tmp_path / "out").exists()
