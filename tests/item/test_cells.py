"""Cells of a table: text that stands for a number or for several parts."""

from __future__ import annotations

import pytest

from flowstd.base.errors import BadElement
from flowstd.item import Item, item_from
from flowstd.item.cells import NUMBERS, PARTS, cell_value


def test_every_element_can_be_written_in_a_cell() -> None:
    row = {"name": "户外广告", "item_type": "行政许可", "onsite_visits": "0", "promised": "5工作日", "fee": "不收费",
           "materials": "申请表;身份证\n 营业执照；", "results": "许可证", "legal_bases": "行政许可法 第十二条；某条例 第三条",
           "levels": "市级、县级", "effective_on": "2026-01-01", "illustrative": "promised,materials"}
    item = item_from({element: cell_value(element, text) for element, text in row.items()})

    assert item.onsite_visits == 0
    assert [material.name for material in item.materials] == ["申请表", "身份证", "营业执照"]
    assert [law.zh for law in item.legal_bases] == ["《行政许可法》第十二条", "《某条例》第三条"]
    assert item.levels == ("市级", "县级") and item.illustrative == ("promised", "materials")


@pytest.mark.parametrize("text", ["一次", "1.0", "-1", "１", "1次", "9999999"])
def test_a_cell_that_holds_no_number_is_told(text: str) -> None:
    with pytest.raises(BadElement, match="onsite_visits: should be a whole number"):
        item_from({"name": "x", "item_type": "01", "onsite_visits": cell_value("onsite_visits", text)})


def test_the_special_cells_are_elements() -> None:
    assert {*NUMBERS, *PARTS} <= Item.model_fields.keys()
