"""A case is an item in a scenario, with its flow."""

from __future__ import annotations

import pytest

from flowstd.base.errors import BadFlow
from flowstd.base.where import Where
from flowstd.dsl import end, flow_of, window
from flowstd.ir.case import Case, make_case
from flowstd.item import Item

ITEM = Item(name="户外广告", item_type="行政许可")
BLOCK = window.accept("受理") >> end.granted


def test_a_block_becomes_the_flow_of_the_case() -> None:
    case = ITEM.scenario("新办", BLOCK)

    assert isinstance(case, Case)
    assert (case.item, case.scenario) == (ITEM, "新办")
    assert case.flow == flow_of(BLOCK, "户外广告（新办）")
    assert case.where.file == __file__ and case.where.line == 18


def test_a_flow_stays_as_it_is() -> None:
    flow = flow_of(BLOCK, "自己的标题")

    assert make_case(ITEM, "新办", flow).flow is flow


def test_the_key_names_item_and_scenario() -> None:
    assert make_case(ITEM, "新办", BLOCK).key == "户外广告.新办"
    assert make_case(ITEM, "", BLOCK).key == "户外广告"
    assert make_case(ITEM, "", BLOCK).flow.title == "户外广告"
    coded = Item(name="户外广告", item_type="行政许可", code="37-0102")
    assert make_case(coded, "变更", BLOCK).key == "37-0102.变更"


def test_the_place_of_a_case_is_no_part_of_it() -> None:
    case = make_case(ITEM, "新办", BLOCK, where=Where("items.csv", 3))

    assert str(case.where) == "items.csv:3"
    assert case == make_case(ITEM, "新办", BLOCK)


@pytest.mark.parametrize("scenario", ["新\a办", "新" * 3000])
def test_a_scenario_must_be_drawable(scenario: str) -> None:
    with pytest.raises(BadFlow, match="the scenario"):
        make_case(ITEM, scenario, flow_of(BLOCK))


def test_no_block_is_no_case() -> None:
    with pytest.raises(BadFlow, match="no block but str") as caught:
        ITEM.scenario("新办", "受理")  # the author's line is named, not flowstd's

    assert caught.value.where.file == __file__
