"""Flow → Mermaid text: lanes as subgraphs, for pages and wikis that draw Mermaid themselves.

Whatever a label holds stays text: what Mermaid could take for its own syntax,
for markup or for an entity is written as a code point.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowstd.ir.kinds import Kind
from flowstd.layout.measure import clean
from flowstd.standard.edition import NEWEST, Edition, load

from ..svg.writer import safe_link
from ..wording import label_of

if TYPE_CHECKING:
    from flowstd.ir.model import Flow, Link, Node

PLAIN = " ,:/"                   # ASCII signs that mean nothing to Mermaid inside quotes
SHAPES = {
    Kind.START: ("([", "])"), Kind.END: ("([", "])"), Kind.TASK: ("[", "]"), Kind.DECISION: ("{", "}"),
    Kind.CALL: ("[[", "]]"), Kind.SPLIT: ("{{", "}}"), Kind.JOIN: ("{{", "}}"),
}


def to_mermaid(flow: Flow, title: str = "", edition: str = NEWEST) -> str:
    """*flow* as a Mermaid flowchart that runs down; equal flows give equal text.

    >>> from flowstd.dsl import applicant, end, flow_of
    >>> print(to_mermaid(flow_of(applicant.submit('提交"甲"表') >> end.done)))
    flowchart TD
      subgraph lane0["申请人"]
        n0(["开始"])
        n1["提交#34;甲#34;表"]
        n2(["办结"])
      end
      n0 --> n1
      n1 --> n2
    <BLANKLINE>
    """
    return "\n".join((*_head(title), "flowchart TD", *_lanes(flow, load(edition)), *_links(flow), ""))


def text(words: str) -> str:
    """*words* as they may stand between Mermaid's quotes.

    >>> text('1. a<b> #35; "是"')
    '1#46; a#60;b#62; #35;35#59; #34;是#34;'
    """
    lines = clean(words).replace("\r", "").split("\n")
    return "<br/>".join("".join(_letter(letter) for letter in line) for line in lines)


def _letter(letter: str) -> str:
    return letter if not letter.isascii() or letter.isalnum() or letter in PLAIN else f"#{ord(letter)};"


def _head(title: str) -> tuple[str, ...]:
    """The title as front matter, a quoted scalar of YAML."""
    if not title:
        return ()
    quoted = clean(title).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return ("---", f'title: "{quoted}"', "---")


def _lanes(flow: Flow, rules: Edition) -> Iterator[str]:
    names = {node.id: f"n{number}" for number, node in enumerate(flow.nodes)}
    for number, lane in enumerate(flow.lanes):
        nodes = [node for node in flow.nodes if node.lane == lane.id]
        if nodes:
            yield f'  subgraph lane{number}["{text(lane.name)}"]'
            yield from (f"    {names[node.id]}{_shape(node, rules)}" for node in nodes)
            yield "  end"


def _shape(node: Node, rules: Edition) -> str:
    before, after = SHAPES[node.kind]
    return f'{before}"{text(label_of(node, rules))}"{after}'


def _links(flow: Flow) -> Iterator[str]:
    names = {node.id: f"n{number}" for number, node in enumerate(flow.nodes)}
    for link in flow.links:
        yield f"  {names[link.source]} -->{_word(link)} {names[link.target]}"
    for node in flow.nodes:
        url = safe_link(node.calls) if "://" in node.calls else ""
        if url:
            yield f'  click {names[node.id]} href "{url.replace(chr(34), "%22")}"'


def _word(link: Link) -> str:
    return f'|"{text(link.label)}"|' if link.label else ""
