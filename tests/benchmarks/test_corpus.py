"""The seeded corpus is what it says: its figures, its variety, its determinism."""

from __future__ import annotations

import pytest

from flowstd.ir.kinds import Kind
from tests.benchmarks.corpus import big, corpus, statistics_of, structure


@pytest.mark.parametrize("seed", [1, 2])
def test_the_corpus_has_the_mix_of_ordinary_item_charts(seed: int) -> None:
    figures = statistics_of(corpus(seed=seed))

    assert (figures["charts"], figures["least"], figures["most"], figures["parallel"]) == (344, 8, 39, 129)
    assert figures["median"] == 16
    assert figures["mean"] == pytest.approx(17.7, abs=0.8)
    assert figures["links"] == pytest.approx(19.8, abs=1.0)
    assert figures["lanes"] == pytest.approx(3.2, abs=0.15)
    assert figures["change"] == pytest.approx(0.35, abs=0.04)
    assert (figures["least loops"], figures["most loops"]) == (1, 4)


def test_no_two_charts_have_one_structure_and_equal_seeds_give_equal_charts() -> None:
    flows = corpus()

    assert len({structure(flow) for flow in flows}) == len(flows)
    assert corpus(20) == corpus(20)
    assert corpus(20, seed=2) != corpus(20)


def test_words_are_of_the_length_offices_use_and_every_exit_of_a_decision_is_labelled() -> None:
    for flow in corpus():
        for node in flow.nodes:
            assert node.kind in (Kind.SPLIT, Kind.JOIN) or 2 <= len(node.label) <= 12, node.label
            if node.kind is Kind.DECISION:
                labels = [link.label for link in flow.exits[node.id]]
                assert all(labels), labels
                assert len(set(labels)) == len(labels) >= 2


def test_every_node_lies_on_a_way_from_the_start_to_an_end() -> None:
    for flow in (*corpus(60), big(300)):
        assert _reached(flow.nodes[0].id, {n: [link.target for link in links] for n, links in flow.exits.items()}) \
            == set(flow.node_by_id)
        back = {n: [link.source for link in links] for n, links in flow.entries.items()}
        ends = [node.id for node in flow.nodes if node.kind is Kind.END]
        assert set().union(*(_reached(end, back) for end in ends)) == set(flow.node_by_id)


@pytest.mark.parametrize("size", [100, 300])
def test_a_big_chart_has_about_the_size_asked_for(size: int) -> None:
    flow = big(size)

    assert len(flow.nodes) == pytest.approx(size, abs=10)
    assert len(flow.lanes) == 5


def _reached(first: str, leads: dict[str, list[str]]) -> set[str]:
    found, ahead = {first}, [first]
    while ahead:
        for node in leads[ahead.pop()]:
            if node not in found:
                found.add(node)
                ahead.append(node)
    return found
