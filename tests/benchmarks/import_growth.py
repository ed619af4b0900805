"""Seconds of CPU it takes to read a BPMN file of another tool and write it in Python, and how that grows.

python -m tests.benchmarks.import_growth [--sizes 100,200,400,800] [--kind questions]
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable

from flowstd.bpmn import read
from flowstd.bpmn.to_dsl import all_to_dsl

_HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/>'
_FOOT = "</process></definitions>"


def questions(size: int) -> str:
    """Questions in a row, each with a step that is done or not."""
    nodes = "".join(f'<exclusiveGateway id="g{n}" name="第{n}问？"/><task id="t{n}" name="办理{n}"/>'
                    f'<exclusiveGateway id="m{n}"/>' for n in range(size))
    flows = _flow("s", "g0") + "".join(
        _flow(f"g{n}", f"t{n}", "是") + _flow(f"t{n}", f"m{n}") + _flow(f"g{n}", f"m{n}", "否")
        + _flow(f"m{n}", f"g{n + 1}" if n + 1 < size else "e") for n in range(size))
    return f'{_HEAD}{nodes}<endEvent id="e"/>{flows}{_FOOT}'


def gateways(size: int, tag: str = "exclusiveGateway") -> str:
    """Gateways in a row, each with a way to one and the same step."""
    nodes = "".join(f'<{tag} id="g{n}"/>' for n in range(size))
    flows = _flow("s", "g0") + "".join(_flow(f"g{n}", f"g{n + 1}") + _flow(f"g{n}", "t") for n in range(size - 1))
    return f'{_HEAD}{nodes}<task id="t"/>{flows}{_FOOT}'


def inclusive(size: int) -> str:
    """The same of inclusive gateways."""
    return gateways(size, "inclusiveGateway")


def notes(size: int) -> str:
    """Notes beside one step."""
    notes = "".join(f'<textAnnotation id="n{n}"><text>注</text></textAnnotation>'
                    f'<association id="a{n}" sourceRef="t" targetRef="n{n}"/>' for n in range(size))
    return f'{_HEAD}<task id="t"/>{_flow("s", "t")}{notes}{_FOOT}'


def _flow(source: str, target: str, name: str = "") -> str:
    said = f' name="{name}"' if name else ""
    return f'<sequenceFlow id="{source}-{target}"{said} sourceRef="{source}" targetRef="{target}"/>'


KINDS: dict[str, Callable[[int], str]] = {"questions": questions, "gateways": gateways, "inclusive": inclusive,
                                          "notes": notes}


def seconds(kind: str, size: int) -> float:
    """The time one file of that kind and size takes."""
    data = KINDS[kind](size).encode()
    began = time.process_time()
    imported(data)
    return time.process_time() - began


def imported(data: bytes) -> str:
    """What is timed: a file is read and written as Python."""
    return all_to_dsl(read(data).readings)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,200,400,800")
    parser.add_argument("--kind", choices=KINDS)
    options = parser.parse_args()
    for kind in [options.kind] if options.kind else KINDS:
        last: tuple[int, float] | None = None
        for size in map(int, options.sizes.split(",")):
            taken = seconds(kind, size)
            grown = f"   exponent {math.log(taken / last[1]) / math.log(size / last[0]):.2f}" if last else ""
            print(f"{kind:10} {size:6} {taken:9.3f} s{grown}", flush=True)
            last = size, taken


if __name__ == "__main__":
    main()
