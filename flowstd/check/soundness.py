"""Can every case that starts come to one proper end? Decided exactly, with a way of going wrong in the author's words.

A flow is sound when, whatever is answered at the decisions and in whatever
order parallel steps finish: the case can always still end; when it ends
nothing is left running; no step happens twice at once; every step can happen.

Three stages, cheapest first: a flow without parallel parts only needs every
step to lie between start and end; then reduction rules (:mod:`.reduce`); then
every situation is explored (:mod:`.net`). What is still too large after
reduction gets the structural test, and the verdict says that it is not exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow

from .net import STATES, Firing, Net, Walk, can_finish, explore, markings_to, net_of, path_to
from .reduce import Core


class Wrong(StrEnum):
    """How a flow can go wrong."""

    NO_START = "no-start"                # no start, or several: nothing to decide
    UNREACHED = "unreached"              # no line leads there from the start
    NO_END = "no-end"                    # no line leads from there to an end
    WAITS = "waits-for-ever"             # a join that never gets all it waits for
    STUCK = "stuck"                      # a step nothing follows
    LOOPS = "loops-for-ever"             # steps follow each other and no end can come
    TWICE = "runs-twice"                 # parallel branches meet without a join
    GROWS = "grows-for-ever"             # every round starts the parallel part again
    ENDS_TWICE = "ends-twice"            # the case ends while other branches run on
    NEVER = "never-happens"              # a step that no case can come to
    TOO_LARGE = "too-large"              # not decided within the bound
    TANGLED = "tangled"                  # proved unsound, but too large to tell the way


class Move(tuple[str, str]):
    """One step of a way: the node, and the exit taken when it is a decision (a link id, else "")."""

    __slots__ = ()

    def __new__(cls, node: str, exit: str = "") -> Move:
        return super().__new__(cls, (node, exit))


@dataclass(frozen=True, slots=True)
class Trouble:
    """One way in which the flow goes wrong."""

    kind: Wrong
    node: str                        # where it shows
    way: tuple[Move, ...] = ()       # what happens before, first to last
    missing: tuple[str, ...] = ()    # joins: links nothing comes along any more
    ended: str = ""                  # the end that was reached although other branches run


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the flow is sound, and how it can go wrong if not."""

    sound: bool
    exact: bool                      # False: too large; *sound* then only says that the structural test found nothing
    troubles: tuple[Trouble, ...] = ()
    states: int = 0                  # situations looked at; 0: the reduction rules were enough


def decide(flow: Flow, bound: int = STATES) -> Verdict:
    """The verdict on *flow*; at most *bound* situations are explored.

    >>> from flowstd.ir.model import Flow, Lane, Link, Node
    >>> lane = Lane(id="窗口", name="窗口")
    >>> a = Node(id="a", kind="start", label="", lane="窗口")
    >>> b = Node(id="b", kind="end", label="", lane="窗口", outcome="done")
    >>> decide(Flow(lanes=(lane,), nodes=(a, b), links=(Link(id="1", source="a", target="b"),))).sound
    True
    """
    plain = _graph(flow)
    if plain and plain[0].kind is Wrong.NO_START:
        return Verdict(False, True, plain)
    if not plain:
        if not _parallel(flow):
            return Verdict(True, True)
        core = Core(flow)
        core.reduce()
        if core.trivial:
            return Verdict(True, True)
        verdict = _explore_core(flow, core, bound)
        if verdict.sound and verdict.exact:
            return verdict
        if verdict.exact:
            told = _explore(flow, bound)
            return told if told.exact else verdict
        return _structural(flow, bound)
    told = _explore(flow, bound)
    known = {trouble.node for trouble in plain}
    troubles = (*plain, *(trouble for trouble in told.troubles
                          if trouble.kind is not Wrong.TOO_LARGE
                          and not (trouble.kind is Wrong.NEVER and trouble.node in known)))
    return Verdict(False, True, troubles, told.states)


def _graph(flow: Flow) -> tuple[Trouble, ...]:
    """What the lines alone say: starts, unreachable steps, steps without a way to an end."""
    starts = [node.id for node in flow.nodes if node.kind is Kind.START]
    if len(starts) != 1:
        return (Trouble(Wrong.NO_START, starts[1] if starts else ""),)
    reached, stack = set(starts), list(starts)
    while stack:
        for link in flow.exits[stack.pop()]:
            if link.target not in reached:
                reached.add(link.target)
                stack.append(link.target)
    stack = [node.id for node in flow.nodes if node.kind is Kind.END]
    ending = set(stack)
    while stack:
        for link in flow.entries[stack.pop()]:
            if link.source not in ending:
                ending.add(link.source)
                stack.append(link.source)
    if len(reached) == len(ending) == len(flow.nodes):
        return ()
    return (*(Trouble(Wrong.UNREACHED, node.id) for node in flow.nodes if node.id not in reached),
            *(Trouble(Wrong.NO_END, node.id) for node in flow.nodes if node.id in reached and node.id not in ending))


def _parallel(flow: Flow) -> bool:
    """Whether two things can ever go on at once, or be waited for."""
    for node in flow.nodes:
        kind = node.kind
        if kind is Kind.DECISION:
            continue
        if len(flow.exits[node.id]) > 1 or (kind is Kind.JOIN and len(flow.entries[node.id]) > 1):
            return True
    return False


