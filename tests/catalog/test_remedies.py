"""Where a slip is told, whether the remedy helps, and that the Chinese of it is Chinese."""

from __future__ import annotations

import re

import pytest

from flowstd.base.errors import BadSource
from flowstd.base.files import decoded
from flowstd.base.where import Where
from tests.catalogues import GOOD_ROW, HEADINGS, catalogue, flowstd, loaded

HEAD = "name: 甲\nitem_type: 公共服务\ntemplate: immediate\n"
ROW = "T-2,乙,公共服务,,immediate"


def finding_of(tmp_path, name: str, content: str | bytes, config: str = ""):
    """The one finding of the file; the other item is built."""
    folder = catalogue(tmp_path / "c", {name: content, "good.csv": HEADINGS + GOOD_ROW}, config)
    cases, failed = loaded(folder)
    assert [case.key for case in cases if case.key.startswith("T-1")] == ["T-1.新办"]
    finding, = (finding for one in failed for finding in one.findings)
    return finding


# ---- places

@pytest.mark.parametrize(("name", "content", "place", "shown"), [
    ("a.csv", f"{HEADINGS[:-1]},promised\n{ROW},abc\n", (2, 23, 26), "abc"),
    ("a.csv", f'{HEADINGS[:-1]},link,promised\n{ROW},"https://a/\n\n""b""",5工作日\n', (2, 23, 34), '"https://a/'),
    ("a.csv", f'{HEADINGS[:-1]},contact,promised\n{ROW},"x\n""y"", z",abc\n', (3, 11, 14), "abc"),
    ("a.csv", f'"name","co""de",{HEADINGS[10:]}乙,T-2{ROW[5:]}\n', (1, 8, 16), '"co""de"'),
    ("a.csv", f"{HEADINGS}{ROW},x,y\n", (2, 23, 24), "x"),
    ("a.csv", f'{HEADINGS}{ROW}\nT-3,"丙,公共服务,,immediate\n\n\n', (3, 5, 0), '"丙'),
    ("a.csv", f'{HEADINGS}"T-3",丙,"{"x" * 140_000}",,immediate\n', (2, 0, 0), '"T-3"'),
    ("a.csv", f"{HEADINGS[:-1]},with.limit\n{ROW},abc\n", (2, 0, 0), "T-2"),
    ("a.yaml", f'{HEAD}code: "T-2\ncontact: x\n\n\n', (4, 7, 0), '"T-2'),
    ("a.yaml", f"{HEAD}code: T-2\ncontact: a\x07b\n", (5, 11, 0), "\x07"),
    ("a.yaml", f"{HEAD}code: T-2\ncontact: a\x7fb\n", (5, 11, 0), "\x7f"),
])
def test_a_slip_is_told_where_it_stands(tmp_path, name, content, place, shown):
    finding = finding_of(tmp_path, name, content)
    where = finding.where

    assert (where.line, where.column, where.end_column) == place, finding
    assert content.split("\n")[where.line - 1][max(0, where.column - 1):].startswith(shown)
    assert finding.fix


def test_a_number_that_python_does_not_read_is_told_where_it_stands(tmp_path):
    ran = flowstd("check", catalogue(tmp_path / "c", {}, f'title = "x"\n[build]\nseconds = {"9" * 5_000}\n'))

    assert (ran.code, "flowstd.toml:3:11: error: one of the numbers is too long" in ran.err) == (2, True), ran.err[:300]


# ---- remedies

@pytest.mark.parametrize(("value", "said", "fix"), [
    ("promised: -5", "no unit", 'write "20 workdays"'), ("promised: 2.5", "no unit", 'write "20 workdays"'),
    ("promised: 5", "no unit", 'write "5 workdays"'), ("contact: [a]", "should be text", "write one text"),
    ("link: abc", "http", "address bar"), ("materials: [{need: 必要}]", "is missing", "add it"),
    ("with: [a]", "must be a mapping", '{"…": "…"}'),
])
def test_a_remedy_helps(tmp_path, value, said, fix):
    finding = finding_of(tmp_path, "a.yaml", f"{HEAD}{value}\n")

    assert said in finding.message.en and finding.fix and fix in finding.fix.en


@pytest.mark.parametrize(("config", "said", "fix"), [
    ('title = "a"\ntitle = "b"', "not TOML", "keep only one"), ("[allow]\nrule = 'TIM016'", "[[allow]]", "[[allow]]"),
    ("[build]\nseconds = 1e9", "lies between", "such as seconds = 10"),
    ("[build]\nmemory = 1", "lies between 256 and 1048576", "such as memory = 1024"),
    ("a = " + "[" * 20_000, "nested too deeply", "more simply"),
])
def test_a_remedy_for_a_setting_helps(tmp_path, config, said, fix):
    ran = flowstd("check", catalogue(tmp_path / "c", {}, config))

    assert ran.code == 2 and said in ran.err and fix in ran.err.rpartition("fix: ")[2]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be", "gbk"])
