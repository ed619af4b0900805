"""Side by side in one channel or gutter: which line takes which track.

Lines that overlap get different tracks; lines that go on together to one end share one. The
order is the one with fewest crossings that keeps every line end clear of the
ends it faces.
"""

from __future__ import annotations

from bisect import bisect_right
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from .grid import Path
from .p4_route import Routes

FINE = 1000                    # positions along a channel: line × FINE + place within that line
FORBIDDEN = 1000.0
CROWD = 120                    # runs in one channel from which on crossings are no longer counted


class End(NamedTuple):
    """Where a run is joined by a line from one side: the early or low one, or the other."""

    at: int
    first: bool
    fixed: bool                # in a column or row, where a facing end would lie on the same line


class Run:
    """A line, or overlapping pieces of lines that go on together, in one channel or gutter."""

    __slots__ = ("ends", "high", "low", "pieces", "track")

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high
        self.pieces: list[tuple[int, int]] = []        # (link, segment)
        self.ends: list[End] = []
        self.track = 0


_Pieces = dict[int, list[tuple[int, int, int, int]]]       # by trunk: from, to, link, segment


class Tracks(NamedTuple):
    """Tracks of every channel (index: row line) and every gutter (index: line across)."""

    channel_count: list[int]
    gutter_count: list[int]
    track: list[list[int]]         # per link and segment; -1 where the segment lies in a row or column


def assign_tracks(routes: Routes) -> Tracks:
    """Tracks for all segments in channels and gutters."""
    grid = routes.grid
    straight = [-1]                              # one for all of them: they lie in no channel or gutter
    tracks = [[-1] * (len(way.path) - 1) if len(way.path) > 2 else straight for way in routes.ways]
    channels, gutters = _runs(routes)
    channel_count, gutter_count = [0] * grid.rows, [0] * grid.lines
    turns = [(channels, channel_count)]
    if gutters:                                  # the tracks of each matter to the other
        turns += [(gutters, gutter_count), (channels, channel_count)]
    for runs_by_line, count in turns:
        for line, runs in runs_by_line.items():
            if len(runs) > 1:
                for run in runs:
                    run.ends = _ends(run, routes, tracks)
            count[line] = _stack(runs)
            for run in runs:
                for link, segment in run.pieces:
                    tracks[link][segment] = run.track
    return Tracks(channel_count, gutter_count, tracks)


def _runs(routes: Routes) -> tuple[dict[int, list[Run]], dict[int, list[Run]]]:
    """The runs of every channel and of every gutter, by its line; lines with the same way ahead are joined."""
    is_column = routes.grid.is_column
    channels: dict[int, _Pieces] = {}
    gutters: dict[int, _Pieces] = {}
    for link, way in enumerate(routes.ways):
        if len(way.path) < 4:
            continue
        for segment, upright, line, low, high in way.runs[1:-1]:    # the others lie in the row or column of a box
            if upright:
                if is_column[line]:
                    continue
                pieces = gutters.setdefault(line, {})
            else:
                if line % 2:
                    continue
                pieces = channels.setdefault(line, {})
            pieces.setdefault(way.trunks[segment], []).append((low, high, link, segment))
    return ({line: _joined(channels[line]) for line in sorted(channels)},
            {line: _joined(gutters[line]) for line in sorted(gutters)})


def _joined(pieces: _Pieces) -> list[Run]:
    runs: list[Run] = []
    for parts in pieces.values():
        parts.sort()
        run: Run | None = None
        for low, high, link, segment in parts:
            if run is None or low > run.high:
                run = Run(low, high)
                runs.append(run)
            run.high = max(run.high, high)
            run.pieces.append((link, segment))
    runs.sort(key=lambda r: (r.low, r.high, r.pieces))
    return runs


def _ends(run: Run, routes: Routes, tracks: list[list[int]]) -> list[End]:
    ends = []
    for link, segment in run.pieces:
        path = routes.ways[link].path
        for corner, beyond in ((segment, segment - 1), (segment + 1, segment + 2)):
            if not 0 < corner < len(path) - 1:
                continue
            ends.append(_end(path, corner, beyond, link, tracks, routes))
    return ends


def _end(path: Path, corner: int, beyond: int, link: int, tracks: list[list[int]], routes: Routes) -> End:
    (x, y), (bx, by) = path[corner], path[beyond]
    crossing_segment = min(corner, beyond)
    track = tracks[link][crossing_segment]
    if x == bx:                                     # joined by a line along: we lie in a channel
        fixed, position, first = routes.grid.is_column[x], x, by < y
    else:
        fixed, position, first = y % 2 == 1, y, bx < x
    place = FINE // 2 if track < 0 else track + 1
    at_source, at_target = crossing_segment == 0, crossing_segment == len(path) - 2
    if fixed and ((at_source and (link, False) in routes.shifted) or (at_target and (link, True) in routes.shifted)):
        fixed = False
    return End(position * FINE + place, first, fixed)


