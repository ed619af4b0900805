"""Steps written in YAML → a block, for an item whose flow no template says.

    - 申请人: 提交申请                  # a lane and what it does
      verb: submit                      # one of the DSL's verbs; without it: do, or ask where there are exits
      materials: [申请表]               # the keywords of every step
    - 窗口: 材料是否齐全？
      verb: check
      exits:                            # an empty exit flows straight on
        是: []
        否:
          - 申请人: 补正材料
          - back: 材料是否齐全？
    - parallel:
        - [{审查人员: 现场勘验}]
        - 技术复杂: [{第三方机构: 专家评审}]    # taken only where its condition holds
    - end: granted                      # with ``label`` for another name
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flowstd.base.errors import BadFlow, FlowstdError, UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.dsl import (
    Block,
    Lane,
    applicant,
    back,
    call,
    decider,
    end,
    onward,
    organ,
    parallel,
    reviewer,
    system,
    third_party,
    window,
)
from flowstd.dsl.details import KEYWORDS
from flowstd.dsl.position import at
from flowstd.ir.kinds import Role, StepKind
from flowstd.ir.office import OUTCOMES, STEPS, meant

from .source import Source
from .values import fitted

LANES = {lane.name: lane for lane in (applicant, window, reviewer, decider, third_party, system)}
BESIDE = ("verb", "exits", "default", "label", "name")     # what a step may say besides the keywords of the DSL
SPECIAL = ("end", "back", "parallel", "call")


def block_of(steps: Source, lanes: Mapping[str, Lane]) -> Block:
    """The steps of a list, one after the other. Raises FlowstdError at the line of the step."""
    if not isinstance(steps.data, list):
        raise steps_expected(steps)
    if not steps.data:
        raise BadFlow(Text("流程是空的", "the process is empty"), where=steps.where(),
                      fix=Text("写至少一个步骤", "write at least one step"))
    whole: Block | None = None
    for number in range(len(steps.data)):
        step = steps.part(number)
        with at(step.where()):
            made = _step(step, lanes)
            whole = made if whole is None else whole >> made
    assert whole is not None
    return whole


def lanes_of(source: Source) -> dict[str, Lane]:
    """The lanes that an item declares besides the usual ones: name → role. Raises UnknownName."""
    found = dict(LANES)
    for name, role in source.get("lanes", dict, {}).items():
        where = source.where("lanes", name)
        if role not in {one.value for one in Role}:
            raise UnknownName(Text(f"没有角色“{role}”", f'there is no role "{role}"'), where=where,
                              fix=did_you_mean(str(role), [one.value for one in Role]))
        with at(where):
            found[name] = Lane(organ(name).name, Role(role))
    return found


def steps_expected(steps: Source) -> FlowstdError:
    """The error that something is no list of steps."""
    return BadFlow(Text("这里应当是步骤的列表", "a list of steps is expected here"), where=steps.where(),
                   fix=Text("每步一行，以“- ”开头：- 窗口: 受理", 'one step a line, each beginning with "- ": - 窗口: 受理'))


def _step(step: Source, lanes: Mapping[str, Lane]) -> Block:
    if not isinstance(step.data, dict) or not step.data:
        raise BadFlow(Text("步骤应当写成“泳道: 做什么”", 'a step is written "lane: what it does"'), where=step.where(),
                      fix=Text("例如 - 窗口: 受理", "such as - 窗口: 受理"))
    first = next(iter(step.data))
    if first in SPECIAL:
        return _SPECIAL[first](step, lanes)
    actor = next((key for key in step.data if key in lanes), None)
    if actor is None:
        known = (*lanes, *SPECIAL)
        raise UnknownName(Text(f"没有泳道“{first}”", f'there is no lane "{first}"'), where=step.where_key(first),
                          fix=_declare(did_you_mean(str(first), known)))
    step.only(actor, *BESIDE, *KEYWORDS)
    keywords = {key: fitted(value, _KINDS.get(key, "str"), step.where(key))
                for key, value in step.data.items() if key in KEYWORDS}
    label = step.data[actor]
    if "exits" in step.data:
        return _question(step, lanes, lanes[actor], label, keywords)
    verb = _verb(step, "do")
    if verb not in VERBS:
        raise _no_verb(step, verb)
    made: Block = getattr(lanes[actor], verb)(label, **keywords)
    return made


def _question(step: Source, lanes: Mapping[str, Lane], actor: Lane, label: str, keywords: dict[str, Any]) -> Block:
    verb = _verb(step, "ask")
    if verb not in _QUESTIONS:
        raise _no_verb(step, verb, _QUESTIONS)
    exits = step.part("exits")
    step.get("exits", dict, {})
    branches = {name: onward if not exits.data[name] else block_of(exits.part(name), lanes) for name in exits.data}
    made: Block = getattr(actor, verb)(label, branches, default=step.get("default", str, ""), **keywords)
    return made


def _verb(step: Source, usual: str) -> str:
    """The verb of a step, which may be said as workbooks say it: 送达 is ``deliver``."""
    verb = step.get("verb", str, usual)
    kind = meant(STEPS, verb)
    return "do" if kind is StepKind.HANDLE else kind.value if kind is not None else verb


def _end(step: Source, lanes: Mapping[str, Lane]) -> Block:
    step.only("end", "label")
    said = str(step.data["end"])
    outcome = meant(OUTCOMES, said.replace("_", "-"))
    if outcome is None:
        known = [name for one, zh in OUTCOMES.items() for name in (one.value.replace("-", "_"), zh)]
        raise UnknownName(Text(f"没有办结状态“{said}”", f'a case cannot end as "{said}"'), where=step.where("end"),
                          fix=did_you_mean(said, known))
    ending = getattr(end, outcome.value.replace("-", "_"))
    label = step.get("label", str, "")
    made: Block = ending(label) if label else ending
    return made


def _back(step: Source, lanes: Mapping[str, Lane]) -> Block:
    step.only("back")
    return back(step.data["back"])


def _parallel(step: Source, lanes: Mapping[str, Lane]) -> Block:
    step.only("parallel", "name")
    branches = step.part("parallel")
    if not isinstance(branches.data, list):
        raise steps_expected(branches)
    return parallel(*(_branch(branches.part(number), lanes) for number in range(len(branches.data))),
                    name=step.get("name", str, ""))


def _branch(branch: Source, lanes: Mapping[str, Lane]) -> Block | dict[str, Block]:
    """A branch is a list of steps, or such lists by their conditions."""
    if isinstance(branch.data, dict):
        return {condition: block_of(branch.part(condition), lanes) for condition in branch.data}
    return block_of(branch, lanes)


def _call(step: Source, lanes: Mapping[str, Lane]) -> Block:
    step.only("call", "label")
    return call(step.spelt("call") or step.data["call"], step.get("label", str, ""))


def _no_verb(step: Source, verb: str, known: tuple[str, ...] = ()) -> FlowstdError:
    return UnknownName(Text(f"没有动词“{verb}”", f'there is no verb "{verb}"'), where=step.where("verb"),
                       fix=did_you_mean(verb, known or VERBS))


def _declare(near: Text) -> Text:
    return Text(f"{near.zh} 其他机关在 lanes 里写明：“市住建局: organ”",
                f'{near.en} Declare other organs under "lanes": "市住建局: organ"')


_SPECIAL = {"end": _end, "back": _back, "parallel": _parallel, "call": _call}
_QUESTIONS = ("ask", "check", "decide")
VERBS = ("do", *(kind.value for kind in StepKind if kind.value != "handle" and hasattr(Lane, kind.value)))
_KINDS = {"within": "Term", "onsite": "bool", "materials": "Sequence[str]", "issues": "Sequence[str]",
          "law": "Sequence[str]"}
