"""Named fragments seen as one box each (既定处理): a large chart on fewer pages.

A fragment becomes one box only where nothing is lost by it: it is entered at
one step, left for one step, and nothing ends inside it. The box takes the time
of the longest way through it that counts, and all its papers and law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.term import Term
from flowstd.ir.graph import forward_order
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow, Link, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def fragments_collapsed(flow: Flow) -> Flow:
    """*flow* with every fragment that may be seen as one box as one; the widest where fragments lie in one another.

    >>> from flowstd.dsl import applicant, end, flow_of, fragment, reviewer, workdays
    >>> inside = reviewer.examine("初审", within=workdays(2)) >> reviewer.examine("复审", within=workdays(3))
    >>> flow = flow_of(applicant.submit("提交申请") >> fragment("审查环节", inside) >> end.granted)
    >>> [(node.label, node.within.zh if node.within else "") for node in fragments_collapsed(flow).nodes]
    [('开始', ''), ('提交申请', ''), ('审查环节', '5个工作日'), ('办结', '')]
    """
    boxes = list(_boxes(flow))
    if not boxes:
        return flow
    box_of = {step: box for box in boxes for step in box.steps}
    firsts = {box.entry: box for box in boxes}
    nodes = tuple([_node(flow, firsts[node.id]) if node.id in firsts else node for node in flow.nodes
                   if node.id in firsts or node.id not in box_of])
    links = tuple(_links(flow, box_of))
    lanes, papers = {node.lane for node in nodes}, {paper for node in nodes for paper in (*node.takes, *node.issues)}
    return Flow(title=flow.title, lanes=tuple([lane for lane in flow.lanes if lane.id in lanes]), nodes=nodes,
                links=links,
                documents=tuple([paper for paper in flow.documents if paper.id in papers]), where=flow.where)


class _Box(NamedTuple):
    """A fragment that may be seen as one."""

    name: str
    steps: tuple[str, ...]           # ids, in the order of the flow
    entry: str
    within: Term | None


def _boxes(flow: Flow) -> Iterator[_Box]:
    taken: set[str] = set()
    for group in _groups(flow):
        members = [node.id for node in flow.nodes if f"{node.group}/".startswith(f"{group}/")]
        for part in _parts(flow, members):
            box = _box(flow, group, part) if taken.isdisjoint(part) else None
            if box is not None:
                taken.update(part)
                yield box


def _groups(flow: Flow) -> tuple[str, ...]:
    """The names of all fragments, outer ones before those inside them."""
    found: dict[str, None] = {}
    for node in flow.nodes:
        names = node.group.split("/") if node.group else []
        for depth in range(1, len(names) + 1):
            found["/".join(names[:depth])] = None
    return tuple(sorted(found, key=lambda name: name.count("/")))


def _parts(flow: Flow, members: list[str]) -> Iterator[tuple[str, ...]]:
    """The steps of one name that hang together; a name used twice means two fragments."""
    left = dict.fromkeys(members)
    while left:
        part: set[str] = set()
        open_ = [next(iter(left))]
        while open_:
            step = open_.pop()
            if step in left:
                del left[step]
                part.add(step)
                open_ += [link.target for link in flow.exits[step]] + [link.source for link in flow.entries[step]]
        yield tuple([step for step in members if step in part])


def _box(flow: Flow, group: str, steps: tuple[str, ...]) -> _Box | None:
    """The box for these steps; None where they must be seen as they are."""
    inside, nodes = set(steps), [flow.node_by_id[step] for step in steps]
    into = [link for step in steps for link in flow.entries[step] if link.source not in inside]
    out = [link for step in steps for link in flow.exits[step] if link.target not in inside]
    entries, targets = {link.target for link in into}, {link.target for link in out}
    if len(steps) < 2 or len(entries) != 1 or len(targets) != 1 or any(link.back for link in out):
        return None
    (entry,), (target,) = entries, targets
    if flow.node_by_id[entry].kind is Kind.JOIN or (len(out) > 1 and flow.node_by_id[target].kind is Kind.JOIN):
        return None
    kinds = [node.kind for node in nodes]
    if Kind.START in kinds or Kind.END in kinds or kinds.count(Kind.SPLIT) != kinds.count(Kind.JOIN):
        return None
    if any(flow.node_by_id[link.source].kind is Kind.SPLIT for link in out):
        return None
    if len({node.within.unit for node in nodes if node.within is not None and node.within.count}) > 1:
        return None
    return _Box(group.rsplit("/", 1)[-1], steps, entry, _longest(flow, steps, _counted(nodes)))


def _counted(nodes: Iterable[Node]) -> set[str]:
    """The steps whose time is the time of the box: what counts towards the limit, or all where nothing does."""
    timed = [node for node in nodes if node.within is not None]
    counted = {node.id for node in timed if not node.excluded_by}
    return counted or {node.id for node in timed}


def _longest(flow: Flow, steps: tuple[str, ...], counted: set[str]) -> Term | None:
    """The time of the longest way through; none where no step on any way says how long it takes."""
    place = {step: number for number, step in enumerate(forward_order(flow))}
    inside, reached = set(steps), dict[str, int]()
    for step in sorted(steps, key=place.__getitem__):
        before = [reached[link.source] for link in flow.entries[step]
                  if link.source in inside and place[link.source] < place[step]]
        within = flow.node_by_id[step].within
        reached[step] = max(before, default=0) + (within.count if within is not None and step in counted else 0)
    terms = [term for step in steps if step in counted and (term := flow.node_by_id[step].within) is not None]
    unit = next((term.unit for term in terms if term.count), terms[0].unit if terms else None)
    return None if unit is None else Term(count=max(reached.values()), unit=unit)


def _node(flow: Flow, box: _Box) -> Node:
    """One step for all of the fragment, where its first step stood."""
    nodes = [flow.node_by_id[step] for step in box.steps]
    first = flow.node_by_id[box.entry]
    issued = dict.fromkeys(paper for node in nodes for paper in node.issues)
    taken = dict.fromkeys(paper for node in nodes for paper in node.takes if paper not in issued)
    timed = [node for node in nodes if node.within is not None]
    excluded = next((node.excluded_by for node in timed), None) if all(node.excluded_by for node in timed) else None
    return Node(
        id=box.entry, kind=Kind.CALL, label=box.name, lane=first.lane, within=box.within, excluded_by=excluded,
        takes=tuple(taken), issues=tuple(issued),
        bases=tuple(dict.fromkeys(law for node in nodes for law in node.bases)),
        onsite=any(node.onsite for node in nodes),
        note="；".join(dict.fromkeys(node.note for node in nodes if node.note)), group=first.group.rpartition("/")[0],
        where=first.where)


def _links(flow: Flow, box_of: dict[str, _Box]) -> Iterator[Link]:
    """The links outside the boxes, and one out of each."""
    left: set[str] = set()
    for link in flow.links:
        source, target = box_of.get(link.source), box_of.get(link.target)
        if source is not None and source is target:
            continue
        end = target.entry if target is not None else link.target
        if source is None:
            yield link.model_copy(update={"target": end})
        elif source.entry not in left:
            left.add(source.entry)
            yield link.model_copy(update={"source": source.entry, "target": end, "label": "", "default": False})
