"""The lines of each department at the end of a build: those with something to mend first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.base.text import Text

from .terminal import columns, say

if TYPE_CHECKING:
    from collections import Counter

    from flowstd.batch.wish import Summary

MOST = 20                             # departments that are told; a report has them all
_HEADS = (Text("实施主体", "authority"), Text("新生成", "built"), Text("沿用", "cached"), Text("未成图", "failed"),
          Text("错误", "errors"), Text("提醒", "warnings"))


def tell_departments(summary: Summary) -> None:
    """Print a line for each department, where there are several."""
    if len(summary.departments) < 2:
        return
    rows = sorted(summary.departments.items(), key=lambda row: (-row[1]["failed"], -row[1]["error"], row[0]))
    told = [(name or Text("未写明", "none given").say(), *map(str, _numbers(counts))) for name, counts in rows[:MOST]]
    say(columns([tuple(head.say() for head in _HEADS), *told]))
    if len(rows) > MOST:
        left = len(rows) - MOST
        say(Text(f"  另有 {left} 个：--report 文件.html", f"  and {left} more: --report FILE.html").say())
    say("")


def _numbers(counts: Counter[str]) -> tuple[int, ...]:
    return (counts["built"], counts["kept"], counts["failed"], counts["error"], counts["warning"])
