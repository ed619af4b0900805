"""What has not changed is not touched; what has is made, and said why."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from flowstd.batch.manifest import NAME, PART, Manifest
from flowstd.batch.write import OutputFolder
from tests.catalogues import CONFIG, GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, built, catalogue, flowstd

from .test_build import FILES, Told

ROWS = GOOD_ROW + GOOD_ROW.replace("T-1", "T-4") + GOOD_ROW.replace("T-1", "T-5")


def state(out) -> dict[str, tuple[bytes, int, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
            for path in sorted(out.iterdir())}


def explained(folder, out, **wishes) -> dict[str, tuple[bool, str]]:
    told = Told()
    built(folder, out, listener=told, **wishes)
    return told.reasons


def made(folder, out, **wishes) -> dict[str, str]:
    return {name: reason for name, (made, reason) in explained(folder, out, **wishes).items() if made}


def test_one_row_changed_is_one_chart_made(tmp_path):
    folder, out = catalogue(tmp_path / "c", {**FILES, "items.csv": HEADINGS + ROWS}), tmp_path / "out"
    assert set(made(folder, out).values()) == {"new"}
    assert made(folder, out) == {}
    first = state(out)
    (folder / "items.csv").write_text(HEADINGS + ROWS.replace("T-4,户外", "T-4,室内"), encoding="utf-8")

    assert made(folder, out) == {"T-4.新办": "its source changed"}
    changed = [name for name, seen in state(out).items() if seen != first[name]]
    assert changed == ["T-4.新办.json", "flowstd-manifest.json", "index.html"]


def test_a_row_put_in_above_moves_the_others_and_makes_only_itself(tmp_path):
    rows = ROWS.replace("T-5,户外广告设施设置许可", "T-5,户外广告设施设置许可(延续)")      # draws a warning, told at its line
    folder, out = catalogue(tmp_path / "c", {"items.csv": HEADINGS + rows}), tmp_path / "out"
    built(folder, out)
    (folder / "items.csv").write_text(HEADINGS + GOOD_ROW.replace("T-1", "T-0") + rows, encoding="utf-8")

    assert made(folder, out) == {"T-0.新办": "new"}
    shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
    built(folder, tmp_path / "fresh")
    assert findings(out, folder) == findings(tmp_path / "fresh", folder) != []


def findings(out, folder):
    from contextlib import closing

    from flowstd.batch.manifest import Manifest
    from flowstd.batch.memory import recalled

    with closing(Manifest(OutputFolder(out, look=True))) as manifest:
        return [recalled(kept, str(folder)) for record in manifest.records() for case in record["cases"]
                for kept in case["findings"]]


def test_a_touched_source_with_the_same_content_leaves_the_files(tmp_path):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    built(folder, out)
    first = state(out)
    (folder / "b.py").write_text("# a remark\n" + GOOD_PYTHON, encoding="utf-8")
    summary = built(folder, out)

    assert (summary.built, summary.kept) == (0, 3)
    assert {name for name, seen in state(out).items() if seen != first[name]} == {"flowstd-manifest.json"}


def test_what_a_module_imports_and_reads_counts(tmp_path):
    module = GOOD_PYTHON.replace("item =", "from common.names import NAME\nfrom pathlib import Path\n"
                                 "note = Path(__file__).with_name('note.txt').read_text()\nitem =")
    module = module.replace('"查询档案"', "NAME + note")
    folder = catalogue(tmp_path / "c", {"b.py": module, "common/names.py": 'NAME = "查询档案"\n', "note.txt": "甲"},
                       CONFIG.replace('"*.py"', '"b.py"'))
    out = tmp_path / "out"
    built(folder, out)
    assert made(folder, out) == {}
    (folder / "note.txt").write_text("乙", encoding="utf-8")
    assert made(folder, out) == {"b.py": "note.txt, which it reads, changed"}
    (folder / "common" / "names.py").write_text('NAME = "查询旧档案"\n', encoding="utf-8")
    assert made(folder, out) == {"b.py": "common/names.py, which it reads, changed"}
    assert "查询旧档案乙" in (out / "T-3.查询.json").read_text("utf-8")
    assert made(folder, out) == {}


def test_every_reason_is_said(tmp_path, monkeypatch):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    built(folder, out)
    assert set(explained(folder, out).values()) == {(False, "nothing changed")}
    assert set(made(folder, out, force=True).values()) == {"asked for with --force"}
    (out / "T-1.新办.json").unlink()
    assert made(folder, out) == {"T-1.新办": "T-1.新办.json is missing"}
    (out / "T-1.新办.json").write_text("x")
    assert made(folder, out) == {"T-1.新办": "T-1.新办.json was changed by somebody"}
    (folder / "flowstd.toml").write_text(CONFIG + "# a remark\n", encoding="utf-8")
    assert set(made(folder, out).values()) == {"flowstd.toml or the rules changed"}
    monkeypatch.setattr("flowstd.batch.compiler.glance", lambda: "other")
    monkeypatch.setattr("flowstd.batch.compiler.identity", lambda: "other")
    assert set(made(folder, out).values()) == {"flowstd itself changed"}
    told = Told()
    built(folder, out, "svg", listener=told)
    assert {reason for _, reason in told.reasons.values()} == {"the formats, view, direction, theme or edition changed"}


def test_a_file_that_was_only_touched_is_as_it_was(tmp_path):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    built(folder, out)
    os.utime(out / "T-1.新办.json", (1, 1))

    assert made(folder, out) == {}


def test_a_failure_is_told_again_until_it_is_mended(tmp_path):
    wrong = HEADINGS + GOOD_ROW.replace("immediate", "imediate")
    folder, out = catalogue(tmp_path / "c", {**FILES, "items.csv": wrong}), tmp_path / "out"
    first = built(folder, out)
    again = built(folder, out)

    assert first.failed == again.failed == ["T-1"]
    assert first.findings == again.findings
    assert 'did you mean "immediate"' in again.findings[0].fix.en.lower() or "immediate" in again.findings[0].fix.en
    assert [flowstd("build", folder, "-o", out, "--format", "json").code for _ in range(2)] == [1, 1]
    (folder / "items.csv").write_text(HEADINGS + GOOD_ROW, encoding="utf-8")
    assert built(folder, out).failed == []


@pytest.mark.parametrize(("pattern", "made_of"), [
    ("T-2", "a.yaml"), ("*诊所*", "a.yaml"), ("T-3", "b.py"), ("企业档案*", "b.py"), ("b.py", "b.py")])
def test_only_some_of_what_was_never_built(tmp_path, pattern, made_of):
    out = tmp_path / "out"
    built(catalogue(tmp_path / "c", FILES), out, only=(pattern,))

    kept = {"a.yaml": "T-2.备案.json", "b.py": "T-3.查询.json"}
    assert [path.name for path in out.glob("T-*.json")] == [kept[made_of]]


def test_only_some(tmp_path):
    folder, out = catalogue(tmp_path / "c", {**FILES, "items.csv": HEADINGS + ROWS}), tmp_path / "out"
    assert made(folder, out, only=("T-4*",)) == {"T-4.新办": "new"}
    assert made(folder, out, only=("*户外*",)) == {"T-1.新办": "new", "T-5.新办": "new"}
    (folder / "items.csv").write_text(HEADINGS + ROWS.replace(",户外", ",室内"), encoding="utf-8")
    assert made(folder, out, only=("T-5.新办",)) == {"T-5.新办": "its source changed"}
    assert (out / "T-4.新办.json").exists()                     # was not chosen, so not removed either
    assert set(made(folder, out)) == {"a.yaml", "b.py", "T-1.新办", "T-4.新办"}
    assert made(folder, out) == {}


def test_a_hand_written_item_takes_the_place_of_a_row_even_when_it_was_kept(tmp_path):
    again = HEADINGS + GOOD_ROW.replace("T-1", "T-2")
    folder, out = catalogue(tmp_path / "c", {**FILES, "items.csv": again}), tmp_path / "out"
    for _ in range(2):
        summary = built(folder, out)
        assert (len(summary.rows), summary.failed) == (2, [])


def test_two_charts_with_one_name_fail_the_same_way_when_nothing_changed(tmp_path):
    folder, out = catalogue(tmp_path / "c", {"a.yaml": GOOD_YAML, "b.yaml": GOOD_YAML}), tmp_path / "out"
    first, again = built(folder, out), built(folder, out)

    assert first.failed == again.failed == ["T-2.备案"]
    assert first.findings == again.findings
    assert "given twice" in again.findings[0].message.en
    (folder / "a.yaml").unlink()
    assert (built(folder, out).failed, (out / "T-2.备案.json").exists()) == ([], True)


def test_changed_since_a_revision(tmp_path):
    folder = catalogue(tmp_path / "c", {**FILES, "items.csv": HEADINGS + ROWS})

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@x", *words], check=True,
                       capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    (folder / "items.csv").write_text(HEADINGS + GOOD_ROW.replace("T-1", "T-9") + ROWS.replace("T-4,户外", "T-4,室内"),
                                      encoding="utf-8")
    done = flowstd("build", folder, "-o", tmp_path / "out", "--format", "json", "--changed-since", "HEAD", "--explain")

    assert done.code == 0, done.err
    assert sorted(path.name for path in (tmp_path / "out").glob("T-*")) == ["T-4.新办.json", "T-9.新办.json"]
    wrong = flowstd("build", folder, "-o", tmp_path / "out", "--changed-since", "nonsense")
    assert (wrong.code, "nonsense" in wrong.err) == (2, True)


def test_a_dry_run_writes_nothing(tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    done = flowstd("build", folder, "-o", tmp_path / "out", "--dry-run")

    assert (done.code, (tmp_path / "out").exists()) == (0, False)
    assert "3 would be made" in done.out
    built(folder, tmp_path / "out")
    (folder / "b.py").write_text("# a remark\n" + GOOD_PYTHON, encoding="utf-8")
    first = state(tmp_path / "out")
    done = flowstd("build", folder, "-o", tmp_path / "out", "--format", "json", "--dry-run")
    assert "make b.py: its source changed" in done.out and "skip a.yaml: nothing changed" in done.out
    assert state(tmp_path / "out") == first


# ---- the short way

@pytest.mark.parametrize("change", ["row", "config", "new file", "output", "output gone", "nested", "index"])
def test_the_short_way_sees_every_change(tmp_path, change):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    first = flowstd("build", folder, "-o", out, "--format", "json")
    assert first.code == 0
    assert " built     0" not in first.out.replace("built   ", "built     ")
    name = out / "T-1.新办.json"
    match change:
        case "row":
            (folder / "items.csv").write_text(HEADINGS + GOOD_ROW.replace("户外", "室内"), encoding="utf-8")
        case "config":
            (folder / "flowstd.toml").write_text(CONFIG.replace("测试", "改题"), encoding="utf-8")
        case "new file":
            (folder / "c.yaml").write_text(GOOD_YAML.replace("T-2", "T-7"), encoding="utf-8")
        case "output":
            name.write_text("x")
        case "output gone":
            name.unlink()
        case "nested":
            (folder / "a.yaml").unlink()
        case "index":
            (out / "index.html").write_text("x")
    whole = flowstd("build", folder, "-o", out, "--format", "json")
    assert whole.code == 0
    built(folder, tmp_path / "clean")
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != "flowstd-manifest.json"} == {
        path.name: path.read_bytes() for path in (tmp_path / "clean").iterdir() if path.name != "flowstd-manifest.json"}


def test_the_short_way_loads_nothing_heavy(tmp_path):
    import sys

    from tests.conftest import ROOT

    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    flowstd("build", folder, "-o", out, "--format", "json")
    first = state(out)
    code = ("import sys; from flowstd.cli.main import _unchanged; "
            f"given = ['build', {str(folder)!r}, '-o', {str(out)!r}, '--format', 'json']; "
            "assert _unchanged(given) == _unchanged([*given, '--jobs', '2']) == _unchanged([*given, '-j', '0']) == 0; "
            "assert _unchanged([*given, '--jobs', 'all']) is None; "
            "heavy = ('pydantic', 'click', 'networkx', 'lxml', 'rich', 'yaml'); "
            "print([name for name in heavy if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
    assert state(out) == first


def test_a_row_gives_way_to_an_item_in_a_file_that_was_not_asked_for(tmp_path):
    again = HEADINGS + GOOD_ROW.replace("T-1", "T-3") + GOOD_ROW
    folder = catalogue(tmp_path / "c", {**FILES, "items.csv": again})
    built(folder, tmp_path / "whole")
    built(folder, tmp_path / "part", only=("items.csv",))

    part = {path.name: path.read_bytes() for path in (tmp_path / "part").glob("T-*")}
    assert part == {"T-1.新办.json": (tmp_path / "whole" / "T-1.新办.json").read_bytes()}


@pytest.mark.parametrize("before", [True, False])
def test_a_row_does_not_take_the_name_of_an_item_that_cannot_be_read_now(tmp_path, before):
    again = HEADINGS + GOOD_ROW.replace("T-1", "T-3")
    folder, out = catalogue(tmp_path / "c", {**FILES, "items.csv": again}), tmp_path / "out"
    if before:
        built(folder, out)
    (folder / "b.py").write_text(GOOD_PYTHON + "flow = (\n", encoding="utf-8")
    summary = built(folder, out)

    assert (summary.failed, [row[2] for row in summary.rows]) == (["b.py"], ["T-2"])
    assert flowstd("check", folder).out.count("T-3") == 0


def test_a_pattern_that_nothing_matches_is_refused_also_where_all_is_built_already(tmp_path):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    built(folder, out)

    for more in ((), ("--dry-run",)):
        done = flowstd("build", folder, "-o", out, "--format", "json", "--only", "zzz", *more)
        assert (done.code, "matches --only zzz" in done.err) == (2, True), done
    assert flowstd("build", folder, "-o", out, "--format", "json", "--only", "T-2").code == 0
    assert built(folder, out).built == 0


def test_a_damaged_last_line_of_the_manifest_costs_time_only(tmp_path):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    assert flowstd("build", folder, "-o", out, "--format", "json").code == 0
    path = out / "flowstd-manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"pages":', b'"pagec":'))

    for _ in range(2):
        done = flowstd("build", folder, "-o", out, "--format", "json")
        assert done.code == 0, done


@pytest.mark.parametrize("name", [NAME, PART])
def test_a_bit_that_flips_in_the_manifest_costs_time_only(tmp_path, name):
    """At many places of it: never a fault of ours, never believed. A part is what a build leaves that is killed."""
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    clean = flowstd("build", folder, "-o", out, "--format", "json")
    charts = {path.name: path.read_bytes() for path in out.iterdir() if path.name != NAME}
    lines = (out / NAME).read_bytes().splitlines(keepends=True)[:-1 if name == PART else None]
    records, whole = list(map(json.loads, lines)), b"".join(lines)
    for place in range(0, len(whole), 1 + len(whole) // 25):
        for bit in (1, 32):
            (out / NAME).unlink()
            (out / name).write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1:])
            with closing(Manifest(OutputFolder(out))) as read:
                assert "closes" not in read.closing
                assert all(record in records for record in read.records())
            summary = built(folder, out)
            assert (summary.failed, summary.built + summary.kept) == ([], len(records) - (name == NAME)), (place, bit)
    again = flowstd("build", folder, "-o", out, "--format", "json")
    assert (again.code, again.err) == (clean.code, clean.err)
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != NAME} == charts


@pytest.mark.parametrize("name", [NAME, PART])
def test_a_manifest_that_is_a_pipe_is_none(tmp_path, name):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    out.mkdir()
    os.mkfifo(out / name)

    assert built(folder, out).built == 3
    assert built(folder, out).built == 0


LISTS = "import glob, os\nfrom pathlib import Path\nhome = Path(__file__).parent\n{}\n" + GOOD_PYTHON


@pytest.mark.parametrize("way", [
    "list((home / 'data').iterdir())", "os.listdir(home / 'data')", "glob.glob(f'{home}/data/*')",
    "list(os.walk(home / 'data'))", "os.chdir(home / 'data'); os.listdir()", "list(home.rglob('*.txt'))"])
def test_a_module_that_lists_a_folder_is_made_anew_when_a_file_comes_or_goes_there(tmp_path, way):
    folder = catalogue(tmp_path / "c", {**FILES, "b.py": LISTS.format(way), "lib/other.py": "", "data/a.txt": "1"})
    _explained(folder)
    for change in ((folder / "data" / "b.txt").touch, (folder / "data" / "a.txt").unlink):
        assert _explained(folder)["b.py"] == "nothing changed"
        change()
        assert _explained(folder)["b.py"] == "data, which it reads, changed"


@pytest.mark.parametrize("way", [
    "os.path.exists(home / 'data/b.txt')", "(home / 'data/b.txt').is_file()", "os.access(home / 'data/b.txt', os.R_OK)",
    "glob.glob(f'{home}/data/b.txt')", "glob.glob(f'{home}/*/b.txt')", "os.path.lexists(home / 'data/b.txt')",
    "os.chdir(home / 'data'); os.path.exists('b.txt')"])
def test_a_module_that_asks_for_a_file_is_made_anew_when_the_file_comes_changes_or_goes(tmp_path, way):
    folder = catalogue(tmp_path / "c", {**FILES, "b.py": LISTS.format(way), "data/a.txt": "1"})
    reasons(folder)
    file = folder / "data" / "b.txt"
    for change in (lambda: file.write_text("1"), lambda: file.write_text("2"), file.unlink):
        assert reasons(folder)["b.py"] == "nothing changed"
        change()
        assert reasons(folder)["b.py"] in ("data/b.txt, which it reads, changed", "data, which it reads, changed")


@pytest.mark.parametrize("way", ["os.path.isdir(home / 'data')", "(home / 'data' / '..').resolve()"])
def test_of_a_folder_that_is_only_asked_for_it_counts_only_that_it_is_there(tmp_path, way):
    folder = catalogue(tmp_path / "c", {**FILES, "b.py": LISTS.format(way), "data/a.txt": "1"})
    reasons(folder)
    (folder / "data" / "b.txt").touch()
    (folder / "new.txt").touch()
    assert set(reasons(folder).values()) == {"nothing changed"}
    for change in (lambda: shutil.rmtree(folder / "data"), (folder / "data").mkdir):
        change()
        assert reasons(folder)["b.py"] in ("data/, which it reads, changed", "data, which it reads, changed")


@pytest.mark.parametrize(("way", "place"), [
    ("from helper import NAME", "helper"), ("from lib.helper import NAME", "lib/helper"),
    ("from lib import helper", "lib/helper"), ("import nested.helper", "nested/helper"),
    ("import importlib; importlib.import_module('helper')", "helper"),
    ("import importlib.util; importlib.util.find_spec('helper')", "helper")])
@pytest.mark.parametrize("file", ["{}.py", "{}/__init__.py"])
def test_a_module_that_another_looks_for_in_vain_counts(tmp_path, way, place, file):
    tried = f"try:\n    {way}\nexcept ImportError:\n    pass"
    folder = catalogue(tmp_path / "c", {**FILES, "b.py": LISTS.format(tried), "lib/other.py": ""})
    reasons(folder)
    (folder / "lib" / "other.txt").touch()
    assert set(reasons(folder).values()) == {"nothing changed"}
    catalogue(folder, {file.format(place): "NAME = 1\n"})

    assert re.fullmatch(rf"({place}|{place}\.py|nested), which it reads, changed", reasons(folder)["b.py"])


def test_a_module_that_failed_because_another_was_not_there_is_tried_again(tmp_path):
    folder = catalogue(tmp_path / "c", {**FILES, "b.py": "import lib.helper\n" + GOOD_PYTHON, "lib/other.py": ""})
    assert built(folder, tmp_path / "out").failed == ["b.py"]
    (folder / "lib" / "helper.py").touch()

    assert built(folder, tmp_path / "out").failed == []


@pytest.mark.parametrize("way", [r"os.path.exists('a\0b')", r"os.path.exists('\ud800')", "os.path.exists('x' * 5000)",
                                 "os.path.exists(0)", "os.path.exists(b'x')", "sys.path.append(0)\ntry:\n import no\n"
                                 "except ImportError: pass", "shutil.copystat('{0}', '{0}', follow_symlinks=False)"])
def test_odd_questions_are_answered_as_ever(tmp_path, way):
    (tmp_path / "link").symlink_to(tmp_path)
    way = "import shutil, sys\n" + way.format(tmp_path / "link")
    folder = catalogue(tmp_path / "c", {**FILES, "b.py": LISTS.format(way)})

    assert built(folder, tmp_path / "out").failed == []


def test_a_module_that_imports_another_does_not_depend_on_what_else_is_there(tmp_path):
    folder = catalogue(tmp_path / "c", {**FILES, "b.py": LISTS.format("import lib.other"), "lib/other.py": ""})
    _explained(folder)
    (folder / "new.txt").touch()
    (folder / "lib" / "new.py").touch()

    assert set(_explained(folder).values()) == {"nothing changed"}


def reasons(folder: Path) -> dict[str, str]:
    """The same of a build in this process."""
    return {name: why for name, (_, why) in explained(folder, folder.parent / "out").items()}


def _explained(folder: Path) -> dict[str, str]:
    """Why each unit is made or skipped in a build of *folder*."""
    said = flowstd("build", folder, "-o", folder.parent / "out", "--format", "json", "--explain").out
    return {name: why for _, name, why in re.findall(r"^(make|skip) (.*?): (.*)$", said, re.MULTILINE)}
