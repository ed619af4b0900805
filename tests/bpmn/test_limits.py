"""What is large, deep or dense on purpose: used within 200 MB or refused in words, in a process of its own."""

from __future__ import annotations

import pytest

from flowstd.base.errors import BadSource
from flowstd.bpmn import read
from tests.bpmn.hostile import KINDS, WORKS, cost

MEGABYTES = 200
NOT_LAID_OUT = {"star", "dense", "papers", "borders", "messages", "megabytes", "attributes", "bomb", "deep"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("work", WORKS)
def test_memory_stays_within_its_limit(kind: str, work: str) -> None:
    """Peak memory is no timing: it does not depend on what else the machine does."""
    found = cost(kind, work)

    assert found["megabytes"] < MEGABYTES
    if work == "relaid":
        assert bool(found["refused"]) == (kind in NOT_LAID_OUT)


@pytest.mark.parametrize(("kind", "count", "line"), [("star", 302, 4), ("messages", 302, 4), ("bare_places", 1002, 4)])
def test_what_is_refused_names_its_line(kind: str, count: int, line: int) -> None:
    document = read(KINDS[kind](count))  # type: ignore[call-arg]

    with pytest.raises(BadSource) as caught:
        document.completed()
    assert caught.value.where.line in range(1, line + 1)
    assert caught.value.fix is not None


@pytest.mark.parametrize(("kind", "count"), [("star", 300), ("messages", 299), ("row", 1000), ("nested", 100)])
def test_what_is_just_small_enough_is_laid_out(kind: str, count: int) -> None:
    document = read(KINDS[kind](count))  # type: ignore[call-arg]

    assert document.relaid().root.find(".//{*}BPMNShape") is not None
