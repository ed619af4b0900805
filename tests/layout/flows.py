"""Small flows for tests of the page and of its texts."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role
from flowstd.ir.model import Document, Flow, Lane, Link, Node


def chain(*labels: str, title: str = "备案", **more: Any) -> Flow:
    """Start, one step for each label, end; *more* goes to every step."""
    steps = [Node(id=f"n{number}", kind=Kind.TASK, label=label, lane="窗口", **more)
             for number, label in enumerate(labels)]
    nodes = (Node(id="start", kind=Kind.START, label="开始", lane="申请人"), *steps,
             Node(id="end", kind=Kind.END, label="办结", lane="窗口", outcome=Outcome.DONE))
    return _linked(title, nodes)


def question(label: str, **more: Any) -> Flow:
    """Start, one decision with two exits, two ends."""
    nodes = (Node(id="start", kind=Kind.START, label="开始", lane="申请人"),
             Node(id="ask", kind=Kind.DECISION, label=label, lane="窗口", **more),
             Node(id="yes", kind=Kind.END, label="准予", lane="窗口", outcome=Outcome.GRANTED),
             Node(id="no", kind=Kind.END, label="不予许可", lane="窗口", outcome=Outcome.REFUSED))
    links = (Link(id="l0", source="start", target="ask"), Link(id="l1", source="ask", target="yes", label="是"),
             Link(id="l2", source="ask", target="no", label="不符合条件"))
    return Flow(title="许可", lanes=LANES, nodes=nodes, links=links, documents=PAPERS)


def _linked(title: str, nodes: tuple[Node, ...]) -> Flow:
    links = tuple(Link(id=f"l{number}", source=one.id, target=other.id)
                  for number, (one, other) in enumerate(pairwise(nodes)))
    return Flow(title=title, lanes=LANES, nodes=nodes, links=links, documents=PAPERS)


LANES = (Lane(id="申请人", name="申请人", role=Role.APPLICANT), Lane(id="窗口", name="综合窗口", role=Role.WINDOW))
PAPERS = (*(Document(id=f"m{number}", name=f"第{number}种材料") for number in range(1, 8)),
          Document(id="受理通知书", name="受理通知书", kind=DocumentKind.NOTICE))
