"""Which BPMN element stands for what, from the table that writes and reads them."""

from __future__ import annotations

from flowstd.bpmn import table as mapping
from flowstd.dsl.lanes import Lane
from flowstd.ir.kinds import Kind, Role, StepKind
from flowstd.ir.model import Node

from .marks import code, page, table
from .words import _meaning


def pages() -> dict[str, str]:
    """One page."""
    kinds = [(code(kind.value), _element(_node(kind))) for kind in Kind if kind is not Kind.TASK]
    steps = [(code(step.value), _meaning(getattr(Lane, step.value)) if hasattr(Lane, step.value) else "",
              _element(_node(Kind.TASK, step)), _element(_node(Kind.TASK, step), Role.SYSTEM)) for step in StepKind]
    extra = [("没有动词的环节 / a step without a verb", _element(_node(Kind.TASK))),
             ("须到现场的环节 / a step for which the applicant must come", _element(_node(Kind.TASK, onsite=True))),
             ("系统按书面标准办理的环节 / what a system does by written criteria",
              _element(_node(Kind.TASK, StepKind.EXAMINE, criteria="标准"), Role.SYSTEM))]
    return {"bpmn.md": page(
        "BPMN 对照 / BPMN mapping",
        f"由 `flowstd/bpmn/table.py` 生成。BPMN 没有的内容写在 `{mapping.NAMESPACE}` 的扩展元素里。\n\n"
        "Made from `flowstd/bpmn/table.py`. What BPMN has no word for is kept in extension elements of "
        f"`{mapping.NAMESPACE}`.",
        "## 节点 / Nodes", table(("流程 / Flow", "BPMN"), kinds),
        "## 环节 / Steps", table(("种类 / Kind", "含义 / Meaning", "BPMN", "由系统办理 / By a system"), steps),
        "## 其他 / Otherwise", table(("情况 / Case", "BPMN"), extra))}


def _element(node: Node, role: Role = Role.WINDOW) -> str:
    return code(mapping.element(node, role))


def _node(kind: Kind, step: StepKind | None = None, *, onsite: bool = False, criteria: str = "") -> Node:
    return Node(id="a", kind=kind, label="a", lane="l", step=step, onsite=onsite, criteria=criteria)
