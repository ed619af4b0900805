"""Edits of one text: the letters that change and no others; and the reason where none can be made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flowstd.base.errors import FlowstdError


class Unmendable(FlowstdError):
    """What a mend would change is not written in a way that a program may change."""


class Edit(NamedTuple):
    """The letters from *start* up to *end* become *text*."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """*text* after all of *edits*, which do not overlap; new lines end as its own lines do.

    >>> edited("许可(变更)", [Edit(2, 3, "（"), Edit(5, 6, "）")])
    '许可（变更）'
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, reverse=True):
        text = text[:edit.start] + edit.text.replace("\n", newline) + text[edit.end:]
    return text


def line_starts(text: str) -> list[int]:
    """Where each line of *text* begins.

    >>> line_starts("甲\\r\\n乙\\n丙")
    [0, 3, 5]
    """
    starts = [0]
    for at, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[at + 1:at + 2] != "\n"):
            starts.append(at + 1)
    return starts


def line_above(text: str, at: int) -> int:
    """Where a new line may begin that comes before the line of *at* and the remarks that stand over it.

    >>> line_above("甲\\n# 回去\\n乙", 7)
    2
    """
    start = text.rfind("\n", 0, at) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start
