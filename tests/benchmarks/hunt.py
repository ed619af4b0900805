"""Look for faults in many random shapes, count them by name, reduce the first of each kind and draw it.

python -m tests.benchmarks.hunt --count 2000 --seed 1 [--kind wild] [--most 40] -o hunt.png
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from random import Random

from flowstd.layout.engine import arrange
from flowstd.layout.shape import Shape
from tests.shapes import fault_names, reduced, shape_of

from .look import Chart, picture, png


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=("ordinary", "wild", "any"), default="any")
    parser.add_argument("--most", type=int, default=60, help="nodes of the largest shape")
    parser.add_argument("--reduce", type=int, default=4, help="so many kinds of fault to reduce and print")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    rng = Random(options.seed)
    found: Counter[str] = Counter()
    first: dict[str, Shape] = {}
    clean, slowest, began = 0, (0.0, 0), time.process_time()
    for number in range(options.count):
        shape = shape_of(rng, options.kind, rng.randint(1, options.most), rng.randint(1, 8))
        before = time.process_time()
        bad = fault_names(shape)
        slowest = max(slowest, (time.process_time() - before, number))
        found.update(bad)
        clean += not bad
        for name in sorted(bad):
            if name not in first or len(shape.nodes) < len(first[name].nodes):
                first[name] = shape
    print(f"{clean} of {options.count} clean, {(time.process_time() - began) / options.count * 1000:.1f} ms each, "
          f"slowest {slowest[0] * 1000:.0f} ms")
    charts: list[Chart] = []
    for name, count in found.most_common():
        print(f"{count:6} {name}")
        if len(charts) < options.reduce:
            small = reduced(first[name], lambda shape, name=name: name in fault_names(shape),  # type: ignore[misc]
                            tries=1500)
            print(f"       {small!r}")
            if ":" not in name:
                charts.append((name, small, arrange(small), False))
    if options.output and charts:
        png(picture(charts, 4), options.output)


if __name__ == "__main__":
    main()
