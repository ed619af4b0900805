"""The step table as Markdown: one row a step, whatever stands in it."""

from __future__ import annotations

import markdown

from tests.render.guide.guides import bare, full, hostile


def test_every_step_has_a_row() -> None:
    lines = full().md().splitlines()
    rows = [line for line in lines if line.startswith("| ") and line[2].isdigit()]

    assert [row.split(" | ")[1] for row in rows] == [
        "提交申请", "材料是否齐全？", "受理", "一次性告知补正", "补正材料", "审查", "专家评审", "送达"]
    assert "| 3 | 受理 | 窗口 | 1个工作日 |  | 受理通知书 | 《行政许可法》第三十二条 |" in full().md()


def test_it_carries_the_hash_of_the_chart() -> None:
    last = full().md().splitlines()[-1]

    assert f"内容校验码：{last.rpartition('：')[2].strip('`')}" in full().svg()


def test_nothing_in_a_label_is_markup() -> None:
    text = hostile().md()
    rows = [line for line in text.splitlines() if line.startswith("| 1 ")]

    assert "<script>" not in text.replace("\\<script\\>", "") and "](javascript" not in text.replace("\\](javascript",
                                                                                                     "")
    assert len(rows) == 1


def test_a_renderer_makes_a_table_and_no_markup_of_it() -> None:
    page = markdown.markdown(hostile().md(), extensions=["tables"])

    assert "<script" not in page and "<img" not in page and "javascript:1\"" not in page
    assert page.count("<table>") == 1


def test_a_flow_alone_has_a_table_too() -> None:
    assert bare().md().startswith("# 查询\n\n## 办理步骤\n\n| 序号 | 环节 |")
