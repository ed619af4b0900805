"""The command as a process: pipes that close, poor terminals, other locales, and bytes that never change."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.catalogues import GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, catalogue, flowstd
from tests.conftest import ROOT

FILES = {"items.csv": HEADINGS + GOOD_ROW + GOOD_ROW.replace("T-1", "T-5").replace("immediate", "joint"),
         "a.yaml": GOOD_YAML, "b.py": GOOD_PYTHON, "bad.yaml": "name：坏"}


def test_two_builds_in_two_worlds_are_byte_identical(tmp_path):
    worlds = ({"PYTHONHASHSEED": "1", "LANG": "C", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
              {"PYTHONHASHSEED": "4242", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "TZ": "America/New_York",
               "FLOWSTD_LANG": "zh"})
    made = []
    for number, world in enumerate(worlds):
        home = tmp_path / f"world{number}"
        home.mkdir()
        catalogue(home / "c", FILES)
        ran = flowstd("build", "c", "-o", "out", "--format", "svg,bpmn,json,geometry", cwd=home, **world)
        assert ran.code == 1, ran.err
        made.append({path.name: path.read_bytes() for path in (home / "out").iterdir()
                     if path.name != "flowstd-manifest.json"})              # it holds the times of files

    assert len([name for name in made[0] if ".page" not in name]) == 4 * 4 + 1
    assert made[0] == made[1]


@pytest.mark.parametrize("environment", [
    {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "cp936"}, {"PYTHONIOENCODING": "ascii"}, {"COLUMNS": "20", "TERM": "dumb"}, {"NO_COLOR": "1"},
    {"HOME": ""},
])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_poor_terminals_change_nothing(tmp_path, environment, language):
    catalogue(tmp_path / "c", FILES)
    ran = flowstd("check", "c", cwd=tmp_path, FLOWSTD_LANG=language, **environment)

    assert ran.code == 1
    assert "bad.yaml" in ran.out
    assert not ran.err


def test_without_a_terminal_there_is_no_bar_and_no_colour(tmp_path):
    ran = flowstd("build", catalogue(tmp_path / "c", FILES), "-o", tmp_path / "out", "--format", "json")

    assert "\x1b" not in ran.out + ran.err
    assert ran.err == ""


@pytest.mark.parametrize("columns", [20, 80])
@pytest.mark.parametrize("colour", [True, False])
def test_on_a_terminal_there_is_a_bar(tmp_path, columns, colour):
    import pty

    catalogue(tmp_path / "c", FILES)
    main, other = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": str(columns), "LINES": "24",
           "FLOWSTD_LANG": "zh"}
    if not colour:
        env["NO_COLOR"] = "1"
    done = subprocess.Popen([sys.executable, "-m", "flowstd", "build", "c", "-o", "out", "--format", "json"],
                            cwd=tmp_path,
                            env=env, stdout=other, stderr=other, stdin=subprocess.DEVNULL)
    os.close(other)
    shown = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(main)

    assert done.wait(timeout=60) == 1
    text = shown.decode("utf-8", "replace")
    assert "流程图" in text and "Traceback" not in text
    assert ("\x1b[31;1m" in text) == colour
    assert len(list((tmp_path / "out").glob("T-*.json"))) == 4


@pytest.mark.parametrize("command", [["check", "c"], ["build", "c", "-o", "out", "--format", "json"], ["--help"]])
def test_a_reader_who_leaves_early_stops_nothing(tmp_path, command):
    catalogue(tmp_path / "c", FILES)
    read, write = os.pipe()
    os.close(read)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "flowstd", *command], cwd=tmp_path, env=env, stdout=write,
                          stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(write)

    assert done.stderr == b""
    assert done.returncode == (0 if command == ["--help"] else 1)
    if "build" in command:
        assert len(list((tmp_path / "out").glob("T-*.json"))) == 4


def test_version_imports_nothing_heavy():
    done = subprocess.run([sys.executable, "-X", "importtime", "-m", "flowstd", "--version"], capture_output=True,
                          text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60, check=True)
    imported = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}

    assert not imported & {"click", "rich", "pydantic", "networkx", "lxml", "yaml", "json", "tomllib", "dataclasses"}


# ---- a system that refuses

def refused(*arguments: str, stdout: str = "/dev/full", before=None, cwd=None):
    """The command where standard output is *stdout* and *before* is done in its process first."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en"}
    with open(stdout, "wb") as out:
        done = subprocess.run([sys.executable, "-m", "flowstd", *arguments], stdout=out, stderr=subprocess.PIPE,
                              env=env, preexec_fn=before, cwd=cwd, timeout=120, check=False)
    return done.returncode, done.stderr.decode("utf-8")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["rules", "schema flow", "--help", "--version", "check c"])
