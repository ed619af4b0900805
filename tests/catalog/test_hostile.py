"""What stands among the items and is none: told by its name, and the others are built."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from flowstd.base.errors import FlowstdError
from flowstd.catalog.yaml_text import read_yaml
from tests.catalogues import GOOD_ROW, GOOD_YAML, HEADINGS, built, catalogue, flowstd, loaded

MADE: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("name", ["x.yaml", "x.csv", "x.py", "x.xlsx"])
@pytest.mark.parametrize("kind", MADE)
def test_what_is_no_ordinary_file_is_told(tmp_path: Path, kind: str, name: str) -> None:
    folder = catalogue(tmp_path / "items", {"good.csv": HEADINGS + GOOD_ROW}, "")
    MADE[kind](folder / name)
    cases, failed = loaded(folder)

    assert [case.key for case in cases] == ["T-1.新办"]
    assert [(one.name, finding.message.en) for one in failed for finding in one.findings] == [
        (name, "this is no ordinary file")]
    assert failed[0].findings[0].fix


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "items", {"good.csv": HEADINGS + GOOD_ROW})
    (folder / "x.yaml").symlink_to("nowhere")

    assert [finding.message.en for one in loaded(folder)[1] for finding in one.findings] == ["there is no such file"]


def test_a_build_goes_on_past_it_and_tells_it_again(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "items", {"good.csv": HEADINGS + GOOD_ROW})
    os.mkfifo(folder / "x.yaml")

    assert built(folder, tmp_path / "out").built == 1
    again = built(folder, tmp_path / "out")
    assert (again.built, len(again.failed)) == (0, 1)


def test_what_a_module_prints_is_no_part_of_a_report(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('print("hello")\nfrom flowstd import applicant, end\n'
                                   'flow = applicant.submit("提交") >> end.done\n', "utf-8")
    ran = flowstd("check", "a.py", "--format", "json", cwd=tmp_path)

    assert ran.out.startswith(("[", "{")) and "hello" not in ran.out
    assert ran.err == "hello\n"


@pytest.mark.parametrize(("wrong", "meant"),
                         [("templat: filing", "template"), ("模版: filing", "模板"), ("nam: x", "name")])
def test_a_misspelt_key_is_recognised(tmp_path: Path, wrong: str, meant: str) -> None:
    folder = catalogue(tmp_path / "items", {"a.yaml": GOOD_YAML + wrong + "\n"})
    finding, = (finding for one in loaded(folder)[1] for finding in one.findings)

    assert finding.fix and finding.fix.en == f'did you mean "{meant}"?'
    assert finding.where.line == 6


def test_a_misspelt_heading_is_recognised(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "items", {"a.csv": "code,name,item_typ,模板\nT-1,甲,行政许可,filing\n"})
    finding, = (finding for one in loaded(folder)[1] for finding in one.findings)

    assert finding.fix and finding.fix.en == 'should the column "item_typ" be called "item_type"?'


@pytest.mark.parametrize("sign", ["\u202e", "\u2066"])
def test_signs_that_turn_the_direction_of_text_are_refused(tmp_path: Path, sign: str) -> None:
    folder = catalogue(tmp_path / "items", {"a.yaml": f'name: "许可{sign}"\nitem_type: 行政许可\n模板: filing\n',
                                           "b.yaml": f'name: 许可\nitem_type: 行政许可\n步骤:\n  - 窗口: "受理{sign}"\n'})

    assert [f"U+{ord(sign):04X}" in finding.message.en for one in loaded(folder)[1] for finding in one.findings] == [
        True, True]


def test_a_module_that_interrupts_itself_is_told(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "items", {"good.csv": HEADINGS + GOOD_ROW, "a.py": "raise KeyboardInterrupt\n"})
    ran = flowstd("build", folder, "-o", tmp_path / "out", "--format", "json")

    assert ran.code == 1 and "a.py:1: SRC001" in ran.out and "Traceback" not in ran.out + ran.err


def test_a_setting_of_the_wrong_kind_says_how_it_is_written(tmp_path: Path) -> None:
    ran = flowstd("build", catalogue(tmp_path / "items", {}, "items = 5\n"), "-o", tmp_path / "out")

    assert ran.code == 2 and 'fix: write it as ["…", "…"]' in ran.err


def test_what_costs_a_worker_is_told_with_its_file(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "items", {"a.py": "import os\nos._exit(3)\n", "good.csv": HEADINGS + GOOD_ROW})
    summary = built(folder, tmp_path / "out")

    assert [(str(finding.where), finding.code) for finding in summary.findings if finding.item == "a.py"] == [
        (str(folder / "a.py"), "INT002")]
    assert summary.built == 1


def test_a_quote_that_is_never_closed_is_told_though_the_text_is_long(tmp_path):
    with pytest.raises(FlowstdError):
        read_yaml('name: "' + "x\n" * 30_000, "a.yaml")


def test_a_parameter_called_self_is_told(tmp_path):
    folder = catalogue(tmp_path / "c", {"a.yaml": "name: 甲\nitem_type: 公共服务\ntemplate: immediate\nwith: {self: 1}\n"})
    ran = flowstd("check", folder)

    assert (ran.code, "itself broke" in ran.err, "self" in ran.out) == (1, False, True), ran


@pytest.mark.parametrize("name", ["a\\0.json", "a\\n.json", "../a.json", "n" * 300 + ".json"])
def test_a_flow_file_that_cannot_be_is_told(tmp_path, name):
    files = {"a.yaml": f'name: 甲\nitem_type: 公共服务\nflow: "{name}"\n', "good.csv": HEADINGS + GOOD_ROW}
    folder = catalogue(tmp_path / "c", files)
    cases, failed = loaded(folder)

    assert [case.key for case in cases] == ["T-1.新办"]
    assert [finding.code for one in failed for finding in one.findings] == ["SRC001"]
