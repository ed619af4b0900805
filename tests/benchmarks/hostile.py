"""Seconds of CPU and MB at the peak that hostile BPMN files cost, each in a process of its own.

python -m tests.benchmarks.hostile [KIND ...]
"""

from __future__ import annotations

import sys
from statistics import median

from tests.bpmn.hostile import KINDS, WORKS, cost

ROUNDS = 3


def main(kinds: list[str]) -> None:
    for kind in kinds or KINDS:
        for work in WORKS:
            found = [cost(kind, work) for _ in range(ROUNDS)]
            seconds, peak = median(one["seconds"] for one in found), max(one["megabytes"] for one in found)
            print(f"{kind:12} {work:10} {seconds:6.2f} s {peak:5} MB  {found[0]['refused']}")


if __name__ == "__main__":
    main(sys.argv[1:])
