"""How each engine wants conditions and durations said: there is no text that all of them read.

Without an engine, a condition compares a variable with a text, which is what
SpiffWorkflow evaluates and others can be taught. A duration has no such form
(SpiffWorkflow wants a quoted text, the others an unquoted one), so timers are
only written for a named engine.
"""

from __future__ import annotations

from typing import Literal

from flowstd.base.errors import UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.term import Term
from flowstd.base.text import Text

Pools = Literal["one", "two"]
Engine = Literal["", "spiffworkflow", "bpmn-engine", "camunda7", "camunda8"]
POOLS: tuple[Pools, ...] = ("one", "two")
ENGINES: tuple[Engine, ...] = ("spiffworkflow", "bpmn-engine", "camunda7", "camunda8")
ALWAYS = "1 == 1"                                  # a condition that holds in every language of theirs
OPTIONS = {"pools": POOLS, "engine": ENGINES}      # what may be asked of a file


def check_options(pools: str, engine: str) -> None:
    """Raise UnknownName where there is no such style of pools, or no such engine; empty is for every tool.

    >>> check_options("two", "camunda8")
    """
    if pools not in POOLS:
        raise UnknownName(Text(f"没有池的画法“{pools}”", f'there is no style of pools "{pools}"'),
                          fix=did_you_mean(pools, POOLS))
    if engine and engine not in ENGINES:
        raise UnknownName(Text(f"没有引擎“{engine}”的写法", f'no engine "{engine}" is known'),
                          fix=did_you_mean(engine, ENGINES))


def condition(plain: str, engine: Engine) -> tuple[str, str]:
    """The text and the language of a condition.

    >>> condition('x == "是"', "camunda8"), condition('x == "是"', "bpmn-engine")
    (('=x = "是"', ''), ('next(null, environment.variables.x === "是")', 'javascript'))
    """
    name, _, answer = plain.partition(" == ")
    if engine == "bpmn-engine" and plain == ALWAYS:
        return "next(null, true)", "javascript"
    if engine == "bpmn-engine":
        return f"next(null, environment.variables.{name} === {answer})", "javascript"
    if engine == "camunda7":
        return f"${{{plain}}}", ""
    if engine == "camunda8":
        return f"={name} = {answer}", ""
    return plain, ""


def duration(term: Term, engine: Engine) -> str:
    """A limit as the engine's timer reads it; working days are told as days, which is all that ISO 8601 has.

    >>> from flowstd.base.term import workdays
    >>> duration(workdays(5), "camunda7"), duration(workdays(5), "spiffworkflow")
    ('P5D', '"P5D"')
    """
    return f'"{term.iso}"' if engine == "spiffworkflow" else term.iso
