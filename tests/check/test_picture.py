"""The rules of the drawing look at the chart that is published: every chart's findings hold theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flowstd.check.picture import Picture
from flowstd.check.run import run
from flowstd.check.sample import ordinary
from flowstd.dsl import applicant, end, flow_of, window
from flowstd.layout.from_ir import lay_out
from flowstd.pipeline import Chart, compile_flow


def long() -> Chart:
    """A chart that no single page holds."""
    steps = applicant.submit("提交申请")
    for number in range(60):
        steps = steps >> window.do(f"登记第{number}类信息")
    return compile_flow(flow_of(steps >> end.done))


def codes(chart: Chart) -> set[str]:
    return {finding.code for finding in chart.findings}


def test_a_chart_that_takes_several_pages_says_so():
    chart = long()
    (finding,) = [finding for finding in chart.findings if finding.code == "DRW006"]

    assert len(chart.sheet().pages) > 1
    assert f"{len(chart.sheet().pages)} 页" in finding.message.zh


@pytest.mark.parametrize("options", [{"view": "external"}, {"collapse": "always"}, {"direction": "right"}])
def test_another_picture_of_the_same_flow_is_looked_at_as_it_is(options):
    subject = ordinary(special=["现场勘验"])
    chart = subject.item.scenario("新办", subject.flow).compile(**options)

    assert chart.picture().flow == chart.drawn
    assert not {code for code in codes(chart) if code.startswith(("DRW", "INT"))}


def test_a_fault_of_a_picture_whose_nodes_nobody_wrote_is_told():
    subject = ordinary()
    shown = flow_of(applicant.submit("提交申请") >> window.accept("合并的步骤") >> end.done)
    drawing = lay_out(shown)
    first, second, *others = drawing.symbols
    covered = replace(drawing, symbols=(first, second._replace(rect=first.rect), *others))
    found = run(subject.flow, subject.item, subject.scenario, picture=Picture(shown, covered))

    assert "DRW003" in {finding.code for finding in found}


def test_charts_that_differ_in_their_title_only_are_measured_once(monkeypatch):
    drawing = lay_out(ordinary().flow)
    one, other = Picture(ordinary().flow, drawing), Picture(ordinary().flow, replace(drawing, title="另一个"))

    assert one.seen is other.seen and one.quality is other.quality
    assert Picture(one.flow, replace(drawing, width=drawing.width + 1)).quality is not one.quality
