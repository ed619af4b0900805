"""How a rule writes its two examples: in the DSL, or as a bare graph where the DSL refuses to build the fault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flowstd.ir.kinds import Kind, Outcome, Role
from flowstd.ir.model import Flow, Lane, Link, Node

from .subject import Subject

if TYPE_CHECKING:
    from flowstd.dsl import Block
    from flowstd.item import Item

MARKS = {"?": Kind.DECISION, "+": Kind.SPLIT, "=": Kind.JOIN, "!": Kind.END}
_LINK = re.compile(r"(?P<source>[^>:\s]+)(?::(?P<label>[^>\s]+))?>(?P<target>\S+)")


def of(block: Block, item: Item | None = None, scenario: str = "") -> Subject:
    """The subject of a process written in the DSL."""
    from flowstd.dsl import flow_of

    return Subject(flow_of(block), item, scenario)


def graph(text: str) -> Subject:
    """The subject of ``"开始>提交 提交>?齐全 ?齐全:是>!办结"``: ? is a decision, + a split, = a join, ! an end.

    >>> [node.kind.value for node in graph("开始>受理 受理>!办结").flow.nodes]
    ['start', 'task', 'end']
    """
    names: dict[str, None] = {}
    links = []
    for number, found in enumerate(_LINK.finditer(text)):
        names.update({found["source"]: None, found["target"]: None})
        links.append(Link(id=str(number), source=found["source"], target=found["target"], label=found["label"] or ""))
    return Subject(Flow(lanes=(Lane(id="窗口", name="窗口", role=Role.WINDOW),),
                        nodes=tuple(_node(name) for name in names), links=tuple(links)))


def _node(name: str) -> Node:
    kind = MARKS.get(name[0], Kind.START if name.startswith("开始") else Kind.TASK)
    return Node(id=name, kind=kind, label=name.lstrip("?+=!"), lane="窗口",
                outcome=Outcome.DONE if kind is Kind.END else None)


def licence(**elements: Any) -> Item:
    """A small licence item, lawful and complete, with *elements* changed."""
    from flowstd.item import Item

    return Item.model_validate({"name": "示例许可", "item_type": "行政许可", **elements})
