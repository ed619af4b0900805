"""Mermaid: drawn by Mermaid itself, with every word as it was written."""

from __future__ import annotations

import importlib.util
import shutil
from functools import cache
from typing import Any

import pytest

from flowstd.dsl import flow_of
from flowstd.dsl.templates import TEMPLATES
from flowstd.ir.kinds import Kind, Role
from flowstd.ir.model import Flow, Lane, Link, Node
from flowstd.layout.measure import clean
from flowstd.render.mermaid.from_ir import to_mermaid
from flowstd.render.wording import label_of
from flowstd.standard.edition import load
from tests.conftest import ROOT, need
from tests.render.charts import chart
from tests.render.words import HOSTILE

MERMAID = ROOT / "tests" / "node" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
BROWSER = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "")
DRAW = """async sources => {
  mermaid.initialize({startOnLoad: false});
  const found = [];
  for (const [number, source] of sources.entries()) {
    try {
      const {svg} = await mermaid.render('chart' + number, source);
      const holder = document.createElement('div');
      holder.innerHTML = svg;
      document.body.append(holder);
      const words = selector => [...holder.querySelectorAll(selector)].map(one => one.innerText ?? one.textContent);
      found.push({nodes: words('.node .nodeLabel'), lanes: words('.cluster-label .nodeLabel'),
                  links: words('.edgeLabel .edgeLabel'), scripts: holder.querySelectorAll('script').length,
                  anchors: [...holder.querySelectorAll('a')].map(one =>
                    one.getAttribute('href') || one.getAttribute('xlink:href')),
                  parts: [...holder.querySelectorAll('.node')].map(one => one.id)});
    } catch (error) { found.push({error: String(error)}); }
  }
  return found;
}"""


def hostile(words: str) -> Flow:
    lanes = (Lane(id="a", name=words, role=Role.APPLICANT), Lane(id="b", name="窗口", role=Role.WINDOW))
    nodes = (Node(id="start", kind=Kind.START, label=words, lane="a"),
             Node(id="ask", kind=Kind.DECISION, label=words, lane="b"),
             Node(id="call", kind=Kind.CALL, label=words, lane="b", calls="A-1"),
             Node(id="end", kind=Kind.END, label=words, lane="b", outcome="done"))
    links = (Link(id="1", source="start", target="ask"), Link(id="2", source="ask", target="call", label=words),
             Link(id="3", source="ask", target="end", label="否"),
             Link(id="4", source="call", target="ask", label=words, back=True))
    return Flow(title=words, lanes=lanes, nodes=nodes, links=links)


@cache
def drawn() -> dict[str, tuple[Flow, dict[str, Any]]]:
    """Every flow to try with what Mermaid made of it; one browser for all."""
    need(bool(BROWSER) and MERMAID.is_file() and importlib.util.find_spec("playwright") is not None,
         "Chromium, playwright and mermaid (npm ci in tests/node)")
    from playwright.sync_api import sync_playwright

    flows = {words: hostile(words) for words in HOSTILE}
    flows |= {name: flow_of(template(), template.title) for name, template in TEMPLATES.items()}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(path=str(MERMAID))
        found = page.evaluate(DRAW, [to_mermaid(flow, flow.title) for flow in flows.values()])
        browser.close()
    return {name: (flow, told) for (name, flow), told in zip(flows.items(), found, strict=True)}


@pytest.mark.parametrize("name", [*HOSTILE, *TEMPLATES])
def test_mermaid_draws_it_and_every_word_stands_as_it_was_written(name: str) -> None:
    flow, told = drawn()[name]

    assert "error" not in told, told["error"]
    assert sorted(map(plain, told["nodes"])) == sorted(plain(label_of(node, load())) for node in flow.nodes)
    assert sorted(map(plain, told["lanes"])) == sorted(plain(lane.name) for lane in flow.lanes)
    assert sorted(filter(None, map(plain, told["links"]))) == sorted(plain(link.label) for link in flow.links
                                                                     if link.label)
    assert told["scripts"] == 0 and told["anchors"] == []


def plain(words: str) -> str:
    return "".join(clean(words).split())


def test_only_harmless_addresses_are_links() -> None:
    def called(calls: str) -> str:
        flow = hostile("甲")
        nodes = tuple(node.model_copy(update={"calls": calls}) if node.kind is Kind.CALL else node
                      for node in flow.nodes)
        return to_mermaid(Flow(lanes=flow.lanes, nodes=nodes, links=flow.links))

    assert 'click n2 href "https://example.cn/a%22b"' in called('https://example.cn/a"b')
    assert "click" not in called("javascript://x%0aalert(1)") and "click" not in called("A-1")


def test_equal_flows_give_equal_text_and_the_title_is_quoted() -> None:
    text = chart().mermaid()

    assert text == chart().mermaid()
    assert text.startswith('---\ntitle: "户外广告设施设置许可（新办）"\n---\nflowchart TD\n')
    assert to_mermaid(chart().flow, 'a: "b"\\\n---').splitlines()[1] == 'title: "a: \\"b\\"\\\\ ---"'
