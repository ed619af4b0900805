"""Where a drawing is cut into pages: the best way across of every slab, and no page for what is empty."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import inf

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowstd.layout.from_ir import lay_out
from flowstd.layout.model import Drawing
from flowstd.layout.plans import BESIDE, LINE, PAGE, Places, _Slabs
from flowstd.standard.edition import NEWEST, load
from tests import shapes
from tests.benchmarks.corpus import big

trying = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
RULES = load(NEWEST)


def pages_of(drawing: Drawing, places: Places, slab: tuple[int, int], part: tuple[int, int]) -> int:
    """1 if a step stands between those bounds along and across, else 0."""
    top, bottom = (places.along.bounds[number].at for number in slab)
    left, right = (places.across.bounds[number].at for number in part)
    return any(top <= one.rect.y < bottom and left <= one.rect.x < right for one in drawing.symbols)


def price(drawing: Drawing, places: Places, slab: tuple[int, int], way: tuple[int, ...], room: int) -> float:
    """What it costs to cut *slab* that way, worked out anew; inf where it cannot be done."""
    low, high = (places.along.bounds[number].at for number in slab)
    cost, most = -BESIDE, (high - low) // places.connector
    for start, end in pairwise(way):
        page = pages_of(drawing, places, slab, (start, end))
        lines = sum(low <= line < high for line in places.across.bounds[end].lines)
        if lines > most or (page and places.across.ends[end] - places.across.starts[start] > room):
            return inf
        cost += page * (PAGE + BESIDE) + LINE * lines + places.lanes[end]
    return cost


def is_best(places: Places, drawing: Drawing, slab: tuple[int, int], room: int) -> None:
    """Of all ways across, what is found for a slab between two bounds costs least, and no less than was thought."""
    slabs, last = _Slabs(places, room), len(places.across.bounds) - 1
    ways = [(0, *some, last) for count in range(last) for some in combinations(range(1, last), count)]
    least = min(price(drawing, places, slab, way, room) for way in ways)
    found = slabs.price(*slab)

    assert (inf if found is None else found) == least
    assert slabs.least(*slab) <= least
    if found is not None:
        parts = slabs.parts(*slab)
        assert parts.pages * PAGE + parts.apart == least


@trying
@given(seed=st.integers(0, 2**32 - 1), kind=st.sampled_from(["ordinary", "wild"]), data=st.data())
def test_the_best_way_across_is_the_best_of_all_ways(seed: int, kind: str, data: st.DataObject) -> None:
    drawing = lay_out(shapes.flow_of(shapes.Random(seed), kind, 30, 4))
    places = Places(drawing, RULES)
    bounds = len(places.along.bounds)
    if len(places.across.bounds) > 11 or bounds < 3:
        return
    low = data.draw(st.integers(0, bounds - 2))
    high = data.draw(st.integers(low + 1, bounds - 1))
    is_best(places, drawing, (low, high), data.draw(st.integers(200, drawing.width)))


def test_what_stands_far_apart_may_take_fewer_pages_than_what_lies_between_would() -> None:
    drawing = lay_out(shapes.flow_of(shapes.Random(747), "ordinary", 30, 4))

    is_best(Places(drawing, RULES), drawing, (1, 2), 696)


def test_what_is_empty_takes_no_page() -> None:
    """The first steps of the process stand in three of five lanes: on one page, though all lanes would need more."""
    drawing = lay_out(big(250))
    places = Places(drawing, RULES)
    slabs = _Slabs(places, 1400)
    high = next(number for number, bound in enumerate(places.along.bounds) if bound.at > 700)

    assert drawing.width > 1400
    assert slabs.parts(0, high).pages == 1
    assert slabs.price(0, high) == PAGE


def test_there_is_no_plan_without_room() -> None:
    places = Places(lay_out(big(60)), RULES)

    assert places.plan((900,) * 4, (0, 900, 900, 900)) is None


def test_a_cut_that_is_barred_is_not_made_again() -> None:
    places = Places(lay_out(big(100)), RULES)
    rooms = (1400,) * 4
    first = places.plan(rooms, rooms)

    assert first is not None and len(first.bounds) > 3
    second = places.plan(rooms, rooms, barred={first.bounds[1]}, unfit={(first.bounds[-2], first.bounds[-1])})
    assert second is not None
    assert first.bounds[1] not in second.bounds
    assert first.bounds[-2] not in second.bounds
