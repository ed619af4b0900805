"""All that makes an output is in its key: whatever one thing changes, the next build gives what a clean one gives."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from flowstd.batch import manifest
from flowstd.batch.manifest import Manifest
from flowstd.batch.write import OutputFolder
from flowstd.dsl import applicant, end, flow_of, window
from tests.catalogues import built, catalogue

PYTHON = '''import outside_words
from common.names import NAME
from pathlib import Path
from flowstd import Item
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.dsl import applicant, end, window

note = Path(__file__).with_name("note.txt").read_text("utf-8")
item = Item(name=NAME + note + outside_words.MORE, item_type="公共服务", code="T-3")
case = item.scenario("查询", applicant.submit("提出申请") >> window.do("查询档案") >> end.done)
seen = ()
noticed = tuple(Finding("SRC009", "seen", Level.WARNING, Text(word, word)) for word in seen)
chart = case.model_copy(update={"noticed": noticed})
'''
RULES = ('[illustrative]\nfee = "不收费"\n\n[[rule]]\nscenario = "新办"\ntemplate = "immediate"\n'
         'elements = {materials = ["申请表"]}\n')
FILES = {
    "items.csv": "编码,name,item_type,local\nT-1,户外广告设施设置许可,行政许可,甲\n", "t.toml": RULES,
    "common/names.py": 'NAME = "查询"\n',
    "a.yaml": "code: T-2\nname: 中医诊所备案\nitem_type: 其他行政权力\n情形: 备案\n流程: a.flow.json\n", "note.txt": "甲", "b.py": PYTHON,
    "a.flow.json": flow_of(applicant.submit("提交申请") >> window.accept("受理") >> end.done, "备案").to_json(),
}
CONFIG = ('title = "测试"\nitems = ["*.csv", "*.yaml", "b.py"]\nrules = "t.toml"\n[columns]\n"编码" = "code"\n'
          '"local" = ""\n[defaults]\nplace = "一楼"\n')
Change = Callable[[Path], dict[str, Any]]


def put(name: str, old: str, new: str) -> Change:
    """Other words in one file of the catalogue."""
    def change(folder: Path) -> dict[str, Any]:
        path = folder / name
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
        return {}

    return change


CHANGES: dict[str, Change] = {
    "a cell": put("items.csv", "户外", "室内"),
    "a heading": put("flowstd.toml", '"local" = ""', '"local" = "place"'),
    "a rule": put("t.toml", '"申请表"', '"申请书"'),
    "an example value": put("t.toml", "不收费", "十元"),
    "a default": put("flowstd.toml", "一楼", "二楼"),
    "the title": put("flowstd.toml", "测试", "改题"),
    "an allowance": put("flowstd.toml", "[columns]", '[[allow]]\nrule = "TIM017"\nreason = "试"\n[columns]'),
    "the view": put("flowstd.toml", "[columns]", 'view = "external"\n[columns]'),
    "the direction": put("flowstd.toml", "[columns]", 'direction = "right"\n[columns]'),
    "the theme": put("flowstd.toml", "[columns]", 'theme = "colour"\n[columns]'),
    "the formats": lambda folder: {"formats": ("svg", "json", "bpmn")},
    "an item file": put("a.yaml", "中医", "西医"),
    "a flow beside it": put("a.flow.json", "受理", "收件"),
    "a module": put("b.py", "查询档案", "查找档案"),
    "a module that it imports": put("common/names.py", "查询", "查找"),
    "a module from elsewhere": put("../elsewhere/outside_words.py", "丙", "丁"),
    "a file that it reads": put("note.txt", "甲", "乙"),
    "what its reader noticed": put("b.py", "seen = ()", 'seen = ("奇怪",)'),
    "a new file": lambda folder: ((folder / "c.yaml").write_text(
        "code: T-9\nname: 备案\nitem_type: 其他行政权力\n情形: 备案\n模板: filing\n", encoding="utf-8") and {}) or {},
    "a file less": lambda folder: (folder / "a.yaml").unlink() or {},
}


def result(out: Path) -> tuple[dict[str, bytes], list[Any]]:
    """Every file but the manifest, and every finding that it remembers."""
    with closing(Manifest(OutputFolder(out, look=True))) as said:
        findings = [kept for record in said.records() for case in record["cases"] for kept in case["findings"]]
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.name != manifest.NAME}, findings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "outside_words.py").write_text('MORE = "丙"\n', encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "elsewhere"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)       # two changes may fall into one second
    monkeypatch.delitem(sys.modules, "outside_words", raising=False)
    return catalogue(tmp_path / "c", FILES, CONFIG)


@pytest.mark.parametrize("change", CHANGES)
def test_one_input_changed_gives_what_a_clean_build_gives(tmp_path, folder, change):
    out = tmp_path / "out"
    first = built(folder, out, "svg", "json")
    assert (first.built, first.failed) == (3, [])
    before = result(out)
    formats = CHANGES[change](folder).get("formats", ("svg", "json"))
    built(folder, out, *formats)
    again = result(out)
    built(folder, tmp_path / "clean", *formats)

    assert again == result(tmp_path / "clean")
    assert again != before, "the change makes no difference: the test shows nothing"
    assert built(folder, out, *formats).built == 0
    shutil.rmtree(out)


@pytest.mark.parametrize("what", ["flowstd's own files", "Python", "a package that draws", "a rule of another package"])
def test_another_compiler_makes_everything_anew(tmp_path, folder, monkeypatch, what):
    from flowstd.batch import compiler

    rules = tmp_path / "rules.py"
    rules.write_text("RULE = 1\n")
    monkeypatch.setattr(compiler, "others", lambda: [(str(rules), compiler.mark_of(str(rules)))])
    built(folder, tmp_path / "out")
    assert built(folder, tmp_path / "out").built == 0
    match what:
        case "flowstd's own files":
            home = tmp_path / "package"
            home.mkdir()
            (home / "a.py").write_text("")
            monkeypatch.setattr(compiler, "_HOME", str(home))
        case "Python":
            monkeypatch.setattr(sys, "version", sys.version + " other")
        case "a package that draws":
            monkeypatch.setattr(compiler, "_versions", lambda: iter(["resvg_py 99"]))
            monkeypatch.setattr(compiler, "_time", lambda path: 1)
        case _:
            rules.write_text("RULE = 2\n")

    assert built(folder, tmp_path / "out").built == 3


def test_every_module_of_a_package_that_brings_rules_counts(tmp_path, monkeypatch):
    from flowstd.batch import compiler

    package = tmp_path / "ourrules"
    package.mkdir()
    for name in ("__init__.py", "all.py", "one.py"):
        (package / name).write_text("RULE = 1\n")
    brought = tmp_path / "ourrules-1.dist-info"
    brought.mkdir()
    (brought / "METADATA").write_text("Metadata-Version: 2.1\nName: ourrules\nVersion: 1\n")
    (brought / "entry_points.txt").write_text("[flowstd.rules]\nours = ourrules.all:RULES\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    before = compiler.others()
    (package / "one.py").write_text("RULE = 2\n")

    assert str(package / "one.py") in dict(before)
    assert compiler.others() != before
