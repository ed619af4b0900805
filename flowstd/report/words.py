"""Words that several reports share."""

from __future__ import annotations

from flowstd.base.finding import Finding, Level
from flowstd.base.legal import Evidence
from flowstd.base.text import Language, Text

LEVELS = {Level.ERROR: Text("错误", "error"), Level.WARNING: Text("提醒", "warning"), Level.INFO: Text("说明", "note")}
ORDER = (Level.ERROR, Level.WARNING, Level.INFO)
ITEM, FAULT, REMEDY, AUTHORITY, PLACE, RULE = (
    Text("事项", "item"), Text("问题", "fault"), Text("改法", "remedy"), Text("依据", "law"), Text("位置", "place"),
    Text("规则", "rule"))
WHY = Text("理由", "why")
ALLOWED, REASON = Text("允许的偏离", "Allowed"), Text("理由", "reason")
NO_DEPARTMENT = Text("未写明实施主体", "no authority given")


def plain(words: str) -> str:
    """*words* on one line, without characters that no report should hold."""
    return "".join(char if char.isprintable() or char == "\u3000" else " " for char in words)


def why(code: str, language: Language | None = None) -> str:
    """The reason of the rule *code*; empty for what no rule made.

    >>> why("STR014", "en"), why("SRC001")
    ('A line drawn twice makes the next step happen twice.', '')
    """
    from flowstd.check.registry import every_code, rule

    return rule(code).why.say(language) if code in every_code() else ""


def law(finding: Finding) -> str:
    """What *finding* rests on, and how well that is known where it was not read.

    >>> from flowstd.base.legal import Evidence, LegalSource
    >>> seen = LegalSource(title="eCH-0158", article="EVT-001", evidence=Evidence.MODELLED)
    >>> law(Finding("STR001", "not-one-start", Level.ERROR, Text("", ""), source=seen))
    'eCH-0158 EVT-001（参照）'
    """
    if finding.source is None:
        return ""
    return finding.source.zh + ("（参照）" if finding.source.evidence is Evidence.MODELLED else "")
