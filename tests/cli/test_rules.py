"""check in every form; rules, explain and due."""

from __future__ import annotations

import json

import pytest

from flowstd.check.registry import modules
from tests.catalogues import GOOD_ROW, GOOD_YAML, HEADINGS, catalogue

FLOW = '''
from flowstd.dsl import applicant, decider, end, reviewer, window, workdays

flow = (applicant.submit("提交许可申请") >> window.accept("受理", within=workdays(0), issues="受理通知书")
        >> reviewer.examine("审查", within=workdays(30))
        >> decider.decide("是否准予许可？", {"准予": window.deliver("送达", within=workdays(2)) >> end.granted,
                                          "不予": end.refused}, within=workdays(0)))
'''


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "slow.py"
    path.write_text(FLOW, encoding="utf-8")
    return path


def test_check_tells_the_fault_its_law_and_the_way_out(run, source):
    ran = run("check", source)

    assert ran.code == 1
    assert "TIM002 error: from acceptance to decision it can take 30 working days, more than 20 working days" in ran.out
    assert "law: 《行政许可法》第四十二条第一款" in ran.out


@pytest.mark.parametrize(("form", "begins"), [
    ("json", '{\n "format": "flowstd-findings/1"'), ("sarif", '{\n "$schema"'), ("github", "::error file="),
    ("markdown", "# Findings"), ("html", "<!doctype html>")])
def test_check_in_every_form(run, source, form, begins):
    ran = run("check", source, "--format", form)

    assert ran.code == 1 and ran.out.startswith(begins) and "TIM002" in ran.out


def test_select_ignore_statistics_and_exit_zero(run, source):
    assert "TIM002" not in run("check", source, "--ignore", "TIM").out
    only = run("check", source, "--select", "tim002", "--format", "json")
    assert {one["code"] for one in json.loads(only.out)["findings"]} == {"TIM002"}
    assert run("check", source, "--select", "over-the-limit,STR", "--format", "json").out == only.out
    assert run("check", source, "--exit-zero").code == 0
    counted = run("check", source, "--statistics").out.split()
    assert counted[counted.index("TIM002"):][:3] == ["TIM002", "over-the-limit", "1"]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "markdown", "html"])
@pytest.mark.parametrize("chosen", [("--select", "PRC"), ("--ignore", "SRC")])
def test_why_a_source_cannot_be_read_is_always_told(run, tmp_path, form, chosen):
    path = tmp_path / "a.yaml"
    path.write_text(GOOD_YAML.replace("模板:", "temlpate:"), encoding="utf-8")
    ran = run("check", path, *chosen, "--format", form)

    assert ran.code == 1 and "SRC001" in ran.out and "temlpate" in ran.out


def test_an_unknown_code_is_wrong_use(run, source):
    ran = run("check", source, "--select", "TIM999")

    assert ran.code == 2 and "there is no rule TIM999" in ran.err
    assert 'did you mean "over-the-limit"?' in run("check", source, "--select", "over-the-limt").err
    assert 'did you mean "over-the-limit"?' in run("explain", "over-the-limt").err
    assert "TIM002 over-the-limit" in run("explain", "over-the-limit").out


def test_publish_asks_for_more_than_draft(run, tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW})

    assert "ITM001" not in run("check", folder).out
    assert "ITM001 error" in run("check", folder, "--ruleset", "publish").out


def test_items_of_one_name_are_found_across_a_folder(run, tmp_path):
    twin = GOOD_ROW.replace("T-1", "T-9")
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW + twin})

    assert "NAM007" in run("check", folder).out


def test_rules_lists_every_record(run):
    listed = json.loads(run("rules", "--format", "json").out)["rules"]

    assert [one["code"] for one in listed] == list(modules())
    limit = next(one for one in listed if one["code"] == "TIM002")
    assert limit["source"] == {"title": "行政许可法", "article": "第四十二条第一款", "in_force_from": "2019-04-23",
                               "checked_on": "2026-11-23", "evidence": "reprint", "cited": "《行政许可法》第四十二条第一款"}
    assert limit["severity"]["publish"] == {"": "off", "行政许可": "error"}
    assert run("rules").out.count("\n") == len(listed)


def test_explain_by_code_and_by_name(run):
    ran = run("explain", "tim002")

    assert ran.code == 0
    assert "《行政许可法》第四十二条第一款 (read in a reprint" in ran.out
    assert "example: from acceptance to decision it can take 25 working days" in ran.out
    assert run("explain", "over-the-limit").out == ran.out


def test_every_rule_can_be_explained(run):
    for code in modules():
        assert run("explain", code).out.startswith(f"{code} ")


def test_codes_that_no_rule_made_are_explained_too(run):
    assert "a file cannot be read" in run("explain", "SRC001").out
    assert "report it" in run("explain", "int001").out


def test_explain_offers_the_nearest(run):
    ran = run("explain", "TIM002X")

    assert ran.code == 2 and "TIM002" in ran.err


def test_due_dates_step_over_the_spring_festival(run, source):
    ran = run("due", source, "--from", "2026-02-10")

    assert ran.code == 0
    assert "2026-03-16  decision, by law" in ran.out
    assert "2026-03-30  decision, as the steps say" in ran.out


def test_due_refuses_a_year_that_it_does_not_know(run, source):
    ran = run("due", source, "--from", "2031-02-10")

    assert ran.code == 1 and "2031" in ran.err
