"""The page that says what becomes what in BPMN tells the truth: each element is in a file written with that option."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

import pytest
from lxml import etree

from flowstd.bpmn.from_flow import to_bpmn
from flowstd.dsl import Block, end, flow_of, window
from tests.bpmn.test_from_flow import licence
from tests.bpmn.test_variant import conditional, hearing
from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "docs"))
from pages.bpmn import SAID, UNSAID, pages

sys.path.remove(str(ROOT / "docs"))
OPTIONS: dict[str, dict[str, Any]] = {"": {}, "pools": {"pools": "two"}, "engine": {"engine": "camunda7"}}


@cache
def written(when: str) -> frozenset[str]:
    kept: Block = window.archive("归档") >> end.done
    texts = [to_bpmn(flow, **OPTIONS[when]) for flow in (licence(), hearing(), conditional(), flow_of(kept))]
    return frozenset(etree.QName(one).localname for text in texts for one in etree.fromstring(text.encode()).iter())


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.flow)
def test_what_it_says_is_written_is_in_the_file(said: Any) -> None:
    assert set(said.bpmn) <= written(said.when)


def test_what_it_says_is_not_used_is_in_none() -> None:
    unused = {name.strip("`") for name, _ in UNSAID if name.startswith("`")}

    assert unused == {"dataStore", "dataInputAssociation"}
    assert not unused & frozenset.union(*map(written, OPTIONS))


def test_it_is_one_page() -> None:
    assert list(pages()) == ["bpmn.md"]
    assert "eventBasedGateway" in pages()["bpmn.md"]
