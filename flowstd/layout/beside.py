"""What stands beside a symbol on which nothing can hang: papers of diamonds and ends, the names of bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flowstd.ir.kinds import CALL, JOIN, SPLIT, TASK

from .frame import Frame
from .papers import papers

if TYPE_CHECKING:
    from flowstd.ir.model import Flow, Node
    from flowstd.standard.edition import Edition

    from .model import Direction

HANGING = (TASK, CALL)         # boxes: their papers hang on them
BARS = (SPLIT, JOIN)           # two level lines hold no text: name and remark stand beside them


class Stack(NamedTuple):
    """The papers beside one node: each with its place in the stack, and the size of the whole, px."""

    papers: tuple[tuple[Frame, int, int], ...]
    width: int
    height: int


def beside(flow: Flow, node: Node, direction: Direction, rules: Edition) -> Stack | None:
    """What stands beside *node*, one above the other (side by side in a chart that runs right)."""
    if node.kind in HANGING or not (node.takes or node.issues or node.kind in BARS):
        return None
    made, names = papers(rules), flow.document_by_id
    found: list[Frame] = []
    if node.takes:
        found.append(made.sheet("data", tuple(names[paper].name for paper in node.takes)))
    if node.issues:
        found.append(made.sheet("document", tuple(names[paper].name for paper in node.issues)))
    if node.kind in BARS and (node.label or node.note):
        found.append(made.sheet("note", tuple(text for text in (node.label, node.note) if text)))
    return _stacked(found, direction, rules.symbols.paper.between) if found else None


def _stacked(found: list[Frame], direction: Direction, between: int) -> Stack:
    wide, high = max(paper.width for paper in found), max(paper.height for paper in found)
    placed, at = [], 0
    for paper in found:
        placed.append((paper, 0, at) if direction == "down" else (paper, at, 0))
        at += (paper.height if direction == "down" else paper.width) + between
    at -= between
    return Stack(tuple(placed), wide, at) if direction == "down" else Stack(tuple(placed), at, high)
