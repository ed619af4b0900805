"""Results kept by the identity of what they are made of."""

from __future__ import annotations

import pickle

from flowstd.base.kept import Kept
from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from tests.conftest import EXAMPLES


def test_what_is_kept_stays_in_its_process():
    parts, kept = ("甲",), Kept()
    kept.of((parts,), None, lambda: "made here")

    there = pickle.loads(pickle.dumps(kept))

    assert there.of((parts,), None, lambda: "made there") == "made there"


def test_the_latest_are_kept_and_the_oldest_go(monkeypatch):
    monkeypatch.setattr(Kept, "most", 4)
    kept, made = Kept(), []
    values = [(n,) for n in range(10)]
    for value in values:
        kept.of((value,), None, lambda value=value: made.append(value) or value)
    kept.of((values[-1],), None, lambda: made.append("again"))
    kept.of((values[0],), None, lambda: made.append("again"))

    assert made == [*values, "again"]


def test_the_flows_of_a_catalogue_are_all_kept(monkeypatch):
    monkeypatch.setattr(Kept, "most", 8)
    flows = len({id(entry.flow.nodes) for entry in load(open_catalogue(EXAMPLES / "bureau"))})

    assert flows <= Kept.most // 2
