"""No rule has anything to say of a standard template with an item that fits it."""

from __future__ import annotations

from typing import Any

import pytest

from flowstd.base.finding import Level
from flowstd.check.picture import Picture
from flowstd.check.run import check
from flowstd.check.subject import Subject
from flowstd.layout.from_ir import lay_out

from .fitting import fitted, variants


@pytest.mark.parametrize("ruleset", ["draft", "publish"])
@pytest.mark.parametrize(("template", "parameters"), list(variants()), ids=str)
def test_a_template_is_lawful(template: str, parameters: dict[str, Any], ruleset: str) -> None:
    subject = fitted(template, **parameters)

    found = [f"{finding.code} {finding.message.zh}" for finding in check(subject, ruleset)]
    assert found == []
    assert [f"{finding.code} {finding.message.zh}" for finding in check(Subject(subject.flow), ruleset)] == []


@pytest.mark.parametrize("template", ["ordinary_licence", "joint", "commitment"])
def test_a_drawing_of_a_template_is_clean(template: str) -> None:
    subject = fitted(template)
    drawn = Subject(subject.flow, subject.item, subject.scenario, Picture(subject.flow, lay_out(subject.flow)))

    found = [finding for finding in check(drawn, "publish") if finding.code.startswith("DRW")]
    assert [finding for finding in found if finding.level is Level.ERROR] == []
