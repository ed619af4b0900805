"""What stands on one diagram of a foreign file: pools, lanes, steps, papers and lines, as the layout needs them.

A scope is what is laid out at one go: all pools of a collaboration, or the
inside of one sub-process, which is then a single large box in the scope around
it. Geometry that a file already has tells only which sub-processes are open,
what is shown, and the order of pools and lanes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .element import local, one_line, parts_of, plain_id
from .elements import Paper, Part, Remark, Way
from .graph import FLOW_NODES
from .picture import Box, box_of, name_of
from .table import BPMNDI

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

OPEN = frozenset({"subProcess", "transaction", "adHocSubProcess", "callActivity"})
SATELLITES = frozenset({"dataObjectReference", "dataStoreReference", "dataInput", "dataOutput", "textAnnotation"})
DOCK = "dock"                        # the tag of a part that stands for a place on the border of a pool


class Old:
    """The geometry that a plane has."""

    def __init__(self, plane: Element | None) -> None:
        self.shapes: dict[str, Element] = {}
        self.boxes: dict[str, Box] = {}
        for shape in plane.iterchildren(f"{{{BPMNDI}}}BPMNShape") if plane is not None else ():
            key = plain_id(shape.get("bpmnElement"))
            self.shapes.setdefault(key, shape)
            box = box_of(shape)
            if box is not None:
                self.boxes[key] = box

    def shows(self, element: Element) -> bool:
        """Whether a thing is on the diagram; everything is on one that is still empty."""
        return not self.shapes or element.get("id", "") in self.shapes

    def opens(self, element: Element) -> bool:
        """Whether the inside of a sub-process or call is shown."""
        shape = self.shapes.get(element.get("id", ""))
        if shape is None:
            return not self.shapes and local(element) != "callActivity"
        return shape.get("isExpanded") == "true"

    def ordered(self, elements: list[Element]) -> list[Element]:
        """Pools or lanes as they stand now; as the file lists them where they have no place."""
        keys = [element.get("id", "") for element in elements]
        if not all(key in self.boxes for key in keys):
            return elements
        boxes = [self.boxes[key] for key in keys]
        upright = len(boxes) > 1 and len({round(box.y) for box in boxes}) == 1
        order = sorted(range(len(boxes)), key=lambda n: boxes[n].x if upright else boxes[n].y)
        return [elements[number] for number in order]


class Frame(NamedTuple):
    """A pool or lane, drawn round some bands."""

    id: str
    name: str
    depth: int                       # 0: pool
    first: int                       # band
    last: int


@dataclass
class Scope:
    """Everything that is laid out together."""

    parts: list[Part] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    bands: list[str] = field(default_factory=list)                    # the name of each lowest lane
    pools: list[int] = field(default_factory=list)                    # the pool of each band
    frames: list[Frame] = field(default_factory=list)
    inside: dict[int, Scope] = field(default_factory=dict)            # part → what is in it
    events: dict[int, list[Element]] = field(default_factory=dict)    # part → events on its border
    starts: dict[str, str] = field(default_factory=dict)              # way → the event on a border that it leaves
    place: dict[str, int] = field(default_factory=dict)               # id → the part it is, stands on or stands in
    docked: dict[int, str] = field(default_factory=dict)              # part → the pool on whose border it stands
    ties: dict[str, str] = field(default_factory=dict)                # paper or remark → the association that ties it
    turned: set[str] = field(default_factory=set)                     # remarks from which their line begins
    loose: list[tuple[str, str, str]] = field(default_factory=list)   # lines drawn after all else: id, from, to
    groups: list[Element] = field(default_factory=list)


def scope_of(about: Element, ids: dict[str, Element], old: Old) -> Scope:
    """All that a diagram of *about* (a collaboration, process or sub-process) shows."""
    builder = _Builder(ids, old)
    if local(about) == "collaboration":
        return builder.collaboration(about)
    return builder.alone(about)


class _Satellite(NamedTuple):
    """A paper or remark, and the lines between it and other things."""

    element: Element
    band: int
    ties: list[tuple[str, str, str]]             # id of the line, from, to


class _Builder:
    def __init__(self, ids: dict[str, Element], old: Old) -> None:
        self.ids, self.old = ids, old

    # ---- scopes

    def collaboration(self, about: Element) -> Scope:
        scope = Scope()
        held: set[str] = set()
        for number, pool in enumerate(
            self.old.ordered([one for one in parts_of(about, "participant") if self.old.shows(one)])
        ):
            process = self.ids.get(plain_id(pool.get("processRef")))
            first = len(scope.bands)
            if process is not None and process.get("id", "") not in held:
                held.add(process.get("id", ""))
                self._process(scope, process, number, 1)
            else:
                self._band(scope, "", number)
            scope.frames.append(Frame(pool.get("id", ""), one_line(pool.get("name")), 0, first, len(scope.bands) - 1))
        pooled = {plain_id(pool.get("processRef")) for pool in parts_of(about, "participant")}
        for process in self.ids.values():
            if (
                local(process) == "process"
                and process.get("id", "") not in held | pooled
                and self._stands_alone(process)
            ):
                self._process(scope, process, len(scope.pools) + 100, 0)
        for flow in parts_of(about, "messageFlow"):
            self._message(scope, flow)
        self._satellites(scope, about, 0)
        return _told_well(scope)

    def _stands_alone(self, process: Element) -> bool:
        """Whether a process without a pool is drawn, and not as the inside of a call."""
        nodes = [one for one in parts_of(process) if local(one) in FLOW_NODES and one.get("id", "") in self.old.boxes]
        calls = [self.old.boxes[call.get("id", "")] for call in self.ids.values()
                 if local(call) == "callActivity" and call.get("id", "") in self.old.boxes and self.old.opens(call)]
        return any(not any(call.holds(self.old.boxes[node.get("id", "")]) for call in calls) for node in nodes)

    def alone(self, container: Element) -> Scope:
        scope = Scope()
        self._process(scope, container, 0, 0)
        return _told_well(scope)

    def _process(self, scope: Scope, container: Element, pool: int, depth: int) -> None:
        """A process with its lanes, or the inside of a sub-process."""
        first = len(scope.bands)
        lane_of: dict[str, int] = {}
        for lanes in parts_of(container, "laneSet"):
            self._lanes(scope, lanes, pool, depth, lane_of)
        if len(scope.bands) == first:
            self._band(scope, "", pool)
        self._fill(scope, container, lane_of, first)

    def _band(self, scope: Scope, name: str, pool: int) -> None:
        scope.bands.append(name)
        scope.pools.append(pool)

    def _lanes(self, scope: Scope, lanes: Element, pool: int, depth: int, lane_of: dict[str, int]) -> None:
        for lane in self.old.ordered([one for one in parts_of(lanes, "lane") if self.old.shows(one)]):
            first = len(scope.bands)
            for inner in parts_of(lane, "childLaneSet"):
                self._lanes(scope, inner, pool, depth + 1, lane_of)
            if len(scope.bands) == first:
                self._band(scope, one_line(lane.get("name")), pool)
            scope.frames.append(
                Frame(lane.get("id", ""), one_line(lane.get("name")), depth, first, len(scope.bands) - 1)
            )
            for ref in parts_of(lane, "flowNodeRef"):
                lane_of.setdefault((ref.text or "").strip(), first)

    # ---- steps and flows

    def _fill(self, scope: Scope, container: Element, lane_of: dict[str, int], band: int) -> None:
        nodes = [
            one for one in parts_of(container) if local(one) in FLOW_NODES and one.get("id") and self.old.shows(one)
        ]
        for node in nodes:
            if local(node) != "boundaryEvent":
                self._node(scope, node, lane_of.get(node.get("id", ""), band))
        for node in nodes:
            host = scope.place.get(plain_id(node.get("attachedToRef")))
            if local(node) == "boundaryEvent" and host is not None:
                scope.place[node.get("id", "")] = host
                scope.events.setdefault(host, []).append(node)
        for flow in parts_of(container, "sequenceFlow"):
            self._flow(scope, flow)
        self._satellites(scope, container, band)

    def _node(self, scope: Scope, node: Element, band: int) -> None:
        number, key = len(scope.parts), node.get("id", "")
        scope.parts.append(Part(key, local(node), name_of(node, self.ids), band, None))
        scope.place[key] = number
        if local(node) in OPEN and self.old.opens(node):
            held = self.ids.get(plain_id(node.get("calledElement"))) if local(node) == "callActivity" else node
            if held is not None and any(local(one) in FLOW_NODES and self.old.shows(one) for one in parts_of(held)):
                inner = scope.inside[number] = self.alone(held)
                for inner_key in inner.place:
                    scope.place.setdefault(inner_key, number)

    def _flow(self, scope: Scope, flow: Element) -> None:
        source, target = plain_id(flow.get("sourceRef")), plain_id(flow.get("targetRef"))
        if source not in scope.place or target not in scope.place:
            return
        origin = self.ids.get(source)
        default = origin is not None and origin.get("default") == flow.get("id")
        self._way(scope, flow.get("id", ""), source, target, one_line(flow.get("name")), default)

    def _way(self, scope: Scope, key: str, source: str, target: str, name: str = "", default: bool = False) -> None:
        if local(self.ids[source]) == "boundaryEvent":
            scope.starts[key] = source
        scope.ways.append(Way(key, scope.place[source], scope.place[target], name, "", default, None))

    def _message(self, scope: Scope, flow: Element) -> None:
        ends = []
        for end in map(plain_id, (flow.get("sourceRef"), flow.get("targetRef"))):
            frame = next((frame for frame in scope.frames if frame.id == end and frame.depth == 0), None)
            if frame is not None:
                key = f"{flow.get('id')}@{end}"
                scope.place[key] = len(scope.parts)
                scope.docked[len(scope.parts)] = end
                scope.parts.append(Part(key, DOCK, "", frame.first, None))
                ends.append(key)
            elif end in scope.place:
                ends.append(end)
        if len(ends) == 2:
            scope.ways.append(
                Way(
                    flow.get("id", ""),
                    scope.place[ends[0]],
                    scope.place[ends[1]],
                    one_line(flow.get("name")),
                    "",
                    False,
                    None,
                )
            )

    # ---- papers, remarks, groups

    def _satellites(self, scope: Scope, container: Element, band: int) -> None:
        """Papers and remarks: beside the one step they belong to, else as boxes of their own."""
        found = {one.get("id", ""): one for one in _held(container) if one.get("id") and self.old.shows(one)}
        lines = [line for line in self._lines(container) if line[1] in found or line[2] in found]
        lines.sort(key=lambda line: line[1] in found)            # what a step writes comes before what others read
        for key, element in found.items():
            ties = [line for line in lines if key in line[1:]]
            others = [line[2] if line[1] == key else line[1] for line in ties]
            if len(ties) == 1 and self._is_step(scope, others[0]):
                self._beside(scope, element, ties[0], scope.place[others[0]])
            else:
                near = next((scope.parts[scope.place[other]].lane for other in others if other in scope.place), band)
                scope.place[key] = len(scope.parts)
                scope.parts.append(Part(key, local(element), name_of(element, self.ids), near, None))
        tied = set(scope.ties.values())
        for key, source, target in lines:
            if key in tied:
                continue
            if self._is_part(scope, source) and self._is_part(scope, target):
                scope.ways.append(
                    Way(
                        key,
                        scope.place[source],
                        scope.place[target],
                        "",
                        "",
                        False,
                        None,
                        self._later(scope, source, target),
                    )
                )
            else:
                scope.loose.append((key, source, target))
        scope.loose += [line for line in self._lines(container) if line not in lines]
        scope.groups += [one for one in parts_of(container, "group") if self.old.shows(one)]

    def _later(self, scope: Scope, source: str, target: str) -> bool:
        """Whether a line to or from a paper is not its first, so that it has no say in what stands before what."""
        paper = scope.place[source if local(self.ids[source]) in SATELLITES else target]
        return any(paper in (way.source, way.target) for way in scope.ways)

    def _is_step(self, scope: Scope, key: str) -> bool:
        """Whether *key* is a step of this very scope, with nothing in or on it that would be in the way."""
        number = scope.place.get(key)
        return number is not None and scope.parts[number].id == key and number not in scope.events \
            and number not in scope.inside and local(self.ids[key]) in FLOW_NODES

    def _is_part(self, scope: Scope, key: str) -> bool:
        number = scope.place.get(key)
        return number is not None and scope.parts[number].id == key

    def _beside(self, scope: Scope, element: Element, tie: tuple[str, str, str], part: int) -> None:
        key, name = element.get("id", ""), name_of(element, self.ids)
        scope.ties[key] = tie[0]
        if local(element) == "textAnnotation":
            scope.remarks.append(Remark(key, part, name))
            if tie[1] == key:
                scope.turned.add(key)
        else:
            scope.papers.append(Paper(key, part, tie[2] == key, name, ()))

    def _lines(self, container: Element) -> Iterator[tuple[str, str, str]]:
        """Associations of every kind: id, from, to."""
        for line in parts_of(container, "association"):
            yield line.get("id", ""), plain_id(line.get("sourceRef")), plain_id(line.get("targetRef"))
        for node in parts_of(container):
            for line in parts_of(node, "dataInputAssociation"):
                for ref in parts_of(line, "sourceRef"):
                    yield line.get("id", ""), plain_id(ref.text), node.get("id", "")
            for line in parts_of(node, "dataOutputAssociation"):
                for ref in parts_of(line, "targetRef"):
                    yield line.get("id", ""), node.get("id", ""), plain_id(ref.text)


def _held(container: Element) -> Iterator[Element]:
    yield from parts_of(container, "dataObjectReference", "dataStoreReference", "textAnnotation")
    for io in parts_of(container, "ioSpecification"):
        yield from parts_of(io, "dataInput", "dataOutput")




def _told_well(scope: Scope) -> Scope:
    """The same in the order of the plain story: steps before papers, flows before exceptions before messages."""
    flows = {way.id for way in scope.ways if way.id not in scope.starts and not way.back and _steps(scope, way)}
    scope.ways.sort(key=lambda way: (way.id not in flows, way.id not in scope.starts))
    reached = {number for number, part in enumerate(scope.parts) if part.tag == "startEvent"}
    waiting = sorted(reached)
    while waiting:
        here = waiting.pop()
        for way in scope.ways:
            if way.id in flows and way.source == here and way.target not in reached:
                reached.add(way.target)
                waiting.append(way.target)
    scope.parts = [
        part._replace(favoured=part.tag == "endEvent" and number in reached)
        for number, part in enumerate(scope.parts)
    ]
    return scope


def _steps(scope: Scope, way: Way) -> bool:
    return not {scope.parts[way.source].tag, scope.parts[way.target].tag} & {*SATELLITES, DOCK}
