"""Texts are measured and broken: nothing is lost, nothing is clipped, Chinese line rules hold."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.advances import ADVANCES
from flowstd.layout.measure import NOT_FIRST, NOT_LAST, Setter, advance, clean, setter
from flowstd.standard.edition import load
from tests.conftest import ROOT, need

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SET = setter(load())

OFFICE = st.text(st.sampled_from("受理材料是否齐全、符合法定形式？（）《》，。；：“”5个工作日20 ABab-/.%—…·①　"), max_size=60)
ANY = st.text(st.characters(exclude_categories=()), max_size=60)
USED = Setter()
ROOMS = st.integers(20, 300)


def letters(text: str) -> str:
    """What must survive a line break: everything but the spaces at which a line may end."""
    return "".join(clean(text).split())


@given(text=st.one_of(OFFICE, ANY), room=ROOMS)
def test_no_character_is_lost(text: str, room: int) -> None:
    assert letters("".join(SET.lines(text, room, 12))) == letters(text)


@given(text=st.one_of(OFFICE, ANY), room=ROOMS)
def test_a_line_is_no_wider_than_its_room(text: str, room: int) -> None:
    for line in SET.lines(text, room, 12):
        assert SET.width(line, 12) <= room or unbreakable(line)


def unbreakable(line: str) -> bool:
    """One character with all that hangs on it."""
    return len(SET.pieces(line, 0)) == 1


@given(text=OFFICE, room=st.integers(100, 300))
def test_no_closing_mark_begins_a_line_and_no_opening_mark_ends_one(text: str, room: int) -> None:
    runs = SET.pieces(text, 10**9)
    if any(SET.px(piece.advance, 12) > room for piece in runs):
        return                                      # a run of marks wider than the room has to break somewhere
    lines = SET.lines(text, room, 12)

    for before, after in pairwise(lines):
        assert before[-1] not in NOT_LAST
        assert after[0] not in NOT_FIRST


@given(text=OFFICE, room=ROOMS)
def test_what_was_set_before_changes_nothing(text: str, room: int) -> None:
    assert USED.lines(text, room, 12) == Setter().lines(text, room, 12)


@given(one=ANY, other=ANY)
def test_widths_add_up(one: str, other: str) -> None:
    assert advance(one + other) == advance(one) + advance(other)


@pytest.mark.parametrize(("text", "room", "lines"), [
    ("", 90, ()),
    ("   ", 90, ()),
    ("受理", 90, ("受理",)),
    ("材料是否齐全、符合法定形式？", 92, ("材料是否齐全、", "符合法定形式？")),
    ("一次性告知申请人补正", 80, ("一次性告知", "申请人补正")),
    ("在20个工作日内", 70, ("在", "20个工作日", "内")),
    ("《行政许可法》第三十二条", 90, ("《行政许可", "法》第三十二条")),
    ("填写 Application Form 一份", 90, ("填写", "Application", "Form 一份")),
    ("第一行\n第二行", 90, ("第一行", "第二行")),
    ("a  b", 90, ("a b",)),
    ("5116-000-11", 39, ("5116-", "000-", "11")),
    ("说明理由　⑮告知复议权利", 76, ("说明理由\u3000", "⑮告知", "复议权利")),
])
def test_lines_break_where_an_office_would_break_them(text: str, room: int, lines: tuple[str, ...]) -> None:
    assert SET.lines(text, room, 12) == lines


@pytest.mark.parametrize("room", range(30, 130, 8))
@pytest.mark.parametrize("text", ["出具不予受理决定书", "经营高危险性体育项目许可", "当场更正错误", "审查人员"])
def test_no_character_stands_alone_on_the_last_line(text: str, room: int) -> None:
    lines = SET.lines(text, room, 12)

    assert len(lines) == 1 or len(lines[-1]) > 1


@pytest.mark.parametrize(("text", "shown"), [
    ("受\x00理", "受\ufffd理"),
    ("\ud800受理", "\ufffd受理"),
    ("受理\x9f", "受理\ufffd"),
    ("a\u202eb", "a\ufffdb"),
    ("a\tb", "a b"),
    ("受理\ufffe", "受理\ufffd"),
    ("受理 a<b>&\"'", "受理 a<b>&\"'"),
])
def test_what_cannot_be_shown_is_seen_to_be_missing(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(("text", "ems"), [("受理", 2), ("𠮷𬒈", 2), ("e\u0301", advance("e") / 1000), ("，。", 2)])
def test_wide_letters_are_one_em_and_marks_upon_letters_none(text: str, ems: float) -> None:
    assert advance(text) == round(ems * 1000)


def test_an_emoji_family_is_not_torn_apart() -> None:
    family = "👨\u200d👩\u200d👧"

    assert all(family in line for line in SET.lines(family * 3, 70, 12))


def test_two_thousand_characters_are_set_whole() -> None:
    text = "材料是否齐全、符合法定形式" * 154

    assert "".join(SET.lines(text, 108, 12)) == text


def test_a_label_is_set_once() -> None:
    assert SET.lines("材料是否齐全", 60, 12) is SET.lines("材料是否齐全", 60, 12)


def test_the_table_is_that_of_the_font() -> None:
    need(FONT.is_file() and importlib.util.find_spec("fontTools") is not None, "fonts-noto-cjk and fonttools")
    spec = importlib.util.spec_from_file_location("make_advances", ROOT / "tests" / "tools" / "make_advances.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    assert tool.advances(str(FONT))[0] == ADVANCES
