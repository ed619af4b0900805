"""The real BPMN tools: OMG schemas, bpmn-moddle, bpmnlint, bpmn-js in Chromium, bpmn-engine, SpiffWorkflow.

Each takes many files at once, because starting a tool costs more than using it.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from flowstd.dsl import flow_of
from flowstd.dsl.templates import TEMPLATES
from flowstd.ir.case import Case
from flowstd.ir.model import Flow
from tests.blocks import flows
from tests.conftest import EXAMPLES, ROOT, need

NODE = ROOT / "tests" / "node"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
OWN_SCHEMA = ROOT / "flowstd" / "bpmn" / "flowstd-bpmn.xsd"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""


# ---- flows to try

def template_flows() -> dict[str, Flow]:
    """The flow of every template as it is without parameters."""
    return {name: flow_of(template(), template.title) for name, template in TEMPLATES.items()}


@cache
def bureau() -> tuple[Case, ...]:
    """The cases of the example bureau."""
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import load

    return tuple(entry for entry in load(open_catalogue(EXAMPLES / "bureau")) if isinstance(entry, Case))


def bureau_flows() -> dict[str, Flow]:
    """Its flows that differ in more than their titles."""
    return {f"bureau-{case.key}": case.flow for case in {case.flow.body: case for case in reversed(bureau())}.values()}


def random_flows(count: int, strategy: st.SearchStrategy[Flow] | None = None) -> list[Flow]:
    """*count* flows of the strategy, the same on every run."""
    found: list[Flow] = []

    @settings(max_examples=count, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(flow=strategy if strategy is not None else flows())
    def collect(flow: Flow) -> None:
        found.append(flow)

    collect()
    return found


# ---- schemas

@cache
def schema() -> etree.XMLSchema:
    """The OMG schemas of BPMN 2.0, with our own for what stands in extension elements."""
    found = importlib.util.find_spec("SpiffWorkflow")
    need(found is not None, "SpiffWorkflow, which carries the OMG schemas")
    assert found is not None and found.origin is not None
    path = Path(found.origin).parent / "bpmn" / "parser" / "schema" / "BPMN20.xsd"
    both = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:import namespace="{BPMN[1:-1]}" schemaLocation="{path.as_uri()}"/>
      <xs:import namespace="urn:flowstd:bpmn:1" schemaLocation="{OWN_SCHEMA.as_uri()}"/>
    </xs:schema>"""
    return etree.XMLSchema(etree.fromstring(both))


def invalid(text: str | bytes) -> str:
    """The first breach of the schemas; empty when there is none."""
    tree = etree.fromstring(text if isinstance(text, bytes) else text.encode())
    return "" if schema().validate(tree) else str(schema().error_log.last_error)


# ---- node

def _node(script: str, payload: Any) -> list[dict[str, Any]]:
    need(shutil.which("node") is not None and (NODE / "node_modules").is_dir(), "node, and npm ci in tests/node")
    done = subprocess.run(["node", script], cwd=NODE, input=json.dumps(payload), capture_output=True, text=True,
                          encoding="utf-8", timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def written(texts: list[str] | list[bytes], folder: Path) -> list[str]:
    """The texts as files."""
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number:04}.bpmn"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(str(path))
    return paths


def lint(texts: list[str], folder: Path, platform: str = "") -> list[dict[str, Any]]:
    """What bpmn-moddle warns of, and what bpmnlint's recommended rules find, for each file.

    With a *platform* (camunda7, camunda8) Camunda's own rules are asked as well.
    """
    return _node("lint.mjs", {"files": written(texts, folder), "platform": platform})


def engine_walks(texts: list[str], walks: int, folder: Path, most: int = 0) -> list[dict[str, Any]]:
    """How many random walks end in bpmn-engine, which flows they take, and what the first that is stuck waits for.

    At least *walks* of them, and more until every flow was taken, up to *most* or ten times as many.
    """
    return _node("walk.mjs", {"files": written(texts, folder), "walks": walks, "most": most or 10 * walks})


# ---- browser

def drawn(texts: list[str]) -> list[dict[str, Any]]:
    """What bpmn-js warns of, and every fault of its picture, for each file."""
    need(bool(CHROMIUM) and importlib.util.find_spec("playwright") is not None, "Chromium and playwright")
    viewer = NODE / "node_modules" / "bpmn-js" / "dist" / "bpmn-viewer.production.min.js"
    need(viewer.is_file(), "npm ci in tests/node")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<body></body>")
        page.add_script_tag(path=str(viewer))
        page.add_script_tag(path=str(NODE / "facts.js"))
        found = [page.evaluate("facts", text) for text in texts]
        browser.close()
    return found


# ---- SpiffWorkflow

