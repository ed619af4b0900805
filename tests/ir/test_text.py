"""Canonical JSON: what comes back, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from flowstd.base.digest import canonical, digest
from flowstd.base.errors import FlowstdError
from flowstd.base.legal import LegalSource
from flowstd.base.term import workdays
from flowstd.dsl import end, flow_of, window
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Document, Flow, Lane, Link, Node
from flowstd.ir.text import FORMAT, digest_with, json_schema
from tests.blocks import flows

FLOW = flow_of(window.accept("受理", materials="申请表") >> end.granted, "受理")


def changed(**parts: Any) -> str:
    return json.dumps({**json.loads(FLOW.to_json()), **parts})


@given(flows())
def test_equal_flows_give_equal_text(flow: Flow) -> None:
    text = flow.to_json()
    again = Flow.from_json(text.encode())

    assert again == flow and hash(again) == hash(flow)
    assert again.to_json() == text
    assert text.endswith("}\n") and text.count("\n") == 1


@given(flow=flows())
def test_the_text_is_all_of_the_flow_that_is_not_left_to_itself(flow: Flow) -> None:
    assert flow.to_json() == canonical({"format": FORMAT, **flow.model_dump(mode="json", exclude_defaults=True)}) + "\n"


def test_every_element_is_written() -> None:
    law = LegalSource(title="行政许可法", article="第三十二条", in_force_from=date(2004, 7, 1))
    full = Node(id="a", kind=Kind.TASK, label='受"理\n', lane="窗口", step=StepKind.ACCEPT, within=workdays(5),
                excluded_by=law, takes=("申请表",), issues=("通知书",), bases=(law, law), criteria="齐全", post="岗",
                onsite=True, calls="x", group="组", note="注")
    done = full.model_copy(update={"id": "b", "label": "", "kind": Kind.END, "outcome": Outcome.DONE})
    flow = Flow(title="全", lanes=(Lane(id="窗口", name="窗口", role=Role.WINDOW), Lane(id="局", name="局")),
                nodes=(full, done),
                links=(Link(id="1", source="a", target="b", label="是", back=True, default=True),),
                documents=(Document(id="申请表", name="申请表"),
                           Document(id="通知书", name="通知书", kind=DocumentKind.NOTICE)))
    written = json.loads(flow.to_json())

    assert flow.to_json() == canonical(
        {"format": FORMAT, **flow.model_dump(mode="json", exclude_defaults=True)}) + "\n"
    for part, values in (("nodes", Node), ("links", Link), ("documents", Document), ("lanes", Lane)):
        assert set().union(*written[part]) == set(values.model_fields) - {"where"}


@given(flow=flows())
def test_flows_that_share_a_body_are_hashed_as_the_texts_they_are(flow: Flow) -> None:
    for title in ("", "受理", "变更"):
        named = flow.model_copy(update={"title": title})

        assert digest_with(named, "，续") == digest(named.to_json() + "，续")


def test_places_are_no_part_of_the_text() -> None:
    assert "where" not in FLOW.to_json() and "test_text" not in FLOW.to_json()


@pytest.mark.parametrize(("text", "what"), [
    ("{", "not JSON"),
    ("[]", "not a flow"),
    ("{}", "not a flow"),
    (changed(format="flowstd-flow/9"), "this program reads flowstd-flow/1"),
    ('{"format": "flowstd-flow/1", "format": "flowstd-flow/1"}', "duplicate key 'format'"),
    ('{"format": NaN}', "NaN is not a number"),
    ("[" * 100_000, "nested too deeply"),
    ('{"title": "受理"}'.encode("gbk"), "not UTF-8"),
    (changed(lanes=[]), "lanes: may not be empty"),
    (changed(nodes=[]), "nodes: may not be empty"),
    (changed(nodes=[{"id": "start", "kind": "strat", "lane": "窗口"}]), "nodes[0].kind: should be one of 'start', 'end'"),
    (changed(colour="red"), "colour: there is no such element"),
    (changed(where="here"), "where: there is no such element"),
    (changed(lanes=[{"id": "窗口", "name": "窗口", "where": {}}]), "lanes[0].where: there is no such element"),
    (changed(links=[{"id": "x", "source": "start", "target": "nowhere"}]), 'refers to step "nowhere"'),
    (changed(links=[{"id": "x", "source": "end/granted/办结", "target": "start"}]), "nothing may follow the end"),
    (changed(links=[{"id": "x", "source": "窗口/受理", "target": "start"}]), "nothing may lead back to the start"),
    (changed(documents=[]), 'refers to document "申请表"'),
    (changed(lanes=[{"id": "窗口", "name": "窗口"}] * 2), 'two lanes have the id "窗口"'),
    (changed(lanes=[{"id": "别处", "name": "别处"}]), 'is in lane "窗口", which does not exist'),
], ids=lambda value: str(value)[:24] if len(str(value)) < 60 else "…")
def test_what_is_no_flow_is_refused(text: str | bytes, what: str) -> None:
    with pytest.raises(FlowstdError) as caught:
        Flow.from_json(text, file="flow.json")

    assert what in caught.value.what.en
    assert caught.value.where.file == "flow.json"
    assert caught.value.fix


def test_the_schema_names_every_part() -> None:
    schema = json_schema()

    assert set(schema["properties"]) == {"format", "title", "lanes", "nodes", "links", "documents"}
    assert "where" not in json.dumps(schema)
