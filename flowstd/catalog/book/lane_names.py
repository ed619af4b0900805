"""Lanes in the sheet 步骤 that look like a usual lane misspelt, which would be drawn as lanes of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flowstd.base.finding import Finding
from flowstd.base.text import Text
from flowstd.catalog.steps import LANES

from .record import Record
from .tables import remark


def misspelt_lanes(steps: Sequence[Record], declared: Sequence[Record]) -> Iterator[Finding]:
    """Each lane of *steps* that differs by a letter from a usual one, and whose role nobody says, at its first cell."""
    said = {record.get("name") for record in declared} | {record.get("id") for record in declared}
    said |= {record.get("lane") for record in steps if record.get("role")}
    seen: set[str] = set()
    for record in steps:
        name = record.get("lane")
        meant = "" if name in seen or name in said else next((lane for lane in LANES if slipped(name, lane)), "")
        seen.add(name)
        if meant and record.sheet is not None:
            yield remark(record.sheet, record.where("lane").cell,
                         Text(f"“{name}”不是常用的泳道，单独成了一条泳道；是否想写“{meant}”？",
                              f'"{name}" is no usual lane and became one of its own; did you mean "{meant}"?'),
                         Text(f"写“{meant}”；确是另一条泳道，就在“泳道”表里列出它和角色",
                              f'write "{meant}"; if it is another lane, list it with its role in the sheet 泳道'))


def slipped(word: str, name: str) -> bool:
    """Whether *word* is *name* with one letter wrong, left out, or changed round with the next.

    A letter more makes another name: offices have a 窗口1 and a 窗口2.

    >>> slipped("窗囗", "窗口"), slipped("申请", "申请人"), slipped("口窗", "窗口"), slipped("窗口1", "窗口")
    (True, True, True, False)
    """
    if len(word) == len(name):
        wrong = [place for place, (one, other) in enumerate(zip(word, name, strict=True)) if one != other]
        return len(wrong) == 1 or (len(wrong) == 2 and wrong[1] == wrong[0] + 1
                                   and word[wrong[0]] == name[wrong[1]] and word[wrong[1]] == name[wrong[0]])
    return len(word) > 1 and word in {name[:place] + name[place + 1:] for place in range(len(name))}
