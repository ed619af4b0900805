"""Break one thing at a time: the rule meant for it finds it, and nothing else raises a false alarm."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flowstd.base.finding import Level
from flowstd.check.run import check
from flowstd.check.subject import Subject
from tests.conftest import ROOT

from .fitting import bureau, fitted, variants
from .mutations import KINDS, Breakage

TABLE = ROOT / "docs" / "reference" / "mutations.md"
FOUND_AT_LEAST = 0.99


@dataclass
class Score:
    """How one kind of breakage fared."""

    breakage: Breakage
    made: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def take(self, name: str, subject: Subject) -> None:
        """Count one broken chart."""
        findings = check(subject, "publish")
        codes = {finding.code for finding in findings}
        self.made += 1
        if codes & set(self.breakage.found_by):
            self.found += 1
        else:
            self.missed.append(f"{self.breakage.name} in {name}")
        expected = {*self.breakage.found_by, *self.breakage.also}
        self.false += [f"{self.breakage.name} in {name}: {finding.code} {finding.message.zh}" for finding in findings
                       if finding.level is Level.ERROR and finding.code not in expected]


def scores() -> list[Score]:
    """Every kind of breakage on every template, with each special procedure, and on every flow of the bureau."""
    bases = [*((" ".join([name, *(str(value[0]) for value in parameters.values())]), fitted(name, **parameters))
               for name, parameters in variants()), *bureau()]
    found = []
    for breakage in KINDS:
        score = Score(breakage)
        for name, subject in bases:
            for broken in breakage.make(subject):
                score.take(name, broken)
        found.append(score)
    return found


def table(found: list[Score]) -> str:
    """The page of the manual."""
    made, hit = sum(score.made for score in found), sum(score.found for score in found)
    rows = [f"| {score.breakage.name} | {score.breakage.zh} | {' '.join(score.breakage.found_by)} | "
            f"{score.made} | {score.found} |" for score in found]
    return "\n".join([
        "# What the checks find",
        "",
        "Every template, with each special procedure, and every distinct flow of the bureau's 344 items, each with an",
        "item that fits it, is sound and lawful: no rule says anything of it. From these charts",
        f"{made} broken ones are made, one breakage each, of {len(found)} kinds. The rule meant for a kind finds",
        f"{hit} of {made}; no other error is reported that the breakage did not cause. This page is made by",
        "`tests/check/test_mutations.py`.",
        "",
        "Not found:",
        "",
        *(f"- {one}" for score in found for one in score.missed),
        "",
        "| breakage | 破坏 | found by | made | found |",
        "| --- | --- | --- | ---: | ---: |",
        *rows, ""])


def test_no_rule_says_anything_of_a_flow_of_the_bureau_with_an_item_that_fits_it() -> None:
    charts = dict(bureau())

    assert len(charts) > 50
    assert {name: found for name, subject in charts.items() if (found := check(subject, "publish"))} == {}


def test_one_thing_broken_is_found_by_the_rule_meant_for_it(approved) -> None:
    found = scores()
    missed = [one for score in found for one in score.missed]
    made = sum(score.made for score in found)

    assert len(KINDS) >= 30 and made > 2_000
    assert all(score.made for score in found), [score.breakage.name for score in found if not score.made]
    assert len(missed) <= made * (1 - FOUND_AT_LEAST), missed[:20]
    assert [one for score in found for one in score.false] == []
    approved(Path(TABLE), table(found))
