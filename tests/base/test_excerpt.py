"""The author's line with carets under the fault, whatever the file is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.base.excerpt import WIDTH, columns, excerpt, source_line
from flowstd.base.where import NOWHERE, Where


@pytest.fixture
def items(tmp_path: Path) -> Path:
    return tmp_path / "items.csv"


def carets(file: Path, text: str, column: int, end_column: int = 0, end_line: int = 0) -> list[str]:
    """The two lines of the excerpt of the first line of *text*."""
    file.write_text(text, encoding="utf-8")
    return excerpt(Where(str(file), 1, column, end_line or 1, end_column)).split("\n")


def test_wide_characters_are_two_columns(items: Path) -> None:
    assert carets(items, "事项,类型x\n", 4, 7) == ["  1 | 事项,类型x", "    |      ^^^^^"]


def test_a_place_without_an_end_is_one_caret_wide(items: Path) -> None:
    assert carets(items, "abc\n", 2)[1] == "    |  ^"
    assert carets(items, "事项\n", 2)[1] == "    |   ^^"


def test_a_place_at_the_end_of_the_line_has_a_caret(items: Path) -> None:
    assert carets(items, "ab\n", 3)[1] == "    |   ^"
    assert carets(items, "ab\n", 99)[1] == "    |   ^"


def test_a_place_over_several_lines_shows_the_first(items: Path) -> None:
    assert carets(items, "x = f(1,  \n  2)\n", 5, 5, end_line=2) == ["  1 | x = f(1,  ", "    |     ^^^^"]


def test_tabs_do_not_move_the_carets(items: Path) -> None:
    assert carets(items, "\tabc\n", 2, 5) == ["  1 |  abc", "    |  ^^^"]


def test_a_line_without_a_column_has_no_carets(items: Path) -> None:
    items.write_text("abc\n", encoding="utf-8")

    assert excerpt(Where(str(items), 1)) == "  1 | abc"


def test_only_what_is_near_the_place_is_looked_at_in_a_line_of_megabytes(items: Path, monkeypatch) -> None:
    looked = []
    monkeypatch.setattr("flowstd.base.excerpt._shown", lambda char: looked.append(char) or char)
    items.write_text("x" * 1_000_000 + "受理", "utf-8")

    assert excerpt(Where(str(items), 1, 1_000_001, 1, 1_000_003)).endswith("x受理\n    | " + " " * 26 + "^^^^")
    assert len(looked) < 20 * WIDTH


def test_a_long_line_is_cut_around_the_carets(items: Path) -> None:
    line, mark = carets(items, "x" * 500 + "FAULT" + "y" * 500, 501, 506)

    assert len(line) <= WIDTH + 8 and line.endswith("…") and "…x" in line
    assert line[mark.index("^"):mark.rindex("^") + 1] == "FAULT"


def test_nothing_that_a_terminal_would_obey_is_shown(items: Path) -> None:
    line, _ = carets(items, "a\x1b[31mb\n", 1, 2)

    assert line == "  1 | a\N{REPLACEMENT CHARACTER}[31mb"


def test_a_byte_order_mark_is_no_character(items: Path) -> None:
    items.write_bytes("事项名称\n".encode("utf-8-sig"))

    assert source_line(str(items), 1) == "事项名称"


def test_a_file_in_gbk_is_shown(items: Path) -> None:
    items.write_bytes("事项,类型\n体育,许可\n".encode("gbk"))

    assert excerpt(Where(str(items), 2, 1, 2, 3)) == "  2 | 体育,许可\n    | ^^^^"


def test_a_changed_file_is_read_anew(items: Path) -> None:
    items.write_text("old\n", encoding="utf-8")
    assert source_line(str(items), 1) == "old"
    items.write_text("newer\n", encoding="utf-8")

    assert source_line(str(items), 1) == "newer"


@pytest.mark.parametrize("where", [
    NOWHERE, Where("nowhere.py", 3), Where("", 3), Where("nul\0.py", 3), Where("book.xlsx", sheet="事项", cell="B12"),
    Where("\ud800.py", 1), Where("x" * 5000, 1)], ids=repr)
def test_what_cannot_be_read_has_no_excerpt(where: Where) -> None:
    assert excerpt(where) == ""


def test_folders_lines_beyond_the_end_and_blank_lines_have_no_excerpt(items: Path) -> None:
    items.write_text("a\n\n", encoding="utf-8")

    assert excerpt(Where(str(items.parent), 1)) == ""
    assert excerpt(Where(str(items), 2, 1)) == ""
    assert excerpt(Where(str(items), 9)) == ""


def test_another_file_of_that_name_is_not_shown() -> None:
    assert source_line("conftest.py" if not Path("conftest.py").exists() else "test_excerpt.py", 1) == ""


@given(st.text(alphabet=st.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"]), min_size=1),
       st.integers(1, 200), st.integers(0, 200))
def test_carets_stay_under_the_line(tmp_path_factory: pytest.TempPathFactory, text: str, column: int, end: int) -> None:
    file = tmp_path_factory.getbasetemp() / "line.txt"
    file.write_text(text + "\n", encoding="utf-8", newline="")
    shown = excerpt(Where(str(file), 1, column, 1, end))

    if shown:
        line, mark = shown.split("\n")
        assert "^" in mark
        assert columns(mark) <= columns(line) + 2
