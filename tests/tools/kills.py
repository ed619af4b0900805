"""Kill a build of the 344 at random, then two builds at once: ``python -m tests.tools.kills --kills 50 --pairs 20``.

After every kill no file is torn; when all is done the folder holds what a clean build
gives, byte for byte, and the next build does nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUREAU = ROOT / "examples" / "bureau"
MANIFEST = "flowstd-manifest.json"


def build(out: Path, *more: str) -> subprocess.Popen[bytes]:
    """``flowstd build`` of the bureau as a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "flowstd", "build", str(BUREAU), "-o", str(out), *more],
                            env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def files(out: Path) -> dict[str, bytes]:
    """Every file but the manifest, which holds times."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.name != MANIFEST}


def torn(out: Path, clean: dict[str, bytes]) -> list[str]:
    """The charts in *out* that are not whole."""
    found = files(out) if out.exists() else {}
    return [name for name, data in found.items() if name.endswith((".svg", ".bpmn")) and clean.get(name) != data]


def kill(out: Path, clean: dict[str, bytes], kills: int, seconds: float, chance: random.Random) -> None:
    """Kill so many builds into *out*; each goes on where the last one was ended."""
    for number in range(1, kills + 1):
        process = build(out)
        time.sleep(chance.uniform(0.05, seconds))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert torn(out, clean) == [], torn(out, clean)
        there = len(list(out.glob("*.svg"))) if out.exists() else 0
        print(f"kill {number}: {there} charts, none torn", flush=True)
        if there >= 344 and (out / MANIFEST).exists():
            shutil.rmtree(out)                           # it came to its end: from the beginning


def finish(out: Path, clean: dict[str, bytes]) -> None:
    """The next build completes, and the one after it does nothing."""
    process = build(out)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    assert files(out) == clean, "not what a clean build gives"
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    again = build(out)
    assert again.communicate() and again.returncode == 0
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before, "the second rerun did something"


def main() -> None:
    """Run it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=6)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        began = time.monotonic()
        first = build(Path(home, "clean"))
        assert first.communicate() and first.returncode == 0
        took, clean = time.monotonic() - began, files(Path(home, "clean"))
        out = Path(home, "out")
        kill(out, clean, wish.kills, took, random.Random(wish.seed))
        finish(out, clean)
        print(f"{wish.kills} kills: the folder is that of a clean build, {len(clean)} files")
        for number in range(1, wish.pairs + 1):
            shutil.rmtree(out)
            pair = (build(out), build(out))
            said = [process.communicate() for process in pair]
            assert [process.returncode for process in pair] == [0, 0], said
            assert files(out) == clean
            print(f"two at once {number}: as one", flush=True)


if __name__ == "__main__":
    main()
