"""What flowstd raises: where, what is wrong, how to go on."""

from __future__ import annotations

from .text import Text
from .where import NOWHERE, Where


class FlowstdError(Exception):
    """An author's or user's mistake: never shown as a traceback.

    Children are named for the fault. *fix* says how to go on.

    >>> from flowstd import workdays
    >>> try: workdays(-1)
    ... except FlowstdError as error: print(error.name, error.what.en)
    bad-element a term cannot be negative: -1
    """

    code = "SRC001"                    # of the finding that stands for it

    def __init__(self, what: Text, *, where: Where = NOWHERE, fix: Text | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.fix = fix

    @property
    def name(self) -> str:
        """The fault's name as messages show it: ``AmbiguousStep`` → ``ambiguous-step``."""
        letters = type(self).__name__
        return "".join("-" + c.lower() if c.isupper() else c for c in letters).lstrip("-")

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        fix = f"\n  fix: {self.fix}" if self.fix else ""
        return f"{place}{self.what}{fix}"


class BadSource(FlowstdError):
    """A file that cannot be read or understood: its encoding, syntax, shape or value is wrong."""


class BadElement(FlowstdError):
    """A value that an item may not have: a code, a term, an unknown word of a code list."""


class BadFlow(FlowstdError):
    """A flow that cannot be built: a link to nowhere, a branch without a label, an empty process."""


class AmbiguousStep(BadFlow):
    """Two steps of one lane share a name, so that neither can be referred to."""


class UnknownStep(BadFlow):
    """A step that is referred to but does not exist."""


class UnknownName(FlowstdError):
    """A template, parameter, item, edition or option that does not exist; the nearest name is offered."""


class BadUse(FlowstdError):
    """The command or the call is wrong: exit code 2."""


class MissingExtra(BadUse):
    """An optional package is needed and absent; the fix is one pip command."""


class BadEnvironment(FlowstdError):
    """The disk, a permission, a lock: exit code 3."""
