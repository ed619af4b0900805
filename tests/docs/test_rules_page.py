"""Every rule once planned is there, or the page says why not."""

from __future__ import annotations

from docs.pages.rules import LEFT_OUT, pages
from flowstd.check.registry import modules

PLANNED = {"TIM": 23, "PRC": 27, "STR": 15, "ITM": 6, "COD": 5, "MAT": 6, "LAW": 5, "NAM": 7, "DRW": 8, "UNI": 5,
           "PUB": 3}


def test_every_rule_once_planned_is_there_or_has_its_reason():
    planned = {f"{group}{number:03}" for group, most in PLANNED.items() for number in range(1, most + 1)}
    left_out = {code for code, _, _ in LEFT_OUT}

    assert planned - set(modules()) == left_out
    page = pages()["rules/index.md"]
    assert all(code in page and zh in page and en in page for code, zh, en in LEFT_OUT)
