"""Orders of lanes in which work is likely to change hands over a short way; the applicant stays first.

Only hand-overs count: how often two lanes work with each other, and how many
lanes lie between them, which lines then have to cross. Few lanes are tried in
every order; many are moved one by one as long as that helps. Which order is
calmest only its drawing tells: the few likely ones are drawn, and the declared
one with them, so that none is chosen that is worse.
"""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from flowstd.ir.kinds import Role
from flowstd.ir.model import Flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowstd.ir.model import Lane

ALL_ORDERS = 6                   # up to so many lanes that may change places, every order is tried
PASSED = 2                       # what it costs to pass a lane, beside the way
LIKELY = 5                       # how many orders are worth a drawing,
LARGE = 100                      # of a chart with no more nodes; else one is

Order = tuple[int, ...]          # numbers of lanes as they were declared


def likely_orders(flow: Flow) -> tuple[Flow, ...]:
    """*flow* as it is declared, then with its lanes in other orders, the likeliest first; nothing else changes.

    >>> from flowstd.dsl import applicant, end, flow_of, reviewer, window
    >>> flow = flow_of(applicant.submit("提交申请") >> reviewer.examine("预审") >> window.accept("受理")
    ...                >> applicant.do("缴费") >> window.deliver("送达") >> end.granted)
    >>> [[lane.name for lane in one.lanes] for one in likely_orders(flow)]
    [['申请人', '审查人员', '窗口'], ['申请人', '窗口', '审查人员']]
    """
    number = {lane.id: place for place, lane in enumerate(flow.lanes)}
    lane_of = {node.id: number[node.lane] for node in flow.nodes}
    met = Counter(frozenset((lane_of[link.source], lane_of[link.target])) for link in flow.links)
    hands = {(min(pair), max(pair)): count for pair, count in met.items() if len(pair) == 2}
    found = nsmallest(1 if len(flow.nodes) > LARGE else LIKELY, _orders(flow.lanes, hands),
                      key=lambda order: cost(order, hands))
    declared = tuple(range(len(flow.lanes)))
    return (flow, *(_in_order(flow, order) for order in found if order != declared))


def _in_order(flow: Flow, order: Order) -> Flow:
    return Flow(title=flow.title, lanes=tuple([flow.lanes[place] for place in order]), nodes=flow.nodes,
                links=flow.links, documents=flow.documents, where=flow.where)


def cost(order: Order, hands: dict[tuple[int, int], int]) -> tuple[int, int]:
    """What the hand-overs cost in that order, and how far it is from the declared one.

    >>> cost((0, 2, 1), {(0, 1): 1, (1, 2): 4})
    (8, 1)
    """
    place = {lane: at for at, lane in enumerate(order)}
    way = 0
    for (one, other), count in hands.items():
        apart = abs(place[one] - place[other])
        way += count * (apart + PASSED * (apart - 1))
    return way, sum(a > b for a, b in combinations(order, 2))


def _orders(lanes: tuple[Lane, ...], hands: dict[tuple[int, int], int]) -> Iterable[Order]:
    """Every order of few lanes; of many, the best that is found by moving one after the other, and those beside it."""
    fixed = tuple([place for place, lane in enumerate(lanes) if lane.role is Role.APPLICANT])
    free = tuple([place for place in range(len(lanes)) if place not in fixed])
    if len(free) <= ALL_ORDERS:
        return [(*fixed, *rest) for rest in permutations(free)]
    best = (*fixed, *free)
    while True:
        beside = dict.fromkeys((best, *_moved(best, len(fixed))))
        better = min(beside, key=lambda order: cost(order, hands))
        if better == best:
            return beside
        best = better


def _moved(order: Order, first: int) -> Iterator[Order]:
    """Every order that has one lane at another place, from *first* on."""
    for source in range(first, len(order)):
        rest = order[:source] + order[source + 1:]
        for target in range(first, len(order)):
            yield (*rest[:target], order[source], *rest[target:])
