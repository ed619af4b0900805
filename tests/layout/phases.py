"""The phases of the engine one after the other, each with all that the ones before it found."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import HealthCheck, settings

from flowstd.layout.level import level_sides
from flowstd.layout.p2_ranks import MANNERS, Manner, Ranks, assign_ranks
from flowstd.layout.p3_order import Columns, assign_columns
from flowstd.layout.p4_route import Routes, route
from flowstd.layout.p5_place import place
from flowstd.layout.shape import Arrangement, EdgeShape, NodeShape, Shape
from flowstd.layout.story import Story, story_of
from flowstd.layout.tracks import Tracks, assign_tracks

trying = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

STEP = NodeShape(0, 108, 40)
QUESTION = NodeShape(0, 136, 56, "diamond", "decision")
END = NodeShape(0, 84, 30, "round", "end")


class Ranked(NamedTuple):
    """A shape as far as it is ranked."""

    story: Story
    ranks: Ranks


def ranked(shape: Shape, narrow: bool = False, manner: Manner = MANNERS[0]) -> Ranked:
    """Phases 1 and 2."""
    story = story_of(shape)
    sides = level_sides(shape, story, beside=not narrow, first=manner[0])
    return Ranked(story, assign_ranks(shape, story, sides, narrow=narrow, apart=manner[1]))


def columned(shape: Shape, narrow: bool = False) -> tuple[Ranked, Columns]:
    """Phases 1 to 3."""
    found = ranked(shape, narrow)
    return found, assign_columns(shape, *found, narrow=narrow)


def routed(shape: Shape, narrow: bool = False) -> Routes:
    """Phases 1 to 4."""
    found, columns = columned(shape, narrow)
    return route(shape, *found, columns, narrow=narrow)


def tracked(shape: Shape, narrow: bool = False) -> tuple[Routes, Tracks]:
    """Phases 1 to 4, and the tracks."""
    routes = routed(shape, narrow)
    return routes, assign_tracks(routes)


def arranged(shape: Shape, narrow: bool = False) -> Arrangement:
    """All phases, in the first manner to rank the steps."""
    return place(shape, *tracked(shape, narrow))


def rounded(shape: Shape) -> Shape:
    """*shape* with starts and ends as round as charts have them."""
    return shape._replace(nodes=tuple(node._replace(outline="round") if node.duty in ("start", "end") else node
                                      for node in shape.nodes))


def chart(*nodes: NodeShape, links: str, lanes: int = 1) -> Shape:
    """A shape from links written as ``0>1 1<0``: a step onward or a step back."""
    edges = []
    for link in links.split():
        ends = link.replace("<", ">").split(">")
        edges.append(EdgeShape(int(ends[0]), int(ends[1]), back="<" in link))
    return Shape(lanes, nodes, tuple(edges))
