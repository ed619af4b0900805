"""What a workbook need not say of a flow, because it follows from what it says: reader and writer agree on it here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flowstd.catalog.steps import LANES
from flowstd.dsl.to_ir import START
from flowstd.dsl.wording import slug
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Document, Lane, Node
from flowstd.ir.office import OUTCOMES, STEPS, meant

__all__ = ["START", "Ids", "default_exits", "lane_id", "link_id", "ordered_lanes", "outcome_of", "papers_of", "returns",
           "role_of", "step_of"]


def role_of(lane: str) -> Role:
    """The role of a lane, by its name."""
    return LANES[lane].role if lane in LANES else Role.ORGAN


def lane_id(name: str) -> str:
    """The id that grows from a lane's name."""
    return slug(name) or name


def ordered_lanes(lanes: Iterable[Lane]) -> tuple[Lane, ...]:
    """Lanes in the order of their first step, the applicant first."""
    return tuple(sorted(lanes, key=lambda lane: lane.role is not Role.APPLICANT))


def step_of(kind: Kind, label: str) -> StepKind | None:
    """What a step does, when it does not say."""
    if kind is Kind.TASK:
        return meant(STEPS, label) or StepKind.HANDLE
    return StepKind.HANDLE if kind is Kind.DECISION and label else None


def outcome_of(label: str) -> Outcome:
    """How a case ends at an end called *label*."""
    return meant(OUTCOMES, label) or Outcome.DONE


class Ids:
    """The ids that grow from names, node after node, as those of the DSL do."""

    def __init__(self) -> None:
        self.unnamed = 0
        self.open: list[str] = []             # the parallel parts that have begun

    def next(self, kind: Kind, lane: str, label: str, outcome: Outcome | None) -> str:
        """The id of the next node; *lane* is the id of its lane. Empty when none can grow."""
        if kind is Kind.START:
            return START
        if kind is Kind.END:
            return f"end/{outcome}/{slug(label)}"
        if kind is Kind.SPLIT:
            self.open.append(f"parallel/{slug(label) if label else self._number()}")
            return f"{self.open[-1]}/split"
        if kind is Kind.JOIN:
            return f"{self.open.pop() if self.open else f'parallel/{slug(label) or self._number()}'}/join"
        name = slug(label)
        if not name:
            return ""
        return f"call/{name}" if kind is Kind.CALL else f"{lane}/{name}"

    def _number(self) -> int:
        self.unnamed += 1
        return self.unnamed


def link_id(source: str, label: str, target: str) -> str:
    """The id of a link."""
    return f"{source}→{label}→{target}" if label else f"{source}→{target}"


def returns(links: Sequence[tuple[str, str]], nodes: Iterable[str]) -> list[bool]:
    """Whether each link goes back: to a node that stands above its source, or is it, and leads there again."""
    order = {node: number for number, node in enumerate(nodes)}
    after: dict[str, list[str]] = {}
    for source, target in links:
        after.setdefault(source, []).append(target)
    reached: dict[str, frozenset[str]] = {}

    def leads(start: str, to: str) -> bool:
        if start not in reached:
            seen, waiting = {start}, [start]
            while waiting:
                for node in after.get(waiting.pop(), ()):
                    if node not in seen:
                        seen.add(node)
                        waiting.append(node)
            reached[start] = frozenset(seen)
        return to in reached[start]

    return [order[target] <= order[source] and leads(target, source) for source, target in links]


def default_exits(kind: Kind, said: Sequence[bool | None]) -> list[bool]:
    """Which exits are taken when no other condition holds: those that say so, else the last of a decision."""
    exits = [bool(one) for one in said]
    if kind is Kind.DECISION and len(said) > 1 and not any(exits) and said[-1] is None:
        exits[-1] = True
    return exits


def papers_of(nodes: Iterable[Node], names: Mapping[str, str], results: Iterable[str]) -> tuple[Document, ...]:
    """The documents of a flow, by what its steps do with them.

    *names* are those of the ids, *results* what the item issues.
    """
    kinds: dict[str, DocumentKind] = {}
    known = frozenset(results)
    for node in nodes:
        for paper in node.takes:
            kinds.setdefault(paper, DocumentKind.MATERIAL)
        for paper in node.issues:
            kinds[paper] = DocumentKind.NOTICE
    return tuple(Document(id=paper, name=names[paper], kind=DocumentKind.RESULT if names[paper] in known and kind is not
                          DocumentKind.MATERIAL else kind) for paper, kind in kinds.items())
