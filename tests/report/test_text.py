"""Findings as people and programs read them."""

from __future__ import annotations

import json

from flowstd.base.errors import BadSource
from flowstd.base.finding import Finding, Level
from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.report.json import to_json
from flowstd.report.text import by_code, counts, text, told


def finding(number: int = 1, level: Level = Level.ERROR, **more) -> Finding:
    given = {"message": Text(f"错{number}", f"fault {number}"), "fix": Text("改", "mend"), **more}
    return Finding(f"STR{number:03}", "dead-step", level, **given)


def test_place_code_fault_excerpt_and_remedy(tmp_path, monkeypatch):
    monkeypatch.setenv("FLOWSTD_LANG", "en")
    path = tmp_path / "a.py"
    path.write_text('window.accept("受理", law=5)\n', encoding="utf-8")

    assert text([finding(where=Where(str(path), 1, 15, 1, 19), item="A-1.新办")]) == (
        f"{path}:1:15: STR001 error: fault 1  [dead-step]\n"
        '    1 | window.accept("受理", law=5)\n'
        "      |               ^^^^^^\n"
        "  item: A-1.新办\n"
        "  why: People must see where to begin; several starts would start one case several times.\n"
        "  fix: mend")


def test_in_chinese(monkeypatch):
    monkeypatch.setenv("FLOWSTD_LANG", "zh")

    assert text([finding(item="A")]) == (
        "STR001 错误: 错1  [dead-step]\n  事项: A\n"
        "  理由: 办事人要知道从哪里办起；几个开始会让一件事同时启动几次。\n  改法: 改")


def test_a_reason_is_told_once_and_what_was_not_read_says_so(monkeypatch):
    monkeypatch.setenv("FLOWSTD_LANG", "zh")
    source = LegalSource(title="eCH-0158", article="EVT-001", evidence=Evidence.MODELLED)
    several = text(finding(1)._replace(source=source, item=item, message=Text(item, item)) for item in ("甲", "乙"))

    assert several.count("理由: ") == 1 and several.count("依据: eCH-0158 EVT-001（参照）") == 2


def test_the_same_fault_of_many_items_is_told_once(monkeypatch):
    monkeypatch.setenv("FLOWSTD_LANG", "en")
    told_text = text(finding(item=f"A-{number}") for number in range(5))

    assert told_text.count("fault 1") == 1
    assert "item: A-0, A-1, A-2 and 2 more" in told_text


def test_graver_ones_come_first():
    told_text = text([finding(1, Level.INFO), finding(2, Level.WARNING), finding(3), finding(4)])

    assert [told_text.index(f"STR00{number}") for number in (3, 4, 2, 1)] == sorted(
        told_text.index(f"STR00{number}") for number in (1, 2, 3, 4))


def test_a_message_cannot_command_the_terminal():
    told_text = text([finding(message=Text("\x1b[2J错", "\x1b[2Jx\r"), item="a\x07")])

    assert not any(char in told_text for char in "\x1b\r\x07")


def test_colour_is_only_on_demand():
    assert "\x1b[31;1m" in text([finding()], colour=True)
    assert "\x1b" not in text([finding()])


def test_an_error_without_place_or_remedy(monkeypatch):
    monkeypatch.setenv("FLOWSTD_LANG", "en")

    assert told(BadSource(Text("坏", "bad"))) == "error: bad"


def test_counting():
    found = [finding(), finding(2, Level.WARNING), finding(2, Level.WARNING)]

    assert counts(found) == {Level.ERROR: 1, Level.WARNING: 2, Level.INFO: 0}
    assert by_code(found) == [("STR002", "dead-step", 2), ("STR001", "dead-step", 1)]


def test_json_has_both_languages_and_leaves_out_what_is_unknown():
    data = json.loads(to_json([finding(where=Where("a.yaml", 3), item="A")]))

    assert data == {"format": "flowstd-findings/1", "findings": [{
        "code": "STR001", "name": "dead-step", "level": "error", "message": {"zh": "错1", "en": "fault 1"},
        "fix": {"zh": "改", "en": "mend"}, "where": {"file": "a.yaml", "line": 3}, "item": "A"}]}
