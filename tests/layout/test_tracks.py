"""Tracks: lines side by side in a channel or gutter never lie on each other."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from flowstd.layout.grid import Grid, Path
from flowstd.layout.p4_route import Routes
from flowstd.layout.shape import Shape
from flowstd.layout.taken import Taken
from flowstd.layout.tracks import CROWD, Tracks, assign_tracks
from flowstd.layout.ways import Ways
from tests import shapes
from tests.layout.phases import tracked, trying


class Piece(NamedTuple):
    """A stretch of a line in a channel or gutter, from and to in lines of the grid."""

    low: int
    high: int
    track: int
    ahead: Path


def pieces(routes: Routes, tracks: Tracks) -> dict[int, list[Piece]]:
    """All stretches by channel (its row) and gutter (its line, counted down from -1)."""
    found: dict[int, list[Piece]] = {}
    for path, numbers in zip(routes.paths, tracks.track, strict=True):
        for segment, track in enumerate(numbers):
            (x1, y1), (x2, y2) = path[segment], path[segment + 1]
            if track >= 0:
                line, a, b = (-x1 - 1, y1, y2) if x1 == x2 else (y1, x1, x2)
                found.setdefault(line, []).append(Piece(min(a, b), max(a, b), track, path[segment + 1:]))
    return found


def overlaps(routes: Routes, tracks: Tracks) -> list[tuple[Piece, Piece]]:
    """Different lines that touch on one track."""
    return [(a, b) for line in pieces(routes, tracks).values() for a, b in combinations(line, 2)
            if a.track == b.track and a.ahead != b.ahead and a.low <= b.high and b.low <= a.high]


def faces(routes: Routes, tracks: Tracks) -> list[tuple[int, int]]:
    """Tracks of line ends that meet head on in one column or row: from the early or low side, and from the other."""
    ends: dict[tuple[int, int], tuple[list[tuple[int, Path]], list[tuple[int, Path]]]] = {}
    for link, path in enumerate(routes.paths):
        for corner in range(1, len(path) - 1):
            x, y = path[corner]
            if (y % 2 == 1) == routes.grid.is_column[x]:
                continue
            in_channel = y % 2 == 0
            before, after = path[corner - 1], path[corner + 1]
            comes_first = (before[0] == x) == in_channel           # the stub is the stretch before the corner
            other, segment = (before, corner) if comes_first else (after, corner - 1)
            at_end = (comes_first and corner == 1) or (not comes_first and corner == len(path) - 2)
            if at_end and (link, not comes_first) in routes.shifted:
                continue
            early = other[1] < y if in_channel else other[0] < x
            ends.setdefault((x, y), ([], []))[0 if early else 1].append(
                (tracks.track[link][segment], path[segment + 1:]))
    return [(one, other) for firsts, seconds in ends.values() for one, way in firsts for other, way_back in seconds
            if way != way_back]


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_what_runs_in_a_channel_or_gutter_has_a_track_and_nothing_else_has(shape: Shape, narrow: bool) -> None:
    routes, tracks = tracked(shape, narrow)

    for path, numbers in zip(routes.paths, tracks.track, strict=True):
        for segment, track in enumerate(numbers):
            (x1, y1), (x2, y2) = path[segment], path[segment + 1]
            in_gutter, in_channel = x1 == x2 and not routes.grid.is_column[x1], y1 == y2 and y1 % 2 == 0
            assert (track >= 0) == (in_gutter or in_channel)
            if track >= 0:
                assert track < (tracks.gutter_count[x1] if in_gutter else tracks.channel_count[y1])


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_lines_that_overlap_have_tracks_of_their_own(shape: Shape, narrow: bool) -> None:
    assert overlaps(*tracked(shape, narrow)) == []


@trying
@given(shape=shapes.shapes(), narrow=st.booleans())
def test_line_ends_that_face_each_other_keep_clear(shape: Shape, narrow: bool) -> None:
    assert all(first < second for first, second in faces(*tracked(shape, narrow)))


@trying
@given(shape=shapes.shapes())
def test_no_track_is_empty(shape: Shape) -> None:
    routes, tracks = tracked(shape)
    used = pieces(routes, tracks)

    for line, count in [*enumerate(tracks.channel_count), *((-x - 1, n) for x, n in enumerate(tracks.gutter_count))]:
        assert {piece.track for piece in used.get(line, ())} == set(range(count))


def channel_of(*paths: Path, lines: int = 41) -> Routes:
    """Lines over a single channel, row 2, with boxes in row 1 and row 3."""
    grid = Grid(lines, 5, [x % 2 == 1 for x in range(lines)], [0], [], [])
    known = Ways()
    return Routes(grid, [known.way(*path) for path in paths], set(), [], [], Taken(grid))


def down(a: int, b: int) -> Path:
    """From the box in column *a* above the channel to the one in column *b* below it."""
    return ((2 * a + 1, 1), (2 * a + 1, 2), (2 * b + 1, 2), (2 * b + 1, 3))


def test_lines_beside_each_other_share_a_track() -> None:
    assert assign_tracks(channel_of(down(0, 1), down(2, 3))).channel_count[2] == 1


def test_lines_to_one_box_share_a_track() -> None:
    routes = channel_of(down(0, 4), down(2, 4))

    assert assign_tracks(routes).track == [[-1, 0, -1], [-1, 0, -1]]


def test_the_order_is_the_one_without_a_crossing() -> None:
    """Two lines to the right, one inside the other: the one that turns last lies nearer to where both come from."""
    assert [numbers[1] for numbers in assign_tracks(channel_of(down(0, 3), down(1, 4))).track] == [1, 0]


def test_a_crowd_of_lines_is_kept_apart_too() -> None:
    routes = channel_of(*[down(n, n + 3 + 5 * (n % 4)) for n in range(CROWD + 9)], lines=2 * CROWD + 80)
    tracks = assign_tracks(routes)

    assert overlaps(routes, tracks) == []
    assert faces(routes, tracks)
    assert all(first < second for first, second in faces(routes, tracks))