def test_an_encoding_is_told_by_its_name(encoding):
    name = {"utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}.get(encoding, encoding.upper())
    with pytest.raises(BadSource, match=f"probably {name}$|-f {name} "):
        decoded("name: 示例许可\ncode: T-1\n".encode(encoding), Where("a.yaml"))


@pytest.mark.parametrize(("cell", "name"), [("许可".encode("gbk"), " but probably GBK"), (b"\xff\xff", "")])
def test_one_line_in_another_encoding_is_told_and_the_others_are_not_converted(cell, name):
    with pytest.raises(BadSource) as caught:
        decoded("名称\n甲许可\n".encode() + cell + b"\n" + "乙许可\n".encode(), Where("a.csv"))

    assert str(caught.value.where) == "a.csv:3"
    assert caught.value.what.en == f"this line is not UTF-8{name}; the others are"
    assert "iconv" not in caught.value.fix.en


def test_the_line_of_a_file_in_utf_16_can_be_read(tmp_path):
    folder = catalogue(tmp_path / "c", {"a.yaml": "name: 示例许可\n".encode("utf-16"), "b.csv": HEADINGS + GOOD_ROW})

    assert "1 | name: 示例许可" in flowstd("check", folder).out


def test_every_fault_of_an_item_is_told_with_its_own_line(tmp_path):
    (tmp_path / "a.yaml").write_text(f"{HEAD}link: x\npromised: 5\n", "utf-8")
    ran = flowstd("draw", "a.yaml", "-o", "x.svg", cwd=tmp_path)

    assert ran.code == 1 and "a.yaml:4:7: " in ran.out + ran.err and "a.yaml:5:11: " in ran.out + ran.err


# ---- language

@pytest.mark.parametrize(("name", "content"), [
    ("a.yaml", 'name: "x\n'), ("a.yaml", "a: b: c\n"), ("a.yaml", "a: [b\n"), ("a.yaml", "a:\n  - b\n c: d\n"),
    ("a.yaml", "a: *b\n"), ("a.yaml", "a: %b\n"), ("a.yaml", "a: b\n---\nc: d\n"), ("a.yaml", 'a: "\\q"\n'),
    ("a.yaml", "a: \x07"),
    ("a.py", "x = (\n"), ("a.py", "x = = 1\n"), ("a.py", "x = f(a=1, 2)\n"), ("a.py", "x = 'a\n"), ("a.py", "1a = 2\n"),
    ("a.py", "return 1\n"), ("a.py", "if x:\ny = 1\n"), ("a.py", "x = 1\n  y = 2\n"),
    ("a.csv", f'{HEADINGS}T-2,"x,y\n'), ("a.csv", f'{HEADINGS}T-2,"x"y,z\n'),
])
def test_what_a_parser_says_is_said_in_chinese(tmp_path, name, content):
    assert not re.search(r"[a-z]{3,} [a-z]{2,}", finding_of(tmp_path, name, content).message.zh)


@pytest.mark.parametrize(("name", "content"), [
    ("x.json", '{"a" 1}'), ("x.json", '{"a": }'), ("x.json", "{'a': 1}"), ("x.json", '{"a": "b'), ("x.json", "{} x"),
    ("x.json", '{"a": "\\q"}'), ("c/flowstd.toml", "a = "), ("c/flowstd.toml", "a = [1"), ("c/flowstd.toml", 'a = "b'),
    ("c/flowstd.toml", "a b = 1"), ("c/flowstd.toml", "[a"), ("c/flowstd.toml", "a = 1\na = 2"),
    ("c/flowstd.toml", "[a]\n[a]"), ("c/flowstd.toml", "a = 1 b = 2"),
    ("x.bpmn", "<a><b></a>"), ("x.bpmn", "<a b></a>"),
    ("x.bpmn", "abc"), ("x.bpmn", "<a>&</a>"), ("x.bpmn", "<a/><b/>"), ("x.bpmn", "<a"), ("x.bpmn", '<a b="<"/>'),
])
def test_what_a_parser_says_of_a_whole_source_is_said_in_chinese(tmp_path, name, content):
    (tmp_path / "c").mkdir()
    (tmp_path / name).write_text(content, "utf-8")
    source = ["c"] if name.startswith("c/") else [name]
    command = ["convert", name, "-o", "y.bpmn"] if name.endswith(".bpmn") else ["check", *source]
    ran = flowstd(*command, cwd=tmp_path, FLOWSTD_LANG="zh")
    said = next(line for line in (ran.out + ran.err).splitlines() if "错误" in line).partition("：")[2]

    assert ran.code in (1, 2) and said and not re.search(r"[a-z]{3,} [a-z]{2,}", said.partition("[")[0]), ran
