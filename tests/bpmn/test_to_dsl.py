"""BPMN → DSL: the text compiles to the same flow; what no expression says is written node by node."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from flowstd.base.term import workdays
from flowstd.bpmn import read
from flowstd.bpmn.alike import compiled, same
from flowstd.bpmn.evaluate import evaluate
from flowstd.bpmn.explicit import explicit
from flowstd.bpmn.from_flow import to_bpmn
from flowstd.bpmn.structure import Unstructured, structured
from flowstd.bpmn.to_dsl import all_to_dsl, to_dsl, unsaid
from flowstd.bpmn.to_ir import Reading
from flowstd.catalog.load import load_source
from flowstd.ir.kinds import Kind, Outcome, Role, StepKind
from flowstd.ir.model import Flow, Lane, Link, Node
from flowstd.item import Item
from tests.benchmarks.corpus import corpus
from tests.benchmarks.import_growth import gateways, questions
from tests.blocks import flows
from tests.bpmn.test_document import END, START, foreign, path, suite
from tests.bpmn.test_from_flow import licence
from tests.bpmn.tools import template_flows
from tests.conftest import need


@pytest.mark.parametrize("name", ["licence", *template_flows()])
def test_what_an_author_wrote_comes_back_as_an_expression(name: str) -> None:
    flow = template_flows()[name] if name != "licence" else licence()
    text = to_dsl(read(to_bpmn(flow).encode()).flow)

    assert "flow_of(" in text
    assert compiled(text) == flow


@settings(max_examples=60, deadline=None)
@given(flow=flows())
def test_every_structured_flow_is_an_expression_of_the_same(flow: Flow) -> None:
    text = to_dsl(flow)

    assert "flow_of(" in text
    assert same(compiled(text), flow)


def test_flows_of_any_kind_come_back(tmp_path) -> None:
    for number, flow in enumerate(corpus(15)):
        text = to_dsl(flow)
        assert same(compiled(text), flow)
        path_ = tmp_path / f"item{number}.py"
        path_.write_text(text, encoding="utf-8")
        assert same(load_source(str(path_))[0].flow, flow)          # as Python itself runs it


def test_an_unstructured_graph_is_written_node_by_node() -> None:
    lane = Lane(id="l", name="窗口", role=Role.WINDOW)
    nodes = tuple(
        Node(id=key, kind=kind, label=key, lane="l", outcome=Outcome.DONE if kind is Kind.END else None)
        for key, kind in (
            ("s", Kind.START),
            ("p", Kind.SPLIT),
            ("a", Kind.TASK),
            ("d", Kind.DECISION),
            ("b", Kind.TASK),
            ("e", Kind.END),
        )
    )
    links = tuple(
        Link(id=f"{a}{b}", source=a, target=b, label=label)
        for a, b, label in (
            ("s", "p", ""),
            ("p", "a", ""),
            ("p", "d", ""),
            ("d", "a", "是"),
            ("d", "b", "否"),
            ("a", "e", ""),
            ("b", "e", ""),
        )
    )
    flow = Flow(title="乱", lanes=(lane,), nodes=nodes, links=links)

    with pytest.raises(Unstructured):
        structured(flow)
    assert "flow_of(" not in to_dsl(flow)
    assert compiled(to_dsl(flow)) == flow


@pytest.mark.parametrize(
    "flow", [licence(), *list(template_flows().values())[:3], *corpus(5)], ids=lambda flow: flow.title or "corpus"
)
def test_the_long_form_is_the_very_same_flow(flow: Flow) -> None:
    assert compiled(explicit(flow)) == flow


@pytest.mark.parametrize(
    "label", ['"', "'", "\\", '"""', "'''\"", "{x}", "\\N{DIGIT ONE}", "); import os; (", "是\u2028否", "a\nb"]
)
def test_a_label_is_only_a_label(label: str) -> None:
    lane = Lane(id="l", name=label)
    nodes = (
        Node(id="s", kind=Kind.START, label="开始", lane="l"),
        Node(id="t", kind=Kind.TASK, label=label + "x", lane="l", note=label, step=StepKind.HANDLE),
        Node(id="e", kind=Kind.END, label=label + "y", lane="l", outcome=Outcome.DONE),
    )
    flow = Flow(
        title=label,
        lanes=(lane,),
        nodes=nodes,
        links=(Link(id="1", source="s", target="t"), Link(id="2", source="t", target="e")),
    )
    text = to_dsl(flow, label)
    names: dict[str, Flow] = {}
    exec(text, names)

    assert same(names["flow"], flow)
    assert "os" not in names


