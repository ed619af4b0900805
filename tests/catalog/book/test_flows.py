"""Any flow said in rows is the same flow when it is read back: those of the DSL, and graphs no author would draw."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowstd.base.legal import LegalSource
from flowstd.base.where import NOWHERE
from flowstd.catalog.book.from_flow import rows_of
from flowstd.catalog.book.law_texts import Citations
from flowstd.catalog.book.record import Record
from flowstd.catalog.book.tables import cleaned
from flowstd.catalog.book.to_flow import FlowRows, flow_from
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role
from flowstd.ir.model import Document, Flow, Lane, Link, Node
from tests.blocks import flows
from tests.check.random_flows import random_flow


def read_back(flow: Flow, results: tuple[str, ...] = ()) -> Flow:
    citations = Citations()
    sheets = {name: [Record({key: text for key, cell in row.items() if (text := cleaned(cell))}) for row in rows]
              for name, rows in rows_of(flow, results, citations).items()}
    rows = FlowRows(sheets["步骤"], sheets["分支"], sheets["泳道"], sheets["文书"])
    return flow_from(rows, flow.title, results, citations, NOWHERE)


@given(flow=flows(), results=st.sampled_from([(), ("营业执照",), ("营业执照", "许可证", "申请表")]))
def test_flows_of_the_dsl_come_back(flow: Flow, results: tuple[str, ...]) -> None:
    assert read_back(flow, results) == flow


@settings(max_examples=60)
@given(seed=st.integers(0, 10 ** 9), size=st.integers(1, 30))
def test_graphs_of_any_kind_come_back(seed: int, size: int) -> None:
    flow = random_flow(Random(seed), size)

    assert read_back(flow) == flow


@settings(max_examples=60)
@given(seed=st.integers(0, 10 ** 9), data=st.data())
def test_names_that_clash_and_flags_that_do_not_follow_come_back(seed: int, data: st.DataObject) -> None:
    """Labels shared by several steps, ids that look like names, links out of order, flags against the habit."""
    flow, names = random_flow(Random(seed), 8), ("受理", "窗口/受理", "甲；乙", "n1", "—", "end/done/办结", "是")
    lanes = tuple(Lane(id=id, name=name, role=role) for id, name, role in data.draw(st.permutations((
        ("窗口", "窗口", Role.ORGAN), ("b", "窗口", Role.WINDOW), ("科室", "b", Role.APPLICANT)))))
    papers = tuple(Document(id=id, name=name, kind=kind) for id, name, kind in data.draw(st.permutations((
        ("申请表", "申请表", DocumentKind.RESULT), ("x", "申请表", DocumentKind.NOTICE), ("y", "甲；乙", DocumentKind.MATERIAL)))))
    ids = st.lists(st.sampled_from([paper.id for paper in papers]), max_size=3, unique=True).map(tuple)
    nodes = tuple(node.model_copy(update={
        "label": data.draw(st.sampled_from(names)) if node.kind is not Kind.JOIN else "",
        "lane": data.draw(st.sampled_from([lane.id for lane in lanes])), "takes": data.draw(ids),
        "issues": data.draw(ids),
    }) for node in flow.nodes)
    links = tuple(link.model_copy(update={"back": data.draw(st.booleans()), "default": data.draw(st.booleans()),
                                          "label": data.draw(st.sampled_from(("", "是", "否")))}) for link in flow.links)
    odd = Flow(lanes=lanes, nodes=nodes, links=tuple(data.draw(st.permutations(links))), documents=papers)

    assert read_back(odd) == odd


def test_an_ordinary_flow_needs_no_ids_lanes_or_papers() -> None:
    flow = Flow(
        lanes=(Lane(id="申请人", name="申请人", role=Role.APPLICANT), Lane(id="窗口", name="窗口", role=Role.WINDOW)),
        nodes=(Node(id="start", kind=Kind.START, label="开始", lane="申请人"),
               Node(id="申请人/申请", kind=Kind.TASK, label="申请", lane="申请人", takes=("申请表",), step="submit"),
               Node(id="end/done/办结", kind=Kind.END, label="办结", lane="窗口", outcome=Outcome.DONE)),
        links=(Link(id="start→申请人/申请", source="start", target="申请人/申请"),
               Link(id="申请人/申请→end/done/办结", source="申请人/申请", target="end/done/办结")),
        documents=(Document(id="申请表", name="申请表"),))

    sheets = rows_of(flow, (), Citations())

    assert sheets["分支"] == sheets["泳道"] == sheets["文书"] == []
    assert not any("id" in row or "next" in row or "role" in row for row in sheets["步骤"])


_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=8)
_days = st.none() | st.dates()


@given(sources=st.lists(st.builds(LegalSource, title=_text, article=st.just("") | _text, number=st.just("") | _text,
                                  in_force_from=_days, checked_on=_days), max_size=6))
def test_every_source_has_a_text_of_its_own(sources: list[LegalSource]) -> None:
    citations = Citations()
    texts = [citations.text(source) for source in sources]

    assert [citations.source(text) for text in texts] == sources


def test_sources_alike_but_for_their_dates_are_told_apart() -> None:
    citations = Citations()
    plain = citations.source("《行政许可法》第三十二条")
    dated = plain.model_copy(update={"number": "", "evidence": "reprint"})

    assert citations.text(plain) == "《行政许可法》第三十二条"
    assert citations.text(dated) == "《行政许可法》第三十二条〔2〕"
    assert citations.source("《行政许可法》第三十二条〔2〕") == dated


@pytest.mark.parametrize("size", [400])
def test_a_large_flow_comes_back(size: int) -> None:
    flow = random_flow(Random(5), size)

    assert read_back(flow) == flow
