"""Milliseconds of CPU a chart costs, stage by stage, over the all-different corpus; dot beside it where it is installed.

python -m tests.benchmarks.speed [--size 344] [--seed 1] [--rounds 3] [--no-dot] [--json speed.json]
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
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flowstd.ir.model import Flow

from .corpus import corpus

# what a chart may cost in all, median of the charts and 95th percentile (ms of CPU)
TARGETS = {"all": (3.0, 8.0)}


def stages(flow: Flow) -> dict[str, Callable[[], Any]]:
    """The steps from a flow to its files, in order, each as a call that does nothing but its own work."""
    from flowstd.layout import from_ir
    from flowstd.layout.engine import arrange
    from flowstd.pipeline import compile_flow

    from .stage import shape_of_drawing

    shape = shape_of_drawing(flow)
    from_ir.arranged(shape)
    made: dict[str, Callable[[], Any]] = {"engine": lambda: arrange(shape), "from_ir": lambda: from_ir.lay_out(flow)}
    chart = compile_flow(flow)
    chart.drawing()
    if _exists("flowstd.check.run"):
        made["check"] = lambda: compile_flow(flow).findings
    if _exists("flowstd.render.svg.from_sheet"):
        made["svg"] = lambda: _fresh(chart, "svg").svg()
    if _exists("flowstd.bpmn.from_flow"):
        made["bpmn"] = lambda: _fresh(chart, "bpmn").bpmn()
    made["all"] = lambda: _whole(flow, [name for name in ("svg", "bpmn") if name in made])
    return made


def _whole(flow: Flow, formats: Sequence[str]) -> None:
    """Findings and files of a chart that nothing is remembered of."""
    from flowstd.layout import from_ir
    from flowstd.pipeline import compile_flow

    from_ir._ARRANGED.clear()
    chart = compile_flow(flow)
    _ = chart.findings
    for name in formats:
        getattr(chart, name)()


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _fresh(chart: Any, name: str) -> Any:
    """The chart without one of the things it keeps, so that it is made again from the same drawing."""
    chart._made.pop(name, None)
    return chart


def timed(flows: Sequence[Flow], rounds: int) -> tuple[dict[str, list[float]], dict[str, str]]:
    """For each stage the least milliseconds of CPU each chart took, warm; and the stages that cannot run, with why."""
    from flowstd.layout import from_ir

    taken: dict[str, list[float]] = {}
    broken: dict[str, str] = {}
    for flow in flows:
        for name, call in stages(flow).items():
            if name in broken:
                continue
            try:
                taken.setdefault(name, []).append(_least(call, rounds + 1))
            except Exception as error:              # a stage under repair must not hide the others
                broken[name] = f"{type(error).__name__}: {error}"
                taken.pop(name, None)
        from_ir._ARRANGED.clear()
    return taken, broken


def _least(call: Callable[[], Any], rounds: int) -> float:
    least = float("inf")
    for _ in range(rounds):
        began = time.process_time_ns()
        call()
        least = min(least, (time.process_time_ns() - began) / 1e6)
    return least


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
    parser.add_argument("--rounds", type=int, default=2, help="each chart is timed so often, once more to warm up")
    parser.add_argument("--no-dot", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    flows = corpus(options.size, options.seed)
    taken, broken = timed(flows, options.rounds)
    rows = {name: {"mean": statistics.fmean(v), "p50": percentile(v, 0.5), "p95": percentile(v, 0.95), "max": max(v)}
            for name, v in taken.items()}
    print(f"{len(flows)} charts, warm, ms of CPU a chart; Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    print(f"{'stage':10} {'mean':>8} {'p50':>8} {'p95':>8} {'max':>8}")
    for name, row in rows.items():
        p50, p95 = TARGETS.get(name, (0.0, 0.0))
        told = f"   targets {p50:g} and {p95:g}" if p50 else ""
        print(f"{name:10} " + " ".join(f"{row[column]:8.3f}" for column in ("mean", "p50", "p95", "max")) + told)
    for name, why in broken.items():
        print(f"{name:10} not measured: {why}"[:160])
    if not options.no_dot:
        for name, value in (("dot, a process a chart, clusters", dot_ms(dot_texts(flows))),
                            ("dot, one process, no lanes", dot_flat_ms(dot_texts(flows, clusters=False)))):
            print(f"{name}: " + (f"{value:.2f} ms" if value is not None else "not installed"))
            rows[name] = {"mean": value or 0.0}
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
