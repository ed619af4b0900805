"""What a check costs: little at start, and little a chart."""

from __future__ import annotations

import subprocess
import sys
from statistics import median

from flowstd.check.run import check
from flowstd.check.subject import Subject

from .fitting import fitted, variants

HEAVY = ("networkx", "lxml", "rich", "graphviz", "flowstd.layout", "flowstd.bpmn", "flowstd.render")


def test_a_draft_run_imports_nothing_heavy() -> None:
    script = ("import sys\nfrom flowstd.check.run import run\nfrom flowstd.dsl.templates import template\n"
              "from flowstd.dsl import flow_of\nassert run(flow_of(template('ordinary_licence')())) == ()\n"
              f"print([name for name in sys.modules if name in {HEAVY!r}])")
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def calls(subject: Subject) -> int:
    """How many Python functions a check enters: what it costs, the same on every machine."""
    entered = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal entered
        entered += event == "call"

    sys.setprofile(count)
    try:
        check(subject)
    finally:
        sys.setprofile(None)
    return entered


def test_all_checks_of_a_chart_stay_within_their_budget() -> None:
    """Under a millisecond where it was measured: 0.7 ms at the median for a chart of its own, some 1,800 calls.

    Charts that follow one flow share what is known of it: 0.2 ms at the median for the bureau's.
    """
    found = []
    for name, parameters in variants():
        subject = fitted(name, **parameters)
        check(subject)                                            # rules are imported by now
        anew = subject.flow.model_copy(update={"nodes": (*subject.flow.nodes,)})      # a flow that nothing is known of
        found.append(calls(Subject(anew, subject.item, subject.scenario)))

    assert median(found) <= 2_200
    assert max(found) <= 3_000
