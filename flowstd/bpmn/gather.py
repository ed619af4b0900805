"""Gathers what one diagram shows: from the model what there is, from old geometry what is shown, open, and in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .element import local, one_line, parts_of, plain_id
from .elements import Part, Way
from .graph import FLOW_NODES
from .marks import feet_of
from .old import OPEN, Old
from .picture import name_of
from .satellites import add_satellites
from .scope import DOCK, SATELLITES, Frame, Loose, Scope

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element


def scope_of(about: Element, ids: dict[str, Element], old: Old) -> Scope:
    """All that a diagram of *about* (a collaboration, one of its pools, a process or sub-process) shows."""
    gathering = _Gathering(ids, old)
    if local(about) == "collaboration":
        return gathering.collaboration(about)
    return gathering.pool(about) if local(about) == "participant" else gathering.alone(about)


class _Gathering:
    def __init__(self, ids: dict[str, Element], old: Old) -> None:
        self.ids, self.old = ids, old

    # ---- scopes

    def collaboration(self, about: Element) -> Scope:
        scope = Scope(down=self.old.runs_down)
        held: set[str] = set()
        for number, pool in enumerate(self.old.ordered(self._shown_pools(about))):
            self._pool(scope, pool, number, held)
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
        if not scope.bands:                          # what stands beside steps stands in a band all the same
            self._band(scope, "", 0)
        add_satellites(scope, about, self.ids, self.old, {}, 0)
        return _told_well(scope)

    def _shown_pools(self, about: Element) -> list[Element]:
        """The pools that the diagram shows; where their shapes are lost, all whose steps it shows."""
        pools = list(parts_of(about, "participant"))
        shown = [pool for pool in pools if self.old.shows(pool)]
        return shown or [pool for pool in pools if self._shows_steps(self.ids.get(plain_id(pool.get("processRef"))))]

    def _shows_steps(self, process: Element | None) -> bool:
        return process is not None and any(
            self.old.shows(one) for one in parts_of(process) if local(one) in FLOW_NODES)

    def _stands_alone(self, process: Element) -> bool:
        """Whether a process without a pool is drawn, and not as the inside of a call."""
        nodes = [one for one in parts_of(process) if local(one) in FLOW_NODES and one.get("id", "") in self.old.boxes]
        calls = [self.old.boxes[call.get("id", "")] for call in self.ids.values()
                 if local(call) == "callActivity" and call.get("id", "") in self.old.boxes and self.old.opens(call)]
        return any(not any(call.holds(self.old.boxes[node.get("id", "")]) for call in calls) for node in nodes)

    def pool(self, pool: Element) -> Scope:
        scope = Scope(down=self.old.runs_down)
        self._pool(scope, pool, 0, set())
        return _told_well(scope)

    def _pool(self, scope: Scope, pool: Element, number: int, held: set[str]) -> None:
        """A pool with its process, unless another pool has that already."""
        process = self.ids.get(plain_id(pool.get("processRef")))
        first = len(scope.bands)
        if process is not None and process.get("id", "") not in held:
            held.add(process.get("id", ""))
            self._process(scope, process, number, 1)
        else:
            self._band(scope, "", number)
        scope.frames.append(Frame(pool.get("id", ""), one_line(pool.get("name")), 0, first, len(scope.bands) - 1))

    def alone(self, container: Element) -> Scope:
        scope = Scope(down=self.old.runs_down)
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
                lane_of.setdefault(plain_id(ref.text), first)

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
        add_satellites(scope, container, self.ids, self.old, lane_of, band)

    def _node(self, scope: Scope, node: Element, band: int) -> None:
        number, key = len(scope.parts), node.get("id", "")
        scope.parts.append(Part(key, local(node), name_of(node, self.ids), band, None))
        scope.place[key] = number
        if feet_of(node, expanded=self.old.opens(node)):
            scope.marked.add(number)
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
        if not scope.leaves(source) or not scope.has(target):            # across the border of a sub-process
            scope.loose.append(Loose(flow.get("id", ""), source, target, one_line(flow.get("name"))))
            return
        origin = self.ids.get(source)
        default = origin is not None and origin.get("default") == flow.get("id")
        scope.way(flow.get("id", ""), source, target, self.ids, one_line(flow.get("name")), default)

    def _message(self, scope: Scope, flow: Element) -> None:
        """A message between steps and pools; one that meets an event on a border, or an inside, is drawn at last."""
        key, name = flow.get("id", ""), one_line(flow.get("name"))
        keys = plain_id(flow.get("sourceRef")), plain_id(flow.get("targetRef"))
        pools = {frame.id: frame for frame in scope.frames if frame.depth == 0}
        if not all(end in pools or end in scope.place for end in keys):
            return
        if not all(end in pools or scope.has(end) for end in keys):
            scope.loose.append(Loose(key, keys[0], keys[1], name))
            return
        ends = []
        for end in keys:
            dock = f"{key}@{end}" if end in pools else end
            if end in pools:
                scope.place[dock] = len(scope.parts)
                scope.docked[len(scope.parts)] = end
                scope.parts.append(Part(dock, DOCK, "", pools[end].first, None))
            ends.append(scope.place[dock])
        if keys[0] in pools and keys[1] not in pools:       # else it would join the flows into its step on their way
            scope.turned.add(key)
            ends.reverse()
        scope.ways.append(Way(key, ends[0], ends[1], name, "", False, None, message=True))


def _told_well(scope: Scope) -> Scope:
    """The same in the order of the plain story: steps before papers, flows before exceptions before messages."""
    flows = {way.id for way in scope.ways if way.id not in scope.starts and not way.back and _steps(scope, way)}
    scope.ways.sort(key=lambda way: (way.id not in flows, way.id not in scope.starts))
    reached = {number for number, part in enumerate(scope.parts) if part.tag == "startEvent"}
    onward: dict[int, list[int]] = {}
    for way in scope.ways:
        if way.id in flows:
            onward.setdefault(way.source, []).append(way.target)
    waiting = sorted(reached)
    while waiting:
        for target in onward.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    scope.parts = [
        part._replace(favoured=part.tag == "endEvent" and number in reached)
        for number, part in enumerate(scope.parts)
    ]
    return scope


def _steps(scope: Scope, way: Way) -> bool:
    return not {scope.parts[way.source].tag, scope.parts[way.target].tag} & {*SATELLITES, DOCK}
