"""The 344 real items: each has its chart, by a rule that can be read, and says what is illustrative."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from flowstd.catalog.rules import read_rules
from flowstd.ir.case import Case
from tests.conftest import EXAMPLES, SHARED, need

BUREAU = EXAMPLES / "bureau"


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    entries = list(load(open_catalogue(BUREAU)))
    assert all(isinstance(entry, Case) for entry in entries)
    return entries


def rows() -> list[dict[str, str]]:
    with open(BUREAU / "items.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_exactly_one_chart_for_each_item(cases):
    assert len(cases) == 344
    assert {case.item.code for case in cases} == {row["local_code"] for row in rows()}


def test_names_types_and_codes_are_those_of_the_list(cases):
    real = {row["local_code"]: (row["name"], row["item_type"], row["authority"]) for row in rows()}
    shown = {case.item.code: (case.item.name, case.item.item_type, case.item.authority) for case in cases}

    assert {code: tuple("".join(part.split()) for part in parts) for code, parts in shown.items()} == {
        code: tuple("".join(part.split()) for part in parts) for code, parts in real.items()}


def test_the_list_is_the_published_one():
    published = SHARED / "data" / "bureau_344.csv"
    need(published.is_file(), "the published list of items beside the project")

    assert (BUREAU / "items.csv").read_bytes() == published.read_bytes()


def test_at_least_twelve_shapes_and_templates(cases):
    shapes = Counter(tuple((node.kind, node.label, node.lane) for node in case.flow.nodes) for case in cases)
    templates = {rule.choice.template for rule in read_rules(BUREAU / "templates.toml").rules}

    assert len(shapes) >= 30
    assert len(templates) >= 12


def test_whatever_the_list_does_not_say_is_marked_as_illustrative(cases):
    real = {"name", "item_type", "code", "parent", "authority", "authority_code", "profile", "illustrative", "where",
            "local_code"}
    assert all(case.item.illustrative for case in cases)
    for case in cases:
        if not case.where.file.endswith("items.csv"):
            continue                     # a model's author also takes elements from the law, and cites it
        given = {name for name in case.item.model_fields_set if getattr(case.item, name)} - real
        assert given <= set(case.item.illustrative), (case.key, given - set(case.item.illustrative))


def test_every_rule_is_for_some_item():
    rules = read_rules(BUREAU / "templates.toml")
    named = [{**row, "parent": row["parent_item"]} for row in rows()]
    used = {rules.rule_for(row, None).number for row in named}      # type: ignore[arg-type]

    assert used == set(range(len(rules.rules)))


@pytest.mark.parametrize(("name", "scenario", "template"), [
    ("公司设立登记", "设立", "registration"), ("公司注销登记", "注销", "registration"), ("公司备案", "备案", "registration"),
    ("公共场所卫生许可遗失补办（县级）", "补证", "replacement"), ("护士延续执业注册", "延续", "renewal"),
    ("医疗机构执业变更（即办件）（县级）", "即办", "immediate"), ("医疗机构执业变更（承诺件）（县级）", "变更", "change"),
    ("广播电台、电视台设立初审", "初审", "preliminary_review"), ("占用、挖掘城市道路审批", "新办", "joint"),
    ("慈善组织认定", "认定", "confirmation"), ("中医诊所备案", "备案", "filing"), ("企业登记档案资料查询", "查询", "public_service"),
    ("社会团体成立登记", "新办", "tolerance"), ("中介机构从事代理记账业务审批", "告知承诺", "commitment"),
    ("护士执业注销注册", "注销", "cancellation"), ("经营滑雪许可", "新办", "ordinary_licence"),
])
def test_which_rule_is_for_which_item(name, scenario, template):
    row = next(row for row in rows() if row["name"] == name)
    choice = read_rules(BUREAU / "templates.toml").rule_for({**row, "parent": row["parent_item"]},
                                                            None).choice  # type: ignore[arg-type]

    assert (choice.scenario, choice.template) == (scenario, template)
