"""What a build costs: whole processes, cold and with nothing to do, by stage, beside what writing alone costs.

python -m tests.benchmarks.batch [--rounds 3] [--items 1000 --more 10000] [--jobs N] [--json batch.json]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
BUREAU = ROOT / "examples" / "bureau"
ONE_CHART = ("from flowstd import *\n"
             'item = Item(name="企业档案查询", item_type="公共服务", code="T-3")\n'
             'item.scenario("查询", applicant.submit("提出申请") >> window.do("查询档案") >> end.done).compile().svg()\n')


class Used(NamedTuple):
    """What a process and its children took."""

    cpu: float                       # seconds, all together
    clock: float
    supervisor_mb: int               # at its widest
    worker_mb: int                   # the widest of its children


def process(*words: str, cwd: Path = ROOT, cache: Path | None = None) -> Used:
    """Run Python with *words*; the layout cache is the one given, or empty."""
    if cache is None:
        with tempfile.TemporaryDirectory() as empty:
            return process(*words, cwd=cwd, cache=Path(empty))
    began = time.monotonic()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)           # what is installed has its bytecode
    child = subprocess.Popen([sys.executable, *words], cwd=cwd, env=env, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    widest = [0, 0]
    while True:
        widest = [max(widest[0], _width(child.pid)), max([widest[1], *map(_width, _children(child.pid))])]
        ended, _, used = os.wait4(child.pid, os.WNOHANG)
        if ended:
            child.returncode = 0
            return Used(used.ru_utime + used.ru_stime, time.monotonic() - began, *widest)
        time.sleep(0.01)


def _width(process: int) -> int:
    """MB that a process has held at most; 0 where that cannot be seen."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def _children(process: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def build(source: Path, out: Path, *more: str, cache: Path | None = None) -> Used:
    """``flowstd build`` as a process of its own."""
    return process("-m", "flowstd", "build", str(source), "-o", str(out), *more, cache=cache)


def whole(rounds: int, home: Path) -> dict[str, tuple[float, float]]:
    """CPU and clock of whole processes, medians. Every cold build has a new folder, and none is deleted meanwhile.

    Some file systems make files ten times slower where others were deleted just before.
    """
    out, source = home / "out", home / "bureau"
    shutil.copytree(BUREAU, source)
    rows = (source / "items.csv").read_text("utf-8")
    numbers = iter(range(1_000))

    def cold() -> Used:
        return build(source, home / f"out{next(numbers)}")

    def with_cache() -> Used:
        return build(source, home / f"out{next(numbers)}", cache=home / "cache")

    def one_changed() -> Used:
        head, last = rows.rstrip("\n").rsplit("\n", 1)
        (source / "items.csv").write_text(f"{head}\n{last.replace(',', f',第{next(numbers)}次', 1)}\n", encoding="utf-8")
        return build(source, out)

    build(source, out, cache=home / "cache")
    cases: dict[str, Callable[[], Used]] = {
        "cold, 344 items": cold,
        "the same, layouts in the cache": with_cache,
        "one item changed": one_changed,
        "nothing changed": lambda: build(source, out),
        "flowstd --version": lambda: process("-m", "flowstd", "--version"),
        "one chart in a script": lambda: process("-c", ONE_CHART),
        "an empty Python": lambda: process("-c", "pass"),
    }
    return {name: _median([call()[:2] for _ in range(rounds)]) for name, call in cases.items()}


def growth(items: int, more: int, home: Path, *more_words: str) -> dict[str, Any]:
    """Milliseconds of CPU an item in a small and a large city, with SVG and BPMN, and what a rerun costs.

    A rerun cannot be quicker than to read the manifest and look at every file: its floor.
    """
    found: dict[str, Any] = {}
    for size in (items, more):
        source, out = home / f"city{size}", home / f"city{size}-out"
        process("-m", "flowstd", "synth", str(source), "--items", str(size), "--seed", "1")
        used, again = build(source, out, *more_words), build(source, out)
        found[str(size)] = {"ms_an_item": 1000 * used.cpu / size, "items_a_second": size / used.clock,
                            "supervisor_mb": used.supervisor_mb, "worker_mb": used.worker_mb,
                            "again_cpu_s": again.cpu, "again_s": again.clock, "floor_again_s": _looked(out)}
    found["ratio"] = found[str(more)]["ms_an_item"] / found[str(items)]["ms_an_item"]
    return found


def _looked(out: Path) -> float:
    """Seconds of CPU to read what stands in the manifest of *out*, and to ask the disk for each of its files."""
    began = time.process_time()
    (out / "flowstd-manifest.json").read_bytes()
    for folder, _, names in os.walk(out):
        for name in names:
            os.lstat(f"{folder}/{name}")
    return time.process_time() - began


def dot() -> float | None:
    """Milliseconds of CPU for the 344 graphs of the bureau in one process of dot, without lanes; None without it."""
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import load
    from flowstd.ir.case import Case

    from .speed import dot_flat_ms, dot_texts

    flows = [entry.flow for entry in load(open_catalogue(BUREAU)) if isinstance(entry, Case)]
    each = dot_flat_ms(dot_texts(flows, clusters=False))
    return each if each is None else each * len(flows)


