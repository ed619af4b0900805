"""Flow → DOT, through the ``graphviz`` package: lanes as clusters; what a label holds stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowstd.ir.kinds import Kind
from flowstd.layout.frames import frames
from flowstd.layout.measure import clean
from flowstd.standard.edition import NEWEST, Edition, load

from ..svg.writer import safe_link
from ..wording import label_of

if TYPE_CHECKING:
    from flowstd.ir.model import Flow, Node

SHAPES: dict[Kind, dict[str, str]] = {
    Kind.START: {"shape": "box", "style": "rounded"},
    Kind.END: {"shape": "box", "style": "rounded"},
    Kind.TASK: {"shape": "box"},
    Kind.DECISION: {"shape": "diamond"},
    Kind.CALL: {"shape": "box", "peripheries": "2"},
    Kind.SPLIT: {"shape": "box", "style": "filled", "fillcolor": "black", "height": "0.06"},
    Kind.JOIN: {"shape": "box", "style": "filled", "fillcolor": "black", "height": "0.06"},
}
BARS = (Kind.SPLIT, Kind.JOIN)
ROOM = 108                       # px: a longer name is broken


def to_dot(flow: Flow, title: str = "", edition: str = NEWEST) -> str:
    """*flow* as a directed graph in DOT that runs down; equal flows give equal text.

    >>> from flowstd.dsl import applicant, end, flow_of
    >>> print(to_dot(flow_of(applicant.submit("提交申请") >> end.done)))  # doctest: +ELLIPSIS
    digraph {
        ...
        subgraph cluster_0 {
            label="申请人"
            n0 [label="开始" shape=box style=rounded]
            n1 [label="提交申请" shape=box]
            n2 [label="办结" shape=box style=rounded]
        }
        n0 -> n1
        n1 -> n2
    }
    <BLANKLINE>
    """
    import graphviz

    rules = load(edition)
    type_ = {"fontname": ",".join(rules.sheet.page.families), "fontsize": f"{rules.symbols.text.size * 0.75:g}"}
    graph = graphviz.Digraph(graph_attr={"rankdir": "TB", "splines": "ortho", "newrank": "true", **_titled(title),
                                         **type_},
                             node_attr={**type_, "height": "0.3"}, edge_attr=type_)
    names = {node.id: f"n{number}" for number, node in enumerate(flow.nodes)}
    for number, lane in enumerate(flow.lanes):
        with graph.subgraph(name=f"cluster_{number}") as cluster:
            cluster.attr(label=text(lane.name))
            for node in flow.nodes:
                if node.lane == lane.id:
                    cluster.node(names[node.id], **_attributes(node, rules))
    for link in flow.links:
        label = {"xlabel": text(link.label)} if link.label else {}
        graph.edge(names[link.source], names[link.target], **label)
    return str(graph.source)


def text(words: str) -> str:
    """*words* as a label of Graphviz: no escape of its own, no markup, no entity, only lines.

    >>> str(text("<b>甲</b> &lt;"))
    '<b>甲</b> &amp;lt;'
    """
    import graphviz

    return graphviz.escape(clean(words).replace("\r", "").replace("&", "&amp;"))  # type: ignore[no-any-return]


def _titled(title: str) -> dict[str, str]:
    return {"label": text(title), "labelloc": "t"} if title else {}


def _attributes(node: Node, rules: Edition) -> dict[str, Any]:
    import graphviz

    label = label_of(node, rules)
    if node.kind in BARS:
        return {"label": "", "xlabel": text(label), **SHAPES[node.kind]}
    size = rules.symbols.text.size
    lines = [line for part in label.split("\n") for line in frames(rules).set.lines(part, ROOM, size) or ("",)]
    url = safe_link(node.calls) if "://" in node.calls else ""
    return {"label": text("\n".join(lines)), **SHAPES[node.kind], **({"URL": graphviz.escape(url)} if url else {})}