def test_a_full_disk_behind_standard_output_is_told(tmp_path, command):
    catalogue(tmp_path / "c", FILES)
    code, said = refused(*command.split(), cwd=tmp_path)

    assert (code, said.count("\n")) == (3, 1), said
    assert "the disk is full" in said and sorted(os.listdir(tmp_path)) == ["c"]


@pytest.mark.parametrize("command", ["rules", "--help", "--version", "check c"])
def test_standard_output_that_is_closed_is_told(tmp_path, command):
    catalogue(tmp_path / "c", FILES)
    code, said = refused(*command.split(), stdout=os.devnull, before=lambda: os.close(1), cwd=tmp_path)

    assert (code, said.count("\n")) == (3, 1), said
    assert "standard output is closed" in said and sorted(os.listdir(tmp_path)) == ["c"]


def test_complaints_may_have_nowhere_to_go(tmp_path):
    assert refused("check", "absent", stdout=os.devnull, before=lambda: os.close(2), cwd=tmp_path) == (2, "")


@pytest.mark.parametrize("files", [8, 12])
def test_too_few_open_files_are_told(tmp_path, files):
    import resource

    catalogue(tmp_path / "c", FILES)
    code, said = refused("build", "c", "-o", "out", "-j", "2", stdout=os.devnull, cwd=tmp_path,
                         before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)))

    assert (code, said.count("\n")) == (3, 1), said
    assert "Too many open files; allow more and run again: ulimit -n" in said


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("command", ["new in", "synth in --items 200"])
def test_a_folder_that_cannot_be_filled_is_left_as_it_was(tmp_path, command, there):
    import resource

    if there:
        (tmp_path / "in").mkdir()
    before = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))  # noqa: E731  # most of the files are larger
    code, said = refused(*command.split(), stdout=os.devnull, before=before, cwd=tmp_path)

    assert code == 3 and said.startswith("error: cannot write in"), said
    assert ".part" not in said and [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["in"] * there
    assert refused(*command.split(), stdout=os.devnull, cwd=tmp_path)[0] == 0


# ---- what a terminal would obey

SIGNS = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x00")
EVIL = "\x1b[31m\x07\x9b2J\u202e\u2066"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("name", "content", "command"), [
    ("flowstd.toml", '"\\u001b[31mkey\\n::warning::x" = 1\n', "build c -o out"),
    ("flowstd.toml", f'title = "{EVIL}"\nitems = ["{EVIL}.csv"]\n', "build c -o out"),
    ("flowstd.toml", "[output]\nformats = ['\u202esvg']\n", "build c -o out"),
    ("d.py", f"raise ValueError({EVIL!r} + '\\n::warning::x')\n", "check c"),
    ("d.py", f"raise ValueError({EVIL!r} + '\\n::warning::x')\n", "draw c/d.py -o x.svg"),
    ("d.py", f"raise ValueError({EVIL!r} + '\\n::warning::x')\n", "check c --format github"),
    ("d.py", f"from flowstd import FlowstdError\nfrom flowstd.base.text import Text\nw = {EVIL!r} + '\\n::warning::x'\n"
             "raise FlowstdError(Text(w, w), fix=Text(w, w))\n", "draw c/d.py -o x.svg"),
    ("d.csv", HEADINGS + GOOD_ROW.replace("户外", f"{EVIL}"), "check c"),
    ("d.csv", HEADINGS.replace("code", f"co{EVIL}de") + GOOD_ROW, "check c --format github"),
    ("d.yaml", f"name: \u202e\u2066\nitem_type: x\n? {'y' * 10}\n", "check c"),
    ("d.json", '{"format": "flowstd-flow/1", "\\u001b[31m\\u202e\\n::warning::x": 1}', "draw c/d.json -o x.svg"),
    ("e\x1b[31m\u202e.yaml", "name：坏", "check c"),
    ("e\x1b[31m\u202e.yaml", "name：坏", "check c --format github"),
])
def test_nothing_that_a_terminal_would_obey_is_told(tmp_path, name, content, command, language):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "flowstd.toml").write_text("title = 'x'\n")
    (tmp_path / "c" / "good.csv").write_text(HEADINGS + GOOD_ROW.replace("T-1", "T-9"), "utf-8")
    (tmp_path / "c" / name).write_text(content, "utf-8")
    ran = flowstd(*command.split(), cwd=tmp_path, FLOWSTD_LANG=language, PYTHONUTF8="1")

    assert ran.code in (1, 2), ran
    assert not [sign for sign in SIGNS if sign in ran.out + ran.err], ran
    assert not [line for line in (ran.out + ran.err).splitlines() if line.lstrip().startswith("::warning::x")], ran
    assert "itself broke" not in ran.err