def spiff_walks(text: str, walks: int, seed: int, most: int = 0) -> dict[str, Any]:
    """The same as :func:`engine_walks` for one file, in SpiffWorkflow; flows are told as (source, target)."""
    need(importlib.util.find_spec("SpiffWorkflow") is not None, "SpiffWorkflow")
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
    from SpiffWorkflow.bpmn.parser.util import full_tag
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, NoneTask, ParallelGateway
    from SpiffWorkflow.util.task import TaskState

    class Parser(BpmnParser):  # type: ignore[misc]
        """Rules are tables elsewhere; here such a step simply happens."""

        OVERRIDE_PARSER_CLASSES: ClassVar = {full_tag("businessRuleTask"): (TaskParser, NoneTask)}

    rng = Random(seed)
    answers: dict[Any, dict[str, str]] = {}
    given: dict[tuple[str, str], int] = {}

    def answer(conditions: list[str], inclusive: bool) -> dict[str, str]:
        """A value for each variable of a gateway, seldom given ones first; of an inclusive one some condition holds."""
        found, said = dict[str, str](), [text.split(" == ", 1) for text in conditions]
        for name in dict.fromkeys(name for name, _ in said if name.isidentifier()):
            options = [option for other, option in said if other == name] + ['""']
            seldom = min(options, key=lambda option: given.get((name, option), 0))
            found[name] = rng.choice([seldom, rng.choice(options)])
        if inclusive and not any(found.get(name, option) == option for name, option in said):
            found |= [rng.choice(said)]
        for one in found.items():
            given[one] = given.get(one, 0) + 1
        return {name: json.loads(option) for name, option in found.items()}

    class Answering(PythonScriptEngine):  # type: ignore[misc]
        """Evaluates the conditions as they are; the answer is drawn when a gateway is reached."""

        def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
            if " == " not in expression:
                length = eval(expression)            # of a timer; some are over at once
                return length if rng.random() < 0.5 else "PT0S"
            if task.id not in answers:
                conditions = [c.args[0] for c, _ in task.task_spec.cond_task_specs if c is not None]
                answers[task.id] = answer(conditions, isinstance(task.task_spec, InclusiveGateway))
            return eval(expression, {}, answers[task.id])

    process = etree.fromstring(text.encode()).find(f"{BPMN}process")
    parser = Parser()
    parser.add_bpmn_str(text.encode())
    called = sorted(set(process.xpath(".//*/@calledElement")))
    if called:
        parser.add_bpmn_str(_stubs(called))
    spec = parser.get_spec(process.get("id"))
    inner = parser.get_subprocess_specs(process.get("id"))
    done, taken, stuck = 0, set[tuple[str, str]](), None
    flows = {(link.get("sourceRef"), link.get("targetRef")) for link in process.iter(f"{BPMN}sequenceFlow")}
    count = 0
    while count < walks or (count < (most or 10 * walks) and flows - taken and stuck is None):
        count += 1
        workflow = BpmnWorkflow(spec, inner, script_engine=Answering())
        for _ in range(3000):
            if workflow.completed:
                break
            ready = [*workflow.get_tasks(state=TaskState.READY), *workflow.get_tasks(state=TaskState.STARTED)]
            ready = [task for task in ready if not hasattr(task.task_spec, "spec") or task.state == TaskState.READY]
            if not ready:
                workflow.refresh_timers()
                if not workflow.get_tasks(state=TaskState.READY) and not _goes_on(workflow, rng):
                    break
                continue
            task = rng.choice(ready)
            if task.state == TaskState.STARTED:
                task.complete()
            else:
                task.run()
        for task in workflow.get_tasks(state=TaskState.COMPLETED):
            if task.parent is not None:
                taken.add((task.parent.task_spec.name, task.task_spec.name))
                if isinstance(task.task_spec, ParallelGateway | InclusiveGateway):    # keeps the last it waited for
                    taken |= {(before.name, task.task_spec.name) for before in task.task_spec.inputs
                              if workflow.get_tasks(spec_name=before.name, state=TaskState.COMPLETED)}
        if workflow.completed:
            done += 1
        elif stuck is None:
            stuck = [task.task_spec.name for task in workflow.get_tasks(state=TaskState.WAITING)]
    return {"done": done, "walks": count, "taken": taken, "stuck": stuck}


def _goes_on(workflow: Any, rng: Random) -> bool:
    """Let time pass, or a message come, where the workflow waits for one."""
    from SpiffWorkflow.bpmn import BpmnEvent
    from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
    from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
    from SpiffWorkflow.util.task import TaskState

    waiting = []
    for task in workflow.get_tasks(state=TaskState.WAITING):
        awaited = getattr(task.task_spec, "event_definition", None)
        waiting += [(task, one) for one in getattr(awaited, "event_definitions", [awaited])
                    if isinstance(one, MessageEventDefinition | TimerEventDefinition)]
    if not waiting:
        return False
    task, awaited = rng.choice(waiting)
    if isinstance(awaited, TimerEventDefinition):
        task._set_internal_data(event_value="2000-01-01T00:00:00+00:00")
        workflow.refresh_timers()
    else:
        workflow.catch(BpmnEvent(awaited, {}))
    return True


def _stubs(names: list[str]) -> bytes:
    """A process for each name, so that calls find what they call."""
    processes = "".join(
        f'<process id="{name}" isExecutable="true"><startEvent id="{name}.start"/><endEvent id="{name}.end"/>'
        f'<sequenceFlow id="{name}.flow" sourceRef="{name}.start" targetRef="{name}.end"/></process>' for name in names)
    return f'<definitions xmlns="{BPMN[1:-1]}" targetNamespace="x" id="stubs">{processes}</definitions>'.encode()


