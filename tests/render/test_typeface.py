"""The font that comes with flowstd: what it has, what it lacks, under which licence."""

from __future__ import annotations

from unicodedata import category

import pytest

from flowstd.base.errors import BadEnvironment
from flowstd.layout.measure import advance
from flowstd.render import typeface
from flowstd.render.pdf import pen
from flowstd.render.typeface import FAMILY, FILE, characters, lacking, texts, unprintable
from tests.render.charts import chart


def opened():
    from fontTools.ttLib import TTFont

    return TTFont(FILE)


def test_our_reading_of_its_character_map_is_that_of_fonttools() -> None:
    assert characters() == frozenset(opened().getBestCmap())


def test_it_has_all_of_gb_2312() -> None:
    missing = []
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                letter = bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            if ord(letter) not in characters():
                missing.append(letter)

    assert missing == []


def test_nothing_in_it_is_wider_than_the_layout_thinks() -> None:
    font = opened()
    widths, em = font["hmtx"], font["head"].unitsPerEm
    wide = [chr(code) for code, glyph in font.getBestCmap().items()
            if widths[glyph][0] * 1000 / em > advance(chr(code)) + 1 and category(chr(code)) not in ("Mn", "Cf")]

    assert wide == []


@pytest.mark.parametrize(("data", "why"), [(None, "No such file"), (b"", "damaged"), (b"OTTO" * 99, "damaged"),
                                           (FILE.read_bytes()[:3000], "damaged"), (FILE.read_bytes()[:-3], "damaged")],
                         ids=["missing", "empty", "no font", "its beginning", "three bytes short"])
def test_without_its_font_no_picture_has_empty_words_and_svg_is_as_ever(tmp_path, monkeypatch, data, why) -> None:
    before = chart("licence").svg()
    monkeypatch.setattr(typeface, "FILE", tmp_path / "font.ttf")
    if data is not None:
        (tmp_path / "font.ttf").write_bytes(data)
    for known in (characters, pen._font):
        known.cache_clear()
    try:
        for form in ("png", "pdf"):
            with pytest.raises(BadEnvironment, match=why) as told:
                chart("licence").save(tmp_path / f"a.{form}")
            assert "pip install --force-reinstall flowstd" in str(told.value.fix)
        assert chart("licence").svg() == before
        assert not list(tmp_path.glob("a.*"))
    finally:
        characters.cache_clear()


def test_it_has_a_name_of_its_own_and_its_licence_with_it() -> None:
    names = opened()["name"]
    licence = FILE.with_name("OFL.txt").read_text("utf-8")

    assert names.getDebugName(1) == names.getDebugName(4) == FAMILY
    assert "Open Font License, Version 1.1" in names.getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence and FAMILY in licence and "Adobe" in licence


def test_every_kind_of_text_of_a_sheet_is_looked_at() -> None:
    seen = "\n".join(texts(chart().sheet()))

    for words in ("户外广告", "提交申请", "申请表", "受理通知书", "并联审查", "准予", "申请人", "第1页"):
        assert words in seen


def test_what_it_lacks_is_listed_once_in_the_order_of_the_story() -> None:
    assert unprintable(chart().sheet()) == ""
    assert unprintable(chart("受理䶮㐂䶮").sheet()) == "䶮㐂"


def test_what_is_never_seen_does_not_count() -> None:
    assert lacking(["受\u200b理\u2060"]) == ""
