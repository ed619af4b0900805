"""DOT: read by Graphviz itself, with every word as it was written."""

from __future__ import annotations

import shutil
import subprocess
from xml.etree import ElementTree

import pytest

from flowstd.dsl import flow_of
from flowstd.dsl.templates import TEMPLATES
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow
from flowstd.layout.measure import clean
from flowstd.render.dot.from_ir import to_dot
from flowstd.render.wording import label_of
from flowstd.standard.edition import load
from tests.conftest import need
from tests.render.charts import chart
from tests.render.mermaid.test_from_ir import hostile
from tests.render.words import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
FLOWS = {words: hostile(words) for words in HOSTILE} | {
    name: flow_of(template(), template.title) for name, template in TEMPLATES.items()}


def drawn(text: str) -> ElementTree.Element:
    """What Graphviz makes of it, without its layout of lines, which can take long."""
    need(shutil.which("dot") is not None, "Graphviz")
    done = subprocess.run(["dot", "-Tsvg", "-Gsplines=line"], input=text.encode("utf-8"), capture_output=True,
                          timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return ElementTree.fromstring(done.stdout)


def plain(words: str) -> str:
    return "".join(clean(words).split())


def texts(svg: ElementTree.Element, kind: str) -> list[str]:
    return sorted(plain("".join(text.text or "" for text in group.iter(f"{SVG}text")))
                  for group in svg.iter(f"{SVG}g") if group.get("class") == kind)


@pytest.mark.parametrize("name", FLOWS)
def test_graphviz_draws_it_and_every_word_stands_as_it_was_written(name: str) -> None:
    flow: Flow = FLOWS[name]
    svg = drawn(to_dot(flow))

    assert texts(svg, "node") == sorted(plain(label_of(node, load())) for node in flow.nodes)
    assert texts(svg, "cluster") == sorted(plain(lane.name) for lane in flow.lanes)
    assert sorted(filter(None, texts(svg, "edge"))) == sorted(plain(link.label) for link in flow.links if link.label)
    assert list(svg.iter(f"{SVG}script")) == [] and list(svg.iter(f"{SVG}a")) == []


def test_only_harmless_addresses_are_links() -> None:
    def called(calls: str) -> str:
        flow = hostile("甲")
        nodes = tuple(node.model_copy(update={"calls": calls}) if node.kind is Kind.CALL else node
                      for node in flow.nodes)
        return to_dot(Flow(lanes=flow.lanes, nodes=nodes, links=flow.links))

    assert 'URL="https://example.cn/a?b=1&c=2"' in called("https://example.cn/a?b=1&c=2")
    assert "URL" not in called("javascript://x%0aalert(1)") and "URL" not in called("A-1")


def test_a_chart_is_called_by_its_item_and_scenario() -> None:
    assert "户外广告设施设置许可（新办）" in chart().dot()
