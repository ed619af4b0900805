"""What a flow.json may hold, and where its faults are told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.base.errors import BadFlow, FlowstdError
from flowstd.dsl import end, flow_of, window
from flowstd.ir.kinds import Kind
from flowstd.ir.limits import LONGEST_LABEL, LONGEST_TEXT, MOST_LINKS, MOST_PARTS
from flowstd.ir.model import Flow, Lane, Link, Node
from flowstd.ir.places import Places
from tests.catalogues import GOOD_ROW, HEADINGS, catalogue, flowstd, loaded

FLOW = flow_of(window.accept("受理", materials="申请表") >> end.granted, "受理")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-10 ** 30, 10 ** 30) | st.floats() | st.text(st.characters())
    | st.sampled_from(("start", "end", "task", "窗口", "done", "\0", "\x1b[31m", "\ud800", "\u202e", "x" * 6_000)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=6)


def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FLOW.to_json())
    return found


def refused(text: str | bytes) -> FlowstdError:
    with pytest.raises(FlowstdError) as caught:
        Flow.from_json(text, file="x.json")
    return caught.value


def ways(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(one for key, part in inner for one in ways(part, (*way, key)))]


@pytest.mark.parametrize("spaces", [None, 1])
@pytest.mark.parametrize(("way", "value", "what"), [
    (("nodes", 1, "label"), "受\0理", "nodes[1].label: character 2, U+0000, cannot be shown"),
    (("nodes", 1, "label"), "\x1b[31m受理", "nodes[1].label: character 1, U+001B, cannot be shown"),
    (("nodes", 1, "label"), "受\ud800理", "nodes[1].label: character 2, U+D800, cannot be shown"),
    (("nodes", 1, "label"), "\u202e受理", "nodes[1].label: character 1, U+202E, cannot be shown"),
    (("nodes", 1, "label"), " ", "nodes[1].label: the step has no name"),
    (("nodes", 1, "label"), "长" * 2_001, "2001 characters, more than 2000, cannot be drawn"),
    (("nodes", 1, "note"), "长" * 5_001, "5001 characters, more than 5000, cannot be drawn"),
    (("nodes", 1, "kind"), "tusk", "nodes[1].kind: should be one of"),
    (("lanes", 0, "name"), 5, "lanes[0].name: should be text"),
    (("title",), "\x00", "title: character 1"),
    (("nodes", 1, "within"), {"count": 1.5, "unit": "workdays"}, "should be a whole number"),
])
def test_a_fault_is_told_where_it_stands(spaces: int | None, way: tuple[Any, ...], value: Any, what: str) -> None:
    wrong = data()
    part = wrong
    for key in way[:-1]:
        part = part[key]
    part[way[-1]] = value
    text = json.dumps(wrong, indent=spaces, ensure_ascii=True)
    error = refused(text)
    line = text.split("\n")[error.where.line - 1]

    assert what in error.what.en and error.fix
    assert line[error.where.column - 1:].startswith(json.dumps(value)[:1 if isinstance(value, dict) else None]) or (
        isinstance(value, dict) and line[error.where.column - 1:].startswith("1.5"))
    assert not any(sign in error.what.en for sign in "\0\x1b\ud800\u202e")


@pytest.mark.parametrize(("text", "what"), [
    ('{"a":\n [' + "9" * 5_000 + "]}", "has 5000 digits"),
    ('{"a":\n [' + "9" * 19 + "]}", "has 19 digits"),
    ('{"a":\n [1 2]}', "not JSON: Expecting ',' delimiter"),
    ('{"format":\n "flowstd-flow/9"}', "this program reads flowstd-flow/1"),
])
def test_the_line_is_told(text: str, what: str) -> None:
    error = refused(text)

    assert what in error.what.en and error.where.line == 2 and len(error.what.en) < 200


def test_what_makes_no_graph_is_told_where_it_stands() -> None:
    text = FLOW.to_json().replace('"target":"窗口/受理"', '"target":"nowhere"')
    error = refused(text)

    assert 'refers to step "nowhere"' in error.what.en
    assert text[error.where.column - 1:].startswith('{"id":"start→')


def test_findings_of_a_flow_have_its_lines() -> None:
    text = json.dumps(data(), indent=1, ensure_ascii=False)
    flow = Flow.from_json(text, file="x.json")

    assert [text.split("\n")[node.where.line - 1].strip() for node in flow.nodes] == ["{"] * 3
    assert flow == FLOW and Flow.from_json(text) == FLOW


def test_line_feeds_in_remarks_come_back() -> None:
    flow = FLOW.model_copy(update={"nodes": tuple(node.model_copy(update={"note": "一\n二"}) for node in FLOW.nodes)})

    assert Flow.from_json(flow.to_json()) == flow


def test_half_a_character_is_refused_also_where_yaml_names_the_file(tmp_path) -> None:
    text = FLOW.to_json().replace('"label":"受理"', '"label":"受\\ud800理"')
    folder = catalogue(tmp_path / "c", {"a.yaml": "name: 甲\nitem_type: 公共服务\nflow: a.json\n", "a.json": text,
                                       "good.csv": HEADINGS + GOOD_ROW})
    cases, failed = loaded(folder)

    assert [case.key for case in cases] == ["T-1.新办"]
    assert [(finding.where.file, "U+D800" in finding.message.en) for one in failed for finding in one.findings] == [
        (str(folder / "a.json"), True)]
    assert flowstd("draw", folder / "a.yaml", "-o", tmp_path / "x.json").code == 1


# ---- limits

def row(steps: int) -> Flow:
    nodes = tuple(Node(id=str(number), kind=Kind.TASK, label="办", lane="甲") for number in range(steps))
    return Flow(lanes=(Lane(id="甲", name="甲"),), nodes=nodes)


def test_more_steps_than_any_chart_has_are_refused_in_every_source() -> None:
    assert len(row(MOST_PARTS).nodes) == MOST_PARTS
    with pytest.raises(BadFlow, match="20001"):
        row(MOST_PARTS + 1)
    many = {**data(), "nodes": [data()["nodes"][1]] * (MOST_PARTS + 1)}
    assert "20001 steps, more than 20000" in refused(json.dumps(many)).what.en


def test_more_links_than_any_chart_has_are_refused() -> None:
    link = Link(id="a", source="start", target="窗口/受理")
    with pytest.raises(BadFlow, match="100001"):
        Flow(lanes=FLOW.lanes, nodes=FLOW.nodes, documents=FLOW.documents, links=(link,) * (MOST_LINKS + 1))


def test_texts_of_the_longest_length_are_taken() -> None:
    whole = data()
    whole["nodes"][1] |= {"label": "长" * LONGEST_LABEL, "note": "长" * LONGEST_TEXT}

    assert Flow.from_json(json.dumps(whole)).nodes[1].note == "长" * LONGEST_TEXT


# ---- whatever stands there

@given(st.data())
def test_whatever_stands_in_it_is_read_or_told(drawn: st.DataObject) -> None:
    whole = data()
    for _ in range(drawn.draw(st.integers(1, 3))):
        *way, last = drawn.draw(st.sampled_from(ways(whole)[1:]))
        part = whole
        for key in way:
            part = part[key]
        part[last] = drawn.draw(VALUES)
    try:
        Flow.from_json(json.dumps(whole), file="x.json").to_json().encode("utf-8")
    except FlowstdError as error:
        assert error.where.file == "x.json" and error.what.en and error.fix
        str(error).encode("utf-8")


@given(VALUES, st.sampled_from([None, 0, 2]))
def test_every_value_is_found_again(value: Any, indent: int | None) -> None:
    text = json.dumps({"a": value}, indent=indent)
    places = Places(text, "x.json")
    for way in ways({"a": value}):
        where, part = places.of(way), {"a": value}
        for key in way:
            part = part[key]
        assert text.split("\n")[where.line - 1][where.column - 1] == json.dumps(part)[0]
