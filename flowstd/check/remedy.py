"""A rule's remedy in the words of whoever wrote the source: rules speak Python; workbooks and YAML have their own."""

from __future__ import annotations

import re

from flowstd.base.text import Text
from flowstd.ir.kinds import Outcome, Role
from flowstd.ir.office import OUTCOMES, ROLES, STEPS, meant

_LIMIT = re.compile(r"within=workdays\((\d+|…)\)")
_ON_THE_SPOT = re.compile(r"workdays\(0\)")
_END = re.compile(r"\bend\.(\w+)(?:\([^)]*\))?")
_STEP = re.compile(r"\b(applicant|window|reviewer|decider)\.(\w+)\((?:\"([^\"]+)\"|…)\)")
_BOOK = (".xlsx",)
_TABLED = (*_BOOK, ".yaml", ".yml")


def in_words_of(file: str, fix: Text | None) -> Text | None:
    """*fix* as the author of *file* would write it.

    >>> in_words_of("a.yaml", Text("写 within=workdays(5)", "write within=workdays(5)")).en
    'write within: 5工作日'
    >>> in_words_of("b.xlsx", Text("写 within=workdays(5)", "write within=workdays(5)")).zh
    '写 “时限”列“5工作日”'
    """
    name = file.casefold()
    if fix is None or not name.endswith(_TABLED):
        return fix
    put = _in_book if name.endswith(_BOOK) else _in_yaml
    return Text(put(fix.zh), put(fix.en))


def _in_book(text: str) -> str:
    text = _STEP.sub(lambda found: f"“步骤”表一行：泳道“{ROLES[Role(found[1])]}”、"
                                   f"步骤名称“{found[3] or '…'}”、环节“{_verb(found[2])}”", text)
    text = _LIMIT.sub(lambda found: f"“时限”列“{found[1]}工作日”", text)
    return _END.sub(_outcome, _ON_THE_SPOT.sub("“当场”", text)).replace(" >> ", "，接着 ")


def _in_yaml(text: str) -> str:
    text = _STEP.sub(lambda found: f"{{{ROLES[Role(found[1])]}: {found[3] or '…'}, verb: {found[2]}}}", text)
    text = _LIMIT.sub(lambda found: f"within: {found[1]}工作日", text)
    return _END.sub(lambda found: f"end: {found[1]}", _ON_THE_SPOT.sub("within: 当场", text))


def _verb(name: str) -> str:
    kind = meant(STEPS, name)
    return STEPS[kind] if kind is not None else name


def _outcome(found: re.Match[str]) -> str:
    name = found[1].replace("_", "-")
    return f"办结状态“{OUTCOMES[Outcome(name)]}”" if name in {one.value for one in OUTCOMES} else found[0]
