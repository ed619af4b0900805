"""An item in YAML: its elements, its scenarios, templates and steps of its own."""

from __future__ import annotations

import pytest

from flowstd.base.where import Where
from flowstd.catalog.steps import VERBS
from flowstd.dsl import (
    applicant,
    back,
    decider,
    end,
    flow_of,
    onward,
    parallel,
    reviewer,
    third_party,
    window,
    workdays,
)
from flowstd.dsl.position import at
from tests.catalogues import GOOD_ROW, HEADINGS, catalogue, loaded

HEAD = "name: 甲\nitem_type: 行政许可\ncode: Y-1\n"

STEPS = HEAD + """情形: 新办
steps:
  - 申请人: 提交申请
    verb: submit
    materials: [申请表, 场所证明]
  - 窗口: 材料是否齐全？
    verb: check
    exits:
      是: []
      否:
        - 窗口: 一次性告知补正
          verb: notify
          within: 5工作日
          issues: 补正通知书
        - 申请人: 补正材料
          verb: supply
        - back: 材料是否齐全？
  - parallel:
      - [审查人员: 现场勘验]
      - [第三方机构: 专家评审]
      - 涉及重大利益: [审查人员: 听证]
        技术复杂: [第三方机构: 论证]
    name: 并联审查
  - 决定人: 是否准予许可？
    verb: decide
    exits:
      准予: [{end: granted}]
      不予: [{end: refused, label: 不予许可}]
"""


