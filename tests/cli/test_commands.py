"""Each command does its work, says how it went, and ends with the right code."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from flowstd.ir.model import Flow
from tests.catalogues import GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, catalogue

FILES = {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML, "b.py": GOOD_PYTHON}


# ---- build

def test_build_writes_all_charts_and_says_so(run, tmp_path):
    ran = run("build", catalogue(tmp_path / "c", FILES), "-o", tmp_path / "out")

    assert (ran.code, ran.err) == (0, "")
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".svg", ".bpmn", ".html", ".json"}
    assert "charts    3" in ran.out and "failed    0" in ran.out


def test_build_goes_on_after_a_bad_item_and_ends_with_1(run, tmp_path):
    ran = run("build", catalogue(tmp_path / "c", {**FILES, "bad.yaml": "name：坏"}), "-o", tmp_path / "out", "--format",
              "json")

    assert ran.code == 1
    assert "bad.yaml:1:5: SRC001 error: full-width colon" in ran.out
    assert "fix: " in ran.out
    assert len(list((tmp_path / "out").glob("T-*.json"))) == 3


def test_formats_may_be_said_one_by_one(run, tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    run("build", folder, "-o", tmp_path / "out", "--format", "json", "--format", "md,svg")

    assert {path.suffix for path in (tmp_path / "out").glob("*.新办.*")} == {".json", ".md", ".svg"}


def test_build_takes_formats_and_folder_from_the_configuration(run, tmp_path):
    folder = catalogue(tmp_path / "c", FILES, '[output]\nfolder = "made"\nformats = ["json"]\n')

    assert run("build", folder).code == 0
    assert sorted(path.name for path in (folder / "made").glob("T-*")) == ["T-1.新办.json", "T-2.备案.json", "T-3.查询.json"]


@pytest.mark.parametrize(("arguments", "said"), [
    (["--format", "svgg"], 'did you mean "svg"'),
    (["--format", ""], 'no format ""'),
    (["--fromat", "svg"], 'did you mean "--format"'),
    (["--lang", "fr"], "zh, en"),
    (["extra"], "extra"),
])
def test_wrong_use_ends_with_2_before_anything_is_written(run, tmp_path, arguments, said):
    ran = run("build", catalogue(tmp_path / "c", FILES), "-o", tmp_path / "out", *arguments)

    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "out").exists()


def test_a_wrong_configuration_ends_with_2_and_its_line(run, tmp_path):
    ran = run("build", catalogue(tmp_path / "c", FILES, 'titel = "x"'), "-o", tmp_path / "out")

    assert ran.code == 2
    assert "flowstd.toml:1:1: " in ran.err and '"title"' in ran.err and "^" in ran.err


def test_no_output_folder_is_wrong_use(run, tmp_path):
    assert run("build", catalogue(tmp_path / "c", FILES)).code == 2


def test_a_folder_that_is_none(run, tmp_path):
    ran = run("build", tmp_path / "absent", "-o", tmp_path / "out")

    assert ran.code == 2
    assert "flowstd new" in ran.err


@pytest.mark.parametrize("spoil", ["file", "link", "orphan"])
def test_an_output_folder_that_cannot_be_ends_with_3(run, tmp_path, spoil):
    out = tmp_path / "out"
    if spoil == "file":
        out.write_text("x")
    elif spoil == "link":
        out.symlink_to(tmp_path)
    else:
        out = tmp_path / "absent" / "out"
    ran = run("build", catalogue(tmp_path / "c", FILES), "-o", out)

    assert ran.code == 3
    assert str(out) in ran.err and "fix: " in ran.err


def test_the_same_failure_is_told_again(run, tmp_path):
    folder = catalogue(tmp_path / "c", {**FILES, "bad.yaml": "name: 甲\nname: 乙\n"})
    first = run("build", folder, "-o", tmp_path / "out", "--format", "json")

    again = run("build", folder, "-o", tmp_path / "out", "--format", "json")
    assert again.out == first.out.replace("built     3", "built     0")
    assert first.code == again.code == 1


# ---- draw

@pytest.mark.parametrize(("source", "title"), [
    ("b.py", "企业档案查询（查询）"), ("b.py:chart", "企业档案查询（查询）"), ("a.yaml", "中医诊所备案（备案）"), ("a.yaml:备案", "中医诊所备案（备案）"),
])
def test_draw_from_each_source(run, tmp_path, source, title):
    folder = catalogue(tmp_path / "c", FILES)
    ran = run("draw", f"{folder}/{source}", "-o", tmp_path / "x.json")

    assert ran.code == 0
    assert Flow.from_json((tmp_path / "x.json").read_text("utf-8")).title == title


@pytest.mark.parametrize("suffix", [".svg", ".bpmn", ".json", ".geometry.json"])
def test_draw_a_flow_in_json_to_each_format(run, tmp_path, suffix):
    folder = catalogue(tmp_path / "c", FILES)
    run("draw", folder / "b.py", "-o", tmp_path / "flow.json")
    ran = run("draw", tmp_path / "flow.json", "-o", tmp_path / f"x{suffix}")

    assert ran.code == 0
    assert (tmp_path / f"x{suffix}").read_text("utf-8")


FLOW = ('{"format":"flowstd-flow/1","lanes":[{"id":"l","name":"窗口"}],"links":[{"id":"x","source":"a","target":"%s"}],'
        '"nodes":[{"id":"a","kind":"start","label":"%s","lane":"l"},'
        '{"id":"b","kind":"end","label":"办结","lane":"l","outcome":"done"}]}')


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "'><img onerror=x>", "]]>", "a\\u0000\\u001bb",
                                   "\\ufffe", "长" * 2000])
@pytest.mark.parametrize("suffix", [".svg", ".bpmn", ".json", ".geometry.json"])
def test_a_flow_with_any_label_is_drawn_and_well_formed(run, tmp_path, label, suffix):
    from lxml import etree

    parts = {**json.loads(FLOW % ("b", label))}
    del parts["format"]
    module = f"from flowstd import Flow\nflow = Flow.model_validate({parts!r})"
    (tmp_path / "flow.py").write_text(module, encoding="utf-8")
    run("draw", tmp_path / "flow.py", "-o", tmp_path / f"x{suffix}")
    made = (tmp_path / f"x{suffix}").read_bytes()

    if suffix in (".svg", ".bpmn"):
        tags = {etree.QName(element).localname for element in etree.fromstring(made).iter(etree.Element)}
        assert not tags & {"script", "img", "foreignObject"}
    else:
        json.loads(made)


@pytest.mark.parametrize(("target", "label", "said"),
                         [("nowhere", "甲", 'step "nowhere"'), ("b", "\\ud800", "U+D800"), ("b", "a\\u0000b", "U+0000"),
                          ("b", "\\u001b[31m", "U+001B"), ("b", "\\ufffe", "U+FFFE")])
def test_a_flow_that_holds_a_mistake(run, tmp_path, target, label, said):
    (tmp_path / "flow.json").write_text(FLOW % (target, label), encoding="utf-8")
    ran = run("draw", tmp_path / "flow.json", "-o", tmp_path / "x.svg")

    assert ran.code == 1
    assert said in ran.err and "flow.json" in ran.err


def test_draw_a_module_that_has_only_a_flow(run, tmp_path):
    (tmp_path / "a.py").write_text("from flowstd.dsl import *\n"
                                   "flow = applicant.submit('申请') >> window.do('查询') >> end.done\n", encoding="utf-8")

    assert run("draw", tmp_path / "a.py", "-o", tmp_path / "x.json").code == 0


@pytest.mark.parametrize(("source", "code", "said"), [
    ("b.pyy", 2, "b.py"), ("b.py:chrt", 1, '"chart"'), ("b.py:item", 1, "no chart but a Item"),
    ("items.csv", 2, "flowstd build"),
    ("a.yaml:变更", 1, "备案"), ("c.json", 1, "not JSON"), ("two.yaml", 2, "item.yaml:scenario"), ("bad.py", 1, "bad.py:1"),
])
def test_draw_what_cannot_be_drawn(run, tmp_path, source, code, said):
    two = "name: 甲\nitem_type: 公共服务\nscenarios:\n  一: {template: filing}\n  二: {template: filing}\n"
    folder = catalogue(tmp_path / "c", {**FILES, "c.json": "{", "two.yaml": two, "bad.py": "1 / 0"})
    ran = run("draw", f"{folder}/{source}", "-o", tmp_path / "x.svg")

    assert ran.code == code
    assert said in ran.err + ran.out
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize(("output", "code", "said"), [
    ("x.svgz", 2, '".svg"'), ("x", 2, "there are"), ("absent/x.svg", 3, "there is no folder"), (".", 2, "format"),
])
def test_draw_to_where_it_cannot(run, tmp_path, output, code, said):
    ran = run("draw", catalogue(tmp_path / "c", FILES) / "b.py", "-o", tmp_path / output)

    assert ran.code == code
    assert said in ran.err


def test_draw_needs_a_file(run, tmp_path):
    ran = run("draw", "x.py")

    assert ran.code == 2
    assert "--output" in ran.err and "is missing" in ran.err


# ---- check

def test_check_a_folder(run, tmp_path):
    ran = run("check", catalogue(tmp_path / "c", {**FILES, "bad.py": "x ="}))

    assert ran.code == 1
    assert "bad.py:1:" in ran.out and "charts    3" in ran.out and "failed    1" in ran.out


def test_check_a_source_finds_what_is_wrong_in_the_flow(run, tmp_path):
    (tmp_path / "a.py").write_text(GOOD_PYTHON.replace('window.do("查询档案")', "window.ask('有？', 有=end.done, 无=onward)")
                                   .replace("import applicant", "import onward, applicant"), encoding="utf-8")
    assert run("check", tmp_path / "a.py").code == 0


def test_check_in_json(run, tmp_path):
    ran = run("check", catalogue(tmp_path / "c", {**FILES, "bad.py": "x ="}), "--format", "json")
    found = json.loads(ran.out)["findings"]

    assert ran.code == 1
    assert [one["where"]["file"] for one in found if one["level"] == "error"] == [str(tmp_path / "c" / "bad.py")]


def test_check_writes_nothing(run, tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    before = sorted(tmp_path.rglob("*"))
    run("check", folder)

    assert sorted(tmp_path.rglob("*")) == before


# ---- new

@pytest.mark.parametrize(("given", "cwd", "said"), [
    (["new", "."], "e", "made e. Make its charts:\n  flowstd build . -o ../e-out\n"),
    (["new", "--", "-x"], "e", "made -x. Make its charts:\n  flowstd build ./-x -o ./-x-out\n"),
    (["new", "a/city"], ".", "made a/city. Make its charts:\n  flowstd build a/city -o a/city-out\n")])
def test_a_new_folder_is_built_by_the_command_that_is_told(tmp_path, run, monkeypatch, given, cwd, said):
    (tmp_path / "e").mkdir()
    monkeypatch.chdir(tmp_path / cwd)

    assert run(*given).out == said
    build = shlex.split(said.splitlines()[1])[1:]
    assert run(*build).code == 0
    assert not [path for path in Path(given[-1]).iterdir() if path.is_dir()], "charts are beside the items"


def test_new_makes_a_folder_that_builds_at_once(run, tmp_path):
    assert run("new", tmp_path / "mine").code == 0
    ran = run("build", tmp_path / "mine", "-o", tmp_path / "out")

    assert (ran.code, ran.err) == (0, "")
    assert "charts    3" in ran.out and "errors    0" in ran.out and "warnings  0" in ran.out


def test_new_never_overwrites(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note").write_text("x")
    ran = run("new", tmp_path / "mine")

    assert ran.code == 3
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["note"]


# ---- what all have in common

@pytest.mark.parametrize(("word", "near"), [("biuld", "build"), ("drow", "draw"), ("chekc", "check")])
def test_a_misspelt_command(run, word, near):
    ran = run(word)

    assert ran.code == 2
    assert f'did you mean "{near}"' in ran.err


@pytest.mark.parametrize("arguments", [[], ["build"], ["draw"], ["check"], ["new"]])
def test_without_arguments_the_help_is_shown(run, arguments):
    ran = run(*arguments)

    assert ran.code == 2
    assert "Usage: flowstd" in ran.out


def test_no_argument_is_proposed_as_an_option(run):
    assert '"source"' not in run("convert", "a.bpmn", "--force").err


def test_english_words_have_no_chinese_comma(tmp_path, run):
    (tmp_path / "items.csv").touch()
    ran = run("import", tmp_path / "items.csv", "-o", tmp_path / "x")

    assert "these are: .xlsx, .bpmn; save" in ran.err


@pytest.mark.parametrize("command", ["build", "draw", "check", "new"])
@pytest.mark.parametrize(("language", "usage"), [("zh", "用法："), ("en", "Usage: ")])
def test_help_in_both_languages(run, command, language, usage):
    ran = run(command, "--help", "--lang", language)

    assert ran.code == 0
    assert ran.out.startswith(usage)
    assert ran.out.isascii() or language == "zh"


def test_the_group_lists_its_commands_in_both_languages(run):
    assert "make the charts" in run("--lang", "en", "--help").out
    assert "生成一个文件夹" in run("--lang", "zh", "--help").out


def test_messages_in_chinese(run, tmp_path):
    ran = run("--lang=zh", "build", tmp_path, "-o", tmp_path / "out")

    assert "改法" in ran.err


def test_version(run):
    from flowstd import __version__

    assert run("--version").out == run("--lang", "zh", "--version").out == f"flowstd {__version__}\n"


def test_an_error_of_ours_ends_with_4_and_a_report(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("flowstd.cli.building.open_catalogue", lambda folder: 1 / 0)
    ran = run("build", tmp_path, "-o", tmp_path / "out")

    assert ran.code == 4
    assert "ZeroDivisionError" in ran.err and "Traceback" not in ran.err
    report = tmp_path / f"flowstd-error-{os.getpid()}.txt"
    assert str(report) in ran.err and "Traceback" in report.read_text("utf-8")
    report.unlink()
    assert "Traceback" in run("build", tmp_path, "-o", tmp_path / "out", "--traceback").err


@pytest.mark.parametrize("there", [Path.write_text, lambda path, text: path.symlink_to(path.parent / "other")],
                         ids=["file", "link"])
def test_the_report_of_an_error_of_ours_is_written_over_nothing(run, tmp_path, monkeypatch, there):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    monkeypatch.setattr("flowstd.cli.building.open_catalogue", lambda folder: 1 / 0)
    report, other = tmp_path / f"flowstd-error-{os.getpid()}.txt", tmp_path / "other"
    other.write_text("somebody's")
    there(report, "somebody's")
    (tmp_path / "temporary").mkdir()
    ran = run("build", tmp_path, "-o", tmp_path / "out")

    assert ran.code == 4 and str(tmp_path / "temporary" / report.name) in ran.err
    assert report.read_text() == other.read_text() == "somebody's"


def test_the_stack_of_an_authors_error_is_shown_on_demand(run, tmp_path):
    folder = catalogue(tmp_path / "c", {**FILES, "bad.py": "def f():\n    raise ValueError('mine')\n\nf()\n"})
    plain = run("build", folder, "-o", tmp_path / "out", "--format", "json")
    whole = run("build", folder, "-o", tmp_path / "out", "--format", "json", "--traceback")

    assert plain.code == whole.code == 1
    assert "Traceback" not in plain.out and "bad.py:2" in plain.out
    assert "Traceback" in whole.out
    assert "Traceback" in run("draw", folder / "bad.py", "-o", tmp_path / "x.svg", "--traceback").err


def test_ctrl_c_ends_with_130(run, tmp_path, monkeypatch):
    def interrupted(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr("flowstd.cli.building.open_catalogue", interrupted)
    monkeypatch.setattr("flowstd.cli.main._hear_no_more", lambda: None)          # this process goes on
    ran = run("build", tmp_path, "-o", tmp_path / "out")

    assert ran.code == 130
    assert "interrupted" in ran.err


ASKED_AGAIN = """
import os, signal, sys
from flowstd.cli import main

