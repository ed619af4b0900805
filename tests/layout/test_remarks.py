"""Remarks: what stands at the foot of the page, and the marks that lead there."""

from __future__ import annotations

import pytest

from flowstd.dsl import applicant, end, flow_of, parallel, reviewer, window
from flowstd.dsl.blocks import Block
from flowstd.ir.model import Flow
from flowstd.layout.from_ir import lay_out
from flowstd.layout.remarks import remarks_of
from flowstd.layout.sheet import compose
from flowstd.layout.spoken import spoken
from flowstd.passes.external_view import external_view
from flowstd.standard import edition
from flowstd.standard.edition import load


def flow(*blocks: Block) -> Flow:
    whole = applicant.submit("提交申请")
    for block in blocks:
        whole = whole >> block
    return flow_of(whole >> end.done)


FULL = flow(window.accept("受理", note="当场出具", post="受理岗", criteria="加盖专用印章"), reviewer.examine("审查", post="审查岗"))


def test_a_step_s_post_remark_and_criteria_are_one_remark() -> None:
    assert remarks_of(FULL).words == (("①", "受理岗；当场出具；审查要点：加盖专用印章"), ("②", "审查岗"))


def test_equal_remarks_share_a_number() -> None:
    again = flow(window.accept("受理", post="窗口"), reviewer.examine("审查", post="审查岗"), window.deliver("送达", post="窗口"))

    assert [remarks_of(again).mark_of.get(node.id, "") for node in again.nodes] == ["", "", "①", "②", "①", ""]


def test_bars_have_no_mark() -> None:
    both = flow(parallel(window.do("甲", note="一"), reviewer.do("乙"), name="并联"))

    assert len(remarks_of(both).words) == 1


@pytest.mark.parametrize(("seen", "shown"), [(FULL, True), (external_view(FULL), False)])
def test_the_office_s_chart_tells_posts_and_criteria_and_the_applicant_s_does_not(seen: Flow, shown: bool) -> None:
    sheet = compose(seen, lay_out(seen))
    foot = "".join(line.text for line in sheet.pages[0].prints)
    aloud = "".join(told.name for told in spoken(seen, load()))

    assert ["受理岗" in foot, "加盖专用印章" in foot, "岗位审查岗" in aloud] == [shown] * 3
    assert "当场出具" in foot


def test_an_edition_may_leave_them_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load()
    step = rules.words.step.model_copy(update={"post": "", "criteria": ""})
    without = rules.model_copy(update={"words": rules.words.model_copy(update={"step": step})})
    monkeypatch.setattr("flowstd.layout.remarks.load", lambda name: without)

    assert remarks_of(FULL, edition.NEWEST).words == (("①", "当场出具"),)
