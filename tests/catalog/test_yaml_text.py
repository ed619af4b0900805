"""YAML is read as it looks, or refused at its line."""

from __future__ import annotations

import pytest

from flowstd.base.errors import BadSource
from flowstd.catalog.yaml_text import MOST, read_yaml


def refused(text: str) -> BadSource:
    with pytest.raises(BadSource) as caught:
        read_yaml(text, "a.yaml")
    return caught.value


def test_values_and_their_places():
    source = read_yaml('name: 备案\npromised: 5 workdays\nsteps:\n  - 窗口: 受理\n    onsite: true\n    count: 3\n', "a.yaml")

    assert source.data == {"name": "备案", "promised": "5 workdays", "steps": [{"窗口": "受理", "onsite": True, "count": 3}]}
    assert str(source.where("promised")) == "a.yaml:2:11"
    assert str(source.where("steps", 0, "窗口")) == "a.yaml:4:9"
    assert str(source.where("steps", 0, "missing")) == "a.yaml:4:5"


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path):
    from flowstd.base.files import read_source

    (tmp_path / "a.yaml").write_bytes("\ufeffname: 备案\r\ncode: A1\r\n".encode())

    assert read_yaml(read_source(tmp_path / "a.yaml"), "a.yaml").data == {"name": "备案", "code": "A1"}


@pytest.mark.parametrize("spelt", ["0012", "12:30:00", "2026-01-01", "1_000", "0x1F", "1e3", ".5", "190:20:30"])
def test_what_yaml_would_turn_into_something_else_stays_as_written(spelt):
    assert read_yaml(f"code: {spelt}", "a.yaml").data == {"code": spelt}


def test_a_number_keeps_its_spelling_too():
    source = read_yaml("code: 511602000000", "a.yaml")

    assert source.data == {"code": 511602000000}
    assert source.spelt("code") == "511602000000"


@pytest.mark.parametrize(("word", "meant"), [("no", "false"), ("yes", "true"), ("on", "true"), ("Off", "false")])
def test_a_word_that_yaml_reads_as_truth_is_refused(word, meant):
    error = refused(f"name: 备案\nfee: {word}")

    assert str(error.where) == "a.yaml:2:6"
    assert meant in error.what.en and f'"{word}"' in error.fix.en


def test_a_duplicate_key_names_both_lines():
    error = refused("name: 甲\ncode: 1\nname: 乙")

    assert str(error.where) == "a.yaml:3:1"
    assert "line 1" in error.what.en and "line 3" in error.what.en


def test_a_duplicate_key_inside_is_found_as_well():
    assert refused("with:\n  limit: 1 day\n  limit: 2 days").where.line == 3


def test_a_tab_in_the_indentation():
    error = refused("steps:\n\t- 窗口: 受理")

    assert "tab" in error.what.en
    assert error.where.line == 2


@pytest.mark.parametrize(("text", "line"), [
    ("name：备案", 1),
    ("name: 备案\ncode：A1\nitem_type: 公共服务", 2),
    ("steps:\n  - 窗口：受理\n    within: 1 workdays", 2),
    ("with:\n  limit： 5 workdays\n  result: 许可证", 2),
])
def test_a_full_width_colon_is_named(text, line):
    error = refused(text)

    assert error.what.en == "full-width colon (：) found"
    assert error.where.line == line
    assert text.splitlines()[line - 1][error.where.column - 1] == "："


def test_a_full_width_colon_inside_a_text_is_fine():
    assert read_yaml("note: 时间：九点", "a.yaml").data == {"note": "时间：九点"}
    assert read_yaml("- 备注：无", "a.yaml").data == ["备注：无"]


def test_an_alias_that_is_used_twice_is_fine():
    assert read_yaml("a: &x [1]\nb: *x", "a.yaml").data == {"a": [1], "b": [1]}


def test_an_alias_bomb_is_refused_at_once():
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))

    assert str(MOST) in refused(bomb).what.en


def test_an_alias_of_itself_is_refused():
    refused("a: &a [*a]")


@pytest.mark.parametrize("text", ["[" * 400, "- " * 400 + "a", "a: {" * 400, "[" * 20_000])
def test_deep_nesting_is_refused(text):
    refused(text)


@pytest.mark.parametrize("text",
                         ["a: !!python/object:os.system x", "a: !tag x", "a: !!set {x}", "<<: {a: 1}", "? [a]\n: b",
                                  "a: 1\n---\nb: 2", "a: \x07", "", "# nothing", "a: [1", "a: 'x", "a: b: c"])
def test_what_is_not_understood_is_refused(text):
    error = refused(text)

    assert error.where.file == "a.yaml"
    assert error.fix
