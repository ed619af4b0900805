"""Findings as a workbook: a sheet a department, answers that survive the next check, text that stays text."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any

import pytest

from flowstd.base.errors import BadSource
from flowstd.base.finding import Finding, Level
from flowstd.base.legal import LegalSource
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.report.entry import Checked
from flowstd.report.proposals import proposals
from flowstd.report.xlsx import ANSWERS, Answer, answers_in, key_of, to_xlsx
from tests.catalog.books import ordinary, saved
from tests.catalogues import catalogue, flowstd

openpyxl = pytest.importorskip("openpyxl")
EVIL = '=HYPERLINK("http://x","点我")'
LATE = Finding("TIM002", "over-the-limit", Level.ERROR, Text("最长 30 个工作日，超过法定 20 个工作日", "30 workdays, the law says 20"),
               Where("items.csv", 12), Text("缩短", "shorten it"), "T-1.新办", "窗口/受理",
               LegalSource(title="行政许可法", article="第四十二条"))
ODD = Finding("NAM001", "odd", Level.WARNING, Text(EVIL, EVIL), Where("book.xlsx", sheet="事项", cell="B12"),
              Text("+1", "@SUM"), "T-2", "")
NOTE = Finding("STR001", "x", Level.INFO, Text("说明\x00\ufffe", "note"), item="T-2")
CHECKED = [Checked("T-2", EVIL, "区:城[管]局", (NOTE, ODD)), Checked("T-1.新办", "户外广告", "区行政审批局", (LATE,)),
           Checked("T-3", "好", "没有问题的局"), Checked("T-4", "没有实施主体", "", (ODD,))]


def written(data: bytes, path: Path) -> Path:
    path.write_bytes(data)
    return path


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet: Any) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[1]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]


def answered(data: bytes, path: Path, answers: dict[str, str]) -> Path:
    """The workbook as a department sends it back: finding → what it chose."""
    book = opened(data)
    for sheet in book.worksheets[1:]:
        heads = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            key = sheet.cell(row, heads["flowstd"]).value
            if key in answers:
                sheet.cell(row, heads["处理"], answers[key])
                sheet.cell(row, heads["说明理由"], " 另有规定 ")
    book.save(path)
    return path


def test_each_department_has_a_sheet_with_its_findings_only() -> None:
    book = opened(to_xlsx(CHECKED, None, "zh"))

    assert book.sheetnames == ["汇总", "区城管局", "区行政审批局", "未写明实施主体"]
    assert [row["规则"] for row in rows(book["区城管局"])] == ["NAM001", "STR001"]       # graver ones first
    [late] = rows(book["区行政审批局"])
    assert late["flowstd"] == key_of(LATE) and late["状态"] == "新"
    assert (late["事项"], late["级别"], late["问题"], late["改法"], late["依据"], late["位置"]) == (
        "T-1.新办", "错误", LATE.message.zh, "缩短", "《行政许可法》第四十二条", "items.csv:12")


def test_the_law_and_the_answer_have_columns_of_their_own() -> None:
    sheet = opened(to_xlsx(CHECKED, None, "zh"))["区行政审批局"]

    heads = [cell.value for cell in sheet[1]]
    assert heads == ["状态", "事项", "事项名称", "规则", "级别", "问题", "改法", "理由", "依据", "位置",
                     "处理", "说明理由", "偏离依据", "完成日期", "填写人", "flowstd"]
    assert sheet.column_dimensions["P"].hidden


def test_the_summary_counts_and_leads_to_the_sheets() -> None:
    sheet = opened(to_xlsx(CHECKED, None, "zh"))["汇总"]

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)] == [
        ["区:城[管]局", 1, 0, 1, 1], ["区行政审批局", 1, 1, 0, 0], ["没有问题的局", 1, 0, 0, 0], ["未写明实施主体", 1, 0, 1, 0]]
    assert [cell.hyperlink.location if cell.hyperlink else None for row in sheet.iter_rows(min_row=5, max_col=1)
            for cell in row] == [
        "'区城管局'!A1", "'区行政审批局'!A1", None, "'未写明实施主体'!A1"]


def test_only_the_answers_can_be_filled_in() -> None:
    sheet = opened(to_xlsx(CHECKED, None, "zh"))["区行政审批局"]

    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True] * 10 + [False] * 5 + [True]
    [rule] = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert rule.formula1 == '"' + ",".join(answer.zh for answer in ANSWERS) + '"'


def test_nothing_is_a_formula() -> None:
    book = opened(to_xlsx(CHECKED, {key_of(ODD): Answer("有异议", "=1+1", "+1", "@x", "=cmd|'/c'!A1")}, "zh"))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}


def test_answers_come_back_and_stay_with_their_findings(tmp_path: Path) -> None:
    sent = to_xlsx(CHECKED, None, "zh")
    path = answered(sent, tmp_path / "back.xlsx", {key_of(LATE): "有异议", key_of(ODD): "将改正"})

    answers = answers_in(path)
    again = opened(to_xlsx(CHECKED, answers, "zh"))

    assert answers[key_of(LATE)] == Answer("有异议", "另有规定")
    assert [(row["状态"], row["处理"], row["说明理由"]) for row in rows(again["区行政审批局"])] == [("未改", "有异议", "另有规定")]
    assert [(row["状态"], row["处理"]) for row in rows(again["区城管局"])] == [("未改", "将改正"), ("未改", None)]


def test_what_is_answered_as_mended_but_still_found_says_so(tmp_path: Path) -> None:
    path = answered(to_xlsx(CHECKED, None, "zh"), tmp_path / "back.xlsx", {key_of(LATE): "已改正"})

    book = opened(to_xlsx(CHECKED, answers_in(path), "en"))

    assert [(row["state"], row["answer"]) for row in rows(book["区行政审批局"])] == [("answered as mended, still found",
                                                                                "已改正")]


def test_a_new_finding_is_new_and_a_mended_one_is_gone(tmp_path: Path) -> None:
    path = written(to_xlsx(CHECKED[1:2], None, "zh"), tmp_path / "back.xlsx")

    book = opened(to_xlsx(CHECKED[:1], answers_in(path), "zh"))

    assert book.sheetnames == ["汇总", "区城管局"]
    assert {row["状态"] for row in rows(book["区城管局"])} == {"新"}


def test_a_finding_is_known_again_when_its_line_has_moved() -> None:
    assert key_of(LATE) == key_of(LATE._replace(where=Where("items.csv", 99), level=Level.WARNING))
    assert key_of(LATE) != key_of(LATE._replace(node="窗口/送达"))


def test_another_workbook_is_never_written_over(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match=r"检查结果|findings"):
        answers_in(saved(tmp_path / "book.xlsx", ordinary()))


# ---- as a command


def test_check_writes_it_and_keeps_the_answers(tmp_path: Path) -> None:
    rows_ = "code,name,item_type,实施主体,情形,模板\nT-1,户外广告,行政许可,城管局,新办,immediate\nT-2,坏,坏,城管局,,filing\n"
    folder, file = catalogue(tmp_path / "c", {"a.csv": rows_}), tmp_path / "f.xlsx"
    command = ("check", folder, "--ruleset", "publish", "--format", "xlsx", "-o", file)
    first = flowstd(*command, FLOWSTD_LANG="zh")
    keys = [row["flowstd"] for row in rows(opened(file.read_bytes())["城管局"])]
    answered(file.read_bytes(), file, {keys[0]: "将改正"})
    second = flowstd(*command, FLOWSTD_LANG="zh")

    assert (first.code, second.code, first.err, second.err) == (1, 1, "", "")
    assert [row["处理"] for row in rows(opened(file.read_bytes())["城管局"])] == ["将改正", *[None] * (len(keys) - 1)]


@pytest.mark.parametrize(("arguments", "said"), [
    (["--format", "xlsx"], "goes into a file"), (["--format", "xlsx", "-o", "a.txt"], "is no .xlsx file"),
    (["-o", "a.txt"], "is printed"), (["--format", "xlsx", "-o", "no/a.xlsx"], "there is no folder")])
def test_where_it_cannot_go_is_said_before_any_work(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = flowstd("check", tmp_path / "nothing", *arguments, cwd=tmp_path)

    assert done.code in (2, 3) and said in done.err


def test_other_formats_go_into_files_too(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "c", {"a.csv": "code,name,item_type,情形,模板\nT-1,户外广告,行政许可,新办,immediate\n"})

    flowstd("check", folder, "--format", "html", "-o", tmp_path / "f.html")

    assert (tmp_path / "f.html").read_text("utf-8").startswith("<!doctype html>")


def test_deviations_that_were_asked_for_become_allowances(tmp_path, monkeypatch):
    monkeypatch.setenv("FLOWSTD_LANG", "en")
    asked = ANSWERS[2].zh
    told = proposals(CHECKED, {key_of(LATE): Answer(asked, '另有"规定"', "《渔业法》第二十三条", by="张"),
                               key_of(ODD): Answer(asked), key_of(NOTE): Answer(ANSWERS[0].zh, "x")})
    (given,) = tomllib.loads(told)["allow"]

    assert given == {"rule": "TIM002", "items": ["T-1.新办"], "step": "窗口/受理", "reason": '另有"规定"',
                     "basis": "《渔业法》第二十三条"}
    assert "# 户外广告: 30 workdays, the law says 20" in told and told.count("send it back") == 2
    assert proposals(CHECKED, {}) == ""


def test_findings_are_not_put_among_the_items(tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": "code,name,item_type,情形,模板\nT-1,甲许可,行政许可,新办,immediate\n"}, "")
    ran = flowstd("check", folder, "--format", "xlsx", "-o", folder / "f.xlsx")

    assert ran.code == 2 and "-o ../f.xlsx" in ran.err and not (folder / "f.xlsx").exists()


def test_an_allowance_as_it_is_proposed_sets_the_finding_aside(tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": "code,name,item_type,情形,模板\nT-1,甲许可(乙),行政许可,新办,immediate\n"}, "")
    book = tmp_path / "f.xlsx"
    flowstd("check", folder, "--format", "xlsx", "-o", book, FLOWSTD_LANG="zh")
    (key,) = answers_in(book)
    answered(book.read_bytes(), book, {key: ANSWERS[2].zh})
    ran = flowstd("check", folder, "--format", "xlsx", "-o", book)
    (folder / "flowstd.toml").write_text(ran.out[ran.out.index("# "):], encoding="utf-8")

    assert "另有规定" in (folder / "flowstd.toml").read_text("utf-8")
    told = " ".join(flowstd("check", folder).out.split())
    assert told == "charts 1 failed 0 errors 0 warnings 0 notes 0 allowed 1"
