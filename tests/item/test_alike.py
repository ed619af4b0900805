"""Items that differ in plain texts only: understood once, and yet each as if it had been read alone."""

from __future__ import annotations

import pytest

from flowstd.base.where import Where
from flowstd.item.alike import plain, retold
from flowstd.item.model import Item
from flowstd.item.source import item_from

HERE, THERE = Where("items.csv", 2), Where("items.csv", 3)
ROW = {"name": "户外广告", "item_type": "行政许可", "code": "T-1", "promised": "5工作日", "place": "大厅",
       "materials": ({"name": "申请表", "need": "必要"}, "营业执照"), "fee": {"charged": False}}
OTHER = {"name": " 临时\n占道 ", "code": "T-2", "place": "二楼\r\n窗口"}


def test_an_item_retold_is_the_item_read_alone():
    told = retold(item_from(ROW, HERE), OTHER, THERE)
    alone = item_from({**ROW, **OTHER}, THERE)

    assert told == alone
    assert told.model_dump_json() == alone.model_dump_json()
    assert told.model_fields_set == alone.model_fields_set
    assert (told.name, told.place, told.where) == ("临时 占道", "二楼\n窗口", THERE)


def test_parts_that_stand_where_the_item_does_move_along_and_others_stay():
    elsewhere = Where("rules.toml", 7)
    item = item_from(ROW, HERE, lambda path: elsewhere if path[:1] == ("fee",) else HERE)
    told = retold(item, OTHER, THERE)

    assert [part.where for part in told.materials] == [part.where and THERE for part in item.materials]
    assert told.materials[0].where == THERE
    assert told.fee.where == elsewhere
    assert item.materials[0].where == HERE


@pytest.mark.parametrize("texts", [{"name": ""}, {"name": "字" * 301}, {"code": "../x"}, {"link": "javascript:x"},
                                   {"name": "a\x00"}])
def test_a_text_that_cannot_be_is_refused(texts):
    assert retold(item_from(ROW, HERE), texts, THERE) is None


def test_what_another_element_or_a_code_list_depends_on_is_not_plain():
    assert {"name", "code", "parent", "authority", "place", "link"} <= plain()
    assert not plain() & {"profile", "item_type", "state", "promised", "materials", "illustrative", "where"}
    assert all(Item.model_fields[name].annotation is str for name in plain())
