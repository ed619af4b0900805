"""Line breaking as bpmn-js does it; the picture tests measure the same in the browser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flowstd.bpmn.breaking import broken, height


def test_short_text_is_one_line() -> None:
    assert broken("受理", 90, 12) == (1, 25)


def test_chinese_is_cut_one_character_short() -> None:
    assert broken("是" * 9, 90, 11)[0] == 2
    assert broken("是" * 8, 90, 11)[0] == 1


def test_words_are_kept_whole() -> None:
    assert broken("notify applicants", 60, 11) == (2, 55)


def test_author_s_own_line_feeds_break() -> None:
    assert broken("a\nb\nc", 90, 11)[0] == 3


@given(text=st.text(max_size=200), room=st.integers(20, 200))
def test_every_text_comes_to_an_end(text: str, room: int) -> None:
    lines, width = broken(text, room, 11)

    assert lines >= 1
    assert width <= room or width <= 60          # a single character may be wider than the room


def test_height_is_rounded_up() -> None:
    assert (height(1, 11), height(3, 12)) == (14, 44)
