"""Matter: what kind of act a template is about, the words that go with it, and whether 行政许可法 binds it."""

from __future__ import annotations

from typing import NamedTuple

from flowstd.base.legal import LegalSource

from .statute import LICENSING


class Matter(NamedTuple):
    """One kind of administrative act, by the noun that its papers use."""

    noun: str                          # 许可, 变更, 确认 …: 不予许可, 准予变更
    act: str = ""                      # the noun as papers spell it out: 行政许可
    licensed: bool = False             # 行政许可法 sets its procedure and its limits
    yes: str = "准予"                  # how the paper that grants begins: 准予行政许可决定书

    @property
    def paper(self) -> str:
        """The noun on papers.

        >>> LICENCE.paper, CHANGE.paper
        ('行政许可', '变更许可')
        """
        return self.act or self.noun

    @property
    def grant(self) -> str:
        """The paper that grants."""
        return f"{self.yes}{self.paper}决定书"

    @property
    def refusal(self) -> str:
        """The paper that refuses."""
        return f"不予{self.paper}决定书"

    @property
    def refused_state(self) -> str:
        """How a refused case ends."""
        return f"不予{self.noun}"

    def law(self, *articles: str) -> tuple[LegalSource, ...]:
        """Those articles of 行政许可法, when it binds this matter; nothing otherwise."""
        return tuple(LICENSING.article(article) for article in articles) if self.licensed else ()


LICENCE = Matter("许可", act="行政许可", licensed=True)
CHANGE = Matter("变更", act="变更许可", licensed=True)
RENEWAL = Matter("延续", act="延续许可", licensed=True)
REPLACEMENT = Matter("补证", act="补发证件", licensed=True)
CANCELLATION = Matter("注销", act="注销许可", licensed=True)
REGISTRATION = Matter("登记", licensed=True)
CONFIRMATION = Matter("确认", act="行政确认", yes="")
BENEFIT = Matter("给付", act="行政给付", yes="")
FILING = Matter("备案", yes="")
