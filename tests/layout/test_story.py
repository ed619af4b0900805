"""The story of a shape: one way onward from the start to the favoured end."""

from __future__ import annotations

from hypothesis import given

from flowstd.layout.shape import Shape
from flowstd.layout.story import story_of
from tests import shapes
from tests.layout.phases import END, QUESTION, STEP, chart, trying


@trying
@given(shape=shapes.shapes())
def test_the_main_path_is_one_way_onward(shape: Shape) -> None:
    story = story_of(shape)
    main = [node for node, on_it in enumerate(story.main) if on_it]
    follow = [shape.edges[story.onward[node]].target for node in main if story.onward[node] >= 0]

    assert len(follow) == len(main) - 1
    assert len(set(follow)) == len(follow)
    assert set(follow) < set(main)


def test_the_story_leads_to_the_favoured_end_however_short() -> None:
    refused, granted = END, END._replace(favoured=1)
    story = story_of(chart(QUESTION, STEP, STEP, refused, granted, links="0>1 1>2 2>3 0>4"))

    assert story.main == [True, False, False, False, True]
