"""flowstd beside other layout engines: the same charts, boxes of the same size, in one run, judged by one measure.

npm ci --prefix tests/benchmarks/node            # elkjs, dagre, bpmn-auto-layout; dot comes with Graphviz
python -m tests.benchmarks.peers [--size 344] [--seed 1] [--json DIR] [--write]

Every engine gets the boxes and labels that our drawing has. --write makes docs/reference/peers.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow
from flowstd.layout import from_ir
from flowstd.layout.geometry import geometry

from .corpus import corpus
from .neutral import figures
from .speed import _children_cpu

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "reference" / "peers.md"
NODE_PEERS = ("elk-flat", "elk-lanes", "dagre-flat", "dagre-lanes", "bpmn-auto-layout")
PX_PER_POINT = 96 / 72
COMMAND = "python -m tests.benchmarks.peers --write"

Chart = dict[str, Any]


class Result(NamedTuple):
    """What one engine made of all charts; None where it failed."""

    name: str
    what: str
    charts: list[Chart | None]
    ms: float


def flowstd(flows: Sequence[Flow]) -> Result:
    """Our own charts, and the milliseconds of CPU to set their text and lay them out, nothing remembered."""
    for flow in flows:
        from_ir.lay_out(flow)
    from_ir._ARRANGED.forget()
    began = time.process_time()
    drawings = [from_ir.lay_out(flow) for flow in flows]
    ms = (time.process_time() - began) * 1000 / len(flows)
    return Result("flowstd", "true lanes, right-angled",
                  [geometry(d, f.title) for f, d in zip(flows, drawings, strict=True)], ms)


def asked(flow: Flow, ours: Chart) -> Chart:
    """What a peer is told: sizes and connections, and which links their author sent back."""
    edges = [{"src": link.source, "dst": link.target, "loop": link.back,
              **({"label": {"w": edge["label"]["w"], "h": edge["label"]["h"]}} if "label" in edge else {})}
             for link, edge in zip(flow.links, ours["edges"], strict=True)]
    nodes = {name: {key: box[key] for key in ("w", "h", "shape", "lane")} for name, box in ours["nodes"].items()}
    return {"id": flow.title, "font_pt": ours["font_pt"], "lanes": list(ours["lanes"]), "nodes": nodes, "edges": edges,
            "bpmn": _bpmn(flow)}


# ---------------------------------------------------------------- engines in node

def node_peer(name: str, charts: Sequence[Chart]) -> Result | None:
    """One engine of tests/benchmarks/node, or None where it is not installed."""
    if not (shutil.which("node") and (HERE / "node" / "node_modules").is_dir()):
        return None
    done = subprocess.run(["node", str(HERE / "node" / "layout.mjs"), name], input=json.dumps(charts).encode(),
                          stdout=subprocess.PIPE, check=True)
    made = json.loads(done.stdout)
    what = {"elk-flat": "no lanes, right-angled", "elk-lanes": "lanes as boxes, right-angled",
            "dagre-flat": "no lanes, slanted", "dagre-lanes": "lanes as boxes, slanted",
            "bpmn-auto-layout": "no lanes, right-angled, its own box sizes, no label places"}[name]
    return Result(name, what, made["charts"], made["ms"])


def _bpmn(flow: Flow) -> str:
    """The least BPMN that says which nodes there are and how they are linked."""
    tags = {Kind.START: "startEvent", Kind.END: "endEvent", Kind.DECISION: "exclusiveGateway",
            Kind.SPLIT: "parallelGateway", Kind.JOIN: "parallelGateway", Kind.TASK: "task", Kind.CALL: "callActivity"}
    number = {node.id: f"n{index}" for index, node in enumerate(flow.nodes)}
    parts = []
    for node in flow.nodes:
        ends = [f"<bpmn:incoming>e{n}</bpmn:incoming>" for n, k in enumerate(flow.links) if k.target == node.id]
        ends += [f"<bpmn:outgoing>e{n}</bpmn:outgoing>" for n, k in enumerate(flow.links) if k.source == node.id]
        tag = tags[node.kind]
        parts.append(f'<bpmn:{tag} id="{number[node.id]}" name={quoteattr(node.label)}>{"".join(ends)}</bpmn:{tag}>')
    parts += [f'<bpmn:sequenceFlow id="e{n}" name={quoteattr(k.label)} sourceRef="{number[k.source]}" '
              f'targetRef="{number[k.target]}"/>' for n, k in enumerate(flow.links)]
    return ('<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions '
            'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:peers">'
            f'<bpmn:process id="p" isExecutable="false">{"".join(parts)}</bpmn:process></bpmn:definitions>')


# ---------------------------------------------------------------- dot

def dot_peer(name: str, charts: Sequence[Chart]) -> Result | None:
    """Graphviz dot, one process a chart with lanes as clusters (2.42 aborts on several), one for all without."""
    if not shutil.which("dot"):
        return None
    texts = [_dot(chart, name == "dot-lanes") for chart in charts]
    before = _children_cpu()
    outputs = [_run_dot(text) for text in (["\n".join(texts)] if name == "dot-flat" else texts)]
    ms = (_children_cpu() - before) * 1000 / len(charts)
    drawn = [graph for output in outputs for graph in _json_values(output)]
    what = "no lanes, curved" if name == "dot-flat" else "lanes as boxes, curved; a process a chart"
    return Result(name, what, [_from_dot(chart, graph) for chart, graph in zip(charts, drawn, strict=True)], ms)


def _run_dot(text: str) -> str:
    return subprocess.run(["dot", "-Tjson"], input=text, text=True, capture_output=True, check=False).stdout


def _json_values(text: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        at += len(text[at:]) - len(text[at:].lstrip())


def _dot(chart: Chart, clusters: bool) -> str:
    ids = {name: f"n{number}" for number, name in enumerate(chart["nodes"])}
    lines = ["digraph {", 'node [shape=box fixedsize=true label="" fontsize=9]']
    for index, lane in enumerate(chart["lanes"]):
        lines += [f"subgraph cluster_{index} {{"] if clusters else []
        lines += [f"{ids[name]} [width={box['w'] / 96:.4f} height={box['h'] / 96:.4f} "
                  f"shape={'diamond' if box['shape'] == 'diamond' else 'box'}]"
                  for name, box in chart["nodes"].items() if box["lane"] == lane]
        lines += ["}"] if clusters else []
    for number, edge in enumerate(chart["edges"]):
        size = edge.get("label")
        label = ('label=<<TABLE BORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" '
                 f'WIDTH="{size["w"] * 3 // 4}" HEIGHT="{size["h"] * 3 // 4}"><TR><TD></TD></TR></TABLE>> ' if size
                 else "")
        lines.append(f'{ids[edge["src"]]} -> {ids[edge["dst"]]} [{label}comment="{number}"]')
    return "\n".join([*lines, "}"])


def _from_dot(chart: Chart, graph: Any) -> Chart:
    """dot's points, y upwards, as the geometry of a chart."""
    top = float(graph["bb"].split(",")[3])

    def place(text: str) -> tuple[float, float]:
        x, y = text.split(",")
        return float(x) * PX_PER_POINT, (top - float(y)) * PX_PER_POINT

    boxes = {part["name"]: part for part in graph["objects"]}
    nodes, lanes = {}, {}
    for number, (name, box) in enumerate(chart["nodes"].items()):
        x, y = place(boxes[f"n{number}"]["pos"])
        nodes[name] = {**box, "x": x - box["w"] / 2, "y": y - box["h"] / 2}
    for index, lane in enumerate(chart["lanes"]):
        if "bb" in boxes.get(f"cluster_{index}", {}):
            low_x, low_y, high_x, high_y = boxes[f"cluster_{index}"]["bb"].split(",")
            (x, y), (right, bottom) = place(f"{low_x},{high_y}"), place(f"{high_x},{low_y}")
            lanes[lane] = {"x": x, "y": y, "w": right - x, "h": bottom - y}
    drawn = {int(edge["comment"]): edge for edge in graph.get("edges", [])}
    edges = []
    for number, edge in enumerate(chart["edges"]):
        made: Chart = {"src": edge["src"], "dst": edge["dst"], "loop": edge["loop"],
                       "points": _flat(drawn[number]["pos"], place)}
        if "label" in edge:
            x, y = place(drawn[number]["lp"])
            w, h = edge["label"]["w"], edge["label"]["h"]
            made |= {"text": "x", "label": {"x": x - w / 2, "y": y - h / 2, "w": w, "h": h}}
        edges.append(made)
    return {"id": chart["id"], "direction": "TB", "font_pt": chart["font_pt"], "curved": True, "nodes": nodes,
            "edges": edges, "lanes": lanes}


