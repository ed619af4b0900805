"""Files that are large, deep or dense on purpose; and what one of them costs in a process of its own.

python -m tests.bpmn.hostile KIND WORK tells seconds of CPU and peak memory of one; tests/benchmarks/hostile.py of all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from flowstd.base.errors import BadSource
from flowstd.bpmn import BpmnDocument, read
from flowstd.bpmn.limits import MOST_LAID
from tests.bpmn.collaborations import HEAD
from tests.conftest import ROOT

STEPS = 5_000


def _file(nodes: list[str], flows: list[tuple[int, int]], more: str = "") -> bytes:
    drawn = "".join(f'<sequenceFlow id="f{n}" sourceRef="n{a}" targetRef="n{b}"/>' for n, (a, b) in enumerate(flows))
    return f'{HEAD}<process id="P">{"".join(nodes)}{drawn}{more}</process></definitions>'.encode()


def _tasks(count: int) -> list[str]:
    return [f'<task id="n{n}" name="step {n}"/>' for n in range(count)]


def row(count: int = MOST_LAID) -> bytes:
    """One step after another; every fifth is a gateway from which two ways go on."""
    nodes = [f'<exclusiveGateway id="n{n}" name="q{n}?"/>' if n % 5 == 0 else f'<task id="n{n}" name="step {n}"/>'
             for n in range(count)]
    return _file(nodes, [(n, n + 1) for n in range(count - 1)] + [(n, n + 3) for n in range(5, count - 5, 5)])


def star(count: int = STEPS) -> bytes:
    """All steps follow one step."""
    return _file(_tasks(count), [(0, n) for n in range(1, count)])


def dense(count: int = STEPS) -> bytes:
    """Five flows for each step, to anywhere."""
    rng = Random(1)
    return _file(_tasks(count), [(rng.randrange(count), rng.randrange(count)) for _ in range(5 * count)])


def papers(count: int = STEPS) -> bytes:
    """One step with thousands of papers."""
    held = "".join(f'<dataObjectReference id="d{n}" name="paper {n}"/><association id="a{n}" sourceRef="d{n}" '
        f'targetRef="n0"/>'
                   for n in range(count))
    return _file(_tasks(1), [], held)


def borders(count: int = STEPS) -> bytes:
    """One step with thousands of events on its border."""
    held = "".join(f'<boundaryEvent id="b{n}" attachedToRef="n0"><timerEventDefinition id="t{n}"/></boundaryEvent>'
                   for n in range(count))
    return _file(_tasks(1), [], held)


def nested(depth: int = 100) -> bytes:
    """Sub-processes in sub-processes."""
    opened = "".join(f'<subProcess id="s{n}" name="level {n}"><task id="t{n}"/>' for n in range(depth))
    return _file([opened + "</subProcess>" * depth], [])


def messages(count: int = STEPS // 2) -> bytes:
    """As many messages from one pool as there are steps in the other."""
    pools = '<collaboration id="C"><participant id="p" processRef="P"/><participant id="q" name="outside"/>' + "".join(
        f'<messageFlow id="m{n}" sourceRef="q" targetRef="n{n}"/>' for n in range(count)) + "</collaboration>"
    return row(count).replace(b'<process id="P">', pools.encode() + b'<process id="P">')


def bare_places(count: int = MOST_LAID) -> bytes:
    """A diagram that has a place for one step of thousands."""
    shape = '<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="L" bpmnElement="P">' \
            '<bpmndi:BPMNShape id="x" bpmnElement="n0">' \
            '<dc:Bounds x="0" y="0" width="50" height="50"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    return row(count).replace(b"</definitions>", shape.encode() + b"</definitions>")


def tags(count: int = 99_000) -> bytes:
    """Hardly fewer tags than are read."""
    return _file(['<task id="x"/>', *("<documentation/>" for _ in range(count))], [])


def megabytes(count: int = 50) -> bytes:
    """A file that is far too large."""
    return _file([f"<documentation>{'x' * count * 1_000_000}</documentation>"], [])


def attributes(count: int = 400_000) -> bytes:
    """One tag with hundreds of thousands of attributes."""
    return b"<a " + b" ".join(b'a%d="1"' % number for number in range(count)) + b"/>"


def bomb() -> bytes:
    """Entities that become gigabytes."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(9))
    return f"<!DOCTYPE a [{entities}]><a>&e8;</a>".encode()


def deep(count: int = 49_000) -> bytes:
    """Tags in tags."""
    return _file(["<extensionElements>" * count + "</extensionElements>" * count], [])


def far() -> bytes:
    """Shapes at the ends of the world, with a step between them that has no place."""
    shapes = "".join(f'<bpmndi:BPMNShape id="x{n}" bpmnElement="n{n}"><dc:Bounds x="{x}" y="{x}" width="{w}" '
        f'height="{w}"/>'
                     "</bpmndi:BPMNShape>" for n, x, w in ((0, -999_999, 999_999), (2, 1, 999_998)))
    return _file(_tasks(300), [(n, n + 1) for n in range(299)]).replace(
        b"</definitions>", f'<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="L" '
            f'bpmnElement="P">{shapes}</bpmndi:BPMNPlane>'
                           "</bpmndi:BPMNDiagram></definitions>".encode())


KINDS: dict[str, Callable[[], bytes]] = {make.__name__: make for make in (
    row, star, dense, papers, borders, nested, messages, bare_places, tags, megabytes, attributes, bomb, deep, far)}
WORKS: dict[str, Callable[[BpmnDocument], Any]] = {
    "losses": lambda document: document.losses,
    "relaid": BpmnDocument.relaid,
    "completed": BpmnDocument.completed,
}


def cost(kind: str, work: str) -> dict[str, Any]:
    """What reading and *work* cost in a process of their own: seconds of CPU, MB at the peak, and what was refused."""
    done = subprocess.run([sys.executable, "-m", "tests.bpmn.hostile", kind, work], cwd=ROOT, capture_output=True,
        text=True,
                          check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _measured(kind: str, work: str) -> dict[str, Any]:
    import time
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(suffix=".bpmn") as file:
        if os.fork() == 0:                           # made elsewhere, so that making it is no part of the peak
            file.write(KINDS[kind]())
            file.flush()
            os._exit(0)
        os.wait()
        started, refused = time.process_time(), ""
        try:
            WORKS[work](read(file.name))
        except BadSource as error:
            refused = error.what.en
        return {"seconds": round(time.process_time() - started, 2), "refused": refused,
                "megabytes": _peak()}


def _peak() -> int:
    """MB that this process held at most; ru_maxrss also counts what it was forked from."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    print(json.dumps(_measured(*sys.argv[1:])))
