"""Papers and remarks of a foreign diagram: beside the one step they belong to, else as boxes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .element import local, parts_of, plain_id
from .elements import Paper, Part, Remark, Way
from .graph import FLOW_NODES
from .old import Old
from .picture import name_of
from .scope import SATELLITES, Loose, Scope

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

Tie = tuple[str, str, str]           # id of the line, from, to


def add_satellites(scope: Scope, container: Element, ids: dict[str, Element], old: Old,
                   lane_of: dict[str, int], band: int) -> None:
    """Papers, remarks, groups and associations of one container; what no lane names stands in *band*."""
    found = {one.get("id", ""): one for one in held_of(container) if one.get("id") and old.shows(one)}
    ties = list(ties_of(container))
    own = [tie for tie in ties if tie[1] in found or tie[2] in found]
    own.sort(key=lambda tie: tie[1] in found)                # what a step writes comes before what others read
    for key, element in found.items():
        mine = [tie for tie in own if key in tie[1:]]
        others = [tie[2] if tie[1] == key else tie[1] for tie in mine]
        lane = lane_of.get(key, _lane_near(scope, others, band, container, ids))
        if len(mine) == 1 and _is_free_step(scope, others[0], ids) and scope.lane(others[0]) == lane:
            _beside(scope, element, mine[0], scope.place[others[0]], ids)
        else:
            scope.place[key] = len(scope.parts)
            scope.parts.append(Part(key, local(element), name_of(element, ids), lane, None))
    tied = set(scope.ties.values())
    for key, source, target in [*own, *(tie for tie in ties if tie not in own)]:
        if key in tied:
            continue
        if (source in found or target in found) and scope.has(source) and scope.has(target):
            scope.ways.append(Way(key, scope.place[source], scope.place[target], "", "", False, None,
                                  _later(scope, source, target, ids)))
        elif not scope.has(source) and scope.leaves(source) and scope.has(target):
            scope.way(key, source, target, ids)              # what is done to undo the step
        else:
            scope.loose.append(Loose(key, source, target))
    scope.groups += [one for one in parts_of(container, "group") if old.shows(one)]


def ties_of(container: Element) -> Iterator[Tie]:
    """Associations of every kind."""
    for line in parts_of(container, "association"):
        yield line.get("id", ""), plain_id(line.get("sourceRef")), plain_id(line.get("targetRef"))
    for node in parts_of(container):
        for line in parts_of(node, "dataInputAssociation"):
            for ref in parts_of(line, "sourceRef"):
                yield line.get("id", ""), plain_id(ref.text), node.get("id", "")
        for line in parts_of(node, "dataOutputAssociation"):
            for ref in parts_of(line, "targetRef"):
                yield line.get("id", ""), node.get("id", ""), plain_id(ref.text)


def held_of(container: Element) -> Iterator[Element]:
    """Papers and remarks that stand in a container."""
    yield from parts_of(container, "dataObjectReference", "dataStoreReference", "textAnnotation")
    for io in parts_of(container, "ioSpecification"):
        yield from parts_of(io, "dataInput", "dataOutput")


def _lane_near(scope: Scope, others: list[str], band: int, container: Element, ids: dict[str, Element]) -> int:
    """The lane of the first thing it is tied to in its own pool; what stands in none may be near any."""
    first = {frame.id: frame.first for frame in scope.frames if frame.depth == 0}
    free = local(container) == "collaboration"
    for other in others:
        if other in scope.place and (free or container in ids[other].iterancestors()):
            return scope.lane(other)
        if free and other in first:
            return first[other]
    return band


def _later(scope: Scope, source: str, target: str, ids: dict[str, Element]) -> bool:
    """Whether a line to or from a paper is not its first, so that it has no say in what stands before what."""
    paper = scope.place[source if local(ids[source]) in SATELLITES else target]
    return any(paper in (way.source, way.target) for way in scope.ways)


def _is_free_step(scope: Scope, key: str, ids: dict[str, Element]) -> bool:
    """Whether *key* is a step of this very scope, with nothing in, on or above it that would be in the way."""
    return not scope.down and scope.has(key) \
        and scope.place[key] not in scope.events and scope.place[key] not in scope.inside \
        and local(ids[key]) in FLOW_NODES


def _beside(scope: Scope, element: Element, tie: Tie, part: int, ids: dict[str, Element]) -> None:
    key, name = element.get("id", ""), name_of(element, ids)
    scope.ties[key] = tie[0]
    if local(element) == "textAnnotation":
        scope.remarks.append(Remark(key, part, name))
        if tie[1] == key:
            scope.turned.add(key)
    else:
        scope.papers.append(Paper(key, part, tie[2] == key, name, ()))
