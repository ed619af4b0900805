"""Seconds of CPU one chart of 100, 300, 1000 and 3000 nodes in five lanes takes, and how it grows.

python -m tests.benchmarks.growth [--sizes 100,300,1000,3000] [--full] [--kind star]
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from random import Random

from flowstd.layout.engine import arrange
from flowstd.layout.faults import faults_of_arrangement
from flowstd.layout.shape import EdgeShape, NodeShape, Shape

from .corpus import big
from .plain import plain_shape

TARGETS = {1000: 0.5, 3000: 2.0}
EXPONENT = 1.3


def process(size: int) -> Shape:
    """An approval process of that size: stage after stage, with decisions, returns and parallel parts."""
    return plain_shape(big(size))


def star(size: int) -> Shape:
    """All steps follow one step."""
    return Shape(5, _steps(size), tuple(EdgeShape(0, n) for n in range(1, size)))


def chain(size: int) -> Shape:
    """One step after another, changing lanes each time."""
    return Shape(5, _steps(size), tuple(EdgeShape(n, n + 1) for n in range(size - 1)))


def returns(size: int) -> Shape:
    """A chain from which every other step returns to the first."""
    chained = chain(size)
    return chained._replace(edges=chained.edges + tuple(EdgeShape(n, 0, back=True) for n in range(2, size, 2)))


def tangle(size: int) -> Shape:
    """Random links, one and a half for each node."""
    rng = Random(size)
    return Shape(5, _steps(size),
                 tuple(EdgeShape(rng.randrange(size), rng.randrange(size)) for _ in range(size * 3 // 2)))


def _steps(size: int) -> tuple[NodeShape, ...]:
    return tuple(NodeShape(n % 5, 108, 40) for n in range(size))


KINDS: dict[str, Callable[[int], Shape]] = {"process": process, "chain": chain, "star": star, "returns": returns,
                                            "tangle": tangle}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,300,1000,3000")
    parser.add_argument("--kind", choices=KINDS, default="process")
    parser.add_argument("--full", action="store_true", help="with text and drawing, not only the engine")
    options = parser.parse_args()
    last: tuple[int, float] | None = None
    for size in map(int, options.sizes.split(",")):
        if options.full:
            from flowstd.layout.from_ir import lay_out

            flow = big(size)
            began = time.process_time()
            lay_out(flow)
            taken, told = time.process_time() - began, ""
        else:
            shape = KINDS[options.kind](size)
            began = time.process_time()
            arrangement = arrange(shape)
            taken = time.process_time() - began
            told = f"   {len(faults_of_arrangement(shape, arrangement))} faults"
        grown = f"   exponent {math.log(taken / last[1]) / math.log(size / last[0]):.2f}" if last else ""
        target = f"   target {TARGETS[size]:g} s" if size in TARGETS else ""
        print(f"{size:6} nodes {taken:9.3f} s{grown}{target}{told}", flush=True)
        last = size, taken


if __name__ == "__main__":
    main()