def _flat(pos: str, place: Any) -> list[tuple[float, float]]:
    """A Bézier curve as a line of short pieces; an arrow's tip is its end."""
    parts = pos.split()
    tips = {part[0]: place(part[2:]) for part in parts if part[1] == "," and part[0] in "se"}
    control = [place(part) for part in parts if part[0] not in "se"]
    points = [tips["s"]] if "s" in tips else []
    points.append(control[0])
    for n in range(0, len(control) - 3, 3):
        a, b, c, d = control[n:n + 4]
        for step in range(1, 9):
            t = step / 8
            u = 1 - t
            points.append((u**3 * a[0] + 3 * u * u * t * b[0] + 3 * u * t * t * c[0] + t**3 * d[0],
                           u**3 * a[1] + 3 * u * u * t * b[1] + 3 * u * t * t * c[1] + t**3 * d[1]))
    return [*points, tips["e"]] if "e" in tips else points


# ---------------------------------------------------------------- the table

COLUMNS = ("clean", "bands", "without crossing", "crossings", "through boxes", "shared", "labels hit", "detached",
           "bends",
           "ortho", "length", "forward", "area", "a4")


def row(result: Result) -> dict[str, float | None]:
    """Means over the charts that an engine could lay out, and how many it could not."""
    rows = [figures(chart) for chart in result.charts if chart]
    means: dict[str, float | None] = {"failed": sum(chart is None for chart in result.charts), "ms": result.ms}
    for chart in rows:
        chart["without crossing"] = chart["crossings"] == 0
    for name in COLUMNS:
        values = [chart[name] for chart in rows if chart[name] is not None]
        means[name] = statistics.fmean(values) if values else None
    return means


