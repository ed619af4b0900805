"""Ids: legal for every tool, readable, stable, distinct."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from flowstd.bpmn.ids import decode, encode, told, variable
from flowstd.bpmn.pinyin import SYLLABLES, spelled

LEGAL = re.compile(r"[A-Za-z0-9_.-]*").fullmatch          # after a prefix that begins with a letter
names = st.text(max_size=80) | st.text("ab_x0/-.（）是〇齐 Ａ㐀𠀀→", max_size=12)


@given(name=names)
def test_an_id_has_only_letters_that_bpmn_moddle_takes(name: str) -> None:
    assert LEGAL(encode(name))
    assert len(encode(name)) <= 67


@given(name=names)
def test_a_variable_is_a_python_name(name: str) -> None:
    assert variable("Gateway_" + encode(name)).isidentifier()


@given(one=names, two=names)
def test_different_names_have_different_ids(one: str, two: str) -> None:
    assert one == two or encode(one) != encode(two)


@given(name=names)
def test_an_id_that_tells_the_name_is_decoded(name: str) -> None:
    if told(name):
        assert decode(encode(name)) == name


def test_names_that_sound_alike_stay_two() -> None:
    assert encode("受理").startswith("ShouLi_") and encode("手里").startswith("ShouLi_")
    assert encode("受理") != encode("手里")


def test_plain_names_stay_as_they_are() -> None:
    assert encode("window/accept") == "window.accept"
    assert told("window/accept") and not told("窗口/受理")


def test_every_character_of_the_first_level_has_a_sound() -> None:
    letters = [bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
               if (row, cell) <= (0xD7, 0xF9)]

    assert len(letters) == 3755
    assert all(re.fullmatch("[A-Z][a-z]*", SYLLABLES[letter]) for letter in letters)


def test_syllables_of_words_an_office_uses() -> None:
    assert spelled("材料是否齐全、符合法定形式？") == "CaiLiaoShiFouQiQuanFuHeFaDingXingShi"
    assert spelled("旅馆略女") == "LvGuanLveNv"