def stages() -> dict[str, float]:
    """Milliseconds of CPU for all 344 in one process, stage by stage, then the same bytes written and nothing else."""
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import load
    from flowstd.ir.case import Case
    from flowstd.pipeline import compile_case

    took: dict[str, float] = {}
    cases = _timed(took, "read", lambda: [entry for entry in load(open_catalogue(BUREAU)) if isinstance(entry, Case)])
    charts = [compile_case(case) for case in cases]
    _timed(took, "lay out", lambda: [chart.drawing() for chart in charts])
    _timed(took, "paper", lambda: [chart.sheet() for chart in charts])
    _timed(took, "check", lambda: [chart.findings for chart in charts])
    pictures = _timed(took, "SVG", lambda: [chart.svg().encode() for chart in charts])
    models = _timed(took, "BPMN", lambda: [chart.bpmn().encode() for chart in charts])
    with tempfile.TemporaryDirectory() as folder:
        _timed(took, "floor: write the same bytes",
               lambda: [_put(f"{folder}/{n}", data) for n, data in enumerate(pictures + models)])
    _timed(took, "floor: as much text by f-strings", lambda: [_text(len(data)) for data in pictures + models])
    return took


def repeated(home: Path) -> dict[str, float]:
    """Microseconds of CPU for an item whose shape was met before, stage by stage, and the floor for the same bytes."""
    from flowstd.base.digest import file_digest
    from flowstd.batch.write import OutputFolder
    from flowstd.catalog import synth
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import load
    from flowstd.ir.case import Case
    from flowstd.pipeline import FORMATS, Chart, compile_case

    (home / "repeated").mkdir()
    synth.write(home / "repeated", 1216, seed=1)                 # twice the same names
    stream = load(open_catalogue(home / "repeated"))

    def some(number: int) -> list[Case]:
        return [entry for _, entry in zip(range(number), stream, strict=False) if isinstance(entry, Case)]

    for chart in map(compile_case, some(608)):
        _ = (chart.findings, chart.svg(), chart.bpmn())
    took: dict[str, float] = {}
    charts: list[Chart] = [compile_case(case) for case in _timed(took, "read", lambda: some(608))]
    _timed(took, "sheet", lambda: [chart.sheet() for chart in charts])
    pictures = _timed(took, "SVG", lambda: [chart.svg().encode() for chart in charts])
    models = _timed(took, "BPMN", lambda: [
        data for chart in charts for _, data in FORMATS["bpmn"].files(chart, "")])
    _timed(took, "check", lambda: [chart.findings for chart in charts])
    both = pictures + models
    _timed(took, "digests", lambda: [file_digest(data) for data in both])
    folder = OutputFolder(home / "written")
    parts = _timed(took, "write", lambda: [folder.part(f"{n}.svg", data) for n, data in enumerate(both)])
    _timed(took, "rename", lambda: [folder.adopt(part, f"{n}.svg") for n, (part, *_) in enumerate(parts)])
    (home / "bare").mkdir()
    _timed(took, "floor: write the same bytes", lambda: [_put(f"{home}/bare/{n}", data) for n, data in enumerate(both)])
    _timed(took, "floor: as much text by f-strings", lambda: [_text(len(data)) for data in both])
    return {name: 1000 * spent / len(charts) for name, spent in took.items()}


def _timed(took: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    began = time.process_time()
    made = work()
    took[name] = 1000 * (time.process_time() - began)
    return made


def _put(path: str, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.write(file, data)
    os.close(file)


def _text(size: int) -> str:
    return "".join([f'      <g id="{n}" class="box"><rect x="{n}" y="{n}" width="{n}" height="{n}"/></g>\n'
                    for n in range(size // 75)])


def pace() -> float:
    """Milliseconds for 200,000 steps of a plain loop: what this machine is worth just now (4.6 on a calm one)."""
    def once() -> float:
        began, total = time.process_time(), 0
        for number in range(200_000):
            total += number
        return 1000 * (time.process_time() - began)

    return min(once() for _ in range(7))


def _median(rows: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(cpu for cpu, _ in rows), statistics.median(clock for _, clock in rows)


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--more", type=int, default=10_000)
    parser.add_argument("--jobs", default="0", help="workers of the city; all cores unless given")
    parser.add_argument("--json", type=Path)
    wish = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as folder:
        # first: a child is born as wide as we are
        found = {"pace_ms": pace(), "growth": growth(wish.items, wish.more, Path(folder), "--jobs", wish.jobs),
                 "processes_s": whole(wish.rounds, Path(folder)), "dot_ms": dot(), "stages_ms": stages(),
                 "repeated_us": repeated(Path(folder)), "pace_after_ms": pace()}
    print(json.dumps(found, indent=1, ensure_ascii=False))
    if wish.json:
        wish.json.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
