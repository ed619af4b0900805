"""Deviations that departments asked for in a workbook, as allowances: whoever agrees puts them into flowstd.toml."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from flowstd.base.finding import Finding
from flowstd.base.text import Text

from .entry import Checked
from .words import plain
from .xlsx import DEVIATION, Answer, key_of


def proposals(checked: Iterable[Checked], answers: Mapping[str, Answer]) -> str:
    """TOML for every finding that was answered with a wish to deviate; empty when nobody asked.

    What was asked without a reason is a remark only: nobody can agree to it yet.
    """
    return "\n".join(block for one in checked for finding in one.findings
                     if (answer := answers.get(key_of(finding), Answer())).answer in DEVIATION
                     for block in _block(one, finding, answer))


def _block(one: Checked, finding: Finding, answer: Answer) -> Iterator[str]:
    yield f"# {plain(one.title)}: {plain(str(finding.message))}"
    by = ", ".join(plain(part) for part in (answer.by, answer.done) if part)
    if by:
        yield f"# {Text('申请', 'asked by')}: {by}"
    if not answer.reason:
        yield f"# {Text('没有写理由，请退回补充', 'no reason is given: send it back')}\n"
        return
    values = {"rule": finding.code, "items": [finding.item], "step": finding.node, "reason": answer.reason,
              "basis": answer.basis}
    yield "[[allow]]"
    yield from (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value)
    yield ""