def _explore_core(flow: Flow, core: Core, bound: int) -> Verdict:
    """The verdict on what the reduction rules left; the flow itself then tells the way it goes wrong."""
    net = core.net()
    walk = explore(net, bound)
    states = len(walk.came)
    if walk.unsafe:
        return _tangled(flow, walk.unsafe[1].node, states)
    if not walk.complete:
        return Verdict(True, False, (Trouble(Wrong.TOO_LARGE, ""),), states)
    good = can_finish(net, walk)
    if len(good) < states:
        stuck = next(marking for marking in walk.came if marking not in good)
        way = path_to(walk, stuck)
        return _tangled(flow, way[-1].node if way else core.source, states)
    seen = _fired(net, walk)
    for node in core.kind:
        if node not in seen and node != core.source:
            return _tangled(flow, node, states)
    return Verdict(True, True, states=states)


def _tangled(flow: Flow, node: int, states: int) -> Verdict:
    name = flow.nodes[node].id if node < len(flow.nodes) else ""
    return Verdict(False, True, (Trouble(Wrong.TANGLED, name),), states)


def _fired(net: Net, walk: Walk) -> set[int]:
    """The nodes that happen in one of the markings."""
    found = set()
    for marking in walk.after:
        rest = marking & ~net.done
        while rest:
            bit = rest & -rest
            rest ^= bit
            for firing in net.firings[bit.bit_length() - 1]:
                if marking & firing.takes == firing.takes:
                    found.add(firing.node)
    return found


def _explore(flow: Flow, bound: int) -> Verdict:
    net = net_of(flow)
    walk = explore(net, bound)
    if walk.unsafe:
        return Verdict(False, True, (_doubled(flow, net, walk),), len(walk.came))
    if not walk.complete:
        return Verdict(True, False, (Trouble(Wrong.TOO_LARGE, ""),), len(walk.came))
    troubles = _endless(flow, net, walk)
    if not troubles:
        seen = _fired(net, walk)
        troubles = tuple(Trouble(Wrong.NEVER, node.id) for at, node in enumerate(flow.nodes)
                         if at not in seen and node.kind is not Kind.START)
    return Verdict(not troubles, True, troubles, len(walk.came))


def _doubled(flow: Flow, net: Net, walk: Walk) -> Trouble:
    """Two tokens in one place: who is done twice, and on which way."""
    assert walk.unsafe is not None
    marking, last, bits = walk.unsafe
    way = (*path_to(walk, marking), last)
    ended = bits & net.done
    if ended:
        first = next(firing for firing in way if firing.puts == net.done)
        return Trouble(Wrong.ENDS_TWICE, flow.nodes[last.node].id, _moves(flow, way), ended=flow.nodes[first.node].id)
    grown = (marking ^ last.takes) | last.puts
    if any(before & grown == before for before in markings_to(walk, marking)):
        return Trouble(Wrong.GROWS, flow.nodes[last.node].id, _moves(flow, way))
    seen: set[int] = set()
    twice = last.node
    for firing in way:
        if firing.node in seen:
            twice = firing.node
            break
        seen.add(firing.node)
    return Trouble(Wrong.TWICE, flow.nodes[twice].id, _moves(flow, way))


def _endless(flow: Flow, net: Net, walk: Walk) -> tuple[Trouble, ...]:
    """From where the case can no longer end: one trouble for each set of joins that wait, nearest first."""
    good = can_finish(net, walk)
    if len(good) == len(walk.came):
        return ()
    found: dict[tuple[str, ...], Trouble] = {}
    for marking in walk.came:
        if marking not in good and not walk.after[marking] and marking != net.done:
            for trouble in _waiting(flow, net, walk, marking):
                found.setdefault((trouble.kind, trouble.node), trouble)
    if not found:
        marking = next(marking for marking in walk.came if marking not in good)
        way = path_to(walk, marking)
        node = flow.nodes[way[-1].node].id if way else flow.nodes[0].id
        found[(node,)] = Trouble(Wrong.LOOPS, node, _moves(flow, way), ended=_ended(flow, net, way))
    return tuple(found.values())


def _waiting(flow: Flow, net: Net, walk: Walk, marking: int) -> list[Trouble]:
    way = path_to(walk, marking)
    moves, ended = _moves(flow, way), _ended(flow, net, way)
    found = []
    for bit, link in enumerate(flow.links):
        if not marking >> bit & 1:
            continue
        missing = tuple(entry.id for entry in flow.entries[link.target]
                        if not marking >> flow.links.index(entry) & 1)
        join = flow.node_by_id[link.target].kind is Kind.JOIN and flow.exits[link.target]
        kind = Wrong.WAITS if join else Wrong.STUCK
        found.append(Trouble(kind, link.target, moves, missing if kind is Wrong.WAITS else (), ended))
    return found


def _ended(flow: Flow, net: Net, way: tuple[Firing, ...]) -> str:
    return next((flow.nodes[firing.node].id for firing in way if firing.puts == net.done), "")


def _moves(flow: Flow, way: tuple[Firing, ...]) -> tuple[Move, ...]:
    return tuple(Move(flow.nodes[firing.node].id, flow.links[firing.exit].id if firing.exit >= 0 else "")
                 for firing in way)


def _structural(flow: Flow, bound: int) -> Verdict:
    from .rank import well_formed

    if not well_formed(flow):
        return Verdict(False, True, (Trouble(Wrong.TANGLED, ""),), bound)
    return Verdict(True, False, (Trouble(Wrong.TOO_LARGE, ""),), bound)
