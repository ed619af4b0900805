"""Which element stands for which step."""

from __future__ import annotations

import pytest

from flowstd.bpmn.table import ELEMENT, element, prefix
from flowstd.ir.kinds import Kind, Role, StepKind
from flowstd.ir.model import Node


def task(step: StepKind | None, *, onsite: bool = False, criteria: str = "") -> Node:
    return Node(id="a", kind=Kind.TASK, label="a", lane="l", step=step, onsite=onsite, criteria=criteria)


@pytest.mark.parametrize(("node", "role", "tag"), [
    (task(StepKind.SUBMIT), Role.APPLICANT, "userTask"),
    (task(StepKind.SUBMIT, onsite=True), Role.APPLICANT, "manualTask"),
    (task(StepKind.INSPECT), Role.REVIEWER, "manualTask"),
    (task(StepKind.EXAMINE), Role.REVIEWER, "userTask"),
    (task(StepKind.RECEIVE), Role.WINDOW, "receiveTask"),
    (task(StepKind.NOTIFY), Role.WINDOW, "sendTask"),
    (task(StepKind.NOTIFY), Role.SYSTEM, "sendTask"),
    (task(StepKind.EXAMINE), Role.SYSTEM, "serviceTask"),
    (task(StepKind.EXAMINE, criteria="比对"), Role.SYSTEM, "businessRuleTask"),
    (task(None), Role.ORGAN, "task"),
])
def test_tasks_are_typed_by_step_and_role(node: Node, role: Role, tag: str) -> None:
    assert element(node, role) == tag


def test_every_kind_has_an_element_and_a_prefix() -> None:
    assert {Kind.TASK, *ELEMENT} == set(Kind)
    assert {prefix(kind) for kind in Kind} == {"Activity_", "Event_", "Gateway_"}
