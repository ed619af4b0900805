"""What mends itself is mended where it is written, letter for letter otherwise; what would change more is left."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.catalog.config import open_catalogue
from flowstd.catalog.entry import Failed
from flowstd.catalog.load import load, load_source
from flowstd.catalog.mend.edit import edited
from flowstd.catalog.mend.files import Mended, mended
from flowstd.catalog.mend.in_csv import edits as csv_edits
from flowstd.check.mend import Reworded
from flowstd.dsl.templates import TEMPLATES
from flowstd.ir.kinds import Role, StepKind
from flowstd.ir.model import Flow
from flowstd.pipeline import Chart, compile_case
from tests.catalogues import catalogue

PYTHON = '''from flowstd import Item, applicant, decider, end, onward, reviewer, window

item = Item(name="户外广告许可(变更)", item_type="行政许可")
flow = (
    applicant.submit("提交申请")
    >> window.check(
        "材料是否齐全？",
        是=onward,
        # 缺什么说什么
        否=window.refuse("退回材料", note="转有权机关") >> end.not_accepted)
    >> window.accept("受理", issues="受理通知书")
    >> reviewer.examine("审查")
    >> decider.decide("是否准予许可？", {"准予": window.deliver("送达") >> end.granted, "不予": end.refused})
)
chart = item.scenario("新办", flow)
'''
YAML = """# 户外广告
name: 户外广告许可(县级)   # 名称
item_type: 行政许可
scenario: 新办
steps:
  - 申请人: 提交申请
    verb: submit
  - 窗口: 材料是否齐全？
    verb: check
    exits:
      是: []
      # 缺什么说什么
      否: [{窗口: 退回材料, verb: refuse, note: 转有权机关}, {end: not_accepted}]
  - 窗口: 受理
    verb: accept
    issues: 受理通知书
  - 审查人员: 审查
    verb: examine
  - 决定人: 是否准予许可？
    verb: decide
    exits: {准予: [{窗口: 送达, verb: deliver}, {end: granted}], 不予: [{end: refused}]}
