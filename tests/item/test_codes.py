"""Codes: published ones pass, one wrong character is found, and no code is a path."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.base.errors import BadElement
from flowstd.item.codes import (
    ALPHABET,
    catalog_code,
    file_name,
    handling_code,
    is_safe,
    item_code,
    old_organ_code,
    organ_check,
    organ_code,
    readable_name,
)
from tests.conftest import SHARED, need

REAL_ORGANS = ("12441500196720244T", "11511301008778183N", "1137010000418859XL")
REAL_ITEM = "12441500196720244T3442199806003"


@pytest.mark.parametrize("code", REAL_ORGANS)
def test_real_organ_codes_pass(code: str) -> None:
    assert str(organ_code(code)) == code


@pytest.mark.parametrize(("code", "said"), [
    ("TE5116020105116050", "check"),
    ("12441500196720244", "18"),
    ("12441500196720244t", '"t"'),
    ("1244150O196720244T", '"O"'),
    ("１２441500196720244T", "may not hold"),
    ("", "18"),
])
def test_a_wrong_organ_code_says_what_is_wrong(code: str, said: str) -> None:
    with pytest.raises(BadElement) as caught:
        organ_code(code)

    assert said in caught.value.what.en


@given(place=st.integers(0, 17), other=st.sampled_from(ALPHABET), code=st.sampled_from(REAL_ORGANS))
def test_any_one_wrong_character_is_found(place: int, other: str, code: str) -> None:
    changed = code[:place] + other + code[place + 1:]
    if changed != code:
        with pytest.raises(BadElement):
            organ_code(changed)


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_the_check_character_that_is_computed_is_accepted(first17: str) -> None:
    assert organ_code(first17 + organ_check(first17)).check == organ_check(first17)


def test_an_item_code_in_its_parts() -> None:
    parts = item_code(REAL_ITEM)

    assert str(parts) == REAL_ITEM
    assert (str(parts.organ), parts.level) == ("12441500196720244T", "3")
    assert tuple(parts.catalog) == ("44", "21", "99", "806", "003")


@pytest.mark.parametrize("code", [
    REAL_ITEM[:-1], REAL_ITEM + "0", REAL_ITEM[:18] + "0" + REAL_ITEM[19:], REAL_ITEM[:18] + "7" + REAL_ITEM[19:],
    REAL_ITEM[:30] + "X", "2" + REAL_ITEM[1:], REAL_ITEM[:30] + "³", "x" * 10_000,
])
def test_a_wrong_item_code_is_refused(code: str) -> None:
    with pytest.raises(BadElement) as caught:
        item_code(code)

    assert len(str(caught.value)) < 400


def test_a_handling_code_adds_two_digits() -> None:
    assert handling_code(REAL_ITEM + "01").serial == "01"
    for wrong in (REAL_ITEM, REAL_ITEM + "0A", REAL_ITEM + "012"):
        with pytest.raises(BadElement):
            handling_code(wrong)


def test_a_catalogue_code_is_twelve_digits() -> None:
    assert str(catalog_code("370110001000")) == "370110001000"
    with pytest.raises(BadElement):
        catalog_code("37011000100A")


@pytest.mark.parametrize("code", ["68236467-9", "682364679", "00877836X", "32334539-6", "083372204"])
def test_real_old_organ_codes_pass(code: str) -> None:
    assert old_organ_code(code) == code.replace("-", "")


@pytest.mark.parametrize("code", ["68236467-8", "68236476-9", "6823646-79", "68236467", "11736", ""])
def test_wrong_old_organ_codes_are_refused(code: str) -> None:
    with pytest.raises(BadElement):
        old_organ_code(code)


@pytest.mark.parametrize("code", [
    "../../x", "a/b", "a\\b", "CON", "con", "nul.txt", "Com1", "LPT9.svg", ".", "..", ".hidden", "-rf", "a.", "",
    "许" * 200, "a" * 65, "a b", "a:b", "a\0b", "a\n", "\ud800", "C:x", "~", "aux.新办",
])
def test_an_unsafe_code_becomes_a_safe_name(code: str) -> None:
    assert not is_safe(code)
    assert is_safe(file_name(code))


def test_the_codes_of_a_real_list_stay_as_they_are() -> None:
    table = SHARED / "data" / "bureau_344.csv"
    need(table.is_file(), "../shared/data")
    with table.open(encoding="utf-8-sig", newline="") as rows:
        codes = [row["local_code"] for row in csv.DictReader(rows)]

    assert len(codes) == 344
    assert [code for code in codes if file_name(code) != code] == []


@given(st.text(), st.text())
def test_different_codes_never_share_a_name(one: str, other: str) -> None:
    assert is_safe(file_name(one))
    assert (file_name(one) == file_name(other)) == (one == other)


@given(st.text())
def test_a_readable_name_is_no_path_and_short(text: str) -> None:
    name = readable_name(text)

    assert name and not set(name) & set("/\\:*?\"<>|\0\n. ")
    assert len(name.encode()) <= 120


def test_scenarios_keep_their_chinese_names() -> None:
    assert readable_name("新办") == "新办"
    assert readable_name("a/b") != readable_name("a-b") == "a-b"
    assert readable_name("CON") != "CON"
