"""The last steps of an office around a service, as the applicant sees them.

What the office does so that something can be served (the certificate made,
the refusal written) is part of the service, whose limit grows by its time.
What it does once everybody is served (made public, put into the archive) is
not the applicant's concern: the case ends with the service.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from flowstd.ir.kinds import DocumentKind, Kind, Role, StepKind
from flowstd.ir.model import Flow

from .terms import added, one_unit
from .wiring import Wiring

if TYPE_CHECKING:
    from flowstd.base.term import Term
    from flowstd.ir.model import Link

T = TypeVar("T")

AFTERWARDS = (StepKind.PUBLISH, StepKind.ARCHIVE)
BACK_OFFICE = (Role.REVIEWER, Role.DECIDER, Role.SYSTEM)
OFFICES = (Role.WINDOW, *BACK_OFFICE, Role.ORGAN)
BEFOREHAND = {                       # what goes before a service, and who does it
    StepKind.REGISTER: OFFICES,
    StepKind.CERTIFY: OFFICES,
    StepKind.REFUSE: OFFICES[1:],    # at the window it is a notice of its own
}


def served(flow: Flow) -> Flow:
    """*flow* with what precedes a service as part of it, and without what follows the last one.

    >>> from flowstd.dsl import applicant, end, flow_of, window, workdays
    >>> flow = flow_of(applicant.submit("提交申请") >> window.certify("制证", within=workdays(2))
    ...                >> window.deliver("送达", within=workdays(3)) >> window.archive("归档") >> end.granted)
    >>> [(node.label, node.within.zh if node.within else "") for node in served(flow).nodes]
    [('开始', ''), ('提交申请', ''), ('送达', '5个工作日'), ('办结', '')]
    """
    draft = _Draft(flow)
    for node in reversed(flow.nodes):
        draft.close(node.id)
    for node in reversed(flow.nodes):
        draft.serve(node.id)
    if len(draft.nodes) == len(flow.nodes):
        return flow
    return Flow(title=flow.title, lanes=flow.lanes, nodes=tuple(draft.nodes.values()),
                links=tuple(draft.links.values()), documents=flow.documents, where=flow.where)


class _Draft(Wiring):
    """A flow while steps are taken out of it."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow)
        self.nodes = {node.id: node for node in flow.nodes}
        self.role = {lane.id: lane.role for lane in flow.lanes}
        self.results = {paper.id for paper in flow.documents if paper.kind is DocumentKind.RESULT}

    def close(self, name: str) -> None:
        """Take *name* out if it is done after everybody is served: nothing but the end follows."""
        node, onward = self.nodes[name], self._onward(name)
        if (onward is None or node.step not in AFTERWARDS or self.role[node.lane] not in OFFICES or node.onsite
                or node.takes or not self.results.isdisjoint(node.issues)
                or self.nodes[onward.target].kind is not Kind.END):
            return
        sources = {self.links[link].source for link in self.entries[name]}
        closed = {self.links[link].source for link in self.entries[onward.target] if link != onward.id}
        if sources.isdisjoint(closed):              # else one question would lead to the same end twice
            self._take_out(name, onward)

    def serve(self, name: str) -> None:
        """Make *name* part of the service that follows it, if it is done for that."""
        node, onward = self.nodes.get(name), self._onward(name)
        if node is None or onward is None or node.step not in BEFOREHAND:
            return
        service = self.nodes[onward.target]
        if (self.role[node.lane] not in BEFOREHAND[node.step] or node.onsite or node.takes
                or service.step is not StepKind.DELIVER or self.role[service.lane] is not Role.WINDOW
                or len(self.entries[service.id]) != 1 or bool(node.excluded_by) != bool(service.excluded_by)
                or not _addable(node.within, service.within)):
            return
        self.nodes[service.id] = service.model_copy(update={
            "within": added((service.within, node.within)), "bases": _both(node.bases, service.bases),
            "issues": _both(node.issues, service.issues),
            "note": "；".join(note for note in _both((node.note,), (service.note,)) if note)})
        self._take_out(name, onward)

    def _onward(self, name: str) -> Link | None:
        """The one line by which a step is left; None where it is no step, or left otherwise."""
        if name not in self.nodes or self.nodes[name].kind is not Kind.TASK or len(self.exits[name]) != 1:
            return None
        onward = self.links[self.exits[name][0]]
        return None if onward.back or onward.target == name else onward

    def _take_out(self, name: str, onward: Link) -> None:
        for link in list(self.entries[name]):
            self.aim(link, onward.target)
        self.cut(onward.id)
        self.forget(name)
        del self.nodes[name]


def _addable(before: Term | None, service: Term | None) -> bool:
    """Whether the two terms make one: in one unit, and both said, or nothing to add."""
    said = (before is None) == (service is None) or (before is not None and not before.count)
    return said and one_unit((before, service))


def _both(before: Iterable[T], service: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*before, *service)))
