"""The hand-written items of the example bureau: real names and codes, sound charts, times that add up."""

from __future__ import annotations

import csv

import pytest

from flowstd.catalog.from_python import cases_in
from flowstd.check.run import run
from flowstd.ir.case import Case
from flowstd.ir.kinds import Kind, Outcome, StepKind
from flowstd.ir.model import Flow
from tests.conftest import EXAMPLES

FOLDER = EXAMPLES / "bureau" / "models"
CASES = [case for path in sorted(FOLDER.glob("*.py")) for case in cases_in(path)]
REAL = ("name", "item_type", "code", "authority", "authority_code", "parent", "profile", "where", "illustrative")


def each(test: object) -> object:
    return pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.item.name}.{case.scenario}")(test)


@each
def test_name_code_and_type_are_those_of_the_real_list(case: Case) -> None:
    with (EXAMPLES / "bureau" / "items.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["local_code"]: row for row in csv.DictReader(file)}
    row = rows[case.item.code]

    assert (case.item.name, case.item.parent, case.item.item_type, case.item.authority, case.item.authority_code) == (
        row["name"], row["parent_item"], row["item_type"], row["authority"], row["authority_code"])


@each
def test_the_structure_holds(case: Case) -> None:
    assert [finding for finding in run(case.flow, item=case.item, ruleset="draft")
            if finding.code.startswith("STR")] == []


@each
def test_the_slowest_way_takes_what_is_promised(case: Case) -> None:
    start = [node.id for node in case.flow.nodes if node.step in (StepKind.ACCEPT, StepKind.SUBMIT)][-1]
    goals = [node.id for node in case.flow.nodes if node.step is StepKind.DECIDE or node.outcome is Outcome.DONE]

    assert case.item.promised is not None
    assert slowest(case.flow, start, goals[0]) == case.item.promised.count


def slowest(flow: Flow, name: str, goal: str) -> int | None:
    """The days that count from *name* to *goal*; what is done after the result counts for nothing."""
    node = flow.node_by_id[name]
    after = (StepKind.PUBLISH, StepKind.ARCHIVE)
    own = node.within.count if node.within and not node.excluded_by and node.step not in after else 0
    if name == goal:
        return own
    found = [slowest(flow, link.target, goal) for link in flow.exits[name] if not link.back]
    arrived = [days for days in found if days is not None]
    return own + max(arrived) if arrived else None


@each
def test_materials_and_results_of_the_item_are_in_the_flow(case: Case) -> None:
    taken = {case.flow.document_by_id[name].name for node in case.flow.nodes for name in node.takes}
    issued = {case.flow.document_by_id[name].name for node in case.flow.nodes for name in node.issues}

    assert {material.name for material in case.item.materials} <= taken
    assert {result.name for result in case.item.results} <= issued


@each
def test_labels_are_those_an_office_would_print(case: Case) -> None:
    for node in case.flow.nodes:
        assert len(node.label) <= (16 if node.kind is Kind.DECISION else 12)
        assert node.kind is not Kind.DECISION or node.label.endswith("？")


@each
def test_what_was_made_up_is_marked(case: Case) -> None:
    assert {"promised", "case_type", "onsite_visits"} <= set(case.item.illustrative)
    assert not set(case.item.illustrative) & set(REAL)


def test_the_models_show_what_the_language_can_say() -> None:
    flows = [case.flow for case in CASES]

    assert len(CASES) >= 12
    assert any(node.kind is Kind.SPLIT for flow in flows for node in flow.nodes)
    assert any(node.kind is Kind.CALL for flow in flows for node in flow.nodes)
    assert {outcome for flow in flows for node in flow.nodes if (outcome := node.outcome)} >= {
        Outcome.GRANTED, Outcome.REFUSED, Outcome.NOT_ACCEPTED, Outcome.TRANSFERRED, Outcome.REVOKED,
        Outcome.WITHDRAWN, Outcome.DONE}
