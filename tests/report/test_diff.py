"""Two versions on a page: what is new is marked in the chart, all that is different stands in the table."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from flowstd import applicant, diff, end, flow_of, reviewer, window, workdays
from flowstd.report.diff import INKS, to_html, to_text
from flowstd.report.notebook import to_html as findings_html

OLD = applicant.submit("提交申请") >> window.accept("受理", within=workdays(5)) >> window.pay("缴费") >> end.done
NEW = (applicant.submit("提交申请") >> window.accept("受理", within=workdays(3)) >> reviewer.examine("审查")
       >> reviewer.inspect("勘验") >> end.done)
EVIL = "<script>alert(1)</script>\"'&"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOWSTD_LANG", "en")


def test_text_has_a_line_for_each_change_and_each_part_of_it():
    assert to_text(diff(OLD, NEW)).splitlines()[:6] == [
        "+ lane 审查人员", "~ step 受理", "    limit: 5个工作日 → 3个工作日", "+ step 审查", "+ step 勘验", "- step 缴费"]
    assert to_text(diff(OLD, OLD)) == "nothing has changed"


def test_marked_steps_are_those_that_changed():
    page = ElementTree.fromstring(f"<div>{to_html(diff(OLD, NEW))}</div>")
    marked = {}
    for group in page.iter("{http://www.w3.org/2000/svg}g"):
        if group.get("role") == "img" and group.get("stroke-width"):
            marked[group[0].text.split("，")[0]] = group.get("stroke")

    assert {name[:2]: ink for name, ink in marked.items()} == {
        "缴费": INKS["removed"], "受理": INKS["changed"], "审查": INKS["added"], "勘验": INKS["added"]}
    assert [cell.text for cell in page.iter("th")] == ["Change", "Of", "Name", "From", "To"]


def test_where_nothing_changed_it_says_so():
    assert to_html(diff(OLD, OLD)) == "<p>nothing has changed</p>"


def test_nothing_but_text_comes_from_an_author():
    evil = applicant.submit(EVIL) >> window.accept("受理", note=EVIL) >> end.done
    for page in (to_html(diff(OLD, evil)), findings_html(flow_of(evil).compile().findings)):
        assert "<script" not in page and not re.search(r"\son\w+=", page)
        ElementTree.fromstring(f"<div>{page}</div>")


def test_a_notebook_gets_both():
    bundle = diff(OLD, NEW)._repr_mimebundle_()

    assert bundle["text/html"] == to_html(diff(OLD, NEW)) and bundle["text/plain"] == to_text(diff(OLD, NEW))
    assert flow_of(NEW).compile().findings._repr_html_().startswith("<table>")