def table(results: Sequence[Result]) -> list[str]:
    """The figures as a Markdown table."""
    lines = ["| engine | what it draws | " + " | ".join(COLUMNS) + " | failed | ms of CPU |",
             "|---|---|" + "---:|" * (len(COLUMNS) + 2)]
    for result in results:
        means = row(result)
        cells = [_told(means[name], 0 if name == "length" else 2) for name in COLUMNS]
        lines.append(f"| {result.name} | {result.what} | " + " | ".join(cells)
                     + f" | {means['failed']:.0f} | {_told(means['ms'], 1)} |")
    return lines


def _told(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def page(results: Sequence[Result], size: int, seed: int) -> str:
    """The documentation page."""
    return "\n".join([
        "# flowstd beside other layout engines", "",
        f"Means a chart over {size} seeded approval processes that are all different (8 to 39 nodes, 2 to 5 lanes, "
        f"seed {seed}). Every engine was given the same boxes and labels in one run, except bpmn-auto-layout, which "
        f"has sizes of its own; all were judged by `tests/benchmarks/neutral.py`. Versions: {versions()}. CPU times "
        "are of a busy two-core machine: differences under a fifth mean nothing. This page is made by", "",
        "```sh", "npm ci --prefix tests/benchmarks/node", COMMAND, "```", "", *table(results), "",
        "| column | meaning |", "|---|---|",
        "| clean | share of charts in which nothing lies on anything else, no label is missing, every box is in its "
        "lane |",
        "| bands | share of charts whose lanes are strips side by side, as long as the chart |",
        "| through boxes, shared | lines through a foreign box; pairs of strangers that run on one another |",
        "| labels hit | labels on labels, boxes or foreign lines |",
        "| detached | line ends that hang more than 6 px off their box or diamond |",
        "| bends, ortho | corners a line; share of segments that are upright or level (– where lines are curves) |",
        "| length | px of line a node |",
        "| forward | share of forward links whose target is not behind its source |",
        "| area | page area a node, in boxes of 40 mm × 12 mm, text at 9 pt |",
        "| a4 | share of charts that stand on one upright A4 page with text at 9 pt |",
        "| ms of CPU | a chart: flowstd sets the text and lays out, warm; engines in node lay out, second pass; dot is "
        "a process |", "",
    ])


def versions() -> str:
    """The engines compared with, and their versions."""
    pinned = json.loads((HERE / "node" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    found = [f"{name} {version}" for name, version in sorted(pinned.items())]
    if shutil.which("dot"):
        told = subprocess.run(["dot", "-V"], capture_output=True, text=True, check=False).stderr
        found.insert(0, "Graphviz " + told.split("version ")[-1].split(" ")[0])
    return ", ".join(found)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=344)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="make the documentation page")
    parser.add_argument("--json", type=Path, help="write every engine's positions into this folder")
    options = parser.parse_args()
    flows = corpus(options.size, options.seed)
    ours = flowstd(flows)
    charts = [asked(flow, chart) for flow, chart in zip(flows, ours.charts, strict=True) if chart]
    found = [ours, *(dot_peer(name, charts) for name in ("dot-flat", "dot-lanes")),
             *(node_peer(name, charts) for name in NODE_PEERS)]
    results = [result for result in found if result]
    print("\n".join(table(results)))
    if options.json:
        for result in results:
            folder = options.json / result.name
            folder.mkdir(parents=True, exist_ok=True)
            for chart in filter(None, result.charts):
                (folder / f"{chart['id']}.json").write_text(json.dumps(chart, ensure_ascii=False), encoding="utf-8")
    if options.write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(results, options.size, options.seed), encoding="utf-8")


if __name__ == "__main__":
    main()
