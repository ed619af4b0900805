"""The BPMN elements that stand for a flow, before they are text or have a place.

Three things are added to the flow's own nodes: a merging gateway before a
decision or split that several links enter (one gateway may not both join and
fork), an element for each paper beside a step, and one for each remark.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flowstd.ir.graph import merges
from flowstd.ir.kinds import DocumentKind, Kind, Outcome
from flowstd.ir.model import Flow, Link, Node

from .ids import encode, variable
from .table import element, prefix

_FAVOURED = (Outcome.GRANTED, Outcome.DONE)
TOGETHER = 2               # more papers of one step than this are drawn as one pile


class Part(NamedTuple):
    """One flow node of the file."""

    id: str
    tag: str
    name: str
    lane: int
    node: Node | None                # None: a merging gateway
    favoured: bool = False           # an end that the story should lead to


class Way(NamedTuple):
    """One sequence flow."""

    id: str
    source: int                      # index of its part
    target: int
    name: str
    condition: str                   # empty: none
    default: bool                    # taken when no condition holds
    link: Link | None                # None: from a merging gateway to its node
    back: bool = False               # returns to an earlier step


class Paper(NamedTuple):
    """One data object, or a pile of them, beside a step."""

    id: str
    part: int                        # index of the step
    issued: bool                     # the step issues it; else it takes it in
    name: str
    documents: tuple[str, ...]       # ids in the flow


class Remark(NamedTuple):
    """A text annotation beside a step."""

    id: str
    part: int
    text: str


class Elements(NamedTuple):
    """All of one flow, in declaration order."""

    lanes: tuple[str, ...]           # ids
    parts: tuple[Part, ...]
    ways: tuple[Way, ...]
    papers: tuple[Paper, ...]
    remarks: tuple[Remark, ...]


def elements_of(flow: Flow) -> Elements:
    """The elements that stand for *flow*; equal flows give equal elements."""
    lane_index = {lane.id: number for number, lane in enumerate(flow.lanes)}
    parts: list[Part] = []
    entry: dict[str, int] = {}       # node id → the part that links to it enter
    exit_: dict[str, int] = {}
    for node in flow.nodes:
        lane = lane_index[node.lane]
        name = encode(node.id)
        if node.kind in (Kind.DECISION, Kind.SPLIT) and len(flow.entries[node.id]) > 1 and not merges(flow, node):
            entry[node.id] = len(parts)
            parts.append(Part(f"Merge_{name}", "exclusiveGateway", "", lane, None))
        exit_[node.id] = len(parts)
        entry.setdefault(node.id, len(parts))
        parts.append(Part(prefix(node.kind) + name, element(node, flow.lanes[lane].role), node.label, lane, node,
                          node.outcome in _FAVOURED))
    ways = [*_links(flow, parts, entry, exit_), *_merged(flow, parts, entry, exit_)]
    return Elements(tuple("Lane_" + encode(lane.id) for lane in flow.lanes), tuple(parts), tuple(ways),
                    tuple(_papers(flow, exit_)), tuple(_remarks(flow, exit_)))


def _links(flow: Flow, parts: list[Part], entry: dict[str, int], exit_: dict[str, int]) -> Iterable[Way]:
    conditions: dict[str, tuple[str, bool]] = {}
    variables: set[str] = set()
    for node in flow.nodes:
        exits = flow.exits[node.id]
        if node.kind is Kind.DECISION and len(exits) > 1:
            answer = _unused(variable(parts[exit_[node.id]].id), variables)
            default = next((link for link in exits if link.default), exits[-1])
            for link in exits:
                conditions[link.id] = ("", True) if link is default else (f"{answer} == {_quoted(link)}", False)
    for link in flow.links:
        condition, default_ = conditions.get(link.id, ("", False))
        yield Way(
            "Flow_" + encode(link.id),
            exit_[link.source],
            entry[link.target],
            link.label,
            condition,
            default_,
            link,
            link.back,
        )


def _merged(flow: Flow, parts: list[Part], entry: dict[str, int], exit_: dict[str, int]) -> Iterable[Way]:
    for node in flow.nodes:
        if entry[node.id] != exit_[node.id]:
            yield Way("Merged_" + encode(node.id), entry[node.id], exit_[node.id], "", "", False, None)


def _papers(flow: Flow, exit_: dict[str, int]) -> Iterable[Paper]:
    for node in flow.nodes:
        for issued, documents in ((False, node.takes), (True, node.issues)):
            verb = "Issues" if issued else "Takes"
            if len(documents) > TOGETHER:
                material = flow.document_by_id[documents[0]].kind is DocumentKind.MATERIAL
                yield Paper(f"{verb}_{encode(node.id)}", exit_[node.id], issued,
                            f"{'材料' if material else '文书'}（{len(documents)}份）", documents)
                continue
            for number, document in enumerate(documents):
                again = f"→{number}" if document in documents[:number] else ""
                yield Paper(f"{verb}_{encode(f'{node.id}→{document}{again}')}", exit_[node.id], issued,
                            flow.document_by_id[document].name, (document,))


def _remarks(flow: Flow, exit_: dict[str, int]) -> Iterable[Remark]:
    for node in flow.nodes:
        if node.note:
            yield Remark(f"Note_{encode(node.id)}", exit_[node.id], node.note)


def _quoted(link: Link) -> str:
    """The answer as a text literal that Python, JavaScript and FEEL read alike."""
    answer = (link.label or link.target).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(answer.split()) + '"'


def _unused(name: str, used: set[str]) -> str:
    """*name*, or with a number if another decision has it."""
    found, number = name, 1
    while found in used:
        number += 1
        found = f"{name}_{number}"
    used.add(found)
    return found
