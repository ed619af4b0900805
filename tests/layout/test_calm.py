"""Lines that nothing forces to cross do not."""

from __future__ import annotations

import pytest

from flowstd.dsl import end, flow_of, parallel, reviewer, third_party, window
from flowstd.layout.from_ir import lay_out
from flowstd.layout.level import level_sides
from flowstd.layout.model import Direction
from flowstd.layout.p2_ranks import MANNERS
from flowstd.layout.quality import measure
from flowstd.layout.story import story_of
from tests.layout.phases import END, QUESTION, STEP, chart


@pytest.mark.parametrize("direction", ["down", "right"])
def test_branches_of_a_split_do_not_cross(direction: Direction) -> None:
    """The outermost takes the end of the bar, be it the story's or not."""
    flow = flow_of(window.accept("受理") >> parallel(
        window.examine("审查材料"), reviewer.inspect("现场勘验") >> reviewer.forward("出具意见"),
        third_party.review("专家评审")) >> window.forward("汇总") >> end.done)

    assert measure(lay_out(flow, direction)).crossings == 0


def test_of_two_exits_to_one_lane_each_runs_level_in_some_manner() -> None:
    beside, over = STEP._replace(lane=1), END._replace(lane=1)
    shape = chart(QUESTION, beside, beside, over, over, links="0>1 0>2 1>3 2>4", lanes=2)
    story = story_of(shape)
    level = {first: set(level_sides(shape, story, beside=True, first=first)) & {0, 1} for first, _ in MANNERS}

    assert (level["story"], level["exception"]) == ({story.onward[0]}, {1 - story.onward[0]})