def one(tmp_path, text: str):
    return loaded(catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": text}))


def finding(tmp_path, text: str, line: int):
    """What is told of *text*, at *line*; the other item is built."""
    cases, failed = one(tmp_path, text)
    assert [case.item.code for case in cases if case.item.code != "Y-1"] == ["T-1"]
    found = failed[0].findings[0]
    assert (found.where.file.rpartition("/")[2], found.where.line) == ("a.yaml", line)
    return found


def test_steps_say_what_the_dsl_says(tmp_path):
    cases, failed = one(tmp_path, STEPS)

    with at(Where("x")):
        same = flow_of(
            applicant.submit("提交申请", materials=["申请表", "场所证明"])
            >> window.check("材料是否齐全？", 是=onward,
                            否=window.notify("一次性告知补正", within=workdays(5), issues="补正通知书")
                            >> applicant.supply("补正材料") >> back("材料是否齐全？"))
            >> parallel(reviewer.do("现场勘验"), third_party.do("专家评审"),
                        {"涉及重大利益": reviewer.do("听证"), "技术复杂": third_party.do("论证")}, name="并联审查")
            >> decider.decide("是否准予许可？", 准予=end.granted, 不予=end.refused("不予许可")), "甲（新办）")
    assert not failed
    assert cases[0].flow == same


def test_each_step_has_its_line(tmp_path):
    cases, _ = one(tmp_path, STEPS)
    lines = {node.label: node.where.line for node in cases[0].flow.nodes}

    assert (lines["提交申请"], lines["一次性告知补正"], lines["专家评审"]) == (6, 14, 23)


def test_every_verb_can_be_written():
    assert {"submit", "accept", "examine", "deliver", "do"} <= set(VERBS)
    assert not {"check", "decide", "ask", "named"} - {"check", "decide"} & set(VERBS)


def test_several_scenarios(tmp_path):
    cases, failed = one(tmp_path, HEAD + """scenarios:
  新办:
    template: ordinary_licence
    with: {special: [现场勘验], result: 甲证, limit: 12工作日}
    slots:
      after_examination:
        - 审查人员: 集体审议
          within: 2工作日
  注销:
    steps: [{申请人: 提交注销申请, verb: submit}, {end: done}]
""")

    assert not failed
    assert [case.key for case in cases] == ["Y-1.新办", "Y-1.注销", "T-1.新办"]
    labels = [node.label for node in cases[0].flow.nodes]
    assert labels.index("集体审议") < labels.index("现场勘验")


def test_chinese_names_of_everything(tmp_path):
    cases, failed = one(tmp_path, """事项名称: 甲
事项类型: 行政许可
实施编码: Y-1
承诺办结时限: 5工作日
申请材料: [申请表, {材料名称: 营业执照, 材料必要性: 必要}]
各情形:
  新办:
    模板: 一般许可
    参数: {special: [现场勘验]}
""")

    assert not failed
    assert cases[0].item.promised.count == 5
    assert [material.name for material in cases[0].item.materials] == ["申请表", "营业执照"]


def test_a_code_that_looks_like_a_number_keeps_its_letters(tmp_path):
    cases, failed = one(tmp_path, "code: 0012\nversion: 2.10\nname: 甲\nitem_type: 行政许可\ntemplate: immediate\n")

    assert not failed
    assert (cases[0].item.code, cases[0].item.version) == ("0012", "2.10")


def test_one_bad_scenario_leaves_the_other(tmp_path):
    cases, failed = one(tmp_path, HEAD + "scenarios:\n  新办: {template: immediate}\n  变更: {template: chang}\n")

    assert [case.key for case in cases] == ["Y-1.新办", "T-1.新办"]
    assert [one.name for one in failed] == ["Y-1.变更"]
    assert failed[0].findings[0].where.line == 6


@pytest.mark.parametrize(("text", "line", "what", "fix"), [
    (HEAD + "template: imediate\n", 4, '"imediate"', '"immediate"'),
    (HEAD + "template: immediate\nwith:\n  reslt: 证\n", 6, '"reslt"', '"result"'),
    (HEAD + "template: immediate\nwith: {limit: 20工作日}\n", 4, "immediate", "ordinary_licence"),
    (HEAD + "template: immediate\nslots:\n  before_x:\n    - 窗口: 甲\n", 4, "before_x", None),
    (HEAD + "templat: immediate\n", 4, '"templat"', None),
    (HEAD, 1, "either a template or steps", "template: ordinary_licence"),
    (HEAD + "template: immediate\nsteps: []\n", 1, "either a template or steps", None),
    (HEAD + "steps: []\n", 4, "the process is empty", "at least one step"),
    (HEAD + "steps: 受理\n", 4, "list of steps", "- 窗口: 受理"),
    (HEAD + "steps:\n  - 受理\n", 5, "lane: what it does", None),
    (HEAD + "steps:\n  - 窗囗: 受理\n", 5, 'no lane "窗囗"', '"窗口"'),
    (HEAD + "steps:\n  - 窗口: 受理\n    verb: acept\n", 6, '"acept"', '"accept"'),
    (HEAD + "steps:\n  - 窗口: 受理\n    withn: 1工作日\n  - end: done\n", 6, '"withn"', '"within"'),
    (HEAD + "steps:\n  - 窗口: 受理\n    within: 1天\n  - end: done\n", 6, "which days", None),
    (HEAD + "steps:\n  - 窗口: 受理\n    within: 1\n  - end: done\n", 5, "no unit", "workdays(1)"),
    (HEAD + "steps:\n  - 窗口: 受理\n  - end: grantd\n", 6, '"grantd"', '"granted"'),
    (HEAD + "steps:\n  - 窗口: 受理\n  - 窗口: 行？\n    exits: {是: [{end: done}], 否: [{back: 受里}]}\n", 7, "受里", "受理"),
    (HEAD + "steps:\n  - 窗口: 受理\n  - 窗口: 受理\n  - end: done\n", 6, "受理", None),
    (HEAD + "steps:\n  - 窗口: 是否齐全？\n    exits:\n      '': []\n      是: []\n  - end: done\n", 5, "exit", None),
    (HEAD + "steps:\n  - 窗口: 是否齐全？\n    exits: [是, 否]\n", 6, "a mapping", None),
    (HEAD + f"steps:\n  - 窗口: {'长' * 2001}\n  - end: done\n", 5, "2001 characters", None),
    (HEAD + "scenarios: {}\n", 4, "empty", None),
    (HEAD + "scenarios:\n  新办: {template: immediate}\nsteps: []\n", 6, "beside", None),
    (HEAD + "lanes: {市住建局: orgn}\nsteps:\n  - 市住建局: 出具意见\n  - end: done\n", 4, '"orgn"', '"organ"'),
    ("name: 甲\nitem_type: 行政许克\ntemplate: immediate\n", 2, "行政许克", '"行政许可"'),
    ("- 甲\n", 1, "name: value", None),
    ("name: 甲\nname: 乙\n", 2, "twice", None),
    ("name: 甲\n\titem_type: 行政许可\n", 2, "tab", "spaces"),
    ("name: 甲\nitem_type：行政许可\n", 2, "full-width colon", None),
])
def test_a_mistake_is_told_at_its_line(tmp_path, text, line, what, fix):
    found = finding(tmp_path, text, line)

    assert what in found.message.en
    assert fix is None or fix in found.fix.en


@pytest.mark.parametrize(("text", "line", "column"), [
    (HEAD + "steps:\n  - 窗囗: 查询档案\n", 5, 5),
    (HEAD + "steps:\n  - 窗口: 查询档案\n    with_in: 5\n", 6, 5),
    (HEAD + "promise: 1工作日\ntemplate: filing\n", 4, 1),
    (HEAD + "tempalte: filing\n", 4, 1),
    (HEAD + "模板: filing\n参数: {reslt: 甲}\n", 5, 6),
    (HEAD + "情形: 甲\n模板: filing\nparametres: {}\n", 6, 1),
])
def test_an_unknown_name_is_told_where_it_stands(tmp_path, text, line, column):
    _, failed = one(tmp_path, text)
    where = failed[0].findings[0].where

    assert (where.line, where.column) == (line, column)


def test_verbs_and_ends_may_be_said_as_workbooks_say_them(tmp_path):
    said = (HEAD + "steps:\n  - 窗口: 送证\n    verb: {}\n  - 窗口: 齐？\n    verb: {}\n"
            "    exits: {{是: [], 否: [{{end: {}}}]}}\n  - end: {}\n")
    chinese, failed = one(tmp_path, said.format("送达", "形式审查", "不予受理", "办结"))
    (tmp_path / "code").mkdir()
    code, _ = one(tmp_path / "code", said.format("deliver", "check", "not_accepted", "done"))

    assert not failed
    assert [(node.step, node.outcome) for node in chinese[0].flow.nodes] == \
        [(node.step, node.outcome) for node in code[0].flow.nodes]


def test_gbk_is_named(tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": HEAD.encode("gbk")})
    cases, failed = loaded(folder)

    assert "GBK" in failed[0].findings[0].message.en
    assert [case.item.code for case in cases] == ["T-1"]


@pytest.mark.parametrize("label",
                         ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "甲]]>", "a & b", "'quoted'"])
def test_markup_in_a_label_is_only_text(tmp_path, label):
    quoted = label.replace("'", "''")
    cases, failed = one(tmp_path, HEAD + f"steps:\n  - 窗口: '{quoted}'\n    verb: accept\n  - end: done\n")

    assert not failed
    assert label in [node.label for node in cases[0].flow.nodes]


@pytest.mark.parametrize(("materials", "told"), [
    ("[身份证明，申请表]", True), ("【身份证明】", True), ("[身份证明, 申请表]", False), ("[法人、负责人证明]", False)])
def test_materials_that_nothing_divides_are_told_once(tmp_path, materials, told):
    text = HEAD + f"materials: {materials}\nscenarios:\n  甲: {{template: filing}}\n  乙: {{template: filing}}\n"
    cases, failed = one(tmp_path, text)

    assert not failed
    assert [(found.name, found.where.line) for case in cases for found in case.noticed] == \
        [("undivided-list", text[:text.index("materials")].count("\n") + 1)] * told
