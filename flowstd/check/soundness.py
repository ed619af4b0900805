"""Can every case that starts come to one proper end? Decided exactly, with a way of going wrong in the author's words.

A flow is sound when, whatever is answered at the decisions and in whatever
order parallel steps finish: the case can always still end; when it ends
nothing is left running; no step happens twice at once; every step can happen.

Cheapest first: a flow without parallel parts only needs every step to lie
between start and end; then reduction rules (:mod:`.reduce`); then every situation
in what they leave is explored (:mod:`.net`), if these are few; then each part with
one way in and one way out (:mod:`.parts`) is decided on its own. What is still too large gets the structural test
(:mod:`.rank`), and the verdict says that it is not exact.
"""

from __future__ import annotations

from dataclasses import dataclass

from flowstd.ir.kinds import DECISION, END, JOIN, START
from flowstd.ir.model import Flow

from .net import STATES, can_finish, explore, fired, path_to
from .parts import alone, parts_of
from .reduce import Core
from .trouble import Trouble, Wrong, look

FEW = 100                # so many situations are sooner looked at than the parts found


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the flow is sound, and how it can go wrong if not."""

    sound: bool
    exact: bool                      # False: too large; *sound* then only says that the structural test found nothing
    troubles: tuple[Trouble, ...] = ()
    states: int = 0                  # situations looked at; 0: the reduction rules were enough


def decide(flow: Flow, bound: int = STATES, *, whole: bool = False) -> Verdict:
    """The verdict on *flow*; at most *bound* situations are explored.

    *whole*: it is known that every step lies between the one start and an end.

    >>> from flowstd.ir.model import Flow, Lane, Link, Node
    >>> lane = Lane(id="窗口", name="窗口")
    >>> a = Node(id="a", kind="start", label="", lane="窗口")
    >>> b = Node(id="b", kind="end", label="", lane="窗口", outcome="done")
    >>> decide(Flow(lanes=(lane,), nodes=(a, b), links=(Link(id="1", source="a", target="b"),))).sound
    True
    """
    plain = () if whole else _graph(flow)
    if plain and plain[0].kind is Wrong.NO_START:
        return Verdict(False, True, plain)
    if not plain:
        if not _parallel(flow):
            return Verdict(True, True)
        core = Core(flow)
        core.reduce()
        if core.trivial:
            return Verdict(True, True)
        verdict = _explored(flow, core, min(FEW, bound))
        if not verdict.exact:
            verdict = _part_by_part(flow, bound)
        if not verdict.exact:
            verdict = _structural(flow, bound)
        if verdict.sound:
            return verdict
        told = look(flow)
        return Verdict(False, True, told.troubles, told.states) if told.troubles else verdict
    told = look(flow)
    known = {trouble.node for trouble in plain}
    troubles = (*plain, *(trouble for trouble in told.troubles
                          if trouble.kind is not Wrong.TOO_LARGE
                          and not (trouble.kind is Wrong.NEVER and trouble.node in known)))
    return Verdict(False, True, troubles, told.states)


def _graph(flow: Flow) -> tuple[Trouble, ...]:
    """What the lines alone say: starts, unreachable steps, steps without a way to an end."""
    starts = [node.id for node in flow.nodes if node.kind is START]
    if len(starts) != 1:
        return (Trouble(Wrong.NO_START, starts[1] if starts else ""),)
    exits, entries = flow.exits, flow.entries
    waiting = list(starts)
    reached = set(waiting)
    for name in waiting:                  # it grows while it is walked
        for link in exits[name]:
            target = link.target
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    waiting = [node.id for node in flow.nodes if node.kind is END]
    ending = set(waiting)
    for name in waiting:
        for link in entries[name]:
            source = link.source
            if source not in ending:
                ending.add(source)
                waiting.append(source)
    if len(reached) == len(ending) == len(flow.nodes):
        return ()
    return (*(Trouble(Wrong.UNREACHED, node.id) for node in flow.nodes if node.id not in reached),
            *(Trouble(Wrong.NO_END, node.id) for node in flow.nodes if node.id in reached and node.id not in ending))


def _parallel(flow: Flow) -> bool:
    """Whether two things can ever go on at once, or be waited for."""
    exits, entries = flow.exits, flow.entries
    for node in flow.nodes:
        kind = node.kind
        if kind is not DECISION and (len(exits[node.id]) > 1 or (kind is JOIN and len(entries[node.id]) > 1)):
            return True
    return False


def _part_by_part(flow: Flow, bound: int) -> Verdict:
    """The verdict on *flow*, its parts first, each alone, then what is left; *bound* situations in all."""
    core, states = Core(flow), 0
    while parts := parts_of(core):
        for part in parts:
            verdict = _explore_core(flow, alone(core, part), bound - states)
            states += verdict.states
            if not (verdict.sound and verdict.exact):
                return verdict
            core.melt(part.inside)
    return _explore_core(flow, core, bound - states)


def _explore_core(flow: Flow, core: Core, bound: int) -> Verdict:
    """The verdict on what the reduction rules leave of *core*; the flow itself then tells the way it goes wrong."""
    core.reduce()
    return Verdict(True, True) if core.trivial else _explored(flow, core, bound)


def _explored(flow: Flow, core: Core, bound: int) -> Verdict:
    """The verdict on *core* as it is, every situation in it looked at."""
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
    seen = fired(net, walk)
    for node in core.kind:
        if node not in seen and node != core.source:
            return _tangled(flow, node, states)
    return Verdict(True, True, states=states)


def _tangled(flow: Flow, node: int, states: int) -> Verdict:
    name = flow.nodes[node].id if node < len(flow.nodes) else ""
    return Verdict(False, True, (Trouble(Wrong.TANGLED, name),), states)


def _structural(flow: Flow, bound: int) -> Verdict:
    from .rank import well_formed

    if not well_formed(flow):
        return Verdict(False, True, (Trouble(Wrong.TANGLED, ""),), bound)
    return Verdict(True, False, (Trouble(Wrong.TOO_LARGE, ""),), bound)