def interrupted(given):
    raise KeyboardInterrupt

main._command = interrupted
code = main._run(["check"])
for number in (signal.SIGINT, signal.SIGTERM):
    os.kill(os.getpid(), number)
sys.exit(code)
"""


def test_asked_again_while_it_ends_it_ends_as_it_would():
    done = subprocess.run([sys.executable, "-c", ASKED_AGAIN], capture_output=True, text=True, timeout=60)

    assert done.returncode == 130
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("words", "said"), [
    (("build", "a", "-o", "b", "-j", "-1"), "-j: it is a whole number of 0 or more"),
    (("build", "a", "-o", "b", "--seconds", "x"), "--seconds: it is a number from 0.01 to 86400"),
    (("due", "a.py", "--from", "2026-13-01"), "--from: write it as 2026-01-31"),
    (("build", "my", "charts", "-o", "b"), 'error: "charts" is too much'),
    (("explain", "PRC99"), "did you mean"),
])
def test_wrong_use_is_told_in_our_words(run, words, said):
    ran = run(*words)

    assert ran.code == 2 and said in ran.err


def test_a_flow_of_a_later_version_says_so(run, tmp_path):
    (tmp_path / "flow.json").write_text('{"format": "flowstd-flow/2"}', "utf-8")

    assert "this program reads flowstd-flow/1" in run("draw", tmp_path / "flow.json", "-o", tmp_path / "a.svg").err


def test_a_pattern_that_matches_nothing_is_wrong_use(run, tmp_path):
    ran = run("build", catalogue(tmp_path / "c", FILES), "-o", tmp_path / "out", "--format", "json", "--only", "T-9")

    assert ran.code == 2 and "matches --only T-9" in ran.err


def test_a_process_that_ends_looks_for_no_cycles_once_more(tmp_path):
    said = ("import atexit, gc, sys; atexit.register(lambda: print(gc.get_freeze_count() > 0)); "
            "sys.argv = ['flowstd', 'rules']; from flowstd.cli.main import main; main()")

    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, encoding="utf-8")

    assert (ran.returncode, ran.stdout.splitlines()[-1]) == (0, "True"), ran.stderr
