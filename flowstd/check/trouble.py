"""Troubles: how a flow goes wrong, and on which way, as the token game shows it.

Every situation is looked at, nearest first, so that the way told is a short one.
Where there are too many, the flow is played through once for each answer that a
decision can give, until something goes wrong; only what led there is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow

from .net import Firing, Net, Walk, can_finish, explore, fired, markings_to, net_of, path_to, play

ENOUGH = 5_000           # situations looked at to tell a short way
LONGEST = 1_000          # firings of a case that is played through


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


class Told(NamedTuple):
    """What was seen of a flow: its troubles; without any, and *whole*, it is sound."""

    troubles: tuple[Trouble, ...]
    whole: bool                      # every situation was looked at, or a trouble was found
    states: int


def look(flow: Flow, bound: int = ENOUGH) -> Told:
    """The troubles of *flow* that show within *bound* situations, or when it is played through."""
    net = net_of(flow)
    walk = explore(net, bound)
    states = len(walk.came)
    if walk.unsafe:
        marking, last, _ = walk.unsafe
        return Told((_doubled(flow, net, markings_to(walk, marking), path_to(walk, marking), last),), True, states)
    if not walk.complete:
        troubles = _played(flow, net)
        return Told(troubles, bool(troubles), states)
    troubles = _endless(flow, net, walk)
    if not troubles:
        seen = fired(net, walk)
        troubles = tuple(Trouble(Wrong.NEVER, node.id) for at, node in enumerate(flow.nodes)
                         if at not in seen and node.kind is not Kind.START)
    return Told(troubles, True, states)


def _played(flow: Flow, net: Net) -> tuple[Trouble, ...]:
    """The first trouble that comes when every answer of every decision is given once."""
    answers = dict.fromkeys(one.exit for several in net.firings for one in several)
    for answer in answers:
        markings, way, last = play(net, answer, LONGEST)
        if last is not None:
            return (_doubled(flow, net, tuple(markings), tuple(way), last),)
        if markings[-1] != net.done and len(way) < LONGEST:
            return tuple(_waiting(flow, net, tuple(way), markings[-1]))
    return ()


def _doubled(flow: Flow, net: Net, markings: tuple[int, ...], before: tuple[Firing, ...], last: Firing) -> Trouble:
    """Two tokens in one place: who is done twice, and on which way."""
    left = markings[-1] ^ last.takes
    bits = left & last.puts
    way = (*_causes(before, bits if bits & net.done else last.takes | bits), last)
    if bits & net.done:
        first = next(firing for firing in way if firing.puts == net.done)
        return Trouble(Wrong.ENDS_TWICE, flow.nodes[last.node].id, _moves(flow, way), ended=flow.nodes[first.node].id)
    grown = left | last.puts
    if any(earlier & grown == earlier for earlier in markings):
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
            for trouble in _waiting(flow, net, path_to(walk, marking), marking):
                found.setdefault((trouble.kind, trouble.node), trouble)
    if not found:
        marking = next(marking for marking in walk.came if marking not in good)
        way = path_to(walk, marking)
        node = next(link.target for bit, link in enumerate(flow.links) if marking >> bit & 1)
        found[(node,)] = Trouble(Wrong.LOOPS, node, _moves(flow, way), ended=_ended(flow, net, way))
    return tuple(found.values())


def _waiting(flow: Flow, net: Net, way: tuple[Firing, ...], marking: int) -> list[Trouble]:
    """The places where *way* ended for ever: one trouble each."""
    ended, number = _ended(flow, net, way), {link.id: bit for bit, link in enumerate(flow.links)}
    found: dict[str, Trouble] = {}
    for link in flow.links:
        if not marking >> number[link.id] & 1 or link.target in found:
            continue
        entries = flow.entries[link.target]
        missing = tuple(entry.id for entry in entries if not marking >> number[entry.id] & 1)
        join = flow.node_by_id[link.target].kind is Kind.JOIN and flow.exits[link.target]
        kind = Wrong.WAITS if join else Wrong.STUCK
        found[link.target] = Trouble(kind, link.target, _moves(flow, _causes(way, net.done) if ended else way),
                                     missing if kind is Wrong.WAITS else (), ended)
    return list(found.values())


def _ended(flow: Flow, net: Net, way: tuple[Firing, ...]) -> str:
    return next((flow.nodes[firing.node].id for firing in way if firing.puts == net.done), "")


def _moves(flow: Flow, way: tuple[Firing, ...]) -> tuple[Move, ...]:
    return tuple(Move(flow.nodes[firing.node].id, flow.links[firing.exit].id if firing.exit >= 0 else "")
                 for firing in way)


def _causes(way: tuple[Firing, ...], bits: int) -> tuple[Firing, ...]:
    """What of *way* led to the tokens *bits* at its end."""
    kept = []
    for firing in reversed(way):
        if firing.puts & bits:
            kept.append(firing)
            bits = bits & ~firing.puts | firing.takes
    return tuple(reversed(kept))
