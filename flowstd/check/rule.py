"""Rule: the record every rule fills in; Fault: what its function yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from flowstd.base.legal import LegalSource
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.ir.kinds import Kind, Role, StepKind

if TYPE_CHECKING:
    from .mend import Mend
    from .subject import Subject

Reads = Literal["flow", "item", "case", "drawing", "catalogue"]


class Fault(NamedTuple):
    """One place where a rule does not hold: what is wrong there, and how to mend it."""

    message: Text
    fix: Text | None = None
    node: str = ""                 # the step it is about
    link: str = ""                 # the line it is about
    where: Where = NOWHERE         # set where neither step nor line says the place
    item: str = ""                 # catalogue rules: the key of the case it is about
    source: LegalSource | None = None   # what this place rests on, where that is not what the rule rests on
    mend: Mend | None = None       # set where ``flowstd check --fix`` can put it right


@dataclass(frozen=True, slots=True)
class Rule:
    """All that is known of one rule: `flowstd explain`, the docs page, SARIF and the test are made from it.

    *reads* says what must be at hand: ``flow`` a graph, ``item`` the elements, ``case`` both,
    ``drawing`` the geometry, ``catalogue`` many cases at once.
    """

    code: str                      # group and number, for ever
    name: str                      # the fault, so that "allow missing-correction" reads well
    since: str
    reads: Reads
    summary: Text
    why: Text
    source: LegalSource | None     # None: a rule of taste, and its page says so
    bad: Callable[[], Subject]     # the smallest example that the rule finds
    good: Callable[[], Subject]    # its twin that the rule leaves alone
    check: Callable[[Subject], Iterator[Fault]]
    about: tuple[Kind | StepKind | Role, ...] = ()   # without any of these in the flow it is not asked; (): always is

    def concerns(self, present: frozenset[str]) -> bool:
        """Whether a flow with such nodes, steps and lanes may break the rule."""
        return not self.about or not present.isdisjoint(self.about)