def test_two_steps_of_one_name_get_names_of_their_own() -> None:
    document = read(foreign(path(START, '<task id="a" name="审查"/>', '<task id="b" name="审查"/>', END)))
    text = to_dsl(document.flow)

    assert 'id="审查 2"' in text
    assert same(compiled(text), document.flow)


def test_what_the_dsl_does_not_say_is_reported() -> None:
    document = read(
        foreign(
            path('<startEvent id="s" name="收到申请"/>', '<task id="a" name="受理"/>', END)
            + '<laneSet id="L"><lane id="l1" name="窗口"><flowNodeRef>a</flowNodeRef></lane><lane id="l2" name="处长">'
            "<flowNodeRef>e</flowNodeRef></lane></laneSet>"
        )
    )
    text = to_dsl(document.flow)

    assert [(loss.element, loss.what) for loss in unsaid(document.flow, text)] == [
        ("lane", "element"), ("startEvent", "attribute name"), ("endEvent", "lane")]
    assert list(unsaid(licence(), to_dsl(licence()))) == []


def test_several_processes_are_several_flows_of_one_module() -> None:
    text, _ = all_to_dsl([Reading("", flow, None, "") for flow in (licence(), corpus(1)[0], licence())])
    names: dict[str, object] = {}
    exec(text, names)

    assert names["flow"] == names["flow_3"] == licence()
    assert isinstance(names["flow_2"], Flow)


@pytest.mark.parametrize("flow", [licence(), corpus(1)[0]])
def test_the_item_of_our_own_file_is_written_beside_its_flow(flow: Flow) -> None:
    item = Item(name="户外广告", item_type="行政许可", code="T-1", statutory=workdays(20), effective_on="2026-01-01",
                legal_bases=["行政许可法 第十二条"], materials=["申请表", {"name": "照片", "copies": 2}],
                fee="不收费", results=["许可证"], allow=[{"rule": "TIM016", "reason": "改造", "until": "2026-12-31"}])
    text, _ = all_to_dsl(read(to_bpmn(flow, item, "新办").encode()).readings)
    names: dict[str, Any] = {}
    exec(text, names)

    assert names["item"] == item
    assert (names["chart"].item, names["chart"].scenario) == (item, "新办")
    assert names["chart"].flow == names["flow"]


def test_every_process_of_the_suite_becomes_python() -> None:
    need(bool(suite()), "the interchange suite beside the project")
    for file in suite():
        for flow in read(file).flows:
            assert same(compiled(to_dsl(flow, file.name)), flow)


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "flow = __import__('os')",
        "flow = f.__class__",
        "flow = [x for x in y]",
        "flow = f(*a)",
        "flow = 1 + 1",
        "while True: pass",
        "flow = lambda: 1",
        "del f",
    ],
)
def test_nothing_else_is_evaluated(text: str) -> None:
    with pytest.raises((ValueError, KeyError, NameError)):
        evaluate(text, {"f": len})


def test_many_questions_in_a_row_are_an_expression_and_what_takes_too_long_is_written_node_by_node() -> None:
    asked = read(questions(60).encode()).flow
    tangled = read(gateways(400).encode()).flow

    assert "flow_of(" in to_dsl(asked)
    assert to_dsl(tangled) == explicit(tangled)
    with pytest.raises((Unstructured, RecursionError)):
        structured(tangled)
