"""Allowance: one rule that need not hold for an item, and who takes the responsibility for that."""

from __future__ import annotations

from pydantic import Field

from .element import Element
from .values import Day, Law, Line, Name, Prose


class Allowance(Element):
    """What is allowed to deviate, why, on what basis and until when. A text alone is its rule.

    >>> Allowance(rule="TIM016", reason="系统改造期间", until="2026-12-31").rule
    'TIM016'
    """

    rule: Name = Field(title="规则")                         # TIM016, or the fault's name: path-above-promise
    reason: Prose = Field(title="理由", min_length=1)
    basis: Law | None = Field(None, title="依据")
    until: Day | None = Field(None, title="有效期至")
    step: Line = Field("", title="步骤")                     # only at this step; empty: anywhere in the item
    scenario: Line = Field("", title="情形")                 # only in this scenario; empty: in every one
