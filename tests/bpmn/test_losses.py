"""What a flow does not say, the report says: one list, nothing forgotten."""

from __future__ import annotations

import json

import pytest

from flowstd.bpmn import BpmnDocument, read
from flowstd.bpmn.element import line_of, local, one_line
from flowstd.bpmn.graph import Graph
from flowstd.bpmn.report import report
from flowstd.bpmn.table import BPMN
from flowstd.ir.kinds import Kind
from tests.bpmn.collaborations import HEAD, collaboration
from tests.bpmn.test_document import END, START, foreign, path, suite
from tests.bpmn.test_relayout import MODELS
from tests.conftest import need

REFERENCES = frozenset({"incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef"})


def forgotten(document: BpmnDocument) -> list[str]:
    """Every name, text and vendor attribute that is neither in a flow nor in the report."""
    said = one_line(json.dumps([flow.model_dump(mode="json") for flow in document.flows], ensure_ascii=False)
                    .replace("\\n", " ").replace('\\"', '"'))
    lost = {(loss.element, loss.line, loss.id, loss.what) for loss in document.losses}

    def reported(element, what: str) -> bool:
        above = [element, *element.iterancestors()]
        extensions = [(holder.getparent(), f"extension {one.tag}") for one in above[:-1]
                      if local(holder := one.getparent()) == "extensionElements"]
        parts = [(element, what), *((one, "element") for one in above), *extensions]
        return any((local(one), line_of(one), one.get("id", ""), part) in lost for one, part in parts)

    found = []
    for element in document.root.iterdescendants(f"{{{BPMN}}}*"):
        for name, value in element.attrib.items():
            if (name == "name" or name.startswith("{")) and one_line(value) not in said:
                found += [] if reported(element, f"attribute {name}") else [f"{local(element)} {name}={value}"]
        text = one_line(element.text)
        if text and local(element) not in REFERENCES and text not in said and not reported(element, "element"):
            found.append(f"{local(element)}: {text}")
    return found


@pytest.mark.parametrize("name", [name for name in MODELS if name != "ours"])
def test_nothing_is_forgotten_of_small_models(name: str) -> None:
    assert forgotten(read(MODELS[name])) == []


def test_nothing_is_forgotten_of_random_collaborations() -> None:
    assert {seed: forgotten(read(collaboration(seed))) for seed in range(40)} == {seed: [] for seed in range(40)}


def test_nothing_is_forgotten_of_the_suite() -> None:
    need(bool(suite()), "the interchange suite beside the project")
    for file in suite():
        assert forgotten(read(file)) == [], file.name


def test_the_name_of_a_gateway_that_only_brings_ways_together_is_reported() -> None:
    document = read(foreign(path(START, '<exclusiveGateway id="g" name="合并"/>', END)))

    assert [(loss.element, loss.what) for loss in document.losses] == [("exclusiveGateway", "attribute name")]


def test_a_remark_on_what_is_no_node_is_reported() -> None:
    document = read(foreign(path(START, '<exclusiveGateway id="g"/>', END)
                            + '<textAnnotation id="t"><text>说明</text></textAnnotation>'
                              '<association id="x" sourceRef="g" targetRef="t"/>'))

    assert {loss.id for loss in document.losses} == {"t", "x"}


def test_the_report_is_the_list() -> None:
    document = read(collaboration(3))
    told = json.loads(report("a.bpmn", document.losses, document.problems))

    assert [one["line"] for one in told["lost"]] == [loss.line for loss in document.losses]
    assert len(told["problems"]) == len(document.problems)


def test_a_row_of_merges_is_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many steps lead into one row of merging gateways: from each one comes to its end at once."""
    count, passed = 60, []
    real = Graph._passed
    monkeypatch.setattr(Graph, "_passed", lambda self, flow: passed.append(flow) or real(self, flow))
    ways = [("s", "q"), *[("q", f"t{n}") for n in range(count)], *[(f"t{n}", f"m{n}") for n in range(count)],
            *[(f"m{n}", f"m{n + 1}") for n in range(count - 1)], (f"m{count - 1}", "e")]
    steps = "".join(f'<task id="t{n}" name="{n}"/><exclusiveGateway id="m{n}"/>' for n in range(count))
    flows = "".join(f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(ways))
    flow = read((f'{HEAD}<process id="p"><startEvent id="s"/><exclusiveGateway id="q"/>{steps}<endEvent id="e"/>{flows}'
                 "</process></definitions>").encode()).flow

    assert len([link for link in flow.links if flow.node_by_id[link.target].kind is Kind.END]) == count
    assert len(passed) == len(set(passed)) == count
