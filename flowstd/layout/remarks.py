"""Remarks are numbered: the mark stands behind the step's name, the words at the foot of the page.

The office's own chart tells in them who does a step and what is looked at; the applicant's has neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flowstd.standard.edition import NEWEST, Edition, load

from .beside import BARS

if TYPE_CHECKING:
    from flowstd.ir.model import Flow, Node


class Remarks(NamedTuple):
    """The mark of each node that has a remark, and the words of each mark, in the order of the story."""

    mark_of: dict[str, str]
    words: tuple[tuple[str, str], ...]


def remarks_of(flow: Flow, edition: str = NEWEST) -> Remarks:
    """Number what is to be remarked of the steps of *flow*; equal remarks share a number."""
    rules = load(edition)
    numbered: dict[str, str] = {}
    mark_of: dict[str, str] = {}
    for node in flow.nodes:
        said = (node.post or node.note or node.criteria) and node.kind not in BARS
        if said and (remark := _remark(node, rules)):
            mark_of[node.id] = numbered.setdefault(remark, _mark(len(numbered) + 1))
    return Remarks(mark_of, tuple([(mark, words) for words, mark in numbered.items()])) if numbered else _NONE


def _remark(node: Node, rules: Edition) -> str:
    """Who does the step, the author's remark, and what is looked at, as far as the edition shows them."""
    words = rules.words.step
    parts = (words.post.format(post=node.post) if node.post else "", node.note,
             words.criteria.format(criteria=node.criteria) if node.criteria else "")
    return rules.words.spoken.between.join([part for part in parts if part])


_NONE = Remarks({}, ())          # one for all charts, which then share the foot of their page


def _mark(number: int) -> str:
    """A circled number while there are such signs.

    >>> _mark(1), _mark(21), _mark(51)
    ('①', '㉑', '(51)')
    """
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return f"({number})"
