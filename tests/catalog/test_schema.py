"""The schema for editors: it lets pass what flowstd reads, and marks what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from flowstd import Flow
from flowstd.base.errors import FlowstdError
from flowstd.catalog.entry import Failed
from flowstd.catalog.from_yaml import cases_of
from flowstd.catalog.schema import item_schema
from flowstd.catalog.to_yaml import item_yaml
from flowstd.catalog.yaml_text import read_yaml
from flowstd.dsl.templates import TEMPLATES
from flowstd.ir.text import json_schema
from tests.catalogues import GOOD_YAML, loaded
from tests.conftest import EXAMPLES

ITEM = Draft202012Validator(item_schema())

GOOD = [
    GOOD_YAML,
    "name: 甲\nitem_type: 行政许可\npromised: 5个工作日\nstatutory: {count: 20, unit: workdays}\n"
    "materials: [申请表, {name: 证明, copies: 2}]\n"
    "fee: 不收费\nlegal_bases: 行政许可法 第三十二条\nonsite_visits: 1\ntemplate: ordinary_licence\n"
    "with: {special: [hearing], special_limits: {hearing: 10工作日}, limit: 当场}\n"
    "slots: {before_decision: [{决定人: 集体审议}]}\n",
    "事项名称: 甲\n事项类型: 公共服务\n承诺办结时限: 当场\n情形: 查询\n步骤:\n- 申请人: 提出申请\n  materials: 身份证明\n- 窗口: 齐全吗？\n"
    "  verb: check\n  exits: {是: [], 否: [{申请人: 补正}, {back: 齐全吗？}]}\n"
    "- parallel: [[{审查人员: 甲}], [{审查人员: 乙}], {必要时: [{审查人员: 丙}]}]\n"
    "- call: T-1\n  label: 另一项\n- end: done\n",
    "name: 甲\nitem_type: 公共服务\nscenarios:\n  新办: {template: 公共服务}\n"
    "  注销: {lanes: {市住建局: organ}, steps: [{市住建局: 办理}, {end: done}]}\n",
]
BAD = [
    "item_type: 行政许可\ntemplate: filing\n",                                     # no name
    "name: 甲\nitem_type: 行政许克\ntemplate: filing\n",
    "name: 甲\nitem_type: 行政许可\npromise: 5工作日\ntemplate: filing\n",
    "name: 甲\nitem_type: 行政许可\npromised: 5天\ntemplate: filing\n",
    "name: 甲\nitem_type: 行政许可\ntemplate: fileing\n",
    "name: 甲\nitem_type: 行政许可\ntemplate: filing\nwith: {special: [hearing]}\n",
    "name: 甲\nitem_type: 行政许可\ntemplate: filing\nslots: {before_everything: [{窗口: 甲}]}\n",
    "name: 甲\nitem_type: 行政许可\nsteps: []\n",
    "name: 甲\nitem_type: 行政许可\nsteps: [{窗口: 甲, within: 5}, {end: done}]\n",
    "name: 甲\nitem_type: 行政许可\nsteps: [{窗口: 甲, verb: acept}, {end: done}]\n",
    "name: 甲\nitem_type: 行政许可\nsteps: [{窗口: 甲}, {end: finished}]\n",
    "name: 甲\nitem_type: 行政许可\nsteps: [{parallel: [[{窗口: 甲}], {必要时: 乙}]}, {end: done}]\n",
    "name: 甲\nitem_type: 行政许可\nmaterials: [{nane: 申请表}]\ntemplate: filing\n",
    "name: 甲\nitem_type: 行政许可\nonsite_visits: 一次\ntemplate: filing\n",
]


def faults(text: str) -> list[str]:
    return [error.message for error in ITEM.iter_errors(yaml.safe_load(text))]


def read(text: str) -> None:
    """Read *text* as flowstd does; raises what is wrong with it."""
    for entry in cases_of(read_yaml(text, "item.yaml"), {}):
        if isinstance(entry, Failed):
            raise FlowstdError(entry.findings[0].message)


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(item_schema())
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("text", GOOD)
def test_what_flowstd_reads_passes(text: str) -> None:
    read(text)

    assert faults(text) == []


@pytest.mark.parametrize("text", BAD)
def test_what_flowstd_refuses_is_marked(text: str) -> None:
    with pytest.raises(FlowstdError):
        read(text)

    assert faults(text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_known_by_both_names(name: str) -> None:
    for one in (name, TEMPLATES[name].title):
        assert faults(f"name: 甲\nitem_type: 行政许可\ntemplate: {one}\nwith: {{}}\n") == []


def test_the_bureau_s_items_as_yaml_and_json_pass() -> None:
    flow = Draft202012Validator(json_schema())
    cases, _ = loaded(EXAMPLES / "bureau")
    for case in cases[:30]:
        assert faults(item_yaml(case, "a.flow.json")) == []
        data: Any = json.loads(case.flow.to_json())
        assert list(flow.iter_errors(data)) == []
        assert Flow.from_json(case.flow.to_json()) == case.flow
    assert not flow.is_valid({**data, "nodes": [{**data["nodes"][0], "kind": "tusk"}]})
