"""How BPMN says that a parallel branch has a condition: by inclusive gateways, or by asking before each branch.

An inclusive gateway sends a token into every branch whose condition holds, and
its partner waits for those. In a loop that is not to be relied on: by the
standard such a join waits as well for what has gone on to a join round it, since
that could come round to it again, and both wait for ever. There, and in Camunda
8.7, which has no such joins, every branch gets its token, and it goes round the
branch where that is not needed. bpmn-engine 25 has none either; but its parallel
joins do not wait for what is not taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flowstd.ir.graph import after, conditional

if TYPE_CHECKING:
    from flowstd.ir.model import Flow, Link

    from .dialect import Engine

WHICH = "需要办理哪些？"                       # the question of an inclusive gateway that has no name
ANYWAY = "一律办理"                            # its exit that is always taken
YES, NO = "是", "否"                           # whether a branch that is asked for is needed


def question(condition: str) -> str:
    """The name of the gateway before a branch that is asked for.

    >>> question("涉及重大利益")
    '涉及重大利益？'
    """
    return f"{condition}？"


class Branching(NamedTuple):
    """The conditions of one flow's parallel branches, as they are said."""

    gateways: frozenset[str]                   # the splits and joins that are inclusive gateways
    asked: tuple[tuple[Link, Link], ...]       # the first and last link of each branch that is asked for


def branching(flow: Flow, engine: Engine) -> Branching:
    """How each condition of *flow* is said to *engine*."""
    gateways: list[str] = []
    asked: list[tuple[Link, Link]] = []
    for split, branches in conditional(flow).items():
        join = branches[0][1].target
        if engine == "bpmn-engine":
            gateways.append(split)
        elif engine == "camunda8" or split in after(flow, [join]):
            asked += [(begin, end) for begin, end in branches if begin.label]
        else:
            gateways += [split, join]
    return Branching(frozenset(gateways), tuple(asked))