"""
HEADINGS = "code,name,item_type,情形,模板"


def everything(code: str) -> bool:
    return True


def one(path: Path, text: str) -> Mended:
    """The mends of one source."""
    path.write_bytes(text.encode())
    charts = [chart for chart in load_source(str(path)) if isinstance(chart, Chart)]
    return mended(path, charts, "draft", everything)


def table(folder: Path, text: str | bytes, **files: str) -> Mended:
    """The mends of a table in a catalogue."""
    named = {name.replace("_", "."): content for name, content in files.items()}
    opened = open_catalogue(catalogue(folder, {"items.csv": text, **named},
                                      'rules = "rules.toml"\n' if files else "title = ''"))
    charts = [compile_case(entry) for entry in load(opened) if not isinstance(entry, Failed)]
    return mended(opened.folder / "items.csv", charts, "draft", everything, opened)


def changed(file: Mended) -> list[tuple[str, str]]:
    """The lines that differ, where none was added."""
    before, after = file.before.split("\n"), file.after.split("\n")
    assert len(before) == len(after)
    return [(old, new) for old, new in zip(before, after, strict=True) if old != new]


def codes(file: Mended) -> list[str]:
    return [finding.code for finding in file.done]


# ---- tables

def test_a_cell_changes_and_nothing_else(tmp_path):
    text = f'{HEADINGS}\r\nT-1,"甲许可(含乙,丙)",行政许可,新办,immediate\r\nT-2,丁许可,行政许可,"新办",immediate\r\n'
    file = table(tmp_path, b"\xef\xbb\xbf" + text.encode())
    file.write()

    written = (tmp_path / "items.csv").read_bytes()
    assert codes(file) == ["NAM002"]
    assert written == b"\xef\xbb\xbf" + text.replace("(含乙,丙)", "（含乙,丙）").encode()


def test_a_level_goes_where_levels_are_written(tmp_path):
    file = table(tmp_path, f"{HEADINGS},行使层级\nT-1,甲许可（县级）,行政许可,新办,immediate,\n"
                           "T-2,乙许可（市级/县级）,行政许可,新办,immediate,市级\n")

    assert changed(file) == [("T-1,甲许可（县级）,行政许可,新办,immediate,", "T-1,甲许可,行政许可,新办,immediate,县级"),
                             ("T-2,乙许可（市级/县级）,行政许可,新办,immediate,市级",
                              "T-2,乙许可,行政许可,新办,immediate,市级；县级")]


def test_a_level_that_no_column_can_take_stays_in_the_name(tmp_path):
    file = table(tmp_path, f"{HEADINGS}\nT-1,甲许可（县级）,行政许可,新办,immediate\n")

    assert file.after == file.before
    ((finding, why),) = file.refused
    assert finding.code == "NAM001" and "行使层级" in why.what.zh and why.fix is not None


def test_a_name_that_decides_the_flow_is_left_alone(tmp_path):
    rules = ('[[rule]]\nwords = ["(变更)"]\nscenario = "变更"\ntemplate = "change"\n\n'
             '[[rule]]\nwords = ["许可"]\nscenario = "新办"\ntemplate = "ordinary_licence"\n')
    file = table(tmp_path, "code,name,item_type\nT-1,甲许可(变更),行政许可\nT-2,乙许可(含丙),行政许可\n", rules_toml=rules)

    assert changed(file) == [("T-2,乙许可(含丙),行政许可", "T-2,乙许可（含丙）,行政许可")]
    assert [finding.item for finding, _ in file.refused] == ["T-1.变更"]


def test_a_bad_row_does_not_stop_the_others(tmp_path):
    file = table(tmp_path, f"{HEADINGS}\nT-1,甲(乙),行政许可,新办,no_such\nT-2,丙许可(丁),行政许可,新办,immediate\n")

    assert codes(file) == ["NAM002"] and "T-1,甲(乙)," in file.after


@given(st.lists(st.lists(st.text(alphabet='甲a",\n ()；', max_size=6), min_size=3, max_size=3), min_size=1, max_size=4),
       st.data())
def test_any_table_keeps_its_other_cells(rows, data):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["code", "name", "item_type"], *rows])
    lines, line = [], 2
    for row in rows:
        lines.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    at = data.draw(st.integers(0, len(rows) - 1))
    after = edited(out.getvalue(), csv_edits(out.getvalue(), lines[at], Reworded((("name", '新"名,称'),)), {}))

    expected = [list(row) for row in rows]
    expected[at][1] = '新"名,称'
    assert list(csv.reader(io.StringIO(after, newline="")))[1:] == expected


# ---- one item a file

def test_an_item_in_yaml_keeps_its_remarks(tmp_path):
    file = one(tmp_path / "a.yaml", YAML)
    lines = file.after.splitlines()

    assert codes(file).count("PRC004") == 2 and {"NAM001", "PRC002", "PRC003"} <= set(codes(file))
    assert lines[:4] == ["# 户外广告", "name: 户外广告许可   # 名称", "levels: [县级]", "item_type: 行政许可"]
    assert lines[lines.index("      # 缺什么说什么") + 1].startswith("      否:")
    assert [line for line in YAML.splitlines()[2:] if line not in lines] == []


def test_a_module_gets_its_exits_and_its_imports(tmp_path):
    file = one(tmp_path / "a.py", PYTHON)

    assert {"NAM002", "PRC002", "PRC003", "PRC004"} <= set(codes(file))
    assert sorted(file.after.split("\n")[0].removeprefix("from flowstd import ").split(", ")) == [
        "Item", "applicant", "back", "decider", "end", "onward", "reviewer", "window", "workdays"]
    assert '        可当场更正=applicant.supply("当场更正", within=workdays(0))\n        >> back("材料是否齐全？"),\n' in file.after
    assert file.after.index("# 缺什么说什么") > file.after.index("可当场更正")


@pytest.mark.parametrize(("name", "text"), [("a.py", PYTHON), ("a.yaml", YAML)])
def test_what_is_mended_is_quiet_and_stays_so(tmp_path, name, text):
    first = one(tmp_path / name, text)
    second = one(tmp_path / name, first.after)

    assert first.done and not first.refused
    assert second.after == first.after and not second.done and not second.refused


@pytest.mark.parametrize(("name", "text"), [("a.py", PYTHON), ("a.yaml", YAML)])
def test_an_exit_is_the_one_of_the_standard_template(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(one(path, text).after, encoding="utf-8")
    (chart,) = load_source(str(path))
    template = Flow.model_validate(TEMPLATES["ordinary_licence"]().compile().flow)
    steps = {(node.label, node.step, node.within) for node in template.nodes}

    assert isinstance(chart, Chart)
    for label in ("一次性告知补正", "补正材料", "当场更正", "告知不需要许可"):
        (node,) = [node for node in chart.flow.nodes if node.label == label]
        assert (node.label, node.step, node.within) in steps


@pytest.mark.parametrize(("name", "text", "before", "after"), [
    ("a.py", PYTHON, 'name="户外广告许可(变更)"', "name='户外广告许可(变更)'"),
    ("a.yaml", YAML, "name: 户外广告许可(县级)", "name: '户外广告许可(县级)'"),
    ("a.yaml", YAML, "name: 户外广告许可(县级)", 'name: "户外广告许可(县级)"')])
def test_quotation_marks_stay(tmp_path, name, text, before, after):
    file = one(tmp_path / name, text.replace(before, after))
    wide = after.replace("(县级)", "").replace("(变更)", "（变更）")

    assert wide in file.after


def test_windows_line_ends_stay(tmp_path):
    file = one(tmp_path / "a.yaml", YAML.replace("\n", "\r\n"))

    assert file.done and "\n" not in file.after.replace("\r\n", "")


def test_scenarios_that_share_an_item_or_a_question_are_mended_once(tmp_path):
    file = one(tmp_path / "a.py", PYTHON.replace('chart = item.scenario("新办", flow)',
                                                 'charts = [item.scenario(name, flow) for name in ("新办", "变更")]'))

    assert file.after.count("可当场更正") == 1 and "户外广告许可（变更）" in file.after
    assert not file.refused


@pytest.mark.parametrize(("text", "said"), [
    (PYTHON.replace('name="户外广告许可(变更)"', "name=NAME").replace("\nitem", '\nNAME = "户外广告许可(变更)"\nitem', 1), "name"),
    (PYTHON.replace('name="户外广告许可(变更)"', "**{'name': '户外广告许可(变更)'}"), "Item(name="),
])
def test_what_is_not_written_out_is_left_alone(tmp_path, text, said):
    file = one(tmp_path / "a.py", text)

    assert "NAM002" not in codes(file)
    assert said in " ".join(why.what.en for finding, why in file.refused if finding.code == "NAM002")


def test_a_question_in_a_helper_of_another_file_is_left_alone(tmp_path):
    head, _, tail = PYTHON.partition("    >> window.check(")
    question, _, rest = tail.partition("    >> window.accept")
    (tmp_path / "parts.py").write_text(
        "from flowstd import end, onward, window\n\n\ndef complete():\n    return window.check(" + question,
        encoding="utf-8")
    text = f"from parts import complete\n{head}    >> complete()\n    >> window.accept{rest}"
    file = one(tmp_path / "a.py", text)

    assert codes(file) == ["NAM002"]
    assert "PRC003" in {finding.code for finding, _ in file.refused}


def test_a_name_that_something_else_is_made_of_is_left_alone(tmp_path):
    text = PYTHON.replace('"提交申请"', '"提交" + item.name')
    file = one(tmp_path / "a.py", text)

    assert "NAM002" not in codes(file)
    assert [why.what.en for finding, why in file.refused if finding.code == "NAM002"] == [
        "the flow or other elements would change with it"]


def test_a_workbook_is_left_to_those_who_fill_it_in(tmp_path):
    path = tmp_path / "a.py"
    path.write_text(PYTHON, encoding="utf-8")
    charts = [chart for chart in load_source(str(path)) if isinstance(chart, Chart)]
    file = mended(tmp_path / "a.xlsx", charts, "draft", everything)

    assert file.refused and not file.done and file.after == file.before
    file.write()
    assert not (tmp_path / "a.xlsx").exists()


def test_only_the_rules_that_are_wanted_mend(tmp_path):
    path = tmp_path / "a.py"
    path.write_text(PYTHON, encoding="utf-8")
    charts = [chart for chart in load_source(str(path)) if isinstance(chart, Chart)]

    assert set(codes(mended(path, charts, "draft", lambda code: code == "PRC003"))) == {"PRC003"}


def test_what_is_allowed_is_not_mended(tmp_path):
    allowed = 'item_type="行政许可", allow=[{"rule": "NAM002", "reason": "批文原名"}]'
    file = one(tmp_path / "a.py", PYTHON.replace('item_type="行政许可"', allowed))

    assert "NAM002" not in codes(file) and "户外广告许可(变更)" in file.after


ASKED_FIRST = """  - 申请人: 是否委托代理人办理？
    exits:
      是: [{申请人: 出具委托书}]
      否: []
"""


def test_an_applicants_question_gets_no_act_of_the_office(tmp_path):
    file = one(tmp_path / "a.yaml", YAML.replace("  - 窗口: 材料是否齐全？\n", ASKED_FIRST + "  - 窗口: 材料是否齐全？\n"))
    file.write()
    (chart,) = load_source(str(file.path))
    assert isinstance(chart, Chart)
    lanes = {lane.id: lane.role for lane in chart.flow.lanes}

    assert codes(file).count("PRC004") == 2
    told = [node for node in chart.flow.nodes if node.step in (StepKind.NOTIFY, StepKind.REFUSE)]
    assert {lanes[node.lane] for node in told} == {Role.WINDOW}


def test_a_form_check_in_the_wrong_lane_is_not_mended(tmp_path):
    file = one(tmp_path / "a.yaml", YAML.replace("窗口: 材料是否齐全？", "申请人: 材料是否齐全？"))

    assert not {"PRC002", "PRC004"} & set(codes(file))
