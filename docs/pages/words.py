"""The words of the DSL, from the lanes, the kinds and the docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator

import flowstd
from flowstd.dsl import details, words
from flowstd.dsl.lanes import Lane
from flowstd.ir.kinds import StepKind

from .marks import code, page, table

LANES = ("applicant", "window", "reviewer", "decider", "third_party", "system")
QUESTIONS = ("check", "decide", "ask")
KEYWORDS = {
    "within": "这一步自己的时限", "materials": "收什么材料", "issues": "出具什么文书；审批结果写 `result(…)`", "law": "依据",
    "excluded_by": "不计入时限的依据", "criteria": "审查要点", "post": "由什么岗位办", "onsite": "申请人要到现场",
    "note": "画在旁边的说明", "id": "同一泳道里有同名步骤时，用它代替名称",
}


def pages() -> dict[str, str]:
    """One page."""
    lanes = [(code(name), getattr(flowstd, name).name, code(getattr(flowstd, name).role.value)) for name in LANES]
    return {"dsl.md": page(
        "DSL 的词 / Words of the DSL",
        "`>>` 是“然后”。泳道加动词是一个环节；提问的动词带分支；没有结束、也没有返回的分支继续往下走。\n\n"
        '`>>` is "and then". A lane and a verb make a step, verbs that ask take branches; a branch that neither ends '
        "nor goes back flows on.",
        "## 泳道 / Lanes", table(("词 / Word", "泳道 / Lane", "角色 / Role"), lanes),
        "`organ(\"市住建局\")` 是另一个机关；`window.named(\"综合窗口\")` 改名。",
        "## 动词 / Verbs", _words((name, _meaning(getattr(Lane, name))) for name in verbs()),
        "## 提问 / Questions", _words((name, _meaning(getattr(Lane, name))) for name in QUESTIONS),
        "## 环节的参数 / Keywords of a step", table(("词 / Word", "含义", "Meaning"), [
            (code(name), KEYWORDS[name], what) for name, what in keywords()]),
        "## 结束 / Endings", _words((f"end.{name}", what) for name, what in endings()),
        "结束可以改名：`end.refused(\"不予登记\")`。",
        "## 组合 / Composition", *composition())}


def verbs() -> Iterator[str]:
    """The verbs that make a step, in the order of a case."""
    yield "do"
    yield from (kind.value for kind in StepKind if hasattr(Lane, kind.value) and kind.value not in QUESTIONS)


def keywords() -> Iterator[tuple[str, str]]:
    """The keywords of a step and the remarks beside them in the code."""
    for line in inspect.getsource(details.StepOptions).splitlines():
        found = re.fullmatch(r"    (\w+): [^#]+# (.*)", line)
        if found:
            yield found[1], found[2]


def endings() -> Iterator[tuple[str, str]]:
    """The ways in which a case ends."""
    for name, value in vars(words.Endings).items():
        if isinstance(value, property):
            yield name, _meaning(value)


def composition() -> Iterator[str]:
    """The words that put steps together, each with its example."""
    for name in ("parallel", "back", "call", "onward", "fragment", "result", "organ"):
        value = getattr(words, name)
        if callable(value):
            text = inspect.getdoc(value) or ""
            told, _, example = text.partition(">>>")
            yield f"### `{name}`\n\n{told.strip()}\n\n```pycon\n>>>{example.rstrip()}\n```"
        else:
            yield f"### `{name}`\n\nThe exit of a decision in which nothing happens: the case flows straight on."


def _words(rows: Iterable[tuple[str, str]]) -> str:
    return table(("词 / Word", "含义 / Meaning"), [(code(name), what) for name, what in rows])


def _meaning(value: object) -> str:
    return re.sub(r":\w+:`[~.]*([^`]+)`", r"`\1`", (inspect.getdoc(value) or "").partition("\n")[0])
