"""Allowance: one rule that need not hold for an item, and who takes the responsibility for that."""

from __future__ import annotations

from pydantic import Field

from .element import Element
from .values import Day, Law, Line, Name, Prose, Words


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


class Granted(Allowance):
    """An allowance that a catalogue gives in its flowstd.toml: to the items it names, or to all of them.

    >>> given = Granted(rule="TIM016", reason="系统改造期间", items=["T-1.变更", "企业档案查询"])
    >>> given.given_to("T-1.变更", "T-1", "户外广告"), given.given_to("T-1.新办", "T-1", "户外广告")
    (True, False)
    """

    items: Words = Field((), title="事项")                   # codes or names of items, or keys of cases; empty: all

    def given_to(self, *names: str) -> bool:
        """Whether it is for what is called one of *names*."""
        return not self.items or any(name in self.items for name in names if name)
