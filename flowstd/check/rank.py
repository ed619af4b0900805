"""The structural test for flows too large to explore: the rank of their token game.

The games of our flows are free-choice nets. Such a net can only be live and
bounded when its incidence matrix has one rank less than the net has clusters
(rank theorem: Desel and Esparza, Free Choice Petri Nets, 1995). The test is
one-sided: a wrong rank proves the flow unsound, a right one proves nothing.
"""

from __future__ import annotations

from fractions import Fraction

from flowstd.ir.model import Flow

from .net import net_of


def well_formed(flow: Flow) -> bool:
    """Whether the rank of *flow*'s token game is the one that a sound flow has. For flows with one start."""
    net = net_of(flow)
    rows: dict[tuple[int, int, int], None] = {}
    for firings in net.firings:
        for firing in firings:
            rows[firing.takes, firing.puts, firing.exit] = None
    clusters = len({min(firing.takes for firing in firings) for firings in net.firings if firings}) + 1
    matrix = [_row(takes, puts) for takes, puts, _ in rows]
    matrix.append(_row(net.done, net.starts[0]))       # the next case begins when this one has ended
    return _rank(matrix) == clusters - 1


def _row(takes: int, puts: int) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for bits, sign in ((takes, -1), (puts, 1)):
        while bits:
            bit = bits & -bits
            bits ^= bit
            place = bit.bit_length() - 1
            found[place] = found.get(place, Fraction(0)) + sign
    return {place: value for place, value in found.items() if value}


def _rank(matrix: list[dict[int, Fraction]]) -> int:
    pivots: dict[int, dict[int, Fraction]] = {}
    for row in matrix:
        while row:
            place = min(row)
            pivot = pivots.get(place)
            if pivot is None:
                pivots[place] = row
                break
            factor = row[place] / pivot[place]
            row = {at: value for at in row.keys() | pivot.keys()
                   if (value := row.get(at, Fraction(0)) - factor * pivot.get(at, Fraction(0)))}
    return len(pivots)
