"""Workbooks as departments fill them in: what is read, and what is told at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from flowstd.base.term import workdays
from flowstd.catalog.entry import Failed
from flowstd.catalog.from_xlsx import cases_in
from flowstd.ir.case import Case
from flowstd.ir.kinds import Kind, Role, StepKind
from tests.catalog.books import BRANCH_HEADS, ITEM, ITEM_HEADS, STEP_HEADS, STEPS, ordinary, rows, saved
from tests.catalogues import catalogue, loaded

DATES = ('<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
         '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="57"/></cellXfs>')


def read(tmp_path: Path, sheets: dict[str, str], **more: str) -> tuple[list[Case], list[Failed]]:
    entries = list(cases_in(saved(tmp_path / "book.xlsx", sheets, **more), {}))
    return ([entry for entry in entries if isinstance(entry, Case)],
            [entry for entry in entries if isinstance(entry, Failed)])


def only(tmp_path: Path, sheets: dict[str, str], **more: str) -> Case:
    cases, failed = read(tmp_path, sheets, **more)
    assert (len(cases), failed) == (1, [])
    return cases[0]


def with_elements(elements: dict[str, str]) -> dict[str, str]:
    """The ordinary workbook, its item with more elements."""
    return ordinary(事项=((*ITEM_HEADS, *elements), (*ITEM, *elements.values())))


def told(failed: list[Failed]) -> list[tuple[str, str]]:
    """Sheet and cell of every finding, and what it says."""
    return [(f"{one.where.sheet}!{one.where.cell}", one.message.en) for entry in failed for one in entry.findings]


# ---- what a workbook says


def test_steps_and_branches_become_a_flow(tmp_path: Path) -> None:
    flow = only(tmp_path, ordinary()).flow

    assert [(node.id, node.kind, node.step) for node in flow.nodes] == [
        ("start", Kind.START, None), ("申请人/提交申请", Kind.TASK, StepKind.SUBMIT),
        ("窗口/材料是否齐全", Kind.DECISION, StepKind.CHECK), ("窗口/一次性告知补正", Kind.TASK, StepKind.NOTIFY),
        ("申请人/补正材料", Kind.TASK, StepKind.SUPPLY), ("窗口/受理", Kind.TASK, StepKind.ACCEPT),
        ("end/done/办结", Kind.END, None)]
    assert [(link.source, link.label, link.target, link.back, link.default) for link in flow.links] == [
        ("start", "", "申请人/提交申请", False, False), ("申请人/提交申请", "", "窗口/材料是否齐全", False, False),
        ("窗口/材料是否齐全", "是", "窗口/受理", False, False), ("窗口/材料是否齐全", "否", "窗口/一次性告知补正", False, True),
        ("窗口/一次性告知补正", "", "申请人/补正材料", False, False), ("申请人/补正材料", "", "窗口/材料是否齐全", True, False),
        ("窗口/受理", "", "end/done/办结", False, False)]
    assert [(lane.name, lane.role) for lane in flow.lanes] == [("申请人", Role.APPLICANT), ("窗口", Role.WINDOW)]
    assert flow.node_by_id["窗口/一次性告知补正"].within == workdays(5)
    assert flow.title == "户外广告设施设置许可（新办）"


def test_every_part_knows_its_cell(tmp_path: Path) -> None:
    case = only(tmp_path, {**ordinary(), "材料": rows([["事项", "材料名称"], ["T-1", "申请表"]])})

    assert [(one.where.sheet, one.where.cell) for one in (
        case.item, case.flow.node_by_id["窗口/受理"], case.flow.links[2], case.item.materials[0])] == [
        ("事项", "A2"), ("步骤", "C6"), ("分支", "C2"), ("材料", "A2")]


def test_parallel_steps_meet_again(tmp_path: Path) -> None:
    heads = ("事项", "泳道", "步骤名称", "类别", "下一步")
    case = only(tmp_path, {"事项": rows([ITEM_HEADS, ITEM]), "步骤": rows([
        heads, ("T-1", "窗口", "并联审查", "并行开始", "现场勘验\n专家评审"), ("", "审查人员", "现场勘验", "", "汇总"),
        ("", "第三方机构", "专家评审", "", "汇总"), ("", "窗口", "汇总", "并行汇合"), ("", "窗口", "办结", "结束")])})

    assert [(link.source, link.target) for link in case.flow.links] == [
        ("start", "parallel/并联审查/split"), ("parallel/并联审查/split", "审查人员/现场勘验"),
        ("parallel/并联审查/split", "第三方机构/专家评审"), ("审查人员/现场勘验", "parallel/并联审查/join"),
        ("第三方机构/专家评审", "parallel/并联审查/join"), ("parallel/并联审查/join", "end/done/办结")]


def test_a_row_may_name_a_template_instead(tmp_path: Path) -> None:
    case = only(tmp_path, {"事项": rows([(*ITEM_HEADS, "模板", "承诺办结时限", "参数.special"),
                                       (*ITEM, "ordinary_licence", "5工作日", "现场勘验")])})

    assert "现场勘验" in [node.label for node in case.flow.nodes]


def test_rows_without_steps_or_template_follow_the_rules_of_the_catalogue(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "c", {
        "book.xlsx": saved(tmp_path / "b.xlsx",
                           {"事项": rows([["实施编码", "名称", "事项类型"], ["T-1", "户外广告", "行政许可"]])}).read_bytes(),
        "rules.toml": '[[rule]]\nscenario = "新办"\ntemplate = "immediate"\nelements = { promised = "当场" }\n'},
        'items = ["book.xlsx"]\nrules = "rules.toml"\nauthority = "市城管局"\n[columns]\n"名称" = "name"\n')

    [case], failed = loaded(folder)

    assert (failed, case.key, case.item.authority, case.item.illustrative) == ([], "T-1.新办", "市城管局", ("promised",))


def test_a_workbook_stands_in_a_catalogue_beside_other_files(tmp_path: Path) -> None:
    book = saved(tmp_path / "b.xlsx", ordinary()).read_bytes()
    folder = catalogue(tmp_path / "c", {
        "book.xlsx": book, "~$book.xlsx": b"open in Excel",
        "t1.yaml": "code: T-1\nname: 甲\nitem_type: 行政许可\n情形: 新办\n模板: immediate\n",
        "rows.csv": "code,name,item_type,情形,模板\nT-2,乙,行政许可,新办,immediate\n"},
        'items = ["*.yaml", "*.xlsx", "*.csv"]\n')

    cases, failed = loaded(folder)

    assert ([case.item.name for case in cases], failed) == (["甲", "乙"],
                                                            [])       # an item written by hand replaces its row


def test_materials_belong_to_a_scenario_or_to_all(tmp_path: Path) -> None:
    cases, failed = read(tmp_path, {
        "事项": rows([(*ITEM_HEADS, "模板"), (*ITEM, "immediate"), ("T-1", ITEM[1], "变更", ITEM[3], "immediate")]),
        "材料": rows([["事项", "情形", "材料名称", "纸质材料份数"], ["T-1", "", "申请表", "２"], ["T-1", "变更", "原许可证"], ["", "", "照片"]])})

    assert failed == []
    assert [[(one.name, one.copies) for one in case.item.materials] for case in cases] == [
        [("申请表", 2)], [("申请表", 2), ("原许可证", None), ("照片", None)]]


# ---- habits


@pytest.mark.parametrize(("cell", "day"), [
    ('<c r="{at}" s="1"><v>46053</v></c>', date(2026, 1, 31)),
    ('<c r="{at}" s="2"><v>46053</v></c>', date(2026, 1, 31)),
    ('<c r="{at}" s="3"><v>46053</v></c>', date(2026, 1, 31)), ('<c r="{at}"><v>46053</v></c>', date(2026, 1, 31)),
    ('<c r="{at}" t="d"><v>2026-01-31T00:00:00</v></c>', date(2026, 1, 31)), ("2026/1/31", date(2026, 1, 31)),
    ("2026年1月31日", date(2026, 1, 31)), ("２０２６．１．３１", date(2026, 1, 31)), ("46053", date(2026, 1, 31))])
def test_dates_are_read_however_they_are_kept(tmp_path: Path, cell: str, day: date) -> None:
    assert only(tmp_path, with_elements({"计划生效日期": cell}), styles=DATES).item.effective_on == day


def test_days_may_be_counted_from_1904(tmp_path: Path) -> None:
    sheets = with_elements({"计划生效日期": '<c r="{at}" s="1"><v>44591</v></c>'})

    assert only(tmp_path, sheets, styles=DATES, book='<workbookPr date1904="1"/>').item.effective_on == date(2026, 1,
                                                                                                             31)


@pytest.mark.parametrize(("element", "cell", "field", "value"), [
    ("实施编码2", "", "code", "T-1"),
    ("地方实施编码", '<c r="{at}"><v>511602000000</v></c>', "local_code", "511602000000"),
    ("地方实施编码", "０012", "local_code", "0012"),
    ("版本号", "", "version", ""),
    ("到办事现场次数", '<c r="{at}"><v>1</v></c>', "onsite_visits", 1), ("到办事现场次数", "１", "onsite_visits", 1),
    ("到办事现场次数", '<c r="{at}"><v>1.0</v></c>', "onsite_visits", 1),
    ("承诺办结时限", "５个工作日", "promised", workdays(5)), ("承诺办结时限", " 5 工作日\u3000", "promised", workdays(5)),
    ("行使层级", "镇（乡、街道）级、县级", "levels", ("镇（乡、街道）级", "县级")), ("行使层级", "镇（乡、街道）级", "levels", ("镇（乡、街道）级",)),
    ("行使层级", "3", "levels", ("市级",)), ("办理形式", "窗口办理\n网上办理", "channels", ("窗口办理", "网上办理")),
    ("受理条件", "一、有场所；\n\n二、有设备。", "acceptance_conditions", ("一、有场所；", "二、有设备。")),
    ("事项名称*", "", "name", ITEM[1]),
    ("办理地点", '<c r="{at}" t="inlineStr"><is><r><t>政务</t></r><r><t>中心</t></r><rPh><t>zheng</t></rPh></is></c>', "place",
     "政务中心"),
    ("办理地点", '<c r="{at}" t="b"><v>1</v></c>', "place", "是"),
])
def test_cells_are_read_as_people_mean_them(tmp_path: Path, element: str, cell: str, field: str, value: object) -> None:
    sheets = with_elements({element: cell}) if cell else ordinary()

    assert getattr(only(tmp_path, sheets).item, field) == value


def test_shared_texts_leave_out_readings(tmp_path: Path) -> None:
    sheets = with_elements({"办理地点": '<c r="{at}" t="s"><v>0</v></c>'})
    text = "<si><r><t>政务</t></r><r><t>_x4E2D_心</t></r><rPh sb='0'><t>zheng</t></rPh><phoneticPr/></si>"

    assert only(tmp_path, sheets, texts=text).item.place == "政务中心"


def test_cells_merged_downwards_hold_for_each_row(tmp_path: Path) -> None:
    """The item over all its steps, and one lane over two of them; what is merged across is read once."""
    sheets = ordinary(步骤=(STEP_HEADS, ("T-1", *STEPS[0][1:]), *(("", *row[1:]) for row in STEPS[1:5]),
                          ("", "", *STEPS[5][2:])))
    sheets["步骤"] += '<mergeCells><mergeCell ref="A2:A7"/><mergeCell ref="B6:B7"/><mergeCell ref="C6:D6"/></mergeCells>'

    assert only(tmp_path, sheets).flow == only(tmp_path, ordinary()).flow


def test_blank_rows_and_a_title_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    blank = [("", "", "")] * 3
    sheets = ordinary(事项=(("户外广告事项填报表",), *blank, ITEM_HEADS, *blank, ITEM, *blank),
                      步骤=(STEP_HEADS, *STEPS[:3], *blank, *STEPS[3:]))

    assert only(tmp_path, sheets).flow == only(tmp_path, ordinary()).flow


def test_names_may_differ_in_punctuation(tmp_path: Path) -> None:
    sheets = ordinary(分支=(BRANCH_HEADS, ("T-1", "材料是否齐全?", "是", "“受理”"), ("T-1", "窗口/材料是否齐全？", "否", "一次性告知、补正")))

    assert only(tmp_path, sheets).flow == only(tmp_path, ordinary()).flow


# ---- what is told, and where


def test_what_was_not_read_is_told_with_the_first_case(tmp_path: Path) -> None:
    formula = '<c r="{at}" t="str"><f>A1&amp;"x"</f><v>市政务中心</v></c>'
    case = only(tmp_path, {**with_elements({"办理地点": formula, "": "多余"}), "汇总": "<sheetData/>"})

    assert [(note.where.cell, note.level, note.message.en) for note in case.noticed] == [
        ("A1", "warning", "1 other sheets were not read: 汇总"),
        ("F2", "warning", "1 cells under no heading were not read: F2"),
        ("E2", "warning", "1 cells are formulas; their last values were read: E2")]
    assert case.compile().findings[:3] == case.noticed


NO_STEPS = {"步骤": "<sheetData/>", "分支": "<sheetData/>"}
BAD_CELLS = [
    (with_elements({"办理地点": '<c r="{at}"><f>A1</f></c>'}), [("事项!E2", "the formula has no computed value")]),
    (with_elements({"办理地点": '<c r="{at}" t="e"><f>A1</f><v>#REF!</v></c>'}), [("事项!E2", "the formula failed: #REF!")]),
    (with_elements({"地方实施编码": '<c r="{at}"><v>511602000000000151</v></c>'}),
     [("事项!E2", "the number is too long: Excel has lost its last digits")]),
    (with_elements({"办理地点": "政" * 32_768}), [("事项!E2", "holds more than 32767 characters")]),
    (with_elements({"承诺办结时限": "5天", "到办事现场次数": "一次"}), [
        ("事项!E2", 'promised: the limit "5天" does not say which days'),
        ("事项!F2", "onsite_visits: should be a whole number, not '一次'")]),
    (with_elements({"承诺办结时限": '<c r="{at}"><v>5</v></c>'}), [("事项!E2", 'promised: the limit "5" has no unit')]),
    (with_elements({"计划生效日期": "明年", "行使层级": "区级"}), [("事项!E2", '"明年" is no date')]),
    (with_elements({"行使层级": "市级、区级"}), [("事项!E2", 'levels[1]: "区级" is not in the code list 行使层级')]),
    (with_elements({"是否收费": "看情况", "收费项目名称": "工本费"}), [("事项!E2", "fee.charged: should be true or false, not '看情况'")]),
    (ordinary(事项=(ITEM_HEADS, ("../x", *ITEM[1:]))), [
        ("步骤!A2", 'the sheet 事项 has no "T-1"'), ("分支!A2", 'the sheet 事项 has no "T-1"'),
        ("事项!A2", "there are no steps, and no template is named"), ("事项!A2", 'code: "../x" cannot be a code')]),
    ({**ordinary(), **NO_STEPS}, [("事项!A2", "there are no steps, and no template is named")]),
    (ordinary(事项=((*ITEM_HEADS, "模板"), (*ITEM, "immediate"))),
     [("事项!E2", "a template is named, and there are steps too")]),
    ({"事项": rows([(*ITEM_HEADS, "模板"), (*ITEM, "imediate")])}, [("事项!E2", 'there is no template "imediate"')]),
    (ordinary(事项=((*ITEM_HEADS, "承诺时间"), (*ITEM, "5工作日"))), [("事项!E1", 'unknown column "承诺时间"')]),
    (ordinary(事项=(ITEM_HEADS, ITEM, ITEM)), [("事项!A3", '"T-1.新办" is given twice: in row 2 and in row 3')]),
    ({**ordinary(), "材料": rows([["事项", "情形", "材料名称"], ["T-2", "", "甲"], ["", "", "乙"], ["T-1", "延续", "丙"]])},
     [("材料!A2", 'the sheet 事项 has no "T-2"'), ("材料!B4", 'the item "T-1" has no scenario "延续"')]),
    ({**ordinary(), "材料": rows([["事项", "材料名称", "纸质材料份数"], ["", "甲", "两份"]])}, [("材料!A2", "no item is named")]),
    ({**ordinary(), "材料": rows([["事项", "材料名称", "纸质材料份数", "材料形式"], ["T-1", "甲", "两份", "纸质"]])},
     [("材料!C2", "materials[0].copies: should be a whole number, not '两份'")]),
    ({**ordinary(), "材料": rows([["事项", "材料名称", "材料形式"], ["T-1", "甲", "竹简"]])},
     [("材料!C2", 'materials[0].form: "竹简" is not in the code list 材料形式')]),
]


@pytest.mark.parametrize(("sheets", "expected"), BAD_CELLS)
def test_what_is_wrong_with_an_item_is_told_at_its_cell(tmp_path: Path, sheets: dict[str, str],
                                                        expected: list[tuple[str, str]]) -> None:
    assert told(read(tmp_path, sheets)[1]) == expected


def step(number: int, **changed: str) -> tuple[tuple[str, ...], ...]:
    """The ordinary steps, one of them changed."""
    row = dict(zip(STEP_HEADS, STEPS[number], strict=True)) | changed
    return (STEP_HEADS, *STEPS[:number], tuple(row[head] for head in STEP_HEADS), *STEPS[number + 1:])


BAD_STEPS = [
    (ordinary(步骤=step(4, 时限="三天", 环节="受里", 类别="动作")), [
        ("步骤!D6", '"动作" is none of the words to choose from'), ("步骤!E6", '"受里" is none of the words to choose from'),
        ("步骤!F6", '"三天" is not a length of time')]),
    (ordinary(步骤=step(4, 泳道="")), [("步骤!B6", "the name of a lane is empty")]),
    (ordinary(步骤=step(4, 步骤名称="")), [("步骤!C6", "the step's label is empty")]),
    (ordinary(步骤=step(3, 下一步="材料是否完备？")), [("步骤!G5", 'there is no step "材料是否完备？"'), ]),
    (ordinary(步骤=step(4, 步骤名称="一次性告知补正")), [
        ("步骤!C6", 'the step "一次性告知补正" is given twice (the other: {file}!步骤!C4)')]),
    (ordinary(步骤=step(5, 下一步="受理")), [("步骤!G7", "nothing may follow an end")]),
    (ordinary(步骤=step(5, 类别="", 办结状态="")), [("步骤!G7", 'the process does not end: nothing follows "办结"')]),
    (ordinary(步骤=step(1, 下一步="受理")), [("步骤!G3", "a step with branches has no other next step")]),
    (ordinary(分支=(BRANCH_HEADS,)), [("步骤!C3", 'the decision "材料是否齐全？" has no branches')]),
    (ordinary(分支=(BRANCH_HEADS, ("T-1", "材料是否齐全？", "", "受理"), ("T-1", "材料是否齐全？", "否", ""))), [
        ("分支!C2", "the branch has no label"), ("分支!D3", "no step is named")]),
    (ordinary(分支=(BRANCH_HEADS, ("T-1", "材料是否齐备？", "是", "受理"))), [
        ("分支!B2", 'there is no step "材料是否齐备？"'), ("步骤!C3", 'the decision "材料是否齐全？" has no branches')]),
    (ordinary(步骤=step(0, 泳道="窗口", 步骤名称="受 理", 类别="判断")), [
        ("步骤!C6", 'the step "受理" is given twice (the other: {file}!步骤!C2)')]),
    (ordinary(步骤=step(5, 办结状态="完成了")), [("步骤!H7", '"完成了" is none of the words to choose from')]),
]


@pytest.mark.parametrize(("sheets", "expected"), BAD_STEPS)
def test_what_is_wrong_with_a_step_is_told_at_its_cell(tmp_path: Path, sheets: dict[str, str],
                                                       expected: list[tuple[str, str]]) -> None:
    cases, failed = read(tmp_path, sheets)

    assert cases == []
    assert told(failed) == [(cell, what.format(file=tmp_path / "book.xlsx")) for cell, what in expected]


def test_a_name_that_two_steps_share_asks_for_the_lane(tmp_path: Path) -> None:
    sheets = ordinary(步骤=(STEP_HEADS, *STEPS[:5], ("", "审查人员", "受理", "", "", "", "", ""), STEPS[5]))

    _, [failed] = read(tmp_path, sheets)

    assert told([failed]) == [("分支!D2", '2 steps are called "受理"')]
    assert failed.findings[0].fix is not None and failed.findings[0].fix.en == "write one of: 窗口/受理、审查人员/受理"


def test_one_bad_item_leaves_the_others(tmp_path: Path) -> None:
    cases, failed = read(tmp_path, {"事项": rows([
        (*ITEM_HEADS, "模板"), (*ITEM, "immediate"), ("T-2", "", "新办", "行政许克", "immediate"),
        ("T-3", "乙", "新办", "行政许可", "filing")])})

    assert [case.key for case in cases] == ["T-1.新办", "T-3.新办"]
    assert told(failed) == [("事项!A3", "name: is missing"), ("事项!D3", 'item_type: "行政许克" is not in the code list 事项类型')]


def _in_window(name: str, **more: Sequence[Sequence[str]]) -> dict[str, str]:
    """The ordinary workbook, its window called *name*."""
    return ordinary(步骤=(STEP_HEADS, *[tuple(name if cell == "窗口" else cell for cell in row) for row in STEPS]), **more)


def test_a_lane_that_looks_misspelt_is_told_once_at_its_cell(tmp_path: Path) -> None:
    noticed = only(tmp_path, _in_window("窗囗")).noticed

    assert [(one.code, one.where.sheet, one.where.cell) for one in noticed] == [("SRC002", "步骤", "B3")]
    assert 'did you mean "窗口"?' in noticed[0].message.en


@pytest.mark.parametrize("name", ["窗口1", "综合窗口", "审批机关"])
def test_a_lane_of_another_name_is_nobody_s_misspelling(tmp_path: Path, name: str) -> None:
    assert only(tmp_path, _in_window(name)).noticed == ()


def test_a_lane_that_is_listed_is_as_it_says(tmp_path: Path) -> None:
    listed = (("事项", "泳道", "角色"), ("T-1", "申请人", "申请人"), ("T-1", "窗台", "窗口"))

    assert only(tmp_path, _in_window("窗台", 泳道=listed)).noticed == ()
