"""A flow as a token game: every link is a place, every node a rule that moves tokens.

A token on a link says "the case stands here". A start puts one on its exit; a
step or decision takes one from any entry; a split puts one on every exit; a
join takes one from every entry; an end takes one out of the game. Several
exits of a step that is no decision are all taken, as BPMN reads them.
"""

from __future__ import annotations

from typing import NamedTuple

from flowstd.ir.kinds import DECISION, END, JOIN, START
from flowstd.ir.model import Flow

STATES = 20_000          # so many situations are looked at one by one; beyond, only the structural test is made


class Firing(NamedTuple):
    """One way a node can happen: the tokens it takes and the tokens it puts, as bits; *exit* is a decision's answer."""

    takes: int
    puts: int
    node: int
    exit: int = -1           # link index


class Net(NamedTuple):
    """The token game of one flow; bit ``len(links)`` stands for "the case has ended"."""

    starts: tuple[int, ...]              # one marking for each start
    firings: tuple[tuple[Firing, ...], ...]   # by link: the firings that its token may begin
    done: int                            # the bit of the ended case


class Walk(NamedTuple):
    """What the exploration saw. *came* leads from each marking back to where it was reached from."""

    came: dict[int, tuple[int, Firing] | None]
    after: dict[int, tuple[int, ...]]
    unsafe: tuple[int, Firing, int] | None    # marking, firing, and the bits that would hold two tokens
    complete: bool


def net_of(flow: Flow) -> Net:
    """The token game of *flow*."""
    number = {link.id: bit for bit, link in enumerate(flow.links)}
    done = 1 << len(flow.links)
    firings: list[tuple[Firing, ...]] = [()] * len(flow.links)
    starts = []
    for at, node in enumerate(flow.nodes):
        exits = [number[link.id] for link in flow.exits[node.id]]
        entries = [number[link.id] for link in flow.entries[node.id]]
        puts = done if node.kind is END else sum(1 << bit for bit in exits)
        if node.kind is START:
            starts.append(puts)
        elif not puts:
            continue                      # nothing follows: a token that comes here stays
        elif node.kind is JOIN:
            if entries:
                takes = sum(1 << bit for bit in entries)
                firing = Firing(takes, puts, at)
                for bit in entries:
                    firings[bit] = (firing,)
        elif node.kind is DECISION:
            for bit in entries:
                firings[bit] = tuple(Firing(1 << bit, 1 << way, at, way) for way in exits)
        else:
            for bit in entries:
                firings[bit] = (Firing(1 << bit, puts, at),)
    return Net(tuple(starts), tuple(firings), done)


def explore(net: Net, bound: int = STATES) -> Walk:
    """Every marking that can be reached, nearest first; stops at the first link with two tokens, or at *bound*."""
    came: dict[int, tuple[int, Firing] | None] = dict.fromkeys(net.starts)
    after: dict[int, tuple[int, ...]] = {}
    queue = list(came)
    firings = net.firings
    done = net.done
    for marking in queue:                 # the queue grows while it is walked
        following = []
        rest = marking & ~done
        while rest:
            bit = rest & -rest
            rest ^= bit
            for firing in firings[bit.bit_length() - 1]:
                takes = firing.takes
                if marking & takes != takes or (takes & -takes) != bit:
                    continue              # a join fires once, by its lowest entry
                left = marking ^ takes
                if left & firing.puts:
                    return Walk(came, after, (marking, firing, left & firing.puts), False)
                reached = left | firing.puts
                following.append(reached)
                if reached not in came:
                    came[reached] = (marking, firing)
                    queue.append(reached)
        after[marking] = tuple(following)
        if len(came) > bound:
            return Walk(came, after, None, False)
    return Walk(came, after, None, True)


def path_to(walk: Walk, marking: int) -> tuple[Firing, ...]:
    """The firings that lead to *marking*, first to last, on the way that was found first."""
    found = []
    step = walk.came[marking]
    while step:
        marking, firing = step
        found.append(firing)
        step = walk.came[marking]
    return tuple(reversed(found))


def markings_to(walk: Walk, marking: int) -> tuple[int, ...]:
    """The markings on that way, first to last, with *marking* itself."""
    found = [marking]
    step = walk.came[marking]
    while step:
        found.append(step[0])
        step = walk.came[step[0]]
    return tuple(reversed(found))


def can_finish(net: Net, walk: Walk) -> set[int]:
    """The markings from which the case can still end with nothing left over."""
    before: dict[int, list[int]] = {}
    for marking, following in walk.after.items():
        for reached in following:
            before.setdefault(reached, []).append(marking)
    good = {net.done} if net.done in walk.came else set()
    stack = list(good)
    while stack:
        for marking in before.get(stack.pop(), ()):
            if marking not in good:
                good.add(marking)
                stack.append(marking)
    return good


def fired(net: Net, walk: Walk) -> set[int]:
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


def play(net: Net, answer: int, most: int) -> tuple[list[int], list[Firing], Firing | None]:
    """One case from start to end: its markings, the firings between, and the one that would put two tokens on a link.

    The token on the lowest link that can move does. The exit *answer* is taken where it can be, once; otherwise the one
    of a decision that was taken least. At most *most* firings.
    """
    marking, taken = net.starts[0], dict[int, int]()
    markings, way = [marking], list[Firing]()
    while len(way) < most:
        able = _able(net, marking)
        if not able:
            break
        firing = next((one for one in able if one.exit == answer and answer >= 0 and answer not in taken),
                      min(able, key=lambda one: taken.get(one.exit, 0)))
        taken[firing.exit] = taken.get(firing.exit, 0) + 1
        left = marking ^ firing.takes
        if left & firing.puts:
            return markings, way, firing
        marking = left | firing.puts
        markings.append(marking)
        way.append(firing)
    return markings, way, None


def _able(net: Net, marking: int) -> tuple[Firing, ...]:
    """The firings of the lowest token that can move."""
    rest = marking & ~net.done
    while rest:
        bit = rest & -rest
        rest ^= bit
        able = tuple([one for one in net.firings[bit.bit_length() - 1] if marking & one.takes == one.takes])
        if able:
            return able
    return ()
