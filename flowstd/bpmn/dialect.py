"""How each engine wants conditions and durations said: there is no text that all of them read.

Without an engine, a condition compares a variable with a text, which is what
SpiffWorkflow evaluates and others can be taught. A duration has no such form
(SpiffWorkflow wants a quoted text, the others an unquoted one), so timers are
only written for a named engine.
"""

from __future__ import annotations

from typing import Literal

from flowstd.base.term import Term

Engine = Literal["", "spiffworkflow", "bpmn-engine", "camunda7", "camunda8"]
ENGINES: tuple[Engine, ...] = ("spiffworkflow", "bpmn-engine", "camunda7", "camunda8")


def condition(plain: str, engine: Engine) -> tuple[str, str]:
    """The text and the language of a condition.

    >>> condition('x == "是"', "camunda8"), condition('x == "是"', "bpmn-engine")
    (('=x = "是"', ''), ('next(null, environment.variables.x === "是")', 'javascript'))
    """
    name, _, answer = plain.partition(" == ")
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
