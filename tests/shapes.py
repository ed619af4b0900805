"""What the layout is tried on: shapes and flows of every kind, from ordinary to perverse.

A chart is grown from a seed, a size and a number of lanes, so that Hypothesis
shrinks size and lanes and every failure can be had again. ``reduced`` then
takes away whatever the failure does not need, and its result is a shape that
``python -m tests.benchmarks.look`` can draw.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from flowstd.base.legal import LegalSource
from flowstd.base.term import workdays
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role
from flowstd.ir.model import Document, Flow, Lane, Link, Node
from flowstd.layout.engine import arrange
from flowstd.layout.faults import faults_of_arrangement
from flowstd.layout.shape import Duty, EdgeShape, NodeShape, Outline, Shape

MOST_NODES, MOST_LANES = 60, 8
_HAN = "申请材料受理审查决定制证送达补正勘验听证评审检测缴费公示归档办结机构部门意见通知书"
_DUTIES: dict[Kind, Duty] = {Kind.START: "start", Kind.END: "end", Kind.DECISION: "decision", Kind.SPLIT: "split",
                             Kind.JOIN: "join", Kind.TASK: "step", Kind.CALL: "step"}


class Plan(NamedTuple):
    """A graph without sizes or words: (kind, lane) of each node; (source, target, labelled, back) of each link."""

    lanes: int
    nodes: list[tuple[Kind, int]]
    links: list[tuple[int, int, bool, bool]]


# ---------------------------------------------------------------- strategies

def shapes(kind: str = "any", salt: int = 0) -> st.SearchStrategy[Shape]:
    """Shapes of 1 to 60 nodes and 1 to 8 lanes; *kind* is ``ordinary``, ``wild`` or any; *salt* gives other ones."""
    return st.builds(lambda seed, size, lanes: shape_of(_rng(seed, salt), kind, size, lanes), *_dials())


def flows(kind: str = "any", salt: int = 0) -> st.SearchStrategy[Flow]:
    """Flows of the same kinds, with words, papers, terms and notes."""
    return st.builds(lambda seed, size, lanes: flow_of(_rng(seed, salt), kind, size, lanes), *_dials())


def examples(count: int, seed: int = 1) -> list[Shape]:
    """*count* shapes of both kinds, the same each time, for looking at."""
    rng = Random(seed)
    return [shape_of(rng, "any", rng.randint(2, 24), rng.randint(1, 5)) for _ in range(count)]


def _dials() -> tuple[st.SearchStrategy[int], ...]:
    return st.integers(0, 2**32 - 1), st.integers(1, MOST_NODES), st.integers(1, MOST_LANES)


def _rng(seed: int, salt: int) -> Random:
    return Random(seed * 1009 + salt)


def shape_of(rng: Random, kind: str, size: int, lanes: int) -> Shape:
    """One shape: a plan with sizes."""
    return sized(rng, _plan(rng, kind, size, lanes))


def flow_of(rng: Random, kind: str, size: int, lanes: int) -> Flow:
    """One flow: a plan with words. Rules of a flow hold: nothing leaves an end, nothing enters a start."""
    plan = _plan(rng, kind, size, lanes)
    return worded(rng, plan)


def _plan(rng: Random, kind: str, size: int, lanes: int) -> Plan:
    ordinary = kind == "ordinary" or (kind == "any" and rng.random() < 0.6)
    return structured(rng, size, lanes) if ordinary else wild(rng, size, lanes)


# ---------------------------------------------------------------- graphs

def structured(rng: Random, size: int, lanes: int) -> Plan:
    """Sequence, decision, parallel and loop, nested in one another, with returns across any number of ranks."""
    plan = Plan(lanes, [(Kind.START, rng.randrange(lanes))], [])
    lane = rng.randrange(lanes)
    moving = rng.choice((0.1, 0.35, 0.35, 0.9))          # how often work changes hands

    def node(kind: Kind) -> int:
        nonlocal lane
        if rng.random() < moving:
            lane = rng.randrange(lanes)
        plan.nodes.append((kind, lane))
        return len(plan.nodes) - 1

    def lead(exits: list[tuple[int, bool]], target: int) -> None:
        plan.links.extend((source, target, label, False) for source, label in exits)

    def full() -> bool:
        return len(plan.nodes) >= size - 1

    def block(exits: list[tuple[int, bool]], depth: int) -> list[tuple[int, bool]]:
        for _ in range(rng.choice((1, 1, 2, 3)) if depth else size):
            if full() or not exits:
                break
            exits = rng.choices((task, decision, parallel, loop), (5, 3, 1 + (depth < 2), 1))[0](exits, depth)
        return exits

    def task(exits: list[tuple[int, bool]], depth: int) -> list[tuple[int, bool]]:
        step = node(Kind.TASK if rng.random() < 0.93 else Kind.CALL)
        lead(exits, step)
        return [(step, False)]

    def decision(exits: list[tuple[int, bool]], depth: int) -> list[tuple[int, bool]]:
        question = node(Kind.DECISION)
        lead(exits, question)
        onward: list[tuple[int, bool]] = []
        branches = rng.choice((2, 2, 2, 2, 3, 3, 4, 6))
        for branch in range(branches):
            what = rng.choice(("on", "on", "block", "block", "end", "back")) if branch or depth else "on"
            open_exits = [(question, rng.random() < 0.9)]
            if what == "block" and depth < 4:
                open_exits = block(open_exits, depth + 1)
            if what == "end":
                lead(open_exits, node(Kind.END))
            elif what == "back":
                returns(open_exits)
            else:
                onward += open_exits
        return onward

    def returns(exits: list[tuple[int, bool]]) -> None:
        if rng.random() < 0.5 and not full():
            exits = task(exits, 0)
        source = exits[0][0]
        earlier = [n for n in range(source + 1) if plan.nodes[n][0] not in (Kind.START, Kind.END, Kind.JOIN)]
        target = rng.choice(earlier[-6:] if rng.random() < 0.5 else earlier)
        plan.links.extend((origin, target, label, rng.random() < 0.95) for origin, label in exits)

    def parallel(exits: list[tuple[int, bool]], depth: int) -> list[tuple[int, bool]]:
        split = node(Kind.SPLIT)
        lead(exits, split)
        ends: list[tuple[int, bool]] = []
        for _ in range(rng.choice((2, 2, 3, 3, 4, 5))):
            branch = task([(split, rng.random() < 0.2)], depth)
            ends += block(branch, depth + 1) if depth < 3 and rng.random() < 0.4 else branch
        if not ends:
            return []
        join = node(Kind.JOIN)
        lead(ends, join)
        return [(join, False)]

    def loop(exits: list[tuple[int, bool]], depth: int) -> list[tuple[int, bool]]:
        first = len(plan.nodes)
        exits = block(task(exits, depth), depth + 1)
        if not exits:
            return []
        until = node(Kind.DECISION)
        lead(exits, until)
        plan.links.append((until, first, True, True))
        return [(until, True)]

    exits = block([(0, False)], 0)
    if exits:
        lead(exits, node(Kind.END))
    return plan


def wild(rng: Random, size: int, lanes: int) -> Plan:
    """Any directed graph: parts apart, links twice, links to oneself, crowds at one node, lanes without a step."""
    used = [lane for lane in range(lanes) if rng.random() < 0.8] or [0]
    kinds = (Kind.TASK, Kind.TASK, Kind.TASK, Kind.DECISION, Kind.SPLIT, Kind.JOIN, Kind.CALL, Kind.END, Kind.START)
    nodes = [(rng.choice(kinds), rng.choice(used)) for _ in range(size)]
    habit = rng.choice(("sparse", "sparse", "dense", "star", "chain", "layers", "parts"))
    count = {"sparse": size, "dense": min(3 * size, 90), "star": size, "chain": size // 3, "layers": 2 * size,
             "parts": size // 2}[habit]
    links = []
    for number in range(rng.randint(count // 2, count) if count else 0):
        source, target = rng.randrange(size), rng.randrange(size)
        if habit == "star" and number % 4:
            source, target = (source, 0) if rng.random() < 0.5 else (0, target)
        elif habit == "layers" and rng.random() < 0.9:
            target = min(size - 1, source + rng.randint(1, 6))
        elif habit == "parts":
            target = min(size - 1, source - source % 4 + rng.randrange(4))
        links.append((source, target, rng.random() < 0.4, rng.random() < 0.15))
    if habit == "chain":
        links += [(n, n + 1, False, False) for n in range(size - 1)]
    if links and rng.random() < 0.3:
        links += [rng.choice(links) for _ in range(rng.randint(1, 4))]
    return Plan(lanes, nodes, links)


# ---------------------------------------------------------------- sizes

def sized(rng: Random, plan: Plan) -> Shape:
    """A plan with box sizes: mostly those of a chart, some tall, wide, tiny, with papers or names outside."""
    across = rng.random() < 0.3                            # a chart to the right: boxes are low across, long along
    odd = rng.random() < 0.3                               # odd sizes and large ones
    papers = rng.choice((0.0, 0.0, 0.3, 0.8))
    nodes = []
    for kind, lane in plan.nodes:
        outline: Outline = "box"
        wide, high = 108, rng.choice((40, 40, 40, 56, 72))
        if kind in (Kind.START, Kind.END):
            wide, high = 84, 30
        elif kind is Kind.DECISION:
            outline, wide, high = "diamond", rng.choice((136, 160, 200)), rng.choice((56, 72))
        elif kind in (Kind.SPLIT, Kind.JOIN):
            outline, wide, high = "bar", rng.choice((60, 108, 220)), 8
        if odd and outline != "bar":
            wide, high = rng.randint(12, 150) * 2, rng.randint(6, 60) * 2
            if outline == "box":
                wide, high = wide + rng.randint(0, 1), high + rng.randint(0, 1)
        if across and outline != "bar":
            wide, high = high, wide
        aside = rng.randint(20, 130) if rng.random() < papers else 0
        low, high_room = (rng.choice((0, 0, 30, 80)), rng.choice((0, 0, 30, 80))) if rng.random() < 0.1 else (0, 0)
        reach = high + rng.randint(0, 80) if aside and rng.random() < 0.7 else 0
        nodes.append(NodeShape(lane, wide, high, outline, _DUTIES[kind], aside, low, high_room, reach,
                               int(kind is Kind.END and rng.random() < 0.5)))
    edges = []
    for source, target, labelled, back in plan.links:
        wide, high = (rng.choice((28, 28, 40, 76, 150)), rng.choice((16, 16, 32))) if labelled else (0, 0)
        edges.append(EdgeShape(source, target, *((high, wide) if across else (wide, high)), back))
    least = tuple(rng.randint(20, 200) for _ in range(plan.lanes)) if rng.random() < 0.5 else ()
    return Shape(plan.lanes, tuple(nodes), tuple(edges), least)


# ---------------------------------------------------------------- words

def worded(rng: Random, plan: Plan) -> Flow:
    """A plan with words: Han, Latin and both, from empty to far too long; papers, terms, law and notes beside steps."""
    papers = rng.choice((0.0, 0.0, 0.3, 0.8))
    long = rng.choice((0.0, 0.05, 0.4))
    roles, kinds = list(Role), list(DocumentKind)
    lanes = tuple(Lane(id=f"L{n}", name=_words(rng, long, 8), role=roles[n % len(roles)]) for n in range(plan.lanes))
    documents = tuple(Document(id=f"d{n}", name=_words(rng, long, 14), kind=rng.choice(kinds)) for n in range(6))
    nodes = [_worded(rng, f"n{n}", kind, f"L{lane}", papers, long, documents)
             for n, (kind, lane) in enumerate(plan.nodes)]
    links: list[Link] = []
    for source, target, labelled, back in plan.links:
        if nodes[source].kind is not Kind.END and nodes[target].kind is not Kind.START:
            label = _words(rng, long / 4, 4) if labelled else ""
            links.append(Link(id=f"e{len(links)}", source=f"n{source}", target=f"n{target}", label=label, back=back))
    return Flow(title="", lanes=lanes, nodes=tuple(nodes), links=tuple(links), documents=documents)


def _worded(rng: Random, name: str, kind: Kind, lane: str, papers: float, long: float,
            documents: tuple[Document, ...]) -> Node:
    plain = kind in (Kind.SPLIT, Kind.JOIN)
    label = "" if plain and rng.random() < 0.7 else _words(rng, long, 12)
    beside = kind in (Kind.TASK, Kind.CALL, Kind.DECISION) and rng.random() < papers
    ids = [document.id for document in documents]
    return Node(
        id=name, kind=kind, label=label, lane=lane,
        outcome=rng.choice(list(Outcome)) if kind is Kind.END else None,
        within=workdays(rng.randint(0, 60)) if kind is Kind.TASK and rng.random() < 0.4 else None,
        excluded_by=LegalSource(title="行政许可法", article="第四十五条") if beside and rng.random() < 0.2 else None,
        takes=tuple(rng.sample(ids, rng.randint(0, 3))) if beside else (),
        issues=tuple(rng.sample(ids, rng.randint(0, 2))) if beside else (),
        bases=(LegalSource(title="行政许可法", article="第三十二条"),) if beside and rng.random() < 0.3 else (),
        note=_words(rng, long, 20) if beside and rng.random() < 0.4 else "",
        onsite=beside and rng.random() < 0.2,
    )


def _words(rng: Random, long: float, most: int) -> str:
    length = rng.randint(30, 80) if rng.random() < long else rng.randint(1, most)
    habit = rng.random()
    if habit < 0.7:
        return "".join(rng.choice(_HAN) for _ in range(length))
    if habit < 0.8:
        return "W" * length
    if habit < 0.9:
        return " ".join(rng.choice(("form", "A4", "check", "《条例》", "（含）", "i")) for _ in range(1 + length // 4))
    return "".join(rng.choice(_HAN + "，。（）《》0123456789AMWil") for _ in range(length))


# ---------------------------------------------------------------- the smallest failing shape

def fault_names(shape: Shape) -> frozenset[str]:
    """The faults of a shape's arrangement, by name; an error of the engine's counts as one."""
    try:
        return frozenset(fault.name for fault in faults_of_arrangement(shape, arrange(shape)))
    except Exception as error:
        return frozenset({f"{type(error).__name__}: {error}"[:60]})


def reduced(shape: Shape, fails: Callable[[Shape], bool], tries: int = 4000) -> Shape:
    """The smallest shape found that still fails: nodes, links, labels, papers and lanes taken away one by one."""
    again = True
    while again and tries > 0:
        again = False
        for smaller in _smaller(shape):
            tries -= 1
            if tries > 0 and smaller.nodes and fails(smaller):
                shape, again = smaller, True
                break
    return shape


def _smaller(shape: Shape) -> list[Shape]:
    found = [_without_node(shape, index) for index in range(len(shape.nodes))]
    found += [shape._replace(edges=(*shape.edges[:n], *shape.edges[n + 1:])) for n in range(len(shape.edges))]
    for index, node in enumerate(shape.nodes):
        for plain in (node._replace(aside=0, reach=0), node._replace(low=0, high=0), node._replace(favoured=0),
                      node._replace(outline="box", duty="step"), node._replace(across=40, along=20),
                      node._replace(lane=0), node._replace(lane=max(0, node.lane - 1))):
            if plain != node:
                found.append(shape._replace(nodes=(*shape.nodes[:index], plain, *shape.nodes[index + 1:])))
    for index, edge in enumerate(shape.edges):
        for bare in (edge._replace(label_across=0, label_along=0), edge._replace(back=False)):
            if bare != edge:
                found.append(shape._replace(edges=(*shape.edges[:index], bare, *shape.edges[index + 1:])))
    most = max((node.lane for node in shape.nodes), default=0) + 1
    if most < shape.lanes:
        found.append(shape._replace(lanes=most, lane_least=shape.lane_least[:most]))
    if shape.lane_least:
        found.append(shape._replace(lane_least=()))
    return found


def _without_node(shape: Shape, index: int) -> Shape:
    nodes = (*shape.nodes[:index], *shape.nodes[index + 1:])
    edges = tuple(edge._replace(source=edge.source - (edge.source > index), target=edge.target - (edge.target > index))
                  for edge in shape.edges if index not in (edge.source, edge.target))
    return shape._replace(nodes=nodes, edges=edges)
