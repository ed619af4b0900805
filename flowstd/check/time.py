"""How long a case may take: the longest and the shortest way from acceptance to decision, and what lies outside.

The clock of a limit starts when the case is accepted and stops when it is
decided. So three stretches are kept apart: from receipt to acceptance, the
counted one, and from the decision to its service. Within a stretch

- of the exits of a decision one is taken: the slowest or the quickest;
- parallel branches run side by side: the slowest one counts, once; the longest
  way takes those with a condition, the quickest none that it can do without;
- a step counts once, however often a loop repeats it; what lies only on a way
  back (a correction) counts once as well;
- a step that the law excludes does not count, nor does the applicant's own time,
  nor the extension of a limit, which has its own bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from flowstd.base.term import Term, Unit
from flowstd.base.text import Text
from flowstd.ir.graph import conditional, extends
from flowstd.ir.kinds import DECISION, JOIN, START, Outcome, Role, StepKind
from flowstd.ir.model import Node

from .facts import Facts

HOURS = {Unit.WORKDAYS: 8, Unit.HOURS: 1, Unit.DAYS: 8, Unit.MONTHS: 176, Unit.YEARS: 2000}   # to compare ways only
OFFICE = (Unit.WORKDAYS, Unit.HOURS)          # these add up exactly: eight hours are one working day


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of terms, unit by unit: working days and calendar days do not add up to one number."""

    counts: tuple[tuple[Unit, int], ...] = ()

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Total:
        """The sum of *terms*."""
        found: dict[Unit, int] = {}
        for term in terms:
            if term.count:
                found[term.unit] = found.get(term.unit, 0) + term.count
        return cls(tuple((unit, found[unit]) for unit in Unit if unit in found))

    @property
    def zh(self) -> str:
        """The sum as a message shows it.

        >>> from flowstd.base.term import hours, workdays
        >>> Total.of([workdays(12), hours(4), workdays(3)]).zh
        '15个工作日加4小时'
        """
        return "加".join(Term(count=count, unit=unit).zh for unit, count in self.counts) or "0个工作日"

    @property
    def en(self) -> str:
        """The same in English."""
        return " and ".join(f"{count} {_english(unit, count)}" for unit, count in self.counts) or "0 working days"

    @property
    def hours(self) -> int:
        """Office hours, for comparison."""
        return sum(HOURS[unit] * count for unit, count in self.counts)

    def comparable(self, term: Term) -> bool:
        """Whether the sum can be held against *term*: the same unit, or working days and hours."""
        units = {unit for unit, _ in self.counts}
        return units <= {term.unit} or (term.unit in OFFICE and units <= set(OFFICE))

    def exceeds(self, term: Term) -> bool:
        """Whether the sum is certainly longer than *term*."""
        return self.comparable(term) and self.hours > HOURS[term.unit] * term.count

    def below(self, term: Term) -> bool:
        """Whether the sum is certainly shorter than *term*."""
        return self.comparable(term) and self.hours < HOURS[term.unit] * term.count


@dataclass(frozen=True, slots=True)
class Way:
    """One way through a stretch: its steps with a term, and their sum."""

    steps: tuple[Node, ...]
    total: Total

    @property
    def said(self) -> Text:
        """The way as a message tells it: the steps that take time, each with its term."""
        steps = [(node.label, told(node.within)) for node in self.steps
                 if node.within is not None and node.within.count]
        if not steps:
            return Text("各步骤均为当场办理", "every step is done on the spot")
        return Text(" → ".join(f"“{label}”{term.zh}" for label, term in steps),
                    " → ".join(f'"{label}" {term.en}' for label, term in steps))


