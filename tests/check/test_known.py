"""What was found of a flow holds for the next item that follows it: never more, never less."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import pytest

from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from flowstd.check import run
from flowstd.check.facts import Facts
from flowstd.check.picture import Picture
from flowstd.check.subject import _FACTS, Subject
from flowstd.ir.case import Case
from flowstd.layout.from_ir import lay_out
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Every third case of the bureau."""
    return [entry for entry in load(open_catalogue(ROOT / "examples" / "bureau")) if isinstance(entry, Case)][::3]


def test_findings_are_those_of_a_check_that_knows_nothing(cases, monkeypatch):
    run._KNOWN.forget()
    knowing = [run.run(case.flow, case.item, case.scenario) for case in cases]
    again = [run.run(case.flow, case.item, case.scenario) for case in cases]
    monkeypatch.setattr(run._KNOWN, "of", lambda parts, more, make: make())

    assert knowing == again == [run.run(case.flow, case.item, case.scenario) for case in cases]
    assert any(knowing)


def test_no_fact_of_a_flow_asks_for_more_than_the_flow(cases):
    assert len(_FACTS) > 8
    for case in cases[::8]:
        for name in sorted(_FACTS):
            subject = Subject(case.flow, case.item, case.scenario)
            assert isinstance(vars(Facts)[name], cached_property)
            getattr(subject, name)
            assert not (subject.asked or subject.looked), name


def test_what_was_found_of_a_drawing_holds_for_that_drawing_only(cases, monkeypatch):
    flow = cases[0].flow
    drawing = lay_out(flow)
    first = drawing.symbols[0]
    upon = replace(drawing, symbols=(first, *[one._replace(rect=first.rect) for one in drawing.symbols[1:]]))
    pictures = [Picture(flow, drawing), Picture(flow, upon), Picture(flow, drawing, pt=3), Picture(flow, drawing)] * 2
    run._DRAWN.forget()
    knowing = [run.run(flow, picture=picture) for picture in pictures]
    monkeypatch.setattr(run._DRAWN, "of", lambda parts, more, make: make())

    assert knowing == [run.run(flow, picture=picture) for picture in pictures]
    codes = [{one.code for one in found} for found in knowing[:4]]
    assert ["DRW003" in found for found in codes] == [False, True, False, False]
    assert ["DRW005" in found for found in codes[::2]] == [False, True]


def test_a_rule_that_asks_for_the_item_is_run_for_each(cases):
    case = next(case for case in cases if case.item.materials)
    vague = case.item.model_copy(update={"materials": (case.item.materials[0].model_copy(update={"name": "其他材料"}),)})
    for _ in range(2):
        assert "MAT001" in {finding.code for finding in run.run(case.flow, vague, case.scenario)}
        assert "MAT001" not in {finding.code for finding in run.run(case.flow, case.item, case.scenario)}
