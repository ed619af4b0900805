"""Remarks are numbered: the mark stands behind the step's name, the words at the foot of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .beside import BARS

if TYPE_CHECKING:
    from flowstd.ir.model import Flow


class Remarks(NamedTuple):
    """The mark of each node that has a remark, and the words of each mark, in the order of the story."""

    mark_of: dict[str, str]
    words: tuple[tuple[str, str], ...]


def remarks_of(flow: Flow) -> Remarks:
    """Number the remarks of *flow*; equal ones share a number."""
    numbered: dict[str, str] = {}
    mark_of: dict[str, str] = {}
    for node in flow.nodes:
        if node.note and node.kind not in BARS:
            mark_of[node.id] = numbered.setdefault(node.note, _mark(len(numbered) + 1))
    return Remarks(mark_of, tuple([(mark, words) for words, mark in numbered.items()]))


def _mark(number: int) -> str:
    """A circled number while there are such signs.

    >>> _mark(1), _mark(21), _mark(51)
    ('①', '㉑', '(51)')
    """
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return f"({number})"