class Measure:
    """The stretches of one flow, each worked out when it is asked for."""

    def __init__(self, subject: Facts) -> None:
        self.subject = subject

    @cached_property
    def accepting(self) -> tuple[Node, ...]:
        """Where the clock starts: at 受理; in a flow that has none when the file is complete, or from the start."""
        subject = self.subject
        complete = tuple(node for node in subject.steps(StepKind.CHECK)
                         if node.kind is DECISION and subject.any_after(node, self.deciding))
        return subject.steps(StepKind.ACCEPT) or complete or subject.by_kind[START]

    @cached_property
    def deciding(self) -> tuple[Node, ...]:
        """Where the clock stops: at 决定; where nothing is decided, at 登记, 办理结果 or a good end."""
        subject = self.subject
        return (subject.deciding or subject.steps(StepKind.REGISTER) or subject.steps(StepKind.DELIVER)
                or subject.ends(Outcome.GRANTED, Outcome.DONE))

    @cached_property
    def counted(self) -> Way | None:
        """The longest way from acceptance to decision; None where none leads there."""
        return longest(self.subject, self.accepting, self.deciding, self.counts)

    @cached_property
    def shortest(self) -> Way | None:
        """The quickest way from acceptance to decision."""
        return longest(self.subject, self.accepting, self.deciding, self.counts, quickest=True)

    @cached_property
    def before(self) -> Way | None:
        """The longest way from receipt to acceptance, one correction included."""
        subject = self.subject
        accepting = subject.steps(StepKind.ACCEPT)
        return longest(subject, subject.by_kind[START], accepting, self.counts) if accepting else None

    @cached_property
    def after(self) -> Way | None:
        """The longest way from the decision to the service of what was granted."""
        subject = self.subject
        good = subject.ends(Outcome.GRANTED, Outcome.DONE)
        serving = [node for node in subject.steps(StepKind.DELIVER)
                   if subject.any_after(node, good) and not subject.any_after(node, subject.deciding)]
        return longest(subject, subject.deciding, serving, self.counts) if subject.deciding and serving else None

    @cached_property
    def counts(self) -> frozenset[str]:
        """The steps whose term counts towards a limit."""
        return frozenset(node.id for node in self.subject.flow.nodes if node.within is not None and self._counted(node))

    def _counted(self, node: Node) -> bool:
        return (node.excluded_by is None and self.subject.role(node) is not Role.APPLICANT
                and not extends(node))


def measure(subject: Facts) -> Measure:
    """The stretches of *subject*.

    >>> from flowstd.dsl import applicant, decider, end, flow_of, reviewer, window, workdays
    >>> flow = flow_of(applicant.submit("提交申请") >> window.accept("受理") >> reviewer.examine("审查", within=workdays(7))
    ...                >> decider.decide("是否准予？", {"准予": end.granted, "不予": end.refused}, within=workdays(2)))
    >>> measure(Facts(flow)).counted.said.zh
    '“审查”7个工作日 → “是否准予？”2个工作日'
    """
    return Measure(subject)


def longest(subject: Facts, begin: Iterable[Node], goals: Iterable[Node], counts: frozenset[str], *,
            quickest: bool = False) -> Way | None:
    """The longest (or *quickest*) way from after one of *begin* up to and with one of *goals*; None if there is none.

    Only the terms of the steps in *counts* count.
    """
    return _Search(subject, tuple(begin), tuple(goals), counts, quickest).best()


