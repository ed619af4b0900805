"""Profiles: every list is whole, dated and says how well it is known."""

from __future__ import annotations

import pytest

from flowstd.base.errors import BadElement, UnknownName
from flowstd.item.profile import names, profile


@pytest.mark.parametrize("name", names())
def test_every_list_has_distinct_words_and_codes_and_a_source(name: str) -> None:
    lists = profile(name).lists

    assert profile(name).dated.year >= 2026
    for codes in lists:
        coded = [entry.code for entry in codes.values if entry.code]
        assert codes.values and codes.source and codes.title
        assert len(set(codes.words)) == len(codes.words), codes.name
        assert len(set(coded)) == len(coded), codes.name
        assert set(codes.on_application) | set(codes.not_counted) <= set(codes.words), codes.name


def test_the_same_code_means_different_types_in_different_places() -> None:
    assert profile("national").list("item_type").word("20") == "公共服务"
    assert profile("guangdong").list("item_type").word("20") == "其他行政权力"


def test_guangdong_takes_what_it_lacks_from_the_national_profile() -> None:
    assert profile("guangdong").list("level") == profile("national").list("level")
    assert profile("guangdong").list("material_kind") != profile("national").list("material_kind")


def test_only_the_closed_list_of_the_licensing_law_is_not_counted() -> None:
    procedures = profile().list("special_procedure")

    assert procedures.not_counted == ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")
    assert "现场勘验" in procedures.words and procedures.code("听证") == ""


def test_a_word_off_the_list_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(BadElement) as caught:
        profile().list("item_type").word("行政许克")

    assert caught.value.fix is not None and "行政许可" in caught.value.fix.zh
    with pytest.raises(BadElement):
        profile().list("special_procedure").word("")


@pytest.mark.parametrize("name", ["guandong", "../national", "", "NATIONAL", "x" * 1000])
def test_an_unknown_profile_is_refused(name: str) -> None:
    with pytest.raises(UnknownName) as caught:
        profile(name)

    assert len(str(caught.value)) < 300


def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(UnknownName, match="did you mean \"item_type\""):
        profile().list("itemtype")
