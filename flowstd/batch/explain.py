"""Why a unit is built, or why not: the first reason that holds."""

from __future__ import annotations

from collections.abc import Sequence

from flowstd.base.text import Text

from .manifest import Record, files_of
from .write import OutputFolder

NEW = Text("新事项", "new")
FORCED = Text("要求全部重做（--force）", "asked for with --force")
CURRENT = Text("没有变化", "nothing changed")
LEFT_OUT = Text("不在所选范围内", "not among those chosen")
BROKE_OFF = Text("上次中断", "the last attempt broke off")
_PARTS = (Text("来源有变动", "its source changed"),
          Text("flowstd.toml 或规则有变动", "flowstd.toml or the rules changed"),
          Text("格式、视图、方向、配色或标准版本有变动", "the formats, view, direction, theme or edition changed"),
          Text("flowstd 有变动", "flowstd itself changed"))


def why(by: Sequence[str], record: Record | None, folder: OutputFolder, changed: Text | None, *,
        force: bool) -> Text | None:
    """Why a unit is to be made anew; None when everything is as we left it.

    *by* is what makes it now, *changed* what has become of the further files that it reads.
    """
    if force:
        return FORCED
    if record is None:
        return NEW
    if not record["by"]:
        return BROKE_OFF
    for now, then, reason in zip(by, record["by"], _PARTS, strict=False):
        if now != then:
            return reason
    return changed or missing(record, folder)


def missing(record: Record, folder: OutputFolder) -> Text | None:
    """Which of our files is not as we left it."""
    for name, size, time, mark in files_of(record):
        if folder.seen(name) is None:
            return Text(f"缺文件 {name}", f"{name} is missing")
        if not folder.holds(name, size, time, mark):
            return Text(f"{name} 被改过", f"{name} was changed by somebody")
    return None


def read_changed(name: str) -> Text:
    """A file that the unit reads is not the same."""
    return Text(f"所用的 {name} 有变动", f"{name}, which it reads, changed")
