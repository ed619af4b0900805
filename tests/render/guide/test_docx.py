"""The guide in Word: Chinese type in Chinese fonts, the chart with words for those who cannot see it, equal bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from flowstd.base import extras
from flowstd.base.errors import MissingExtra
from flowstd.pipeline import FORMATS, Chart
from tests.render.guide.guides import EVIL, bare, full, hostile


def opened(chart: Chart) -> Any:
    return docx.Document(io.BytesIO(chart.docx()))


def words(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_says_what_the_guide_says() -> None:
    document = opened(full())
    said = words(document)

    assert document.paragraphs[0].text == "户外广告设施设置许可"
    for text in ("情形：新办", "市城管局", "有设置场所", "用黑色墨水填写", "https://example.cn/form.docx", "每平方米每日1元", "一次性告知补正"):
        assert text in said
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"][-1] == "办理渠道"


def test_chinese_letters_have_a_chinese_font() -> None:
    for name in ("Normal", "Title", "Heading 1", "Footer"):
        fonts = opened(full()).styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体")
        assert not [key for key in fonts.attrib if key.endswith("Theme")]      # a theme would win over the font


def test_the_chart_is_in_it_with_words_for_it() -> None:
    chart = full()
    [picture] = opened(chart).inline_shapes

    assert picture._inline.docPr.get("descr") == chart.sheet().description
    assert picture.width.cm <= 17.01 and picture.height.cm <= 23.51


def test_without_png_the_steps_stand_for_the_chart_and_both_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.MODULES, "png", "no_such_module")
    chart = full()

    assert len(opened(chart).inline_shapes) == 0
    assert "没有安装 flowstd[png]" in words(opened(chart))
    [finding] = FORMATS["docx"].findings(chart)
    assert (finding.code, finding.where, finding.item) == ("FNT002", chart.where, "T-1.新办") and finding.where.line > 0


def test_with_png_nothing_is_amiss() -> None:
    assert FORMATS["docx"].findings(full()) == ()


def test_without_python_docx_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.MODULES, "docx", "no_such_module")

    with pytest.raises(MissingExtra, match=r"flowstd\[docx\]"):
        full().docx()


def test_the_foot_carries_the_hash_of_the_chart() -> None:
    chart = full()
    foot = opened(chart).sections[0].footer.paragraphs[0].text

    assert foot.rpartition("：")[2] in chart.svg() and len(foot.rpartition("：")[2]) == 16


def test_heads_are_repeated_and_rows_are_not_torn() -> None:
    steps = opened(full()).tables[-2]

    assert steps.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in steps.rows)


@pytest.mark.parametrize("make", [full, hostile, bare])
def test_equal_charts_give_equal_bytes(make: Any) -> None:
    data = make().docx()

    assert data == make().docx()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_texts_are_texts() -> None:
    document = opened(hostile())

    assert document.paragraphs[0].text == EVIL
    with zipfile.ZipFile(io.BytesIO(hostile().docx())) as archive:
        ties = archive.read("word/_rels/document.xml.rels").decode()
    assert "External" not in ties
