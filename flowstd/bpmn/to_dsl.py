"""A flow as Python in our DSL: an expression where the graph is one, else its nodes and links one by one.

The text is compiled before it is given away: what does not make the same flow is
not written as an expression.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flowstd.base.errors import FlowstdError
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow

from .alike import compiled, same
from .case_text import with_case
from .explicit import explicit
from .expression import Writing
from .structure import Unstructured, structured

if TYPE_CHECKING:
    from .to_ir import Reading
    from .told import Loss


def to_dsl(flow: Flow, source: str = "") -> str:
    """A Python module whose ``flow`` is *flow*; *source* names the file it was read from.

    Where the graph is no expression, its nodes and links are written one by one.

    Ids follow the names of steps, as the DSL makes them; a name of the start, and the lane of an end, are the DSL's.

    >>> from flowstd.dsl import applicant, end, flow_of, window
    >>> print(to_dsl(flow_of(applicant.submit("申请") >> window.accept("受理") >> end.done, "备案")).splitlines()[-1])
    flow = flow_of(applicant.submit("申请") >> window.accept("受理") >> end.done, "备案")
    """
    try:
        text = Writing(flow).module(structured(flow), source)
        if same(compiled(text), flow):
            return text
    except (Unstructured, FlowstdError, RecursionError):
        pass
    return explicit(flow, source)


def unsaid(flow: Flow, text: str) -> Iterator[Loss]:
    """What *text* leaves out of *flow*: a name of the start, the lane of an end, a lane without steps."""
    from .told import Loss

    made = compiled(text)
    lanes = {lane.id: lane.name for lane in flow.lanes}
    kept = {lane.name for lane in made.lanes}
    names = {lane.id: lane.name for lane in made.lanes}
    ends = {(node.outcome, node.label): names[node.lane] for node in made.nodes if node.kind is Kind.END}
    for lane in flow.lanes:
        if lane.name not in kept:
            yield Loss("lane", lane.id, lane.name, "element", lane.where.line)
    for node in flow.nodes:
        if node.kind is Kind.START and all(node.label != one.label for one in made.nodes if one.kind is Kind.START):
            yield Loss("startEvent", node.id, node.label, "attribute name", node.where.line)
        elif node.kind is Kind.END and ends.get((node.outcome, node.label)) != lanes[node.lane]:
            yield Loss("endEvent", node.id, node.label, "lane", node.where.line)


def all_to_dsl(readings: Sequence[Reading], source: str = "") -> tuple[str, list[Loss]]:
    """One module with the flows of all *readings* (``flow``, ``flow_2`` …), and what it leaves out.

    A flow with an item is a ``chart`` as well.
    """
    texts: list[str] = []
    lost: list[Loss] = []
    for place, (_, flow, item, scenario) in enumerate(readings, 1):
        number = "" if place == 1 else f"_{place}"
        text = to_dsl(flow, source)
        lost += list(unsaid(flow, text))
        if number:
            text = text.replace("\nflow = ", f"\nflow{number} = ", 1)
        texts.append(text if item is None else with_case(text, item, scenario, number))
    return "\n\n".join(texts), lost
