"""The table of layout quality over the seeded corpus, with the targets beside it.

python -m tests.benchmarks.quality_table --quick            # engine only, plausible box sizes, a few seconds
python -m tests.benchmarks.quality_table [--direction right] [--seed 2]   # whole pipeline, real text
python -m tests.benchmarks.quality_table --bureau           # the charts of examples/bureau instead
python -m tests.benchmarks.quality_table --quick --list crossings 12      # the charts that cost most
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flowstd.ir.model import Flow
from flowstd.layout.faults import Fault, faults_of_scene
from flowstd.layout.quality import Quality, measure_scene
from flowstd.layout.scene import Scene, Thing, scene_of, scene_of_arrangement

from .corpus import corpus
from .plain import plain_shape

SHARED_TOOL = Path(__file__).resolve().parents[3] / "shared" / "tools" / "quality.py"
# figure: how to take it from one chart, the target, whether less is better
FIGURES: tuple[tuple[str, Callable[[Quality], float], float, bool], ...] = (
    ("crossings", lambda q: q.crossings, 0.30, True),
    ("without crossing", lambda q: q.crossings == 0, 0.85, False),
    ("bends a line", lambda q: q.bends_per_line, 0.70, True),
    ("length a node", lambda q: q.length_per_node, 220, True),
    ("area a node", lambda q: q.area, 6.0, True),
    ("forward", lambda q: q.forward, 0.99, False),
    ("strict", lambda q: q.strict, 0.0, False),
    ("A4 upright", lambda q: q.a4, 0.60, False),
    ("A4 level", lambda q: q.a4_level, 0.0, False),
    ("straight main path", lambda q: q.straightness, 0.0, False),
    ("near", lambda q: q.near, 0.0, True),
    ("touches", lambda q: q.touches, 0.0, True),
    ("labels far", lambda q: q.labels_far, 0.0, True),
)
TOLD = {"crossing": 0.30, "planar": 0.85, "clean": 1.0, "bends": 0.70, "len_node": 220, "ortho": 1.0, "forward": 0.99,
        "detached": 0.0, "area_node": 6.0, "a4": 0.60, "lane_band": 1.0, "node_overlap": 0.0, "edge_node": 0.0,
        "own_hit": 0.0, "overlap": 0.0, "near": 0.0, "touch": 0.0, "label_label": 0.0, "label_node": 0.0,
        "label_edge": 0.0, "label_missing": 0.0, "label_far": 0.0, "lane_out": 0.0, "lane_lane": 0.0}


def quick_scene(flow: Flow, direction: str) -> Scene:
    """The scene of a flow straight from the engine, boxes of plausible size."""
    from flowstd.layout.engine import arrange

    shape = plain_shape(flow, "right" if direction == "right" else "down")
    scene = scene_of_arrangement(shape, arrange(shape))
    return scene if direction == "down" else turned(scene)


def full_scene(flow: Flow, direction: str) -> Scene:
    """The scene of a flow as it is drawn, with its text."""
    from flowstd.layout.from_ir import lay_out

    return scene_of(lay_out(flow, direction="right" if direction == "right" else "down"))


def turned(scene: Scene) -> Scene:
    """A scene in (across, along) as it stands in a chart to the right: x and y change places."""

    def edges(e: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        return e[1], e[0], e[3], e[2]

    return scene._replace(
        down=False, width=scene.height, height=scene.width,
        things=tuple(replace(t, edges=edges(t.edges)) for t in scene.things),
        paths=tuple(replace(p, points=tuple((y, x) for x, y in p.points)) for p in scene.paths),
        words=tuple(replace(w, edges=edges(w.edges)) for w in scene.words),
        kept=tuple(replace(w, edges=edges(w.edges)) for w in scene.kept),
        strips=tuple(s._replace(edges=edges(s.edges)) for s in scene.strips))


def geometry_of(scene: Scene, name: str = "") -> dict[str, Any]:
    """The scene in the neutral position format that other layout engines can be written in, too."""
    label = {word.path: word.edges for word in scene.words if word.path >= 0}
    nodes = {thing.name: {**_rect(thing.body or thing.edges), "lane": scene.strips[thing.lane].name,
                          "shape": "diamond" if thing.outline == "diamond" else "rect"}
             for thing in scene.things[:scene.symbols]}
    edges = []
    for number, path in enumerate(scene.paths):
        if not path.tie:
            source, target = scene.things[path.source], scene.things[path.target]
            points = (_on_to(source, path.points[0]), *path.points[1:-1], _on_to(target, path.points[-1]))
            edges.append({"src": source.name, "dst": target.name, "points": points, "loop": path.back,
                          **({"label": _rect(label[number]), "text": "x"} if number in label else {}),
                          **({"text": "x"} if path.name in scene.wordless else {})})
    return {"id": name, "direction": "TB" if scene.down else "LR", "font_pt": scene.font_px * 0.75, "nodes": nodes,
            "edges": edges, "lanes": {strip.name: _rect(strip.edges) for strip in scene.strips}}


def _on_to(thing: Thing, end: tuple[int, int]) -> tuple[int, int]:
    """The *end* of a line, straight on to the step behind what hangs on it."""
    left, top, right, bottom = thing.body or thing.edges
    return min(max(end[0], left), right), min(max(end[1], top), bottom)


def _rect(edges: tuple[int, int, int, int]) -> dict[str, int]:
    return {"x": edges[0], "y": edges[1], "w": edges[2] - edges[0], "h": edges[3] - edges[1]}


def shared_tool() -> Any:
    """The neutral quality tool beside the project, or None where it is not."""
    if not SHARED_TOOL.exists():
        return None
    spec = importlib.util.spec_from_file_location("shared_quality", SHARED_TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bureau() -> tuple[Flow, ...]:
    """Every chart of the example catalogue that can be read."""
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import load
    from flowstd.ir.case import Case

    folder = Path(__file__).resolve().parents[2] / "examples" / "bureau"
    return tuple(case.flow for case in load(open_catalogue(folder)) if isinstance(case, Case))


def own_table(charts: Sequence[tuple[Quality, tuple[Fault, ...]]]) -> list[str]:
    """Our figures as lines of text: mean, target, whether it is met; then the faults by name."""
    count = len(charts)
    nodes, links = sum(q.nodes for q, _ in charts) / count, sum(q.lines for q, _ in charts) / count
    lines = [f"{count} charts, {nodes:.1f} nodes, {links:.1f} lines",
             f"{'clean':20} {sum(not f for _, f in charts) / count:8.3f}   target    1.000"]
    for name, take, target, less in FIGURES:
        mean = statistics.fmean(take(quality) for quality, _ in charts)
        met = mean <= target if less else mean >= target
        told = f"   target {target:8.3f}" + ("" if met else "   MISSED") if target or less else ""
        lines.append(f"{name:20} {mean:8.3f}{told}")
    lines.append(f"{'aspect (median)':20} {statistics.median(q.aspect for q, _ in charts):8.3f}")
    named = Counter(fault.name for _, bad in charts for fault in bad)
    hit = Counter(name for _, bad in charts for name in {fault.name for fault in bad})
    lines += [f"  {name:22} {number:6} in {hit[name]} charts" for name, number in named.most_common()]
    return lines


def shared_table(rows: Sequence[dict[str, Any]], tool: Any) -> list[str]:
    """The neutral tool's figures as lines of text."""
    means = tool.summarise(list(rows))
    return [f"{name:20} {tool.fmt(means[name]):>8}" + (f"   target {TOLD[name]:8.3f}" if name in TOLD else "")
            for name in tool.COLS[1:]]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="engine only, plausible box sizes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=344)
    parser.add_argument("--bureau", action="store_true", help="the charts of examples/bureau instead of the corpus")
    parser.add_argument("--direction", choices=("down", "right"), default="down")
    parser.add_argument("--no-shared", action="store_true", help="our own figures only")
    parser.add_argument("--list", nargs=2, metavar=("FIGURE", "COUNT"), help="the charts with the highest figure")
    parser.add_argument("--json", type=Path, help="write the geometry of every chart into this folder")
    options = parser.parse_args()
    flows = bureau() if options.bureau else corpus(options.size, options.seed)
    scenes = [(quick_scene if options.quick else full_scene)(flow, options.direction) for flow in flows]
    charts = [(measure_scene(scene), faults_of_scene(scene)) for scene in scenes]
    print("\n".join(own_table(charts)))
    if options.list:
        take = getattr(Quality, options.list[0], None) and (lambda q: getattr(q, options.list[0]))
        assert take, f"one of {', '.join(Quality._fields)}"
        order = sorted(range(len(charts)), key=lambda n: -take(charts[n][0]))[:int(options.list[1])]
        print(f"most {options.list[0]}: " + ", ".join(f"{n} ({take(charts[n][0]):g})" for n in order))
    if any(bad for _, bad in charts):
        print("with faults: " + ",".join(str(n) for n, (_, bad) in enumerate(charts) if bad)[:300])
    told = [geometry_of(scene, flow.title) for scene, flow in zip(scenes, flows, strict=True)]
    if options.json:
        options.json.mkdir(parents=True, exist_ok=True)
        for geometry in told:
            (options.json / f"{geometry['id']}.json").write_text(json.dumps(geometry), encoding="utf-8")
    tool = None if options.no_shared else shared_tool()
    if tool:
        print("-- by the neutral tool")
        print("\n".join(shared_table([tool.measure(geometry) for geometry in told], tool)))
    elif not options.no_shared:
        print("(the neutral tool is not beside this project)", file=sys.stderr)


if __name__ == "__main__":
    main()
