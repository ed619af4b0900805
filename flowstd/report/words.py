"""Words that several reports share."""

from __future__ import annotations

from flowstd.base.finding import Level
from flowstd.base.text import Text

LEVELS = {Level.ERROR: Text("错误", "error"), Level.WARNING: Text("提醒", "warning"), Level.INFO: Text("说明", "note")}
ORDER = (Level.ERROR, Level.WARNING, Level.INFO)
ITEM, FAULT, REMEDY, AUTHORITY, PLACE, RULE = (
    Text("事项", "item"), Text("问题", "fault"), Text("改法", "remedy"), Text("依据", "law"), Text("位置", "place"),
    Text("规则", "rule"))
ALLOWED, REASON = Text("允许的偏离", "Allowed"), Text("理由", "reason")
NO_DEPARTMENT = Text("未写明实施主体", "no authority given")


def plain(words: str) -> str:
    """*words* on one line, without characters that no report should hold."""
    return "".join(char if char.isprintable() or char == "\u3000" else " " for char in words)
