"""Random collaborations as other tools write them: pools, nested lanes, open sub-processes, events on borders."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from flowstd.bpmn import read

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" targetNamespace="t">\n'
)
NAMES = ("受理", "审查材料是否齐全", "Check invoice", "现场勘验", "Send letter to applicant", "决定", "", "Approve", "归档")
STEPS = ("task", "userTask", "serviceTask", "exclusiveGateway", "parallelGateway", "intermediateCatchEvent",
         "subProcess",
         "callActivity", "task")
HOSTS = frozenset({"task", "userTask", "serviceTask", "subProcess", "callActivity"})
TIMER = '<timerEventDefinition id="{}"/>'


def collaboration(seed: int) -> bytes:
    """The same file for the same seed; without a diagram."""
    return _Making(Random(seed)).file()


def upright(seed: int) -> bytes:
    """The same with a diagram in which pools and lanes have their heads on top."""
    return read(collaboration(seed)).relaid().write().replace(b'isHorizontal="true"', b'isHorizontal="false"')


class _Making:
    def __init__(self, rng: Random) -> None:
        self.rng, self.count, self.nodes = rng, 0, list[str]()

    def key(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def name(self) -> str:
        return self.rng.choice(NAMES)

    def file(self) -> bytes:
        pools, processes, owner = [], [], dict[str, int]()
        for number in range(self.rng.randint(1, 4)):
            pool, process, first = f"pool{number}", f"P{number}", len(self.nodes)
            black = number > 0 and self.rng.random() < 0.25
            pools.append(f'<participant id="{pool}" name="{self.name()}"'
                         + ("/>" if black else f' processRef="{process}"/>'))
            if not black:
                lanes = [self.key("l") for _ in range(self.rng.choice([0, 0, 2, 3]))]
                processes.append(f'<process id="{process}">{self.scope(0, lanes)}</process>')
            owner |= dict.fromkeys([pool, *self.nodes[first:]], number)
        messages = "".join(self.message(owner) for _ in range(self.rng.randint(0, 6)))
        whole = (f'{HEAD}<collaboration id="C">{"".join(pools)}{messages}</collaboration>\n'
                 f'{"".join(processes)}</definitions>')
        return whole.encode()

    def message(self, owner: dict[str, int]) -> str:
        """A message between two things of different pools."""
        source, target = self.rng.choice(list(owner)), self.rng.choice(list(owner))
        if owner[source] == owner[target]:
            return ""
        return f'<messageFlow id="{self.key("m")}" name="{self.rng.choice(["", "申请", "letter"])}" ' \
               f'sourceRef="{source}" targetRef="{target}"/>\n'

    def scope(self, depth: int, lanes: list[str]) -> str:
        """What is in a process or sub-process."""
        nodes, texts, flows = [self.key("s")], [], list[tuple[str, str]]()
        texts.append(f'<startEvent id="{nodes[0]}" name="{self.name()}"/>')
        for _ in range(self.rng.randint(2, 7)):
            tag = self.rng.choice(STEPS)
            tag = "task" if tag == "subProcess" and depth == 2 else tag
            nodes.append(self.key("n"))
            texts.append(self.step(tag, nodes[-1], depth))
            for _ in range(self.rng.choice([0, 0, 0, 1, 1, 2]) if tag in HOSTS else 0):
                event = self.key("b")
                texts.append(f'<boundaryEvent id="{event}" name="{self.name()}" attachedToRef="{nodes[-1]}">'
                             f'{TIMER.format(self.key("d"))}</boundaryEvent>')
                self.nodes.append(event)
                flows += [(event, "")] if self.rng.random() < 0.8 else []
        nodes.append(self.key("e"))
        texts.append(f'<endEvent id="{nodes[-1]}" name="{self.name()}"/>')
        self.nodes += nodes
        flows += [*pairwise(nodes), *((self.rng.choice(nodes[:-1]), self.rng.choice(nodes[1:]))
                                      for _ in range(self.rng.randint(0, 3)))]
        texts += [self.flow(source, target or self.rng.choice(nodes[1:])) for source, target in dict.fromkeys(flows)]
        return self.lanes(lanes, nodes) + "\n".join([*texts, *self.papers(nodes)])

    def step(self, tag: str, key: str, depth: int) -> str:
        inside = self.scope(depth + 1, []) if tag == "subProcess" else \
            TIMER.format(self.key("d")) if tag == "intermediateCatchEvent" else ""
        return f'<{tag} id="{key}" name="{self.name()}">{inside}</{tag}>'

    def flow(self, source: str, target: str) -> str:
        name = self.rng.choice(["", "", "是", "超过时限", "no"])
        return f'<sequenceFlow id="{self.key("f")}" name="{name}" sourceRef="{source}" targetRef="{target}"/>'

    def papers(self, nodes: list[str]) -> list[str]:
        """Data objects and remarks, tied to some steps."""
        found = []
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            data, paper = self.key("do"), self.key("o")
            found.append(f'<dataObject id="{data}"/>'
                         f'<dataObjectReference id="{paper}" name="{self.name()}" dataObjectRef="{data}"/>')
            for node in self.rng.sample(nodes, self.rng.choice([0, 1, 1, 2, 2])):
                found.append(self.tie(*self.rng.choice([(paper, node), (node, paper)])))
        for _ in range(self.rng.choice([0, 0, 1, 1])):
            remark = self.key("t")
            found.append(f'<textAnnotation id="{remark}"><text>{self.name() * 3}</text></textAnnotation>')
            found.append(self.tie(self.rng.choice(self.nodes if self.rng.random() < 0.3 else nodes), remark))
        return found

    def tie(self, source: str, target: str) -> str:
        return f'<association id="{self.key("as")}" sourceRef="{source}" targetRef="{target}"/>'

    def lanes(self, lanes: list[str], nodes: list[str]) -> str:
        """A set of lanes; of three, two may stand in one."""
        if not lanes:
            return ""
        members: dict[str, list[str]] = {lane: [] for lane in lanes}
        for node in nodes:
            members[self.rng.choice(lanes)].append(node)
        drawn = [f'<lane id="{lane}" name="{self.name()}">'
                 + "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in members[lane]) + "</lane>"
                 for lane in lanes]
        if len(lanes) > 2 and self.rng.random() < 0.5:
            inner = f'<childLaneSet id="{self.key("ls")}">{"".join(drawn[1:])}</childLaneSet>'
            drawn = [drawn[0], f'<lane id="{self.key("l")}" name="{self.name()}">{inner}</lane>']
        return f'<laneSet id="{self.key("ls")}">{"".join(drawn)}</laneSet>\n'
