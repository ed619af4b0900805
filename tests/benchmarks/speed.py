"""Milliseconds of CPU a chart costs, stage by stage, over the all-different corpus; dot beside it where there is one.

python -m tests.benchmarks.speed [--size 344] [--seed 1] [--rounds 2] [--no-dot] [--json speed.json]

Warm: modules are loaded, and what charts share is remembered: texts that were set, and ways between two places of a
grid. Nothing is remembered of the chart itself.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flowstd.ir.model import Flow

from .corpus import corpus

if TYPE_CHECKING:
    from flowstd.pipeline import Chart

# from a flow to its files, in order: each stage finds what the one before has made
STAGES: dict[str, Callable[[Chart], Any]] = {
    "lay out": lambda chart: chart.drawing(), "paper": lambda chart: chart.sheet(),
    "check": lambda chart: chart.findings, "SVG": lambda chart: chart.svg(), "BPMN": lambda chart: chart.bpmn(),
}
# what a chart may cost in all, median of the charts and 95th percentile (ms of CPU)
TARGETS = {"all": (3.0, 8.0)}


def timed(flows: Sequence[Flow], rounds: int) -> dict[str, list[float]]:
    """For each stage the least milliseconds of CPU that each chart took; "engine" is a part of laying out."""
    taken: dict[str, list[float]] = {name: [] for name in ("engine", *STAGES, "all")}
    for flow in flows:
        costs = [_costs(flow) for _ in range(rounds + 1)][1:]         # the first one sets the texts
        for name in STAGES:
            taken[name].append(min(cost[name] for cost in costs))
        taken["all"].append(min(sum(cost.values()) for cost in costs))
        taken["engine"].append(_engine(flow, rounds))
    return taken


def _costs(flow: Flow) -> dict[str, float]:
    """What each stage takes for a chart that nothing is remembered of."""
    from flowstd.layout import from_ir
    from flowstd.layout.engine import Engine
    from flowstd.pipeline import compile_flow

    from_ir._ARRANGED.forget()
    from_ir._ENGINE = Engine()
    chart = compile_flow(Flow.from_json(flow.to_json()))
    return {name: _ms(work, chart) for name, work in STAGES.items()}


def one_pass(flows: Sequence[Flow]) -> float:
    """Milliseconds of CPU a chart when all are made one after the other, once: with the collector and cold caches."""
    from flowstd.pipeline import compile_flow

    fresh = [Flow.from_json(flow.to_json()) for flow in flows]
    began = time.process_time_ns()
    for flow in fresh:
        chart = compile_flow(flow)
        for work in STAGES.values():
            work(chart)
    return (time.process_time_ns() - began) / 1e6 / len(fresh)


def _engine(flow: Flow, rounds: int) -> float:
    """What arranging the boxes takes, with words and papers measured before."""
    from flowstd.layout.engine import arrange

    from .stage import shape_of_drawing

    shape = shape_of_drawing(flow)
    return min(_ms(arrange, shape) for _ in range(rounds))


def _ms(work: Callable[[Any], Any], value: Any) -> float:
    began = time.process_time_ns()
    work(value)
    return (time.process_time_ns() - began) / 1e6


def dot_texts(flows: Sequence[Flow], clusters: bool = True) -> list[str]:
    """The flows as DOT, lanes as clusters: no more than what dot needs."""
    texts = []
    for flow in flows:
        lines = ["digraph {", "node [shape=box fontname=sans fontsize=9]"]
        for lane in flow.lanes:
            lines += [f"subgraph {_quoted('cluster_' + lane.id)} {{ label={_quoted(lane.name)}"] if clusters else []
            lines += [f"{_quoted(n.id)} [label={_quoted(n.label)}]" for n in flow.nodes if n.lane == lane.id]
            lines += ["}"] if clusters else []
        lines += [f"{_quoted(k.source)} -> {_quoted(k.target)} [label={_quoted(k.label)}]" for k in flow.links]
        texts.append("\n".join([*lines, "}"]))
    return texts


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def dot_ms(texts: Sequence[str]) -> float | None:
    """Milliseconds of CPU a chart when one dot process draws each chart (its 2.42 cannot draw many with clusters)."""
    if not shutil.which("dot"):
        return None
    before = _children_cpu()
    for text in texts:
        subprocess.run(["dot", "-Tsvg"], input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (_children_cpu() - before) * 1000 / len(texts)


def dot_flat_ms(texts: Sequence[str]) -> float | None:
    """The same when one dot process draws all charts, without clusters."""
    if not shutil.which("dot"):
        return None
    before = _children_cpu()
    subprocess.run(["dot", "-Tsvg"], input="\n".join(texts).encode(), stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return (_children_cpu() - before) * 1000 / len(texts)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which *share* of *values* lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=344)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2, help="each chart is timed so often; the least counts")
    parser.add_argument("--no-dot", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    flows = corpus(options.size, options.seed)
    taken = timed(flows, options.rounds)
    rows = {name: {"mean": statistics.fmean(v), "p50": percentile(v, 0.5), "p95": percentile(v, 0.95), "max": max(v)}
            for name, v in taken.items()}
    rows["one pass"] = {"mean": one_pass(flows)}
    print(f"{len(flows)} charts, warm, ms of CPU a chart; Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    print(f"{'stage':10} {'mean':>8} {'p50':>8} {'p95':>8} {'max':>8}")
    for name, row in rows.items():
        if len(row) == 1:
            print(f"{name:10} {row['mean']:8.3f}")
            continue
        p50, p95 = TARGETS.get(name, (0.0, 0.0))
        told = f"   targets {p50:g} and {p95:g}" if p50 else ""
        print(f"{name:10} " + " ".join(f"{row[column]:8.3f}" for column in ("mean", "p50", "p95", "max")) + told)
    if not options.no_dot:
        for name, value in (("dot, a process a chart, clusters", dot_ms(dot_texts(flows))),
                            ("dot, one process, no lanes", dot_flat_ms(dot_texts(flows, clusters=False)))):
            print(f"{name}: " + (f"{value:.2f} ms" if value is not None else "not installed"))
            rows[name] = {"mean": value or 0.0}
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
