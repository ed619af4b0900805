"""Build the 344 and a made-up city on Dask, killing a worker: ``python -m tests.tools.cluster --items 10000``.

A scheduler and two workers, each a process of its own on this machine; what they
build is compared byte for byte with a local build.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUREAU = ROOT / "examples" / "bureau"
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


@contextmanager
def cluster(home: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler and two workers; its address, and the workers."""
    running: list[subprocess.Popen[str]] = []

    def start(*words: str, heard: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        running.append(subprocess.Popen([sys.executable, "-m", f"distributed.cli.{words[0]}", *words[1:]], env=ENV,
                                        text=True, stdout=subprocess.DEVNULL, stderr=heard, cwd=home))
        return running[-1]

    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", heard=subprocess.PIPE)
    assert scheduler.stderr is not None
    address = next(found[0] for line in scheduler.stderr if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line)))
    quiet = ("--nthreads", "1", "--no-dashboard", "--no-nanny")
    for number in range(2):
        start("dask_worker", address, *quiet, "--local-directory", str(home / f"worker{number}"))
    try:
        yield address, running[1:]
    finally:
        for process in reversed(running):
            process.kill()
            process.communicate()


def flowstd(*words: object) -> subprocess.Popen[bytes]:
    """The command as a process."""
    return subprocess.Popen([sys.executable, "-m", "flowstd", *map(str, words)], env=ENV, cwd=ROOT,
                            stdout=subprocess.DEVNULL)


def files(out: Path) -> dict[str, bytes]:
    """Every file but the manifest, which holds times."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*"))
            if path.is_file() and path.name != "flowstd-manifest.json"}


def compared(source: Path, home: Path) -> str:
    """Build *source* both ways, one worker killed in the middle; what came of it."""
    flowstd("build", source, "-o", home / "local").wait()
    local = files(home / "local")
    with cluster(home) as (address, workers):
        began = time.monotonic()
        process = flowstd("build", source, "-o", home / "dask", "--scheduler", address)
        while len(list(home.glob("dask/**/*.svg"))) < len(local) // 8:
            assert process.poll() is None, "it came to its end before a worker could be killed"
            time.sleep(0.05)
        workers[0].send_signal(signal.SIGKILL)
        code = process.wait()
        took = time.monotonic() - began
    assert files(home / "dask") == local, "not what a local build gives"
    return f"{source.name}: exit code {code}, {len(local)} files byte for byte, one worker killed, {took:.0f} s"


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "a").mkdir()
        (home / "b").mkdir()
        print(compared(BUREAU, home / "a"), flush=True)
        flowstd("synth", home / "city", "--items", wish.items, "--seed", 1).wait()
        print(compared(home / "city", home / "b"), flush=True)


if __name__ == "__main__":
    main()