def _stack(runs: list[Run]) -> int:
    """Give every run its track; return how many tracks there are."""
    count = len(runs)
    for run in runs:
        run.track = 0
    if count == 1:
        return 1
    if count > CROWD:
        return _stack_crowd(runs)
    near: list[list[int]] = [[] for _ in runs]
    before: list[float] = [0.0] * count             # what it costs to put this run before the ones still waiting
    price: list[dict[int, float]] = [{} for _ in runs]
    barred = [0] * count                            # waiting runs that must lie before this one
    bars: list[list[int]] = [[] for _ in runs]
    active: list[int] = []
    for b in range(count):
        active = [a for a in active if runs[a].high >= runs[b].low]
        for a in active:
            near[a].append(b)
            near[b].append(a)
            ab, ba = _cost(runs[a], runs[b]), _cost(runs[b], runs[a])
            if ba >= FORBIDDEN > ab:
                barred[b] += 1
                bars[a].append(b)
            elif ab >= FORBIDDEN > ba:
                barred[a] += 1
                bars[b].append(a)
            price[a][b], price[b][a] = ab - ba, ba - ab
            before[a] += ab - ba
            before[b] += ba - ab
        active.append(b)
    waiting = list(range(count))
    placed = [-1] * count
    while waiting:
        free = [run for run in waiting if not barred[run]] or waiting
        chosen = min(free, key=lambda run: (before[run], run))
        waiting.remove(chosen)
        placed[chosen] = 1 + max((placed[other] for other in near[chosen]), default=-1)
        for other in bars[chosen]:
            barred[other] -= 1
        for other, difference in price[chosen].items():
            before[other] += difference
    for run, track in zip(runs, placed, strict=True):
        run.track = track
    return max(placed) + 1


def _stack_crowd(runs: list[Run]) -> int:
    """The same for very many runs: the ends are kept clear, crossings are not counted."""
    facing: dict[int, tuple[list[int], list[int]]] = {}
    for number, run in enumerate(runs):
        for end in run.ends:
            if end.fixed:
                facing.setdefault(end.at // FINE, ([], []))[0 if end.first else 1].append(number)
    later: list[list[int]] = [[] for _ in runs]
    waiting_for = [0] * len(runs)
    for firsts, seconds in facing.values():
        for first in firsts:
            for second in seconds:
                if first != second:
                    later[first].append(second)
                    waiting_for[second] += 1
    ready = [number for number, count in enumerate(waiting_for) if not count]
    heapify(ready)
    placed: list[tuple[list[int], list[int]]] = []          # on each track: where its runs begin and end
    while ready:
        number = heappop(ready)
        run = runs[number]
        while run.track < len(placed) and not _room(placed[run.track], run):
            run.track += 1
        if run.track == len(placed):
            placed.append(([], []))
        lows, highs = placed[run.track]
        place = bisect_right(lows, run.low)
        lows.insert(place, run.low)
        highs.insert(place, run.high)
        for other in later[number]:
            runs[other].track = max(runs[other].track, run.track + 1)
            waiting_for[other] -= 1
            if not waiting_for[other]:
                heappush(ready, other)
    return len(placed)


def _room(track: tuple[list[int], list[int]], run: Run) -> bool:
    lows, highs = track
    place = bisect_right(lows, run.high)
    return place == 0 or highs[place - 1] < run.low


def _cost(a: Run, b: Run) -> float:
    """Crossings when *a* lies before *b*; FORBIDDEN where two line ends would then lie on each other."""
    cost = 0.0
    a_low, a_high, b_low, b_high = a.low * FINE, a.high * FINE + FINE - 1, b.low * FINE, b.high * FINE + FINE - 1
    lows = min((end.at for end in a.ends), default=a_low), min((end.at for end in b.ends), default=b_low)
    highs = max((end.at for end in a.ends), default=a_high), max((end.at for end in b.ends), default=b_high)
    for end in b.ends:
        if end.first and lows[0] < end.at < highs[0]:
            cost += 1.0
    for end in a.ends:
        if not end.first and lows[1] < end.at < highs[1]:
            cost += 1.0
    for one in a.ends:
        if one.first:
            continue
        for other in b.ends:
            if other.first and one.at // FINE == other.at // FINE:
                if one.fixed and other.fixed:
                    return FORBIDDEN
                cost += 0.5
    return cost
