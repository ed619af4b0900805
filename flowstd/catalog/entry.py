"""What a catalogue yields: a case, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from flowstd.base.errors import FlowstdError
from flowstd.base.finding import Finding


@dataclass(frozen=True, slots=True)
class Failed:
    """An entry that did not become a chart."""

    name: str                         # what a reader knows it by: a code, a file, a row
    findings: tuple[Finding, ...]
    trace: str = ""                   # the whole stack, where an author's code broke

    @classmethod
    def of(cls, name: str, *errors: FlowstdError) -> Failed:
        """The entry that *errors* stopped."""
        return cls(name, tuple(Finding.of(error, item=name) for error in errors), "".join(map(_stack, errors)))


def _stack(error: FlowstdError) -> str:
    if error.__cause__ is None:
        return ""
    import traceback

    return "".join(traceback.format_exception(error.__cause__))


def failures(name: str, error: FlowstdError) -> Failed:
    """The entry that *error* stopped; an error that holds several is told as several."""
    from flowstd.item.problems import problems_of

    return Failed.of(name, *problems_of(error))
