"""Remedies in the words of whoever wrote the source."""

from __future__ import annotations

import pytest

from flowstd.base.text import Text
from flowstd.check.remedy import in_words_of
from flowstd.check.rules.time.tim017_step_without_limit import FIX


@pytest.mark.parametrize(("file", "zh"), [
    ("a.py", FIX.zh), ("items.csv", FIX.zh),
    ("a.yaml", "写 within: …工作日，当场办的写 within: 当场"), ("b.xlsx", "写 “时限”列“…工作日”，当场办的写 “当场”")])
def test_a_limit_is_said_as_the_source_says_it(file, zh):
    assert in_words_of(file, FIX).zh == zh


@pytest.mark.parametrize(("file", "said"), [
    ("a.py", 'add window.publish("公开许可决定") >> end.done'),
    ("a.yml", "add {窗口: 公开许可决定, verb: publish} >> end: done"),
    ("b.xlsx", "add “步骤”表一行：泳道“窗口”、步骤名称“公开许可决定”、环节“公开”，接着 办结状态“办结”")])
def test_a_step_and_an_end_are_said_as_the_source_says_them(file, said):
    fix = Text("…", 'add window.publish("公开许可决定") >> end.done')

    assert in_words_of(file, fix).en == said