class _Search:
    """One pass over the steps in their order; loops are left out, what lies on a way back is added to its decision."""

    def __init__(self, subject: Facts, begin: tuple[Node, ...], goals: tuple[Node, ...], counts: frozenset[str],
                 quickest: bool) -> None:
        self.subject = subject
        self.begin = {node.id for node in begin}
        self.goals = tuple(node.id for node in goals)
        self.goal_bits = subject.bits(goals)
        self.quickest = quickest
        self.nodes = subject.flow.node_by_id
        self.cost = {node: HOURS[term.unit] * term.count for node in counts
                     if (term := self.nodes[node].within) is not None}
        self.detours = {} if quickest else self._find_detours()
        self.spared = {(end.target, end.source) for branches in conditional(subject.flow).values()
                       for begin, end in branches if begin.label} if quickest else set()

    def best(self) -> Way | None:
        """The way to the goal that takes most, or least."""
        subject, quickest = self.subject, self.quickest
        hours: dict[str, int] = {}                     # up to and with each node
        came: dict[str, str] = {}                      # the node before it on the way
        onward, goals = subject.onward, self.goal_bits
        for node in subject.order:
            if node in self.begin:
                hours[node] = 0
                continue
            if not onward[node] & goals:
                continue                               # no goal lies there
            sources, least = self._awaited(node, hours)
            most = None
            for source in sources:
                so_far = hours.get(source)
                if so_far is not None and (most is None or (so_far < most if least else so_far > most)):
                    most, came[node] = so_far, source
            if most is not None:
                extra = sum(self.cost.get(step, 0) for step in self.detours[node]) if node in self.detours else 0
                hours[node] = most + self.cost.get(node, 0) + extra
        reached = [(hours[goal], goal) for goal in self.goals if goal in came]
        if not reached:
            return None
        return self._way((min if quickest else max)(reached, key=_hours)[1], came)

    def _awaited(self, node: str, reached: dict[str, int]) -> tuple[Sequence[str], bool]:
        """What comes before *node*, and whether the first of that to be done is enough."""
        before = self.subject.before[node]
        if not self.quickest or self.nodes[node].kind is not JOIN:
            return before, self.quickest
        certain = [source for source in before if source in reached and (node, source) not in self.spared]
        return certain or before, not certain

    def _way(self, goal: str, came: dict[str, str]) -> Way:
        steps: list[str] = []
        at = goal
        while at and at not in self.begin:
            steps[:0] = [at, *self.detours.get(at, ())]
            at = came[at]
        counted = tuple(self.nodes[node] for node in steps if node in self.cost)
        return Way(counted, Total.of(node.within for node in counted if node.within is not None))

    def _find_detours(self) -> dict[str, tuple[str, ...]]:
        """For each decision the dearest of the ways that leave it only to come back to it or before it."""
        subject = self.subject
        if not subject.returning:
            return {}
        onward, sources, goals = subject.onward, subject.turning, self.goal_bits
        stray = {node: None for node in reversed(subject.order)     # can come back, but not on to a goal; last first
                 if onward[node] & sources and not onward[node] & goals}
        found: dict[str, tuple[str, ...]] = {}
        if not stray:
            return found
        for decision in subject.decisions:
            leaves = any(link.target in stray for link in subject.flow.exits[decision.id])
            way = self._detour(decision, stray) if leaves and decision.id not in stray else ()
            if way:
                found[decision.id] = way
        return found

    def _detour(self, decision: Node, stray: dict[str, None]) -> tuple[str, ...]:
        subject, ways = self.subject, dict[str, tuple[int, str]]()
        for node in stray:                                      # what the dearest way back takes, and its next step
            rest = [(ways[link.target][0], link.target) for link in subject.forward[node] if link.target in ways]
            if any(link.id in subject.returning and self._not_after(link.target, decision)
                   for link in subject.flow.exits[node]):
                rest.append((0, ""))
            if rest:
                hours, after = max(rest, key=_hours)
                ways[node] = (hours + self.cost.get(node, 0), after)
        first = [(ways[link.target][0], link.target) for link in subject.forward[decision.id] if link.target in ways]
        at, steps = max(first, key=_hours)[1] if first else "", []
        while at:
            steps.append(at)
            at = ways[at][1]
        return tuple(steps)

    def _not_after(self, target: str, decision: Node) -> bool:
        return target == decision.id or bool(self.subject.after(target) & self.subject.bit[decision.id])


def _hours(entry: tuple[int, str]) -> int:
    return entry[0]


def _english(unit: Unit, count: int) -> str:
    one = {Unit.WORKDAYS: "working day", Unit.DAYS: "calendar day", Unit.HOURS: "hour", Unit.MONTHS: "month",
           Unit.YEARS: "year"}[unit]
    return one if count == 1 else one + "s"


def told(term: Term) -> Text:
    """A term in both languages.

    >>> from flowstd.base.term import workdays
    >>> told(workdays(1)).en
    '1 working day'
    """
    return Text(term.zh, f"{term.count} {_english(term.unit, term.count)}" if term.count else "on the spot")
