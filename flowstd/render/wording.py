"""What a node is called where its symbol is drawn by another program: its name, and its limit below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowstd.ir.kinds import Kind
from flowstd.layout.frames import frames

if TYPE_CHECKING:
    from flowstd.ir.model import Node
    from flowstd.standard.edition import Edition


def label_of(node: Node, rules: Edition) -> str:
    """The words on *node*, in lines: bars without a name say what they do.

    >>> from flowstd.base.term import workdays
    >>> from flowstd.ir.model import Node
    >>> from flowstd.standard.edition import load
    >>> label_of(Node(id="a", kind=Kind.TASK, label="审查", lane="科室", within=workdays(3)), load())
    '审查\\n（3个工作日）'
    """
    bars = {Kind.SPLIT: rules.words.spoken.split, Kind.JOIN: rules.words.spoken.join}
    return "\n".join((node.label or bars.get(node.kind, ""), *frames(rules).terms(node)))
