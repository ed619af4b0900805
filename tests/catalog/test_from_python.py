"""Item modules: what they leave behind is taken; what they break is told at their own line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from flowstd.base.errors import BadSource, UnknownName
from flowstd.catalog.from_python import cases_in, value_in
from tests.catalogues import GOOD_PYTHON, GOOD_ROW, HEADINGS, catalogue, loaded


def failing(tmp_path, text: str, **beside: str):
    """The one finding of a module; the other items are built."""
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW, "good.py": GOOD_PYTHON, "bad.py": text})
    for name, content in beside.items():
        (folder / f"{name}.txt").write_text(content)
        (folder / f"{name}.txt").rename(folder / "lib" / f"{name}.py") if (folder / "lib").is_dir() else None
    cases, failed = loaded(folder)
    assert [case.item.code for case in cases] == ["T-3", "T-1"]
    assert len(failed) == 1
    return failed[0].findings[0], failed[0]


@pytest.mark.parametrize(("text", "line", "what"), [
    ("x = 1\ndef f(:\n    pass\n", 2, "Python syntax error"),
    ("if True:\nx = 1\n", 2, "Python syntax error"),
    ("import os\nimport absent_module_xyz\n", 2, 'cannot import "absent_module_xyz"'),
    ("def f():\n    return 1 / 0\n\nf()\n", 2, "ZeroDivisionError"),
    ("import json\n\njson.loads('{')\n", 3, "JSONDecodeError"),
    ("import sys\nsys.exit(0)\n", 2, "ended itself"),
    ("x = 1\n", 0, "holds no chart"),
    ("chart = 5\n", 0, "no chart: int"),
    ("from flowstd.dsl import window\nwindow.acept('受理')\n", 2, "no verb acept"),
    ("from flowstd.dsl import window\nwindow.accept('')\n", 2, "is empty"),
    ("from flowstd.dsl import window\nwindow.accept('长' * 2001)\n", 2, "2001 characters"),
    ("from flowstd.dsl import window\nwindow.accept('a\\x00b')\n", 2, "control character"),
    ("from flowstd.dsl import window\nwindow.accept('a\\ud800')\n", 2, "surrogate"),
    ("from flowstd.dsl import window\nwindow.check('齐？', {'': window.do('甲'), '是': window.do('乙')})\n", 2,
     "exit label"),
    ("from flowstd.dsl import *\nflow_of(window.accept('受理') >> window.ask('行？', 是=end.done, 否=back('受里')))\n", 2,
     "受里"),
    ("from flowstd.dsl import *\nflow_of(window.accept('受理') >> window.accept('受理') >> end.done)\n", 2, "受理"),
    ("from flowstd.dsl.templates import template\n\ntemplate('fillng')()\n", 3, '"fillng"'),
    ("from flowstd.dsl.templates import template\n\ntemplate('filing')(reslt='x')\n", 3, '"reslt"'),
    ("from flowstd import Item\nItem(name='甲', item_type='行政许克')\n", 2, "行政许克"),
    ("from flowstd import Item\nItem(name='甲', item_type='行政许可', code='../../x')\n", 2, "cannot be a code"),
    ("import dataclasses\n\nclass Odd(BaseException): pass\n\nraise Odd('x')\n", 5, "Odd"),
    ("def f(): f()\nf()\n", 1, "RecursionError"),
])
def test_a_mistake_is_told_at_the_authors_line(tmp_path, text, line, what):
    finding, _ = failing(tmp_path, text)

    assert what in finding.message.en
    assert (finding.where.file, finding.where.line) == (str(tmp_path / "c" / "bad.py"), line)


def test_our_frames_are_hidden_and_the_whole_stack_is_kept(tmp_path):
    finding, failed = failing(tmp_path, "def f():\n    raise ValueError('mine')\n\nf()\n")

    assert "from_python" not in finding.message.en
    assert "mine" in failed.trace and "from_python" in failed.trace


def test_a_module_may_import_its_neighbour_and_two_folders_have_their_own(tmp_path):
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "neighbour_of_items.py").write_text(f'CODE = "{name}"\n')
        (folder / "item.py").write_text("from neighbour_of_items import CODE\n" + GOOD_PYTHON.replace('"T-3"', "CODE"))
    path = list(sys.path)

    assert [cases_in(tmp_path / name / "item.py")[0].item.code for name in ("a", "b")] == ["a", "b"]
    assert "neighbour_of_items" not in sys.modules
    assert sys.path == path
    assert not list(tmp_path.rglob("__pycache__"))


@pytest.mark.parametrize("name", ["colorsys", "this", "resource", "csv"])
def test_a_neighbour_with_the_name_of_a_standard_module_is_not_taken_for_it(tmp_path, monkeypatch, name):
    """What is loaded late, by Python itself as well, would break on it."""
    for known in [known for known in sys.modules if known.partition(".")[0] == name]:
        monkeypatch.delitem(sys.modules, known)
    (tmp_path / f"{name}.py").write_text("raise ValueError('not the standard one')\n")
    (tmp_path / "item.py").write_text(f"import {name}\n" + GOOD_PYTHON)

    assert len(cases_in(tmp_path / "item.py")) == 1


@pytest.mark.parametrize(("text", "line"), [
    ("x = 1\nexit(0)\n", 2),
    ("import importlib\n\nimportlib.import_module('')\n", 3),
    ("from dataclasses import dataclass\n\n@dataclass(frozen=True)\nclass A:\n    x: int = 1\n\nA().x = 2\n", 7),
    ("class E(Exception):\n    __traceback__ = property(lambda self: None)\n\nraise E\n", 0),
])
def test_no_fault_is_told_at_a_file_that_is_not_there(tmp_path, monkeypatch, text, line):
    """Though their names, such as ``<string>``, look like those of files in the working folder."""
    (tmp_path / "item.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadSource) as caught:
        cases_in(Path("item.py"))

    assert (caught.value.where.file, caught.value.where.line) == ("item.py", line)


def test_a_module_for_others_holds_no_item_and_the_remedy_says_how_it_is_named(tmp_path):
    finding, _ = failing(tmp_path, "from _helper import CODE\n")
    assert "under a name that begins with _" in finding.fix.en

    files = {"_helper.py": "CODE = 'T-3'\n",
             "good.py": "from _helper import CODE\n" + GOOD_PYTHON.replace('"T-3"', "CODE")}
    cases, failed = loaded(catalogue(tmp_path / "d", files))
    assert ([case.item.code for case in cases], failed) == (["T-3"], [])


def test_a_module_that_is_named_itself_holds_items_whatever_its_name(tmp_path):
    cases, _ = loaded(catalogue(tmp_path / "c", {"_x.py": GOOD_PYTHON}, 'title = "甲"\nitems = ["_x.py"]\n'))

    assert [case.item.code for case in cases] == ["T-3"]


def test_an_error_in_a_neighbour_is_told_there(tmp_path):
    (tmp_path / "broken_neighbour.py").write_text("x = 1\nraise ValueError('x')\n")
    (tmp_path / "item.py").write_text("import broken_neighbour\n")
    with pytest.raises(BadSource) as caught:
        cases_in(tmp_path / "item.py")

    assert str(caught.value.where) == str(tmp_path / "broken_neighbour.py") + ":2"


def test_a_syntax_error_in_a_neighbour_is_told_there(tmp_path):
    (tmp_path / "crooked_neighbour.py").write_text("x = (\n")
    (tmp_path / "item.py").write_text("import crooked_neighbour\n")
    with pytest.raises(BadSource) as caught:
        cases_in(tmp_path / "item.py")

    assert caught.value.where.file == str(tmp_path / "crooked_neighbour.py")


@pytest.mark.parametrize(("end", "keys"), [
    ("", ["T-3.查询"]),
    ("\nother = item.scenario('预约', flow_of_other)", ["T-3.查询", "T-3.预约"]),
    ("\ncharts = [chart, item.scenario('预约', flow_of_other)]", ["T-3.查询", "T-3.预约"]),
    ("\ncharts = {'甲': item.scenario('预约', flow_of_other)}", ["T-3.预约"]),
    ("\nchart = chart.compile()", ["T-3.查询"]),
    ("\nagain = chart", ["T-3.查询"]),
])
def test_which_cases_are_taken(tmp_path, end, keys):
    text = GOOD_PYTHON.replace("chart = ", "flow_of_other = window.do('预约') >> end.done\nchart = ") + end
    if "other = " in end:
        text = text.replace("\nchart =", "\nfirst =")
    (tmp_path / "item.py").write_text(text)

    assert [case.key for case in cases_in(tmp_path / "item.py")] == keys


def test_a_dataclass_in_a_module_works(tmp_path):
    (tmp_path / "item.py").write_text(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 1\n"
        + GOOD_PYTHON)

    assert len(cases_in(tmp_path / "item.py")) == 1


def test_a_named_value(tmp_path):
    (tmp_path / "item.py").write_text(GOOD_PYTHON)

    assert value_in(tmp_path / "item.py", "chart").scenario == "查询"
    with pytest.raises(UnknownName) as caught:
        value_in(tmp_path / "item.py", "chrt")
    assert '"chart"' in caught.value.fix.en


def test_the_main_block_of_a_module_is_not_run(tmp_path):
    (tmp_path / "item.py").write_text(GOOD_PYTHON + "\nif __name__ == '__main__':\n    raise SystemExit(3)\n")

    assert len(cases_in(tmp_path / "item.py")) == 1


@pytest.mark.parametrize(("text", "place", "fix"), [
    ("from flowstd import applicant\nflow = aplicant.submit('申请')\n", (2, 8), 'did you mean "applicant"?'),
    ("from flowstd import window, workdays\nwindow.do('受理', within=workday(5))\n", (2, 24), 'did you mean "workdays"?'),
    ("from flowstd import workdays\nworkdays(5).cuont\n", (2, 13), 'did you mean "count"?'),
    ("from flowstd import applicant, reviewr\n", (1, 32), 'did you mean "reviewer"?'),
    ("from flowstd import applicant， end\n", (1, 30), "write a half-width ,"),
    ("print（1)\n", (1, 6), "write a half-width ("),
    ("x = “甲”\n", (1, 5), 'write a half-width "'),
])
def test_a_slip_is_told_at_its_letters_with_the_way_out(tmp_path, text, place, fix):
    finding, _ = failing(tmp_path, text)

    assert (finding.where.line, finding.where.column) == place
    assert fix in finding.fix.en


@pytest.mark.parametrize(("text", "said"), [
    ("x = (1\n", "“(”没有配对"), ("x = 'a\n", "引号没有配对"), ("if True\n    x = 1\n", "少了冒号"),
    ("x = 1\n  y = 2\n", "行首多了空格"), ("x = [1 2]\n", "是否少了逗号")])
def test_what_python_says_of_syntax_is_said_in_chinese(tmp_path, text, said):
    assert said in failing(tmp_path, text)[0].message.zh


# ---- values and exceptions that break when they are looked at

@pytest.mark.parametrize("text", [
    "class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E\n",
    "class E(Exception):\n    def __str__(self): return 5\nraise E\n",
    "class L(list):\n    def __iter__(self): raise ValueError('it')\ncharts = L()\n",
    "class D(dict):\n    def values(self): raise ValueError('it')\ncharts = D()\n",
    "class X:\n    def __getattribute__(self, name): raise RuntimeError(name)\nflow = X()\n",
    "class X:\n    def __getattribute__(self, name): raise RuntimeError(name)\nchart = X()\n",
    "from flowstd.base.errors import BadSource\nraise BadSource('not a Text')\n",
    "raise ValueError('x' * 10_000_000 + '\\x1b[31m\\n::warning::')\n",
])
def test_what_breaks_when_it_is_looked_at_is_told(tmp_path, text):
    folder = catalogue(tmp_path / "c", {"a.py": text, "good.csv": HEADINGS + GOOD_ROW})
    cases, failed = loaded(folder)
    finding, = (finding for one in failed for finding in one.findings)

    assert [case.key for case in cases] == ["T-1.新办"]
    assert (finding.code, Path(finding.where.file).name) == ("SRC001", "a.py") and finding.fix
    assert len(finding.message.en) < 700 and finding.message.en.isprintable()
